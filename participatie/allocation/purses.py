"""How much does every voter still own, and what would each supporter have to pay for a plan?

Two books of the same purses are kept. The quick one holds whole numbers of
2**-384 cent and a proven bound on how far they may be from the truth; it finds
the candidates. The exact one holds fractions and is opened only when the quick
one cannot tell two amounts apart. No float is used anywhere.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from participatie.allocation.tally import points_of
from participatie.allocation.terms import BallotGroup, Plan

SCALE = 1 << 384
DOUBT = 1 << 284  # amounts closer than 2**-100 cent are compared exactly
MOST_DRIFT = 1 << 200  # beyond this bound the quick purses are set right again


@dataclass(frozen=True, slots=True)
class Backing:
    """A plan with the groups of voters who support it.

    `groups` are indices, `voters` the weighted number of voters in each and
    `points` what each gives the plan; `support` is the sum of voters x points.
    `cost` is the cost in cents times the common denominator of the weights.
    """

    plan: Plan
    cost: int
    groups: tuple[int, ...]
    voters: tuple[int, ...]
    points: tuple[int, ...]
    support: int
    equal_points: bool


@dataclass(frozen=True, slots=True)
class Electorate:
    """The ballots turned around: per plan its backing, in the order of the plans."""

    backings: tuple[Backing, ...]
    groups: int
    voters: Fraction


def electorate(plans: Sequence[Plan], groups: Sequence[BallotGroup]) -> Electorate:
    """Turn grouped ballots into one backing per plan with a cost and at least one supporter."""
    unit = lcm(*(Fraction(group.weight).denominator for group in groups))
    supporters: dict[str, list[tuple[int, int, int]]] = {plan.id: [] for plan in plans}
    for index, group in enumerate(groups):
        voters = int(group.count * group.weight * unit)
        for plan_id, points in zip(group.choices, points_of(group), strict=True):
            if plan_id in supporters:
                supporters[plan_id].append((index, voters, points))
    backings = []
    for plan in plans:
        if plan.cost_cents and supporters[plan.id]:
            indices, voters_of, given = zip(*supporters[plan.id], strict=True)
            support = sum(map(mul, voters_of, given))
            cost = plan.cost_cents * unit
            backings.append(Backing(plan, cost, indices, voters_of, given, support, set(given) == {1}))
    total = sum((Fraction(group.count) * group.weight for group in groups), Fraction(0))
    return Electorate(tuple(backings), len(groups), total)


@dataclass(frozen=True, slots=True)
class _Payment:
    """One bought plan: who paid all they had, who stood on the edge, and the others' support."""

    backing: Backing
    poor: tuple[int, ...]
    edge: tuple[int, ...]
    rich_support: int


class Purses:
    """The purses of all voters during one run, all starting with the same share (in cents)."""

    def __init__(self, people: Electorate, share: Fraction) -> None:
        """Give every voter the share."""
        self.share = share
        self._quick = [share.numerator * SCALE // share.denominator] * people.groups
        self._drift = 1
        self._payments: list[_Payment] = []
        self._bought: list[list[tuple[int, int]]] = [[] for _ in range(people.groups)]
        self._prices: list[Fraction] = []
        self._exact: dict[int, tuple[Fraction, int]] = {}

    def money_behind(self, backing: Backing) -> int:
        """Return what the supporters own together, in whole cents (rounded down)."""
        return (self._quick_money(backing) + DOUBT) // SCALE * backing.plan.cost_cents // backing.cost

    def price(self, backing: Backing) -> int | None:
        """Return the quick price of one point (2**-384 cent), or None if the supporters cannot pay.

        The price p is where the sum of min(purse, p x points) over all
        supporters equals the cost: the equal payment of the method of equal shares.
        """
        cost = backing.cost * SCALE
        money = self._quick_money(backing)
        doubt = DOUBT * backing.support
        if money < cost + doubt and (money < cost - doubt or self._exact_money(backing) < backing.cost):
            return None
        if backing.equal_points:
            return self._equal_price(backing, cost)
        return self._pointed_price(backing, cost)

    def exact_price(self, backing: Backing, quick: int) -> Fraction:
        """Return the price of one point as an exact fraction of a cent."""
        self._settle(len(self._payments))
        return self._solve(self._classify(backing, quick))

    def buy(self, backing: Backing, quick: int) -> None:
        """Let the supporters pay: each the price times the points given, or all that is left."""
        payment = self._classify(backing, quick)
        step = len(self._payments)
        self._payments.append(payment)
        quick_purses = self._quick
        for group, points in zip(backing.groups, backing.points, strict=True):
            quick_purses[group] -= min(quick_purses[group], quick * points)
            self._bought[group].append((step, points))
        poor_support = backing.support - payment.rich_support
        blur = self._blur(poor_support, payment.rich_support)
        self._drift += max(backing.points) * blur
        if self._drift > MOST_DRIFT:
            self._set_right()

    def _quick_money(self, backing: Backing) -> int:
        quick = self._quick
        return sum(map(mul, backing.voters, [quick[group] for group in backing.groups]))

    def _equal_price(self, backing: Backing, cost: int) -> int:
        quick = self._quick
        held = sorted(zip([quick[group] for group in backing.groups], backing.voters, strict=True))
        price = cost // backing.support
        left, support, paid = cost, backing.support, 0
        while paid < len(held) - 1 and held[paid][0] < price:
            poor = bisect_left(held, (price,), paid, len(held) - 1)
            for purse, voters in held[paid:poor]:
                left -= purse * voters
                support -= voters
            paid = poor
            price = left // support
        return price

    def _pointed_price(self, backing: Backing, cost: int) -> int:
        quick = self._quick
        held = sorted(
            (quick[group] // points, voters * points, quick[group] * voters)
            for group, voters, points in zip(backing.groups, backing.voters, backing.points, strict=True)
        )
        left, support = cost, backing.support
        for reach, weight, money in held[:-1]:
            if reach * support >= left:
                break
            left -= money
            support -= weight
        return left // support

    def _classify(self, backing: Backing, quick: int) -> _Payment:
        poor, edge, rich_support = [], [], 0
        purses = self._quick
        for position, (group, points) in enumerate(zip(backing.groups, backing.points, strict=True)):
            gap = purses[group] - quick * points
            if gap > DOUBT:
                rich_support += backing.voters[position] * points
            elif gap < -DOUBT:
                poor.append(position)
            else:
                edge.append(position)
        return _Payment(backing, tuple(poor), tuple(edge), rich_support)

    def _blur(self, poor_support: int, rich_support: int) -> int:
        """Bound the error of a price: the errors of the poor fall on the rich."""
        return -(-poor_support * self._drift // max(rich_support, 1)) + 2

    def _settle(self, steps: int) -> None:
        for payment in self._payments[len(self._prices) : steps]:
            self._prices.append(self._solve(payment))

    def _solve(self, payment: _Payment) -> Fraction:
        backing = payment.backing
        left, support = Fraction(backing.cost), payment.rich_support
        for position in payment.poor:
            left -= backing.voters[position] * self._exact_purse(backing.groups[position])
        on_edge = sorted(
            (self._exact_purse(backing.groups[position]) / backing.points[position], position)
            for position in payment.edge
        )
        support += sum(backing.voters[position] * backing.points[position] for _, position in on_edge)
        for reach, position in on_edge:
            weight = backing.voters[position] * backing.points[position]
            if weight == support or left <= reach * support:
                break
            left -= weight * reach
            support -= weight
        return left / support

    def _exact_purse(self, group: int) -> Fraction:
        """Return the exact purse of one voter of the group, after the payments settled so far."""
        purse, done = self._exact.get(group, (self.share, 0))
        for step, points in self._bought[group][done:]:
            if step >= len(self._prices):
                break
            purse -= min(purse, self._prices[step] * points)
            done += 1
        self._exact[group] = (purse, done)
        return purse

    def _exact_money(self, backing: Backing) -> Fraction:
        self._settle(len(self._payments))
        return sum(
            (voters * self._exact_purse(group) for group, voters in zip(backing.groups, backing.voters, strict=True)),
            Fraction(0),
        )

    def _set_right(self) -> None:
        self._settle(len(self._payments))
        for group in range(len(self._quick)):
            purse = self._exact_purse(group)
            self._quick[group] = purse.numerator * SCALE // purse.denominator
        self._drift = 1
