"""Which plans does greedy fund, and how many votes short was each of the others?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from participatie.allocation.accounts import Accounts
from participatie.allocation.caps import Caps
from participatie.allocation.terms import Fact, Plan, Reason, Rule

Merit = Callable[[Plan], int | Fraction]


def merit_of(rule: Rule, scores: Mapping[str, int | Fraction]) -> Merit:
    """Return what plans are ordered by: their score, or their score for each cent.

    Only plans with a cost are asked: free plans are funded before anything else.
    """
    if rule is Rule.GREEDY_PER_EURO:
        return lambda plan: Fraction(scores[plan.id]) / plan.cost_cents
    return lambda plan: scores[plan.id]


def by_merit(plans: Sequence[Plan], merit: Merit, place: Mapping[str, int]) -> list[Plan]:
    """Return the plans, best first; equals by their place in the tie order."""
    return sorted(plans, key=lambda plan: (-merit(plan), place[plan.id]))


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was left when a plan's turn came, and whether the rule still went on."""

    plan: Plan
    left: int
    caps: Caps
    open: bool

    def would_fund(self, plan: Plan) -> bool:
        return self.open and plan.cost_cents <= self.left and self.caps.fits(plan)


@dataclass(frozen=True, slots=True)
class GreedyPass:
    """One walk down an ordered list; kept to tell a plan whose place it would have needed."""

    moments: tuple[_Moment, ...]
    rule: Rule
    merit: Merit
    scores: Mapping[str, int | Fraction]
    place: Mapping[str, int]

    def near_miss(self, plan: Plan) -> dict[str, Fact]:
        """Return whose place the plan needed and how many votes (points) it lacked to come first.

        The place is the last one before the plan's own turn at which it would
        still have been funded, all else equal. Empty when there was none: the
        plan costs more than the pot or its cap.
        """
        for moment in reversed(self._before(plan)):
            if moment.would_fund(plan):
                return {"taken_by": moment.plan.id, "votes_short": self._votes_short(plan, moment.plan)}
        return {}

    def _before(self, plan: Plan) -> tuple[_Moment, ...]:
        turn = next(index for index, moment in enumerate(self.moments) if moment.plan.id == plan.id)
        return self.moments[:turn]

    def _votes_short(self, plan: Plan, rival: Plan) -> int:
        needed = Fraction(self.merit(rival))
        if self.rule is Rule.GREEDY_PER_EURO:
            needed *= plan.cost_cents
        lacking = needed - self.scores[plan.id]
        wins_ties = self.place[plan.id] < self.place[rival.id]
        return ceil(lacking) if wins_ties else floor(lacking) + 1


def fund_in_order(
    plans: Sequence[Plan],
    accounts: Accounts,
    rule: Rule,
    scores: Mapping[str, int | Fraction],
    place: Mapping[str, int],
) -> GreedyPass:
    """Walk down the plans by merit and fund what fits the pot and its category's cap.

    A plan without votes is funded too when it fits, as pabutools and Pabulib do;
    a minimum of 1 vote prevents it. `greedy-stop` ends at the first plan that
    costs more than is left in the pot; a full category only closes that category.
    """
    merit = merit_of(rule, scores)
    stopped_by: Plan | None = None
    moments: list[_Moment] = []
    for plan in by_merit(plans, merit, place):
        moments.append(_Moment(plan, accounts.left, accounts.caps.copy(), open=stopped_by is None))
        if stopped_by is not None:
            accounts.deny(plan, Reason.AFTER_STOP, stopped_by=stopped_by.id, available_cents=accounts.left)
        elif plan.cost_cents > accounts.left:
            accounts.deny_over_budget(plan)
            stopped_by = plan if rule is Rule.GREEDY_STOP else None
        elif not accounts.caps.fits(plan):
            accounts.deny_over_cap(plan)
        else:
            accounts.fund(plan, Reason.FUNDED)
    return GreedyPass(tuple(moments), rule, merit, scores, place)
