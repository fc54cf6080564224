"""What is left of the pot and of every category, after each plan that gets money?"""

from collections.abc import Mapping
from dataclasses import dataclass

from participatie.allocation.caps import Caps
from participatie.allocation.terms import AllocationRules, Fact, Plan, Reason


@dataclass(frozen=True, slots=True)
class Award:
    """Money for one plan, in cents, and what was left after it."""

    plan: Plan
    cents: int
    reason: Reason
    balance_cents: int
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Denial:
    """No money for one plan, and what was left at that moment."""

    plan: Plan
    reason: Reason
    balance_cents: int
    facts: Mapping[str, Fact]


class Accounts:
    """The books of one allocation: money left, awards in order, denials by plan id."""

    def __init__(self, rules: AllocationRules, caps: Caps | None = None) -> None:
        """Open the books with the whole pot and every cap, or with what these caps leave."""
        self.left = rules.pot_cents
        self.caps = Caps(rules) if caps is None else caps.copy()
        self.awards: list[Award] = []
        self.denials: dict[str, Denial] = {}

    @property
    def funded(self) -> set[str]:
        """The ids of the plans with money so far."""
        return {award.plan.id for award in self.awards}

    def fund(self, plan: Plan, reason: Reason, cents: int | None = None, **facts: Fact) -> None:
        """Give the plan its cost, or `cents` of it; an earlier denial falls away."""
        amount = plan.cost_cents if cents is None else cents
        self.left -= amount
        self.caps.take(plan, amount)
        self.denials.pop(plan.id, None)
        self.awards.append(Award(plan, amount, reason, self.left, facts))

    def deny(self, plan: Plan, reason: Reason, **facts: Fact) -> None:
        """Write down why the plan gets nothing (for now)."""
        self.denials[plan.id] = Denial(plan, reason, self.left, facts)

    def deny_over_budget(self, plan: Plan) -> None:
        """Deny a plan that costs more than is left."""
        self.deny(
            plan,
            Reason.OVER_BUDGET,
            short_cents=plan.cost_cents - self.left,
            available_cents=self.left,
        )

    def deny_over_cap(self, plan: Plan) -> None:
        """Deny a plan whose place was taken, or that costs more than its category or area has left."""
        rival = self.caps.rival_of(plan)
        if rival is not None:
            self.deny(plan, Reason.INCOMPATIBLE, taken_by=rival)
            return
        narrowest = self.caps.narrowest(plan)
        assert narrowest is not None
        of_what = "category" if narrowest.reason is Reason.OVER_CATEGORY_CAP else "area"
        self.deny(
            plan,
            narrowest.reason,
            **{of_what: narrowest.name},
            cap_cents=narrowest.cap_cents,
            available_cents=narrowest.left_cents,
            short_cents=plan.cost_cents - narrowest.left_cents,
        )
