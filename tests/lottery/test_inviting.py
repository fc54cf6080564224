"""Which households are invited? By lot, spread over buurten in proportion or by stated weights."""

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise

import pytest

from participatie.lottery import Address, Fault, RequestError, invite


def addresses(**buurten: int) -> list[Address]:
    return [Address(f"{name}-{number}", name) for name, count in buurten.items() for number in range(count)]


def shares(number: int, weights: Mapping[str, int] | None = None, seed: str = "5eed", **buurten: int) -> Counter[str]:
    invited = invite(addresses(**buurten), number, seed, weights)
    assert len(invited) == len(set(invited)) == number
    return Counter(one.split("-")[0] for one in invited)


def by_hash(seed: str, *lines: str) -> str:
    return sha256("\n".join([seed, *lines]).encode()).hexdigest()


def test_each_buurt_gets_its_share() -> None:
    assert shares(20, noord=60, zuid=30, west=10) == {"noord": 12, "zuid": 6, "west": 2}


def test_what_is_left_over_goes_to_the_largest_remainders() -> None:
    # Of 10: 4.5, 3.3 and 2.2.
    assert shares(10, noord=45, zuid=33, west=22) == {"noord": 5, "zuid": 3, "west": 2}
    # Of 11: 4.95, 3.63 and 2.42.
    assert shares(11, noord=45, zuid=33, west=22) == {"noord": 5, "zuid": 4, "west": 2}


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_between_equal_remainders_the_hash_decides(seed: str) -> None:
    first = min(("noord", "zuid", "west"), key=lambda name: by_hash(seed, "buurt", name))
    assert shares(4, seed=seed, noord=10, zuid=10, west=10) == {"noord": 1, "zuid": 1, "west": 1} | {first: 2}


def test_a_weight_counts_addresses_more_than_once() -> None:
    assert shares(20, {"noord": 1, "zuid": 3}, noord=50, zuid=50) == {"noord": 5, "zuid": 15}
    assert shares(20, {"zuid": 3}, noord=50, zuid=50) == {"noord": 5, "zuid": 15}, "not named is one"
    assert shares(20, {"zuid": 0}, noord=50, zuid=50) == {"noord": 20}


def test_a_buurt_that_is_full_leaves_the_rest_to_the_others() -> None:
    # By weight 18 of the 20 would be for south, which has 6 addresses; the rest is divided two to one.
    assert shares(20, {"zuid": 90}, noord=40, west=20, zuid=6) == {"zuid": 6, "noord": 9, "west": 5}
    assert shares(9, {"zuid": 5}, noord=4, zuid=5) == {"noord": 4, "zuid": 5}


def test_the_order_is_that_of_the_hash_and_so_is_who_is_chosen_in_a_buurt() -> None:
    every = addresses(noord=30, zuid=20)
    invited = invite(every, 10, "5eed")
    assert all(by_hash("5eed", one) < by_hash("5eed", other) for one, other in pairwise(invited))
    for buurt, share in (("noord", 6), ("zuid", 4)):
        ids = sorted((one.id for one in every if one.stratum == buurt), key=lambda one: by_hash("5eed", one))
        assert set(ids[:share]) == {one for one in invited if one.startswith(buurt)}


def test_the_same_list_in_another_order_gives_the_same_letters_and_another_seed_others() -> None:
    every = addresses(noord=30, zuid=20, west=7)
    assert invite(every[::-1], 13, "5eed", {"west": 2}) == invite(every, 13, "5eed", {"west": 2})
    assert set(invite(every, 13, "5eed")) != set(invite(every, 13, "0"))


@pytest.mark.parametrize(
    "buurten, number, weights, fault, facts",
    [
        ({}, 1, {}, Fault.NO_ROWS, {}),
        ({"noord": 3}, 0, {}, Fault.SIZE_TOO_LOW, {"size": 0}),
        ({"noord": 3}, 4, {}, Fault.NUMBER_ABOVE_ADDRESSES, {"number": 4, "addresses": 3}),
        ({"noord": 3, "zuid": 9}, 4, {"zuid": 0}, Fault.NUMBER_ABOVE_ADDRESSES, {"number": 4, "addresses": 3}),
        ({"noord": 3}, 1, {"noord": -1}, Fault.WEIGHT_INVALID, {"stratum": "noord", "weight": -1}),
        ({"noord": 3}, 1, {"zuid": 2}, Fault.STRATUM_UNKNOWN, {"stratum": "zuid"}),
    ],
)
def test_what_cannot_be_is_refused(
    buurten: dict[str, int], number: int, weights: dict[str, int], fault: Fault, facts: dict[str, object]
) -> None:
    with pytest.raises(RequestError) as refused:
        invite(addresses(**buurten), number, "5eed", weights)
    assert [(one.fault, one.facts) for one in refused.value.problems] == [(fault, facts)]


def test_addresses_that_are_there_twice_or_have_no_id_are_refused() -> None:
    every = [Address("a", "noord"), Address("a", "zuid"), Address("", "zuid")]
    with pytest.raises(RequestError) as refused:
        invite(every, 1, "5eed")
    assert [(one.fault, one.facts) for one in refused.value.problems] == [
        (Fault.ID_EMPTY, {}),
        (Fault.ID_TWICE, {"id": "a"}),
    ]
