"""How much does every voter still own, and what would each supporter have to pay for a plan?

Two books of the same purses are kept. The quick one holds floats, each with a proven bound on
how far it may be from the truth; it tells which plans cannot be the best. The exact one holds
fractions and is opened for what the quick one cannot tell apart. No float ever decides.

The bounds stay small because nothing is invented: what is uncertain about the purses of those
who pay all they have moves to those who pay the rest, and their own purses are then exactly empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf

import numpy as np
from numpy.typing import NDArray

from participatie.allocation.columns import Columns, Whole
from participatie.allocation.terms import Plan

Quick = NDArray[np.float64]
#: Twice the error of one operation on floats; sums of n terms err by at most n times as much.
ROUNDING = 2.0**-52


@dataclass(frozen=True, slots=True)
class Backing:
    """A plan with the groups of voters who support it.

    `groups` are indices, `voters` the weighted number of voters in each and `points` what each
    gives the plan; `weight` is voters x points and `support` its sum. `cost` is the cost in cents
    times the common denominator of the weights, `utility` what one point for it is worth.
    """

    plan: Plan
    cost: int
    utility: int
    groups: Whole
    voters: Quick
    points: Quick
    weight: Quick
    support: int
    equal_points: bool


@dataclass(frozen=True, slots=True)
class Electorate:
    """The ballots turned around: per plan its backing, in the order of the plans."""

    backings: tuple[Backing, ...]
    ballots: Columns
    voters: Fraction


def electorate(plans: Sequence[Plan], ballots: Columns, *, by_cost: bool = True) -> Electorate:
    """Turn ballots into one backing per plan with a cost and at least one supporter.

    A point is worth the plan's cost in cents (`by_cost`, cost utilities), or 1 (cardinality).
    """
    group_of = ballots.group_of_choice()
    in_order = np.argsort(ballots.chosen, kind="stable")
    bounds = np.searchsorted(ballots.chosen[in_order], np.arange(len(ballots.plan_ids) + 1))
    place = {plan_id: position for position, plan_id in enumerate(ballots.plan_ids)}
    weighed = ballots.counts * ballots.weights
    backings = []
    for plan in plans:
        position = place[plan.id]
        choices = in_order[bounds[position] : bounds[position + 1]]
        if not plan.cost_cents or not len(choices):
            continue
        groups, points = group_of[choices], ballots.points[choices]
        voters = weighed[groups]
        backings.append(
            Backing(
                plan=plan,
                cost=plan.cost_cents * ballots.unit,
                utility=plan.cost_cents if by_cost else 1,
                groups=groups,
                voters=voters.astype(np.float64),
                points=points.astype(np.float64),
                weight=(voters * points).astype(np.float64),
                support=int((voters * points).sum()),
                equal_points=bool((points == 1).all()),
            )
        )
    return Electorate(tuple(backings), ballots, ballots.weighted_voters)


@dataclass(frozen=True, slots=True)
class Price:
    """What one point for a plan costs (cents), and how far that may be from the truth.

    `exact` is there where every supporter can pay it in full: then it is cost divided by support.
    """

    cents: float
    doubt: float
    exact: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Payment:
    """One bought plan: who paid all they had, who stood on the edge (positions), and the others' support."""

    backing: Backing
    poor: Whole
    edge: Whole
    rich_support: int


class Purses:
    """The purses of all voters during one run, all starting with the same share (in cents)."""

    def __init__(self, people: Electorate, share: Fraction) -> None:
        """Give every voter the share."""
        self.share = share
        self.people = people
        amount = float(share)
        self._quick = np.full(len(people.ballots), amount)
        self._doubt = np.full(len(people.ballots), 0.0 if Fraction(amount) == share else amount * ROUNDING)
        self._payments: list[_Payment] = []
        self._step_of: dict[int, int] = {}
        self._place = {plan_id: position for position, plan_id in enumerate(people.ballots.plan_ids)}
        self._prices: list[Fraction] = []
        self._exact: dict[int, tuple[Fraction, int]] = {}

    def money_behind(self, backing: Backing) -> int:
        """Return what the supporters own together, in whole cents (rounded down)."""
        money, doubt = self._quick_money(backing)
        unit = backing.cost / backing.plan.cost_cents
        low, high = floor((money - doubt) / unit), floor((money + doubt) / unit)
        if low == high:
            return max(low, 0)
        return floor(self._exact_money(backing) * backing.plan.cost_cents / backing.cost)

    def price(self, backing: Backing) -> Price | None:
        """Return the price of one point, or None if the supporters cannot pay.

        The price p is where the sum of min(purse, p x points) over all supporters
        equals the cost: the equal payment of the method of equal shares.
        """
        money, doubt = self._quick_money(backing)
        cost = float(backing.cost)
        slack = doubt + cost * ROUNDING
        if money < cost + slack and (money < cost - slack or self._exact_money(backing) < backing.cost):
            return None
        return self._solved(backing, cost, doubt)

    def exact_price(self, backing: Backing, price: Price) -> Fraction:
        """Return the price of one point as an exact fraction of a cent."""
        if price.exact is not None:
            return price.exact
        self._settle(len(self._payments))
        return self._solve(self._classified(backing, price))

    def buy(self, backing: Backing, price: Price) -> None:
        """Let the supporters pay: each the price times the points given, or all that is left."""
        if price.doubt == inf:
            exact = self.exact_price(backing, price)
            price = Price(float(exact), float(exact) * ROUNDING)
        payment = self._classified(backing, price)
        groups = backing.groups
        held, doubt = self._quick[groups], self._doubt[groups]
        left = held - np.minimum(held, price.cents * backing.points)
        doubt = doubt + backing.points * price.doubt + held * (2 * ROUNDING)
        left[payment.poor] = 0.0
        doubt[payment.poor] = 0.0
        self._quick[groups], self._doubt[groups] = left, doubt
        self._step_of[self._place[backing.plan.id]] = len(self._payments)
        self._payments.append(payment)

    def _quick_money(self, backing: Backing) -> tuple[float, float]:
        held = self._quick[backing.groups]
        money = float(held @ backing.voters)
        doubt = float(self._doubt[backing.groups] @ backing.voters)
        return money, doubt * (1 + len(held) * ROUNDING) + money * (len(held) + 4) * ROUNDING

    def _solved(self, backing: Backing, cost: float, doubt: float) -> Price:
        held = self._quick[backing.groups]
        reach = held if backing.equal_points else held / backing.points
        price, support = cost / backing.support, float(backing.support)
        # From below: whoever cannot pay the price pays all they have, and the others the rest.
        poor = reach < price
        while poor.any() and not poor.all():
            support = float(backing.support) - float(backing.weight[poor].sum())
            higher = (cost - float(held[poor] @ backing.voters[poor])) / support
            if higher <= price:
                break
            price = higher
            poor = reach < price
        error = doubt + (len(held) + 8) * ROUNDING * 2 * cost
        near = 2 * error / support if support else inf
        certain = float(backing.weight[reach > price + near].sum())
        if poor.all() or certain * 2 < support:
            return Price(price, inf)
        near = error / certain + price * 4 * ROUNDING
        if not (reach <= price + near + self._doubt[backing.groups] / backing.points).any():
            return Price(price, near, Fraction(backing.cost, backing.support))
        return Price(price, near)

    def _classified(self, backing: Backing, price: Price) -> _Payment:
        held, doubt = self._quick[backing.groups], self._doubt[backing.groups]
        asked = price.cents * backing.points
        near = (price.doubt * backing.points + doubt) * 2 + (asked + held) * (4 * ROUNDING)
        poor, rich = held + near < asked, held > asked + near
        edge = ~(poor | rich)
        return _Payment(
            backing,
            np.flatnonzero(poor),
            np.flatnonzero(edge),
            int(backing.weight[rich].sum()),
        )

    def _settle(self, steps: int) -> None:
        for payment in self._payments[len(self._prices) : steps]:
            self._prices.append(self._solve(payment))

    def _solve(self, payment: _Payment) -> Fraction:
        backing = payment.backing
        left, support = Fraction(backing.cost), payment.rich_support
        for position in payment.poor.tolist():
            left -= int(backing.voters[position]) * self._exact_purse(int(backing.groups[position]))
        on_edge = sorted(
            (self._exact_purse(int(backing.groups[position])) / int(backing.points[position]), position)
            for position in payment.edge.tolist()
        )
        support += sum(int(backing.weight[position]) for _, position in on_edge)
        for reach, position in on_edge:
            weight = int(backing.weight[position])
            if weight == support or left <= reach * support:
                break
            left -= weight * reach
            support -= weight
        return left / support

    def _exact_purse(self, group: int) -> Fraction:
        """Return the exact purse of one voter of the group, after the payments settled so far."""
        purse, done = self._exact.get(group, (self.share, 0))
        for step, points in self._payments_of(group):
            if done <= step < len(self._prices):
                purse -= min(purse, self._prices[step] * points)
        self._exact[group] = (purse, len(self._prices))
        return purse

    def _payments_of(self, group: int) -> list[tuple[int, int]]:
        ballots = self.people.ballots
        at = slice(int(ballots.starts[group]), int(ballots.starts[group + 1]))
        paid = zip(ballots.chosen[at].tolist(), ballots.points[at].tolist(), strict=True)
        return sorted((self._step_of[plan], points) for plan, points in paid if plan in self._step_of)

    def _exact_money(self, backing: Backing) -> Fraction:
        self._settle(len(self._payments))
        money = Fraction(0)
        alike: dict[Fraction, int] = {}
        for group, voters in zip(backing.groups.tolist(), backing.voters.tolist(), strict=True):
            purse = self._exact_purse(group)
            alike[purse] = alike.get(purse, 0) + int(voters)
        for purse, voters_with_it in alike.items():
            money += purse * voters_with_it
        return money
