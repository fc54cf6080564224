"""Where no panel meets the quotas: is the change that is named enough, and is there really none that is smaller?"""

from dataclasses import replace
from itertools import count, islice
from random import Random

import pytest

from participatie.lottery import (
    Bound,
    NotPossibleError,
    Person,
    Pool,
    Quota,
    Quotas,
    Relaxation,
    check,
    draw,
    prepare,
)
from tests.lottery.brute_force import all_panels, households_apart, missed
from tests.lottery.made_up import tiny

Case = tuple[Pool, Quotas, int]


def impossible(seed: int) -> Case:
    """The people of a tiny pool, with for each feature the exact numbers of another panel: seldom possible together."""
    pool, quotas, size = tiny(seed)
    panels, chance = households_apart(pool, size), Random(seed)
    asked = []
    for name in quotas.features:
        panel = chance.choice(panels)
        for value in quotas.values(name):
            members = sum(pool.people[at].features[name] == value for at in panel)
            asked.append(Quota(name, value, members, members))
    return pool, Quotas(tuple(asked)), size


def is_one(case: Case) -> bool:
    return not check(*case) and not all_panels(*case)


CASES = list(islice(filter(is_one, map(impossible, count(1))), 15))


def loosened(quotas: Quotas, relaxations: tuple[Relaxation, ...]) -> Quotas:
    lower = {(one.feature, one.value): one.by for one in relaxations if one.bound is Bound.MINIMUM}
    higher = {(one.feature, one.value): one.by for one in relaxations if one.bound is Bound.MAXIMUM}
    return Quotas(
        tuple(
            replace(
                one,
                minimum=one.minimum - lower.get((one.feature, one.value), 0),
                maximum=one.maximum + higher.get((one.feature, one.value), 0),
            )
            for one in quotas
        )
    )


def relaxations_of(case: Case) -> tuple[Relaxation, ...]:
    with pytest.raises(NotPossibleError) as refused:
        prepare(*case, panels=1)
    return refused.value.relaxations


def test_the_named_change_is_enough_and_none_is_smaller() -> None:
    totals = set()
    for pool, quotas, size in CASES:
        named = relaxations_of((pool, quotas, size))
        total = sum(one.by for one in named)
        assert total == min(missed(pool, quotas, panel) for panel in households_apart(pool, size))
        assert all_panels(pool, loosened(quotas, named), size)
        assert all(one.by > 0 for one in named)
        totals.add(total)
    assert len(totals) > 1, "they differ in how much must give way"


def test_the_same_change_is_named_whatever_the_order() -> None:
    for pool, quotas, size in CASES[:3]:
        turned = Quotas(quotas.quotas[::-1])
        assert relaxations_of((pool, turned, size)) == relaxations_of((pool, quotas, size))


def test_households_never_give_way() -> None:
    """Two from north are asked, and the only two of north live together."""
    homes = [("north", "a"), ("north", "a"), ("south", None), ("south", None)]
    people = [Person(f"p{at}", {"buurt": buurt}, home) for at, (buurt, home) in enumerate(homes)]
    quotas = Quotas((Quota("buurt", "north", 2, 2), Quota("buurt", "south", 0, 1)))
    assert relaxations_of((Pool(tuple(people), ("buurt",)), quotas, 2)) == (
        Relaxation("buurt", "north", Bound.MINIMUM, 1),
    )


def test_nothing_is_drawn() -> None:
    with pytest.raises(NotPossibleError):
        draw(*CASES[0], "5eed")
