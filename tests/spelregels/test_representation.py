"""Who takes part beside who lives there, and can anything be told of few people?"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.representation import (
    LEAST_DOUBT,
    NONE_OF_THESE,
    SMALLEST_GROUP,
    Comparison,
    is_low,
    is_never_asked,
    is_released,
    representation,
    with_rest,
)

AGES = {"jong": 300, "midden": 500, "oud": 200}


def test_f14_two_of_twenty_where_sixteen_would_be_expected() -> None:
    """Fixture F14 of seed 000: a group of 78 percent of the wijk with 2 of 20 people. The group is ours: not origin."""
    assert is_low(2, 20, 780)
    assert not is_low(8, 20, 780)
    compared = representation({"huurders": 780, "eigenaren": 220}, {"huurders": 2, "eigenaren": 18})
    assert [(row.group, row.tens, row.low) for row in compared.rows] == [
        ("huurders", None, True), ("eigenaren", 10, False),
    ]  # fmt: skip


def test_groups_are_shown_in_tens_and_the_low_ones_are_marked() -> None:
    compared = representation(AGES, {"jong": 12, "midden": 50, "oud": 38})
    assert compared.answered == 100
    assert [(row.tens, row.low) for row in compared.rows] == [(10, True), (50, False), (30, False)]


def test_a_group_of_few_is_not_shown() -> None:
    compared = representation(AGES, {"jong": 9, "midden": 55, "oud": 36})
    assert [(row.tens, row.low) for row in compared.rows] == [(None, True), (50, False), (30, False)]


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"jong": 3, "midden": 3, "oud": 3},
        {"midden": 10},
        {"midden": 20, "oud": 20},
        {"jong": 1, "midden": 20, "oud": 20},
    ],
)
def test_nothing_is_shown_where_the_rest_would_tell_it(answers: dict[str, int]) -> None:
    """Abuse case 53: what is left out cannot be reckoned from what is shown."""
    compared = representation(AGES, answers)
    assert compared.answered is None
    assert {row.tens for row in compared.rows} == {None}
    assert not any(row.low for row in compared.rows)


def outcomes(groups: int, most: int) -> Iterator[tuple[tuple[int, ...], Comparison]]:
    """Every way in which up to `most` people can answer, with what is shown of it."""
    profile = {str(group): 1000 // groups for group in range(groups)}

    def ways(left: int, places: int) -> Iterator[tuple[int, ...]]:
        if places == 1:
            yield (left,)
            return
        for first in range(left + 1):
            yield from ((first, *others) for others in ways(left - first, places - 1))

    for total in range(most + 1):
        for counts in ways(total, groups):
            yield counts, representation(profile, {str(group): count for group, count in enumerate(counts)})


@pytest.mark.parametrize(("groups", "most"), [(1, 60), (2, 60), (3, 45), (4, 28)])
def test_whoever_reckons_every_possibility_still_knows_no_group_below_ten(groups: int, most: int) -> None:
    """Abuse case 53, all ways at once: of each page, every count that would give that very page."""
    same_page: defaultdict[Comparison, list[tuple[int, ...]]] = defaultdict(list)
    for counts, page in outcomes(groups, most):
        same_page[page].append(counts)
    for page, possible in same_page.items():
        for place, row in enumerate(page.rows):
            might_be = {counts[place] for counts in possible}
            if min(might_be) >= SMALLEST_GROUP:
                continue
            assert row.tens is None
            assert len(might_be) >= LEAST_DOUBT, f"{page} says that group {place} is one of {sorted(might_be)}"


profiles = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 125), min_size=1)
counted = st.dictionaries(st.sampled_from("abcdefghi"), st.integers(0, 300))


@given(profiles, counted)
def test_no_group_below_ten_is_ever_shown(profile: dict[str, int], answers: dict[str, int]) -> None:
    compared = representation(profile, answers)
    assert [row.group for row in compared.rows] == list(profile)
    for row in compared.rows:
        if row.tens is not None:
            assert row.tens >= SMALLEST_GROUP
            assert row.tens <= answers[row.group] < row.tens + 10
    assert compared.answered is None or compared.answered >= SMALLEST_GROUP


@given(profiles, counted, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_nothing(profile: dict[str, int], answers: dict[str, int], chance: object) -> None:
    groups = list(profile)
    chance.shuffle(groups)  # type: ignore[attr-defined]
    turned = representation({group: profile[group] for group in groups}, answers)
    assert set(turned.rows) == set(representation(profile, answers).rows)


@given(profiles, counted)
def test_answers_about_no_group_of_the_profile_do_not_count(profile: dict[str, int], answers: dict[str, int]) -> None:
    known = {group: number for group, number in answers.items() if group in profile}
    assert representation(profile, answers) == representation(profile, known)


def test_who_fits_no_group_has_one_too() -> None:
    assert with_rest({"huur": 600, "koop": 250}) == {"huur": 600, "koop": 250, NONE_OF_THESE: 150}
    assert with_rest({"huur": 667, "koop": 333}) == {"huur": 667, "koop": 333}
    assert with_rest({"huur": 600, "koop": 395}) == {"huur": 600, "koop": 395}, "that is what rounding left"


def test_new_answers_are_shown_ten_at_a_time() -> None:
    assert not is_released([5, 4], [0, 0])
    assert is_released([5, 5], [0, 0])
    assert not is_released([15, 4], [5, 5])
    assert is_released([15, 6], [5, 5])


@pytest.mark.parametrize(
    "name",
    [
        "herkomst", "Herkomst", "Migratie-achtergrond", "migratie achtergrond", "Niet-westers", "land van afkomst",
        "Etniciteit", "etnische groep", "Nationaliteit", "geloof", "Geloofsovertuiging", "Godsdienst", "ras",
        "RELIGIE", "allochtonen/autochtoon", "geboorteland ouders", "hérkomst",
    ],
)  # fmt: skip
def test_nobody_is_asked_about_origin_or_faith(name: str) -> None:
    assert is_never_asked(name)


@pytest.mark.parametrize("name", ["leeftijd", "woning", "terras", "gezin met kinderen", "opleiding", "1940–1960", ""])
def test_other_features_may_be_asked(name: str) -> None:
    assert not is_never_asked(name)
