"""Which plans can the supporters buy together, each voter owning an equal share of the pot?

The method of equal shares with cost utilities (Peters, Pierczynski & Skowron
2021, 'Proportional Participatory Budgeting with Additive Utilities'): time and
again the plan with the lowest price per euro of plan is bought, its supporters
paying equally (with points: in proportion), until no supporters can pay a plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from participatie.allocation.purses import DOUBT, SCALE, Backing, Electorate, Purses
from participatie.allocation.terms import AllocationRules, Plan

Waiting = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Purchase:
    """A bought plan, the most one point cost a supporter (cents, rounded up), and its equals then."""

    plan: Plan
    price_cents: int
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: the purchases in order, who was capped, and what backed the others at the end."""

    share: Fraction
    purchases: tuple[Purchase, ...]
    capped: Mapping[str, int]
    behind: Mapping[str, int]

    @property
    def cost_cents(self) -> int:
        """What the bought plans cost together."""
        return sum(purchase.plan.cost_cents for purchase in self.purchases)


def buy_together(people: Electorate, share: Fraction, caps: Mapping[str, int], place: Mapping[str, int]) -> Run:
    """Run the method once with this share (cents) per voter; `place` is the tie order.

    Plans wait in a heap by the price they had when last looked at. A price can
    only rise, so that a plan is looked at again only when it comes to the top.
    """
    purses = Purses(people, share)
    category_left = dict(caps)
    purchases: list[Purchase] = []
    capped: dict[str, int] = {}
    waiting: Waiting = [
        (SCALE * backing.cost // (backing.support * backing.plan.cost_cents), place[backing.plan.id], index)
        for index, backing in enumerate(people.backings)
    ]
    heapify(waiting)
    while waiting:
        candidates = _cheapest(people, purses, waiting, category_left, capped)
        if not candidates:
            break
        tied = _exactly_tied(people, purses, candidates)
        price, _, index = min(tied, key=lambda candidate: candidate[1])
        backing = people.backings[index]
        for candidate in candidates:
            if candidate[2] != index:
                heappush(waiting, (_per_cent(candidate[0], people.backings[candidate[2]]), *candidate[1:]))
        purses.buy(backing, price)
        if backing.plan.category in category_left:
            category_left[backing.plan.category] -= backing.plan.cost_cents
        equals = tuple(
            people.backings[other].plan.id for _, _, other in sorted(tied, key=lambda candidate: candidate[1])
        )
        purchases.append(Purchase(backing.plan, -((DOUBT - price) // SCALE), equals))
    bought = {purchase.plan.id for purchase in purchases}
    behind = {
        backing.plan.id: purses.money_behind(backing) for backing in people.backings if backing.plan.id not in bought
    }
    return Run(share, tuple(purchases), capped, behind)


def _per_cent(price: int, backing: Backing) -> int:
    return price // backing.plan.cost_cents


def _cheapest(
    people: Electorate,
    purses: Purses,
    waiting: Waiting,
    category_left: Mapping[str, int],
    capped: dict[str, int],
) -> Waiting:
    """Take the cheapest affordable plans off the heap: all those within doubt of the best.

    Returns (price of a point, place, index). Plans nobody can pay any more, and
    plans over the cap of their category, leave the heap for good.
    """
    looked: list[tuple[int, int, int, int]] = []
    best: int | None = None
    while waiting and (best is None or waiting[0][0] <= best + DOUBT):
        _, rank, index = heappop(waiting)
        backing = people.backings[index]
        plan = backing.plan
        room = category_left.get(plan.category or "")
        if room is not None and plan.cost_cents > room:
            capped[plan.id] = room
            continue
        price = purses.price(backing)
        if price is not None:
            ratio = _per_cent(price, backing)
            best = ratio if best is None else min(best, ratio)
            looked.append((ratio, rank, index, price))
    chosen = []
    for ratio, rank, index, price in looked:
        if best is not None and ratio <= best + DOUBT:
            chosen.append((price, rank, index))
        else:
            heappush(waiting, (ratio, rank, index))
    return chosen


def _exactly_tied(people: Electorate, purses: Purses, candidates: Waiting) -> Waiting:
    """Keep the candidates whose exact price per cent of plan is the lowest."""
    if len(candidates) == 1:
        return candidates
    exact = {
        index: purses.exact_price(people.backings[index], price) / people.backings[index].plan.cost_cents
        for price, _, index in candidates
    }
    lowest = min(exact.values())
    return [candidate for candidate in candidates if exact[candidate[2]] == lowest]


def raise_shares(
    people: Electorate, rules: AllocationRules, place: Mapping[str, int], *, to_the_last: bool
) -> tuple[Run, int]:
    """Raise every share step by step (add1); return the last run within the pot, and the raises.

    Stops before the raise that would break the pot. Without `to_the_last` it
    also stops as soon as no supported plan fits the pot and its cap any more
    (as pabutools does); with it, only when nothing is left to be bought.
    The first run never breaks the pot: the shares together are the pot.
    """
    run = buy_together(people, rules.pot_cents / people.voters, rules.category_caps, place)
    raises = 0
    plans = [backing.plan for backing in people.backings]
    while not _finished(plans, run, rules, to_the_last=to_the_last):
        next_run = buy_together(people, run.share + rules.raise_cents, rules.category_caps, place)
        if next_run.cost_cents > rules.pot_cents:
            break
        run = next_run
        raises += 1
    return run, raises


def _finished(plans: Sequence[Plan], run: Run, rules: AllocationRules, *, to_the_last: bool) -> bool:
    spent: dict[str, int] = {}
    for purchase in run.purchases:
        category = purchase.plan.category or ""
        spent[category] = spent.get(category, 0) + purchase.plan.cost_cents
    room = rules.pot_cents - run.cost_cents
    for plan in plans:
        if plan.id not in run.behind:
            continue
        cap = rules.category_caps.get(plan.category or "")
        fits_cap = cap is None or plan.cost_cents + spent.get(plan.category or "", 0) <= cap
        if fits_cap and (to_the_last or plan.cost_cents <= room):
            return False
    return True
