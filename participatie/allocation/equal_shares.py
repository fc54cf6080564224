"""Which plans can the supporters buy together, each voter owning an equal share of the pot?

The method of equal shares (Peters, Pierczynski & Skowron 2021, 'Proportional Participatory
Budgeting with Additive Utilities'): time and again the plan is bought that costs its supporters
least for what it is worth to them, its supporters paying equally (with points: in proportion),
until no supporters can pay a plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import ceil, inf
from typing import NamedTuple

from participatie.allocation.caps import Caps
from participatie.allocation.purses import Backing, Electorate, Price, Purses
from participatie.allocation.terms import AllocationRules, Plan

#: Lower bound of the price for what it is worth, place in the tie order, index of the backing.
Waiting = list[tuple[float, int, int]]
#: A bound on a quotient of two floats, from below.
_LESS = 1 - 2.0**-50
#: Where a bound cannot be given, plans this near to each other are compared exactly.
_BLIND = 2.0**-20


class Candidate(NamedTuple):
    """A plan that may be the cheapest: its price, its place in the tie order, and at which backing it stands."""

    price: Price
    rank: int
    at: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A bought plan, the most one point cost a supporter (cents, rounded up), and its equals then."""

    plan: Plan
    price_cents: int
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the purchases in order, who was capped, and the purses as they are at the end."""

    share: Fraction
    purchases: tuple[Purchase, ...]
    capped: frozenset[str]
    purses: Purses | None

    @property
    def cost_cents(self) -> int:
        """What the bought plans cost together."""
        return sum(purchase.plan.cost_cents for purchase in self.purchases)

    def behind(self) -> dict[str, int]:
        """Return what the supporters of each plan that was not bought still own, in whole cents."""
        if self.purses is None:
            return {}
        bought = {purchase.plan.id for purchase in self.purchases}
        return {
            backing.plan.id: self.purses.money_behind(backing)
            for backing in self.purses.people.backings
            if backing.plan.id not in bought
        }


def buy_together(people: Electorate, share: Fraction, before: Caps, place: Mapping[str, int]) -> Run:
    """Run the method once with this share (cents) per voter; `place` is the tie order, `before` what caps leave.

    Plans wait in a heap by the least that they can cost: a price can only rise, so that
    a plan is looked at again only when it comes to the top.
    """
    purses = Purses(people, share)
    caps = before.copy()
    purchases: list[Purchase] = []
    capped: set[str] = set()
    waiting: Waiting = [
        (backing.cost / backing.support / backing.utility * _LESS, place[backing.plan.id], index)
        for index, backing in enumerate(people.backings)
    ]
    heapify(waiting)
    while waiting:
        candidates = _cheapest(people, purses, waiting, caps, capped)
        if not candidates:
            break
        tied = _exactly_tied(people, purses, candidates)
        best = min(tied, key=lambda candidate: candidate.rank)
        backing = people.backings[best.at]
        for other in candidates:
            if other is not best:
                least, _ = _bounds(other.price, people.backings[other.at].utility)
                heappush(waiting, (least, other.rank, other.at))
        whole = _whole_cents(purses, backing, best.price)
        purses.buy(backing, best.price)
        caps.take(backing.plan, backing.plan.cost_cents)
        by_lot = sorted(tied, key=lambda candidate: candidate.rank)
        equals = tuple(people.backings[candidate.at].plan.id for candidate in by_lot)
        purchases.append(Purchase(backing.plan, whole, equals))
    return Run(share, tuple(purchases), frozenset(capped), purses)


def _cheapest(people: Electorate, purses: Purses, waiting: Waiting, caps: Caps, capped: set[str]) -> list[Candidate]:
    """Take off the heap every plan that may be the cheapest: whose least is not above the most of the best.

    Plans that nobody can pay any more, and plans over a cap, leave the heap for good.
    """
    looked: list[tuple[float, float, Candidate]] = []
    ceiling = inf
    while waiting and waiting[0][0] <= ceiling:
        _, rank, index = heappop(waiting)
        backing = people.backings[index]
        if not caps.fits(backing.plan):
            capped.add(backing.plan.id)
            continue
        price = purses.price(backing)
        if price is not None:
            least, most = _bounds(price, backing.utility)
            ceiling = min(ceiling, most)
            looked.append((least, most, Candidate(price, rank, index)))
    for least, _, candidate in looked:
        if least > ceiling:
            heappush(waiting, (least, candidate.rank, candidate.at))
    return [candidate for least, _, candidate in looked if least <= ceiling]


def _bounds(price: Price, utility: int) -> tuple[float, float]:
    if price.doubt == inf:
        # So near to what they own that only the exact purses tell; the price as found is right to many digits.
        return price.cents / utility * (1 - _BLIND), price.cents / utility * (1 + _BLIND)
    return (price.cents - price.doubt) / utility * _LESS, (price.cents + price.doubt) / utility / _LESS


def _exactly_tied(people: Electorate, purses: Purses, candidates: list[Candidate]) -> list[Candidate]:
    """Keep the candidates whose exact price for what the plan is worth is the lowest."""
    if len(candidates) == 1:
        return candidates
    exact = [
        purses.exact_price(people.backings[candidate.at], candidate.price) / people.backings[candidate.at].utility
        for candidate in candidates
    ]
    lowest = min(exact)
    return [candidate for candidate, price in zip(candidates, exact, strict=True) if price == lowest]


def _whole_cents(purses: Purses, backing: Backing, price: Price) -> int:
    """Return a price in whole cents, rounded up; near a whole cent the exact one tells."""
    if price.exact is None and price.doubt < 1 and ceil(price.cents - price.doubt) == ceil(price.cents + price.doubt):
        return ceil(price.cents)
    return ceil(purses.exact_price(backing, price))


def raise_shares(
    people: Electorate, rules: AllocationRules, before: Caps, place: Mapping[str, int], *, to_the_last: bool
) -> tuple[Run, int]:
    """Raise every share step by step (add1); return the last run within the pot, and the raises.

    Stops before the raise that would break the pot. Without `to_the_last` it
    also stops as soon as no supported plan fits the pot and its cap any more
    (as pabutools does); with it, only when nothing is left to be bought.
    The first run never breaks the pot: the shares together are the pot.
    """
    run = buy_together(people, rules.pot_cents / people.voters, before, place)
    raises = 0
    while not _finished(people, run, rules.pot_cents, before, to_the_last=to_the_last):
        next_run = buy_together(people, run.share + rules.raise_cents, before, place)
        if next_run.cost_cents > rules.pot_cents:
            break
        run = next_run
        raises += 1
    return run, raises


def _finished(people: Electorate, run: Run, pot_cents: int, before: Caps, *, to_the_last: bool) -> bool:
    bought = {purchase.plan.id for purchase in run.purchases}
    caps = before.copy()
    for purchase in run.purchases:
        caps.take(purchase.plan, purchase.plan.cost_cents)
    room = pot_cents - run.cost_cents
    waiting = (backing.plan for backing in people.backings if backing.plan.id not in bought)
    return not any(caps.fits(plan) and (to_the_last or plan.cost_cents <= room) for plan in waiting)
