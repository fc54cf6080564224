"""Turnout by buurt tells nothing about few people, also not by taking one number from another (abuse case 53)."""

from itertools import product

from participatie.spelregels.turnout import NO_BUURT, Turnout, shown_turnout


def test_large_buurten_stand_by_name_and_small_ones_together() -> None:
    shown = shown_turnout(
        [
            Turnout(("Molen",), 400, 120), Turnout(("Haven",), 300, 90), Turnout(("Duin",), 20, 4),
            Turnout(("Veld",), 60, 55), Turnout((NO_BUURT,), 30, 12),
        ]
    )  # fmt: skip
    assert shown == (
        Turnout(("Haven",), 300, 90), Turnout(("Molen",), 400, 120), Turnout(("", "Duin", "Veld"), 110, 71),
    )  # fmt: skip


def test_a_lone_small_group_takes_the_smallest_buurt_with_it() -> None:
    shown = shown_turnout(
        [
            Turnout(("Molen",), 400, 120),
            Turnout(("Haven",), 300, 90),
            Turnout(("Duin",), 200, 50),
            Turnout((NO_BUURT,), 5, 3),
        ]
    )
    assert shown == (Turnout(("Haven",), 300, 90), Turnout(("Molen",), 400, 120), Turnout(("", "Duin"), 205, 53))


def test_one_buurt_is_no_comparison() -> None:
    assert shown_turnout([Turnout(("Molen",), 400, 120), Turnout((NO_BUURT,), 300, 90)]) == ()
    assert shown_turnout([Turnout(("Molen",), 400, 120), Turnout(("Duin",), 20, 4)]) == ()
    assert shown_turnout([]) == ()


def test_whatever_is_shown_is_about_ten_voters_and_ten_others_at_least() -> None:
    """Sums included: all that is shown makes up the whole, so nothing is left to be known by subtraction."""
    numbers = ((0, 0), (5, 3), (30, 9), (30, 10), (30, 21), (100, 50))
    for chosen in product(numbers, repeat=4):
        groups = [Turnout((name,), *of) for name, of in zip(("a", "b", "c", ""), chosen, strict=True)]
        shown = shown_turnout(groups)
        if shown:
            assert not any(group.is_small() for group in shown)
            assert sum(group.ballots for group in shown) == sum(group.ballots for group in groups)
            assert sum(group.codes for group in shown) == sum(group.codes for group in groups)
            assert len([group for group in shown if group.names]) >= 2
