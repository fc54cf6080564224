"""Who takes an open seat? The first reserve with whom the quotas can still hold."""

import pytest

from participatie.lottery import Bound, Choice, Person, Pool, Quota, Quotas, Relaxation, next_reserve

FEATURES = ("age", "buurt")
#: In id: age and buurt, and a number where there are more of them.
IDS = ("yn", "yn2", "ys", "ys2", "on", "on2", "os", "os2")


def pool_of(*ids: str, **homes: str) -> Pool:
    people = [Person(one, dict(zip(FEATURES, one, strict=False)), homes.get(one)) for one in ids]
    return Pool(tuple(people), FEATURES)


def quotas_of(**numbers: tuple[int, int]) -> Quotas:
    feature = {"y": "age", "o": "age", "n": "buurt", "s": "buurt"}
    return Quotas(tuple(Quota(feature[value], value, *bounds) for value, bounds in numbers.items()))


HALVES = quotas_of(y=(2, 2), o=(2, 2), n=(2, 2), s=(2, 2))
LOOSE = quotas_of(y=(0, 4), o=(0, 4), n=(0, 4), s=(0, 4))


def test_the_first_who_fits_is_asked_and_nobody_before_who_does_not() -> None:
    pool = pool_of(*IDS)
    sitting = ["yn", "ys", "on"]
    assert next_reserve(pool, HALVES, sitting, 1, ["yn2", "os2", "os"]) == Choice("os2")
    assert next_reserve(pool, HALVES, sitting, 1, ["os", "os2", "yn2"]) == Choice("os")
    assert next_reserve(pool, LOOSE, sitting, 1, ["yn2", "os2", "os"]) == Choice("yn2"), "in the order of the lot"


def test_a_housemate_of_a_member_is_passed_over() -> None:
    pool = pool_of(*IDS, on="home", os="home", os2="other")
    assert next_reserve(pool, HALVES, ["yn", "ys", "on"], 1, ["os", "os2"]) == Choice("os2")
    assert next_reserve(pool, HALVES, ["yn", "ys", "on"], 1, ["os"]) == Choice(None)
    alone = pool_of(*IDS, on2="home", os="home")
    assert next_reserve(alone, HALVES, ["yn", "ys", "on"], 1, ["os", "os2"]) == Choice("os"), "nobody of that home sits"


def test_where_nobody_fits_it_is_who_breaks_the_fewest_and_that_is_told() -> None:
    pool = pool_of(*IDS)
    sitting = ["yn", "ys", "on"]
    # One more who is young and of north breaks four bounds; one who is old and of north two.
    breaks = (Relaxation("buurt", "n", Bound.MAXIMUM, 1), Relaxation("buurt", "s", Bound.MINIMUM, 1))
    choice = next_reserve(pool, HALVES, sitting, 1, ["yn2", "on2", "ys2"])
    assert choice == Choice("on2", breaks)
    assert next_reserve(pool, HALVES, sitting, 1, ["ys2", "on2"]).id == "ys2", "the first of those who break as few"


def test_who_fits_alone_but_makes_the_other_seats_impossible_is_passed_over() -> None:
    """Two seats are open. The first fits beside the members, but nobody is left who would then fit beside both."""
    pool = pool_of("yn", "os", "yn2", "ys", "on")
    sitting = ["yn", "os"]
    assert next_reserve(pool, LOOSE, sitting, 2, ["yn2", "ys", "on"]) == Choice("yn2")
    assert next_reserve(pool, HALVES, sitting, 2, ["yn2", "ys", "on"]) == Choice("ys")
    assert next_reserve(pool, HALVES, [*sitting, "ys"], 1, ["yn2", "on"]) == Choice("on"), "and then the other half"


def test_the_other_open_seats_keep_to_the_household_rule_as_well() -> None:
    """Two who would complete the quotas together live in one home, so the second seat needs somebody else."""
    pool = pool_of("yn", "os", "ys", "on", "ys2", "on2", ys="home", on="home")
    assert next_reserve(pool, HALVES, ["yn", "os"], 2, ["ys", "on", "on2"]) == Choice("ys"), "with on2"
    choice = next_reserve(pool, HALVES, ["yn", "os"], 2, ["ys", "on"])
    assert choice.id == "ys"
    assert choice.breaks, "only one of them can sit, and a seat stays open"


def test_nobody_is_asked_where_nobody_is_left_or_no_seat_is_open() -> None:
    assert next_reserve(pool_of(*IDS), HALVES, ["yn", "ys", "on"], 1, []) == Choice(None)
    assert next_reserve(pool_of(*IDS), LOOSE, ["yn", "ys", "on"], 0, ["os"]) == Choice(None)


@pytest.mark.parametrize("sitting, candidates", [(["yn", "nobody"], ["os"]), (["yn"], ["os", "nobody"])])
def test_who_is_not_of_the_pool_is_no_member_and_no_reserve(sitting: list[str], candidates: list[str]) -> None:
    with pytest.raises(ValueError, match="nobody"):
        next_reserve(pool_of(*IDS), LOOSE, sitting, 1, candidates)


def test_an_empty_panel_is_filled_one_by_one_and_ends_with_all_quotas_met() -> None:
    pool, sitting = pool_of(*IDS), list[str]()
    order = ["yn", "yn2", "on", "ys", "ys2", "on2", "os2", "os"]
    for seat in range(4):
        choice = next_reserve(pool, HALVES, sitting, 4 - seat, [one for one in order if one not in sitting])
        assert choice.id is not None
        assert not choice.breaks
        sitting.append(choice.id)
    assert sitting == ["yn", "yn2", "os2", "os"]
