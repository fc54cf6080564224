"""Does the number really choose as the chances say? Ten thousand draws, and how seed and index are made."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from math import sqrt

import pytest

from participatie.lottery import (
    Fault,
    Person,
    Pool,
    Portfolio,
    Quota,
    Quotas,
    RequestError,
    commitment,
    draw,
    panel_index,
    reserves,
    seed_from,
)
from tests.lottery.made_up import MadeUp

DRAWS = 10_000
#: Standard deviations. The numbers are always the same, so a test that passed keeps passing.
FAR = 4


@pytest.fixture(scope="module")
def drawn(lot: MadeUp, portfolio: Portfolio) -> Counter[int]:
    """How often each panel came out, the public numbers being 0 up to 9,999."""
    bound = commitment(lot.pool, lot.quotas, lot.size, portfolio)
    return Counter(panel_index(seed_from(bound, str(number)), len(portfolio.panels)) for number in range(DRAWS))


def test_each_panel_comes_out_equally_often(drawn: Counter[int], portfolio: Portfolio) -> None:
    panels = len(portfolio.panels)
    expected = DRAWS / panels
    chi_square = sum((drawn[panel] - expected) ** 2 / expected for panel in range(panels))
    freedom = panels - 1
    assert abs(chi_square - freedom) < FAR * sqrt(2 * freedom)


def test_each_person_sits_as_often_as_their_chance_says(drawn: Counter[int], portfolio: Portfolio) -> None:
    sat = Counter[int]()
    for index, times in drawn.items():
        sat.update(dict.fromkeys(portfolio.panels[index], times))
    for one, chance in enumerate(map(float, portfolio.chances)):
        assert abs(sat[one] - DRAWS * chance) <= FAR * sqrt(DRAWS * chance * (1 - chance)), one


def test_no_panel_is_a_little_likelier_where_their_number_divides_badly() -> None:
    for panels in (1, 3, 7):
        found = Counter(panel_index(f"{number:x}", panels) for number in range(3000))
        assert set(found) == set(range(panels))
        expected = 3000 / panels
        assert sum((times - expected) ** 2 / expected for times in found.values()) <= panels - 1 + FAR * sqrt(
            2 * panels
        )


def test_anybody_can_make_seed_and_index_with_sha256sum(lot: MadeUp, portfolio: Portfolio) -> None:
    bound = commitment(lot.pool, lot.quotas, lot.size, portfolio)
    seed = sha256(f"{bound}\n12 34 5".encode()).hexdigest()
    assert seed_from(bound, "12 34 5") == seed
    index = int(sha256(f"{seed}\npanel\n0".encode()).hexdigest(), 16) % len(portfolio.panels)
    assert panel_index(seed, len(portfolio.panels)) == index
    result = draw(lot.pool, lot.quotas, lot.size, seed, portfolio=portfolio)
    assert (result.index, result.commitment, result.seed) == (index, bound, seed)
    assert result.panel == tuple(lot.pool.people[at].id for at in portfolio.panels[index])


def test_reserves_are_all_others_by_their_hash_and_housemates_of_members_come_last() -> None:
    homes = {"a": "1", "b": "1", "c": "2", "d": "2", "e": None, "f": None, "g": None}
    pool = Pool(tuple(Person(one, {}, home) for one, home in homes.items()))
    by_hash = sorted("cdfg", key=lambda one: sha256(f"5eed\nreserve\n{one}".encode()).hexdigest())
    asked = [pool.people[at].id for at in reserves("5eed", pool, (0, 4))]
    assert asked == [*by_hash, "b"]


def test_whatever_changes_the_lot_changes_the_commitment() -> None:
    people = (Person("a", {"x": "1"}, "h"), Person("b", {"x": "2"}), Person("c", {"x": "1"}))
    pool, quotas = Pool(people, ("x",)), Quotas((Quota("x", "1", 0, 1), Quota("x", "2", 1, 2)))
    portfolio = Portfolio(((0, 1), (1, 2)), (0.5, 1.0, 0.5))
    others = [
        (Pool(people[:2], ("x",)), quotas, 2, portfolio),
        (Pool((replace(people[0], id="d"), *people[1:]), ("x",)), quotas, 2, portfolio),
        (Pool((replace(people[0], features={"x": "2"}), *people[1:]), ("x",)), quotas, 2, portfolio),
        (Pool((replace(people[0], household=None), *people[1:]), ("x",)), quotas, 2, portfolio),
        (pool, Quotas((replace(quotas.quotas[0], minimum=1), quotas.quotas[1])), 2, portfolio),
        (pool, Quotas((replace(quotas.quotas[0], maximum=2), quotas.quotas[1])), 2, portfolio),
        (pool, quotas, 3, portfolio),
        (pool, quotas, 2, replace(portfolio, panels=((0, 1), (0, 1)))),
        (pool, quotas, 2, replace(portfolio, optimum=(0.5, 1.0, 0.6))),
    ]
    assert len({commitment(*one) for one in [(pool, quotas, 2, portfolio), *others]}) == 1 + len(others)
    turned = Quotas(tuple(reversed(quotas.quotas)))
    assert commitment(Pool(people[::-1], ("x",)), turned, 2, portfolio) == commitment(pool, quotas, 2, portfolio)


@pytest.mark.parametrize("seed", ["", "F00", "0x1", " 1", "1\n", "g", "0" * 129])
def test_what_is_no_seed_is_refused(lot: MadeUp, portfolio: Portfolio, seed: str) -> None:
    with pytest.raises(RequestError) as refused:
        draw(lot.pool, lot.quotas, lot.size, seed, portfolio=portfolio)
    assert [(one.fault, one.facts) for one in refused.value.problems] == [(Fault.SEED_INVALID, {"found": seed})]
