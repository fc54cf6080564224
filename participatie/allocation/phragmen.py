"""Which plans can the supporters buy together, everybody earning money at the same pace?

Phragmen's sequential method, for a pot (Brill, Freeman, Janson & Lackner 2017, 'Phragmen's Voting
Methods and Justified Representation'; Los, Christoff & Grossi 2022, 'Proportional Budget
Allocations'): all voters earn alike; as soon as the supporters of a plan own its cost, it is
bought and their purses are empty. It ends when a plan that could be bought would break the pot.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from participatie.allocation.caps import Caps
from participatie.allocation.purses import Backing, Electorate
from participatie.allocation.terms import Plan

#: Sums of positive floats err by far less; what is nearer to each other than this is compared exactly.
NEAR = 2.0**-30


@dataclass(frozen=True, slots=True)
class Bought:
    """A bought plan, when (what every voter had earned by then, in cents, rounded down), and its equals then."""

    plan: Plan
    earned_cents: int
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarningRun:
    """The purchases in order, who was over a cap, and the plan that would have broken the pot, if one did."""

    purchases: tuple[Bought, ...]
    capped: frozenset[str]
    stopped_by: Plan | None


class _Clock:
    """When each group last paid, as the number of a purchase; purchase 0 is the beginning."""

    def __init__(self, people: Electorate) -> None:
        self.last = np.zeros(len(people.ballots), dtype=np.int64)
        self.moments = [Fraction(0)]
        self._quick = [0.0]

    def quick(self, backing: Backing) -> float:
        """Return about when the supporters own the cost of a plan; too early or late by far less than NEAR of it."""
        held = np.bincount(self.last[backing.groups], weights=backing.voters, minlength=len(self._quick))
        return float((backing.cost + held @ np.array(self._quick)) / backing.voters.sum())

    def exact(self, backing: Backing) -> Fraction:
        """Return when the supporters own the cost of a plan: cents that every voter earned by then."""
        held = np.bincount(self.last[backing.groups], weights=backing.voters)
        earned_before = sum(
            (int(voters) * self.moments[step] for step, voters in enumerate(held.tolist()) if voters), Fraction(0)
        )
        return (backing.cost + earned_before) / int(backing.voters.sum())

    def pay(self, backing: Backing, moment: Fraction) -> None:
        """Empty the purses of the supporters at a moment."""
        self.last[backing.groups] = len(self.moments)
        self.moments.append(moment)
        self._quick.append(float(moment))


def buy_as_earned(people: Electorate, pot_cents: int, before: Caps, place: Mapping[str, int]) -> EarningRun:
    """Run the method; `place` is the tie order, `before` what caps leave. A voter counts alike for each plan, whatever the points.

    Plans that cost more than the pot take no part, and plans over a cap fall out when their turn comes.
    """
    clock, caps = _Clock(people), before.copy()
    left = pot_cents
    purchases: list[Bought] = []
    capped: set[str] = set()
    backings = people.backings
    waiting = [
        (clock.quick(backing), place[backing.plan.id], index)
        for index, backing in enumerate(backings)
        if backing.plan.cost_cents <= pot_cents
    ]
    heapify(waiting)
    while waiting:
        first = _first(backings, clock, caps, waiting, capped)
        if not first:
            break
        moment, tied = first
        over = [backings[index].plan for _, _, index in tied if backings[index].plan.cost_cents > left]
        if over:
            return EarningRun(tuple(purchases), frozenset(capped), over[0])
        for other in tied[1:]:
            heappush(waiting, other)
        backing = backings[tied[0][2]]
        clock.pay(backing, moment)
        caps.take(backing.plan, backing.plan.cost_cents)
        left -= backing.plan.cost_cents
        equals = tuple(backings[index].plan.id for _, _, index in tied)
        purchases.append(Bought(backing.plan, int(moment), equals))
    return EarningRun(tuple(purchases), frozenset(capped), None)


def _first(
    backings: tuple[Backing, ...],
    clock: _Clock,
    caps: Caps,
    waiting: list[tuple[float, int, int]],
    capped: set[str],
) -> tuple[Fraction, list[tuple[float, int, int]]] | None:
    """Take the plans off the heap that can be bought first, in tie order, with the moment; None when none is left.

    A moment only gets later, so a plan is looked at again only when it comes to the top.
    """
    looked: list[tuple[float, int, int]] = []
    best = float("inf")
    while waiting and waiting[0][0] <= best * (1 + NEAR):
        _, rank, index = heappop(waiting)
        backing = backings[index]
        if not caps.fits(backing.plan):
            capped.add(backing.plan.id)
            continue
        moment = clock.quick(backing)
        best = min(best, moment)
        looked.append((moment, rank, index))
    near = [candidate for candidate in looked if candidate[0] <= best * (1 + NEAR)]
    for candidate in looked:
        if candidate not in near:
            heappush(waiting, candidate)
    if not near:
        return None
    exact = {candidate: clock.exact(backings[candidate[2]]) for candidate in near}
    earliest = min(exact.values())
    for candidate, moment_of in exact.items():
        if moment_of > earliest:
            heappush(waiting, candidate)
    return earliest, sorted((each for each in near if exact[each] == earliest), key=lambda each: each[1])
