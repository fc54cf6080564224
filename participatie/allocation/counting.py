"""Which plans get money, and why? Ballots and rules in, the whole outcome out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from participatie.allocation.accounts import Accounts
from participatie.allocation.caps import Caps
from participatie.allocation.choosing import Choosing
from participatie.allocation.columns import Columns, columns_of
from participatie.allocation.comparison import preferences
from participatie.allocation.equal_shares import Purchase, Run, buy_together, raise_shares
from participatie.allocation.greedy import GreedyPass, by_merit, fund_in_order
from participatie.allocation.leftover import spend_leftover
from participatie.allocation.phragmen import Bought, EarningRun, buy_as_earned
from participatie.allocation.purses import electorate
from participatie.allocation.tally import Tally, refuse_nonsense, tally
from participatie.allocation.terms import (
    AllocationRules,
    BallotGroup,
    Fact,
    Line,
    Outcome,
    Plan,
    Reason,
    Rule,
    Tie,
    TieBreak,
    Utility,
)
from participatie.allocation.ties import tie_between, ties_in_order

#: The rules of equal shares, and whether greedy spends what is left after it.
_EQUAL_SHARES = {
    Rule.EQUAL_SHARES: False,
    Rule.EQUAL_SHARES_GREEDY: True,
    Rule.EQUAL_SHARES_ADD1: False,
    Rule.EQUAL_SHARES_ADD1U: True,
    Rule.EQUAL_SHARES_ADD1_COMPARISON: False,
}
_WITHOUT_RAISES = (Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_GREEDY)


def allocate(
    plans: Sequence[Plan],
    ballots: Sequence[BallotGroup],
    rules: AllocationRules,
    tie_order: Sequence[str] | None = None,
) -> Outcome:
    """Divide the pot over the plans by the rules, exactly, with a reason for every plan.

    `tie_order` names every plan id once, the one that wins ties first (see
    `ties.tie_order`); without it the order of `plans` breaks ties, and the
    outcome says so. The order and the grouping of the ballots never matter.
    Plans that cost nothing are funded first, plans under the minimum take no part.
    With most-votes nothing is divided: the plans are options, and the funded ones
    are those that were chosen. Raises ValueError for a plan or choice that occurs
    twice, an unknown choice, a negative amount, a group without ballots, no seat to
    win, or a tie order that does not name every plan once.
    """
    order = tuple(plan.id for plan in plans) if tie_order is None else tuple(tie_order)
    refuse_nonsense(plans, rules, order)
    columns = columns_of([plan.id for plan in plans], ballots)
    count = _Count(
        rules=rules,
        ballots=columns,
        tally=tally(columns),
        place={plan_id: position for position, plan_id in enumerate(order)},
    )
    accounts, admitted = count.admit(plans)
    facts: dict[str, Fact] = {}
    if rules.rule is Rule.MOST_VOTES:
        ties, near_miss = count.choose(accounts, admitted)
    elif rules.rule in _EQUAL_SHARES:
        ties, near_miss, facts = count.share_equally(accounts, admitted)
    elif rules.rule is Rule.PHRAGMEN:
        ties, near_miss = count.earn(accounts, admitted)
    else:
        ties, near_miss = count.go_greedily(accounts, admitted)
    if rules.rule is not Rule.MOST_VOTES:
        spend_leftover(count.by_score(admitted), accounts, rules.leftover)
    return Outcome(
        rules=rules,
        funded=tuple(award.plan.id for award in accounts.awards),
        lines=count.lines(accounts, near_miss),
        spent_cents=rules.pot_cents - accounts.left,
        left_cents=accounts.left,
        voters=count.tally.voters,
        ties=ties(accounts.funded),
        tie_break=TieBreak.ORDER_OF_PLANS if tie_order is None else TieBreak.DRAWN_ORDER,
        tie_order=order,
        facts=facts,
    )


NearMiss = Callable[[Plan], dict[str, Fact]]
Ties = Callable[[set[str]], tuple[Tie, ...]]


@dataclass(frozen=True, slots=True)
class _Count:
    """One count: the rules, the ballots, their tally and every plan's place in a tie."""

    rules: AllocationRules
    ballots: Columns
    tally: Tally
    place: Mapping[str, int]

    def by_score(self, plans: Sequence[Plan]) -> list[Plan]:
        return by_merit(plans, lambda plan: self.tally.scores[plan.id], self.place)

    def admit(self, plans: Sequence[Plan]) -> tuple[Accounts, list[Plan]]:
        """Open the books, deny who is under the minimum, fund what is free; return the rest."""
        accounts = Accounts(self.rules)
        admitted = []
        for plan in self.by_score(plans):
            score = self.tally.scores[plan.id]
            if score < self.rules.minimum_votes:
                accounts.deny(
                    plan,
                    Reason.BELOW_MINIMUM_VOTES,
                    minimum_votes=self.rules.minimum_votes,
                    votes_short=ceil(self.rules.minimum_votes - score),
                )
            elif self.rules.rule is Rule.MOST_VOTES:
                admitted.append(plan)
            elif plan.cost_cents == 0 and accounts.caps.fits(plan):
                accounts.fund(plan, Reason.FUNDED_FREE)
            elif plan.cost_cents == 0:
                accounts.deny_over_cap(plan)
            else:
                admitted.append(plan)
        return accounts, admitted

    def choose(self, accounts: Accounts, options: Sequence[Plan]) -> tuple[Ties, NearMiss]:
        choosing = Choosing(self.tally.scores, self.place, self.rules.seats)
        ordered = choosing.choose(options, accounts)
        return lambda chosen: choosing.ties(ordered, chosen), lambda _option: {}

    def go_greedily(self, accounts: Accounts, plans: Sequence[Plan]) -> tuple[Ties, NearMiss]:
        walk = self._walk(accounts, plans, self.rules.rule)
        ordered = by_merit(plans, walk.merit, self.place)
        return lambda funded: ties_in_order(ordered, walk.merit, funded), walk.near_miss

    def share_equally(self, accounts: Accounts, plans: Sequence[Plan]) -> tuple[Ties, NearMiss, dict[str, Fact]]:
        run, facts = self._run(accounts.caps, plans)
        if self.rules.rule is Rule.EQUAL_SHARES_ADD1_COMPARISON:
            rival = Accounts(self.rules, accounts.caps)
            self._walk(rival, plans, Rule.GREEDY)
            bought = {purchase.plan.id for purchase in run.purchases}
            ours, theirs = preferences(self.ballots, bought, rival.funded)
            facts |= {"prefer_equal_shares": ours, "prefer_greedy": theirs}
            if theirs > ours:
                walk = self._walk(accounts, plans, Rule.GREEDY)
                ordered = by_merit(plans, walk.merit, self.place)
                return lambda funded: ties_in_order(ordered, walk.merit, funded), walk.near_miss, facts
        self._book(run, accounts, plans)
        if _EQUAL_SHARES[self.rules.rule]:
            self._complete(accounts, plans)
        return (
            lambda funded: tuple(
                tie_between(purchase.tied, funded) for purchase in run.purchases if len(purchase.tied) > 1
            ),
            lambda _plan: {},
            facts,
        )

    def earn(self, accounts: Accounts, plans: Sequence[Plan]) -> tuple[Ties, NearMiss]:
        people = electorate(plans, self.ballots)
        run = buy_as_earned(people, self.rules.pot_cents, accounts.caps, self.place)
        self._book_earned(run, accounts, plans)
        return (
            lambda funded: tuple(
                tie_between(purchase.tied, funded) for purchase in run.purchases if len(purchase.tied) > 1
            ),
            lambda _plan: {},
        )

    def lines(self, accounts: Accounts, near_miss: NearMiss) -> tuple[Line, ...]:
        granted = [
            self._line(award.plan, award.cents, award.reason, step, award.balance_cents, award.facts)
            for step, award in enumerate(accounts.awards, start=1)
        ]
        denied = [
            accounts.denials[plan.id] for plan in self.by_score([denial.plan for denial in accounts.denials.values()])
        ]
        missed = (Reason.OVER_BUDGET, Reason.OVER_CATEGORY_CAP, Reason.OVER_AREA_CAP, Reason.AFTER_STOP)
        return (
            *granted,
            *(
                self._line(
                    denial.plan,
                    0,
                    denial.reason,
                    None,
                    denial.balance_cents,
                    {**denial.facts, **(near_miss(denial.plan) if denial.reason in missed else {})},
                )
                for denial in denied
            ),
        )

    def _walk(self, accounts: Accounts, plans: Sequence[Plan], rule: Rule) -> GreedyPass:
        return fund_in_order(plans, accounts, rule, self.tally.scores, self.place)

    def _run(self, caps: Caps, plans: Sequence[Plan]) -> tuple[Run, dict[str, Fact]]:
        people = electorate(plans, self.ballots, by_cost=self.rules.utility is Utility.COST)
        if not people.backings:
            return Run(Fraction(0), (), frozenset(), None), {}
        if self.rules.rule in _WITHOUT_RAISES:
            share = self.rules.pot_cents / people.voters
            return buy_together(people, share, caps, self.place), {"share_cents": int(share)}
        last = self.rules.rule is Rule.EQUAL_SHARES_ADD1_COMPARISON
        run, raises = raise_shares(people, self.rules, caps, self.place, to_the_last=last)
        return run, {"share_cents": int(run.share), "raises": raises}

    def _book(self, run: Run, accounts: Accounts, plans: Sequence[Plan]) -> None:
        for purchase in run.purchases:
            accounts.fund(purchase.plan, Reason.FUNDED, None, price_cents=purchase.price_cents, **_equals(purchase))
        behind = run.behind()
        for plan in plans:
            if plan.id in run.capped:
                accounts.deny_over_cap(plan)
            elif plan.id in behind:
                accounts.deny(
                    plan,
                    Reason.NOT_AFFORDABLE_BY_SUPPORTERS,
                    supporters_cents=behind[plan.id],
                    short_cents=plan.cost_cents - behind[plan.id],
                )
            elif plan.id not in accounts.funded:
                accounts.deny(plan, Reason.NO_VOTES)

    def _book_earned(self, run: EarningRun, accounts: Accounts, plans: Sequence[Plan]) -> None:
        for purchase in run.purchases:
            accounts.fund(purchase.plan, Reason.FUNDED, None, earned_cents=purchase.earned_cents, **_equals(purchase))
        for plan in plans:
            if plan.id in run.capped:
                accounts.deny_over_cap(plan)
            elif plan.id in accounts.funded:
                continue
            elif not self.tally.votes[plan.id]:
                accounts.deny(plan, Reason.NO_VOTES)
            elif plan.cost_cents > accounts.left:
                accounts.deny_over_budget(plan)
            else:
                by = {"stopped_by": run.stopped_by.id} if run.stopped_by else {}
                accounts.deny(plan, Reason.NOT_EARNED_IN_TIME, available_cents=accounts.left, **by)

    def _complete(self, accounts: Accounts, plans: Sequence[Plan]) -> None:
        for plan in self.by_score(plans):
            if plan.id in accounts.denials and plan.cost_cents <= accounts.left and accounts.caps.fits(plan):
                passed_over = accounts.denials[plan.id].reason
                accounts.fund(plan, Reason.FUNDED_TO_COMPLETE, None, passed_over=passed_over.value)

    def _line(
        self,
        plan: Plan,
        cents: int,
        reason: Reason,
        step: int | None,
        balance: int,
        facts: Mapping[str, Fact],
    ) -> Line:
        return Line(
            plan_id=plan.id,
            votes=self.tally.votes[plan.id],
            score=self.tally.scores[plan.id],
            cost_cents=plan.cost_cents,
            funded_cents=cents,
            reason=reason,
            step=step,
            balance_after_cents=balance,
            facts=facts,
        )


def _equals(purchase: Purchase | Bought) -> dict[str, Fact]:
    equals = tuple(plan_id for plan_id in purchase.tied if plan_id != purchase.plan.id)
    return {"tied_with": equals} if equals else {}
