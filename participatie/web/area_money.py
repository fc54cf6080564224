"""How does the money of an area add up: of each plan, and together?"""

from collections.abc import Sequence
from dataclasses import dataclass

from participatie.models.wijkbudget import Plan, Round, money_in, sums_in, withheld_in
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.ledger import Sums
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A plan with its round and what became of its money."""

    round: Round
    plan: Plan
    sums: Sums
    is_settled: bool


def money_of(area: Area) -> Sequence[PlanMoney]:
    """Return every plan in an area that has money; one query."""
    return [
        PlanMoney(budget_round, plan, Sums(cents), is_settled=False)
        if purse is None
        else PlanMoney(budget_round, plan, purse.sums(), is_settled=purse.settled_at is not None)
        for budget_round, plan, cents, purse in db().execute(money_in(area))
    ]


@dataclass(frozen=True, slots=True)
class NotGoingAhead:
    """A plan that residents chose and that does not go ahead by besluit, with what it would have got, in cents."""

    round: Round
    plan: Plan
    cents: int
    ground: DeviationGround


def withheld_from(area: Area) -> Sequence[NotGoingAhead]:
    """Return every plan in an area that residents chose and that does not go ahead; one query."""
    return [
        NotGoingAhead(budget_round, plan, cents, DeviationGround(ground))
        for budget_round, plan, cents, ground in db().execute(withheld_in(area))
    ]


def totals_of(area: Area) -> dict[str, Sums]:
    """Return the money of an area together, by currency; one query."""
    return {
        currency: Sums(int(allocated), int(committed), int(paid), int(returned))
        for currency, allocated, committed, paid, returned in db().execute(sums_in(area))
    }
