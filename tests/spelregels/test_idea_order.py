"""A list by lot: the same for everybody with the same lot, and fair over many of them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.idea_order import LOT, LOTS_AN_HOUR, by_lot, lots_of
from participatie.spelregels.postcodes import numbers_of, plain_postcode

HOUR = datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_a_lot_orders_the_same_ideas_the_same_way_however_they_come() -> None:
    ideas = list(range(1, 200))
    assert by_lot(ideas, "abcdef") == by_lot(reversed(ideas), "abcdef")
    assert sorted(by_lot(ideas, "abcdef")) == ideas
    assert by_lot(ideas, "abcdef") != by_lot(ideas, "abcdeg")
    assert by_lot([3, 1, 2], "abcdef") == [2, 1, 3], "an order that was once sent to somebody holds for ever"


def test_an_idea_that_comes_or_goes_leaves_the_others_in_their_order() -> None:
    before = by_lot(range(1, 100), "kdmbca")
    after = by_lot([*range(1, 50), *range(51, 101)], "kdmbca")
    assert [each for each in before if each != 50] == [each for each in after if each != 100]


def test_every_hour_gives_out_its_own_lots() -> None:
    now, next_hour = lots_of(HOUR), lots_of(HOUR + timedelta(hours=1))
    assert len(set(now)) == LOTS_AN_HOUR
    assert all(LOT.fullmatch(lot) for lot in now)
    assert not set(now) & set(next_hour)
    assert lots_of(HOUR + timedelta(minutes=59)) == now


def test_over_a_few_days_every_idea_comes_on_top_as_often() -> None:
    lots = [lot for hour in range(48) for lot in lots_of(HOUR + timedelta(hours=hour))]
    on_top = Counter(idea for lot in lots for idea in by_lot(range(40), lot)[:10])
    usual = len(lots) * 10 / 40
    assert len(on_top) == 40
    assert max(on_top.values()) < usual * 1.4
    assert min(on_top.values()) > usual * 0.6


@pytest.mark.parametrize("typed", ["8011AB", "8011 ab", " 8011-Ab ", "80 11 a b"])
def test_a_postcode_is_known_however_it_is_typed(typed: str) -> None:
    assert plain_postcode(typed) == "8011AB"
    assert numbers_of("8011AB") == plain_postcode("8011") == "8011"


@pytest.mark.parametrize("typed", ["", "8011A", "801AB", "0011AB", "8011ABC", "Zwolle", "٨٠١١", "8011ÄB"])
def test_what_is_no_postcode_is_none(typed: str) -> None:
    assert plain_postcode(typed) is None
