"""Who holds how much of what is put in, and when must something be done about it?"""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.balance import (
    Acted,
    Balance,
    BalanceAct,
    Contribution,
    Of,
    Share,
    Side,
    balance_of,
    is_answered,
    may_act_on_balance,
    unanswered,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

MANY_STREETS = 5


def ideas(*numbers: int, of: Of = Of.IDEAS, first_person: int = 1) -> list[Contribution]:
    """As many ideas of each person as said, each person in a street of a different number."""
    return [
        Contribution(first_person + place, of, street=place % MANY_STREETS)
        for place, number in enumerate(numbers)
        for _ in range(number)
    ]


def weighed(lines: Sequence[Contribution], *, streets: int = MANY_STREETS) -> Balance:
    return balance_of(lines, [], streets=streets)


def share(balance: Balance, side: Side, of: Of = Of.IDEAS) -> Share | None:
    return next((each for each in balance.shares if each.side is side and each.of is of), None)


def acted(act: BalanceAct = BalanceAct.MOTIVATION, **percents: int) -> list[Acted]:
    return [Acted(act, {key.replace("_", "."): percent for key, percent in percents.items()})]


def test_z4_a_tenth_that_holds_sixty_percent_stops_at_fifty() -> None:
    """Fixture Z4 of seed 004: 20 people, of whom 2 hold 27 of 45 ideas."""
    balance = weighed(ideas(14, 13, *[1] * 18))
    assert share(balance, Side.TOP) == Share(Of.IDEAS, Side.TOP, Fraction(60, 100))
    facts = {"side": Side.TOP, "of": Of.IDEAS, "percent": 60, "limit": 50}
    assert is_answered(balance, 50, [], lengthened=False) == refused(Refusal.DOMINANCE_UNANSWERED, **facts)
    assert is_answered(balance, 60, [], lengthened=False) == Allowed()
    for act in BalanceAct:
        done = acted(act, IDEAS_TOP=60)
        assert is_answered(balance, 50, done, lengthened=True) == Allowed(), act


def test_an_act_answers_what_it_was_about_and_nothing_else() -> None:
    balance = weighed(ideas(14, 13, *[1] * 18))
    assert not is_answered(balance, 50, acted(EUROS_TOP=90), lengthened=False)
    assert not is_answered(balance, 50, acted(IDEAS_STREET=60), lengthened=False)
    assert not is_answered(balance, 50, acted(), lengthened=False)


@pytest.mark.parametrize(("then", "still_holds"), [(60, True), (50, True), (49, False), (80, True)])
def test_a_share_that_grew_by_more_than_ten_points_asks_for_another_act(then: int, still_holds: bool) -> None:
    balance = weighed(ideas(14, 13, *[1] * 18))
    assert bool(is_answered(balance, 50, acted(IDEAS_TOP=then), lengthened=False)) is still_holds


def test_saying_that_it_stays_open_longer_counts_when_it_does() -> None:
    balance = weighed(ideas(14, 13, *[1] * 18))
    said = acted(BalanceAct.EXTENSION, IDEAS_TOP=60)
    assert not is_answered(balance, 50, said, lengthened=False)
    assert is_answered(balance, 50, said, lengthened=True)


def test_where_many_support_and_few_propose_the_proposers_do_not_dominate() -> None:
    """Two hundred people, of whom twenty have one idea each: a tenth of all holds every idea, and nobody much."""
    lines = [*ideas(*[1] * 20), *ideas(*[1] * 180, of=Of.SUPPORT, first_person=100)]
    balance = weighed(lines)
    assert balance.contributors == 200
    assert share(balance, Side.TOP) == Share(Of.IDEAS, Side.TOP, Fraction(2, 20))
    assert balance.over(50) == ()


def test_more_support_never_makes_the_ideas_look_worse() -> None:
    alone = weighed(ideas(6, 5, 4))
    crowded = weighed([*ideas(6, 5, 4), *ideas(*[1] * 50, of=Of.SUPPORT, first_person=100)])
    assert share(alone, Side.TOP) == share(crowded, Side.TOP)


def test_one_person_with_every_idea_is_stopped_also_when_few_have_one() -> None:
    lines = [*ideas(12), *ideas(*[1] * 30, of=Of.SUPPORT, first_person=100)]
    assert [each.side for each in weighed(lines).over(50)] == [Side.TOP, Side.STREET]


def test_too_few_people_or_things_say_nothing_and_are_shown() -> None:
    few_people = weighed(ideas(30, 2, 2))
    assert share(few_people, Side.TOP) == Share(Of.IDEAS, Side.TOP, Fraction(30, 34))
    assert few_people.over(50) == ()
    few_ideas = weighed([*ideas(7, 2), *ideas(*[1] * 30, of=Of.SUPPORT, first_person=100)])
    assert share(few_ideas, Side.TOP) == Share(Of.IDEAS, Side.TOP, Fraction(7, 9), counts=False)
    assert few_ideas.over(50) == ()


def test_nothing_and_one_person_have_a_balance_too() -> None:
    assert weighed([]) == Balance(0, 0, ())
    assert weighed([]).first_percent() is None
    one = balance_of([Contribution(1, Of.IDEAS, 1)], [1], streets=1)
    assert (one.contributors, one.first_percent(), one.over(50)) == (1, 0, ())


def test_plans_without_a_price_hold_no_euros() -> None:
    assert weighed([Contribution(person, Of.EUROS, 1, weight=0) for person in range(20)]).shares == ()


def test_euros_weigh_by_their_amount_and_count_by_their_plans() -> None:
    plans = [Contribution(person, Of.EUROS, person % 5, weight=100_00) for person in range(19)]
    balance = weighed([*plans, Contribution(99, Of.EUROS, 9, weight=8100_00)])
    assert [(each.side, each.percent()) for each in balance.over(50)] == [(Side.TOP, 82), (Side.STREET, 81)]
    assert weighed([Contribution(1, Of.EUROS, 1, weight=9_000_000)] * 5).over(50) == ()


@pytest.mark.parametrize(
    "written", ["Stichting De Brug", "stichting de brug", "STICHTING  DE-BRUG", "Stichting 'De Brug'."]
)
def test_an_organisation_is_the_same_however_it_is_written(written: str) -> None:
    """Writing its name in two ways does not halve what it holds."""
    lines = [
        Contribution(person, Of.IDEAS, person, organisation)
        for person, organisation in enumerate(["Stichting De Brug", written] * 6 + [""] * 4)
    ]
    assert share(weighed(lines), Side.ORGANISATION) == Share(Of.IDEAS, Side.ORGANISATION, Fraction(12, 16))


def test_residents_without_an_organisation_are_not_one_together() -> None:
    assert share(weighed(ideas(*[1] * 20)), Side.ORGANISATION) is None
    assert share(weighed([Contribution(1, Of.IDEAS, 1, " – ")]), Side.ORGANISATION) is None


def test_a_street_that_nobody_knows_is_no_street() -> None:
    lines = [Contribution(person, Of.IDEAS, None) for person in range(15)]
    assert share(weighed(lines), Side.STREET) is None
    lines += [Contribution(20 + person, Of.IDEAS, 7) for person in range(5)]
    assert share(weighed(lines), Side.STREET) == Share(Of.IDEAS, Side.STREET, Fraction(5, 20))


@pytest.mark.parametrize(("streets", "stops"), [(0, False), (1, False), (2, False), (3, True)])
def test_of_two_streets_one_always_has_half(streets: int, stops: bool) -> None:
    lines = [Contribution(person, Of.IDEAS, int(person > 12)) for person in range(20)]
    assert bool(weighed(lines, streets=streets).over(50)) is stops


def test_a_threshold_of_nothing_watches_nothing() -> None:
    assert weighed(ideas(50, *[1] * 10)).over(0) == ()


def test_acting_needs_something_to_act_on_and_a_reason() -> None:
    balance = weighed(ideas(14, 13, *[1] * 18))
    assert may_act_on_balance(balance, 50, " ") == refused(Refusal.REASON_MISSING)
    assert may_act_on_balance(balance, 60, "Wij zoeken.") == refused(Refusal.NOTHING_TO_ANSWER)
    assert may_act_on_balance(balance, 50, "Wij zoeken.") == Allowed()


contributions = st.lists(
    st.builds(
        Contribution,
        person=st.integers(1, 15),
        of=st.sampled_from(Of),
        street=st.none() | st.integers(1, 5),
        organisation=st.sampled_from(["", "Stichting De Brug", "DE BRUG", "Sportclub"]),
        weight=st.integers(0, 10**9),
    ),
    max_size=40,
)


@given(contributions, st.integers(0, 6), st.sets(st.integers(1, 20)))
def test_shares_are_parts_of_a_whole(lines: list[Contribution], streets: int, known: set[int]) -> None:
    balance = balance_of(lines, known, streets=streets)
    assert 0 <= balance.first_timers <= balance.contributors == len({line.person for line in lines})
    for each in balance.shares:
        assert 0 < each.part <= 1
        assert 1 <= each.percent() <= 100
    assert len({each.key() for each in balance.shares}) == len(balance.shares)


@given(contributions, st.randoms(use_true_random=False))
def test_the_order_in_which_things_came_in_changes_nothing(lines: list[Contribution], chance: object) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weighed(shuffled) == weighed(lines)


@given(contributions, st.integers(1, 100))
def test_what_is_above_the_threshold_reads_as_above_it(lines: list[Contribution], threshold: int) -> None:
    balance = weighed(lines)
    above = balance.over(threshold)
    if balance.says_something():
        assert set(above) == {each for each in balance.shares if each.counts and each.percent() > threshold}
    assert list(above) == sorted(above, key=lambda each: -each.part)


@given(contributions, st.integers(0, 100))
def test_an_act_about_everything_above_the_threshold_answers_it(lines: list[Contribution], threshold: int) -> None:
    balance = weighed(lines)
    done = [Acted(BalanceAct.MOTIVATION, {each.key(): each.percent() for each in balance.over(threshold)})]
    assert unanswered(balance, threshold, done, lengthened=False) == ()
    assert unanswered(balance, threshold, [], lengthened=True) == balance.over(threshold)
