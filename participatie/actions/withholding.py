"""Which plans that residents chose do not go ahead by a besluit, and who hears that?"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.besluiten import Besluit
from participatie.models.wijkbudget import (
    AllocationLine,
    Plan,
    PlanResult,
    Purse,
    Round,
    WithheldPlan,
    allocation_lines,
    round_of_traject,
)
from participatie.spelregels.besluiten import Outcome, Withheld


def chosen_lines(session: Session, budget_round: Round) -> list[AllocationLine]:
    """Return what residents chose in a round, or what was awarded, in the order of the outcome."""
    lines = session.scalars(allocation_lines(budget_round.id))
    return [line for line in lines if line.step is not None or line.funded_cents > 0]


def hold_round_of(session: Session, traject_id: int) -> None:
    """Read the round of a traject again behind a lock, if there is one.

    Of a besluit about an idea and one about its round, the second sees what the first decided.
    """
    found = round_of_traject(traject_id).with_for_update(of=Round)
    session.scalar(found, execution_options={"populate_existing": True})


def withheld_of(session: Session, budget_round: Round, named: Collection[int]) -> Withheld:
    """Return what the rules ask about plans that a besluit names by number, read behind a lock on their ledgers.

    After advice that is asked of all that it chose: a besluit not to follow it leaves these without money.
    """
    lines = chosen_lines(session, budget_round)
    held = [line.plan_id for line in lines if budget_round.is_advice() or line.plan.number in named]
    # Whoever writes in one of these ledgers holds its line first: what is spent now, is seen here.
    session.execute(
        select(AllocationLine.plan_id)
        .where(AllocationLine.plan_id.in_(held))
        .order_by(AllocationLine.plan_id)
        .with_for_update(of=AllocationLine)
    )
    spent = select(Plan.number).outerjoin(Purse, Purse.plan_id == Plan.id).outerjoin(PlanResult)
    moved = (Purse.committed_cents > 0) | (Purse.paid_cents > 0) | (Purse.returned_cents > 0)
    is_spent = moved | Purse.settled_at.is_not(None) | PlanResult.plan_id.is_not(None)
    stopped = select(Plan.number).join(WithheldPlan).join(Besluit, Besluit.idea_id == Plan.idea_id)
    return Withheld(
        named=frozenset(named),
        chosen=frozenset(line.plan.number for line in lines),
        spent=frozenset(session.scalars(spent.where(Plan.id.in_(held), is_spent))),
        stopped=frozenset(
            session.scalars(stopped.where(Plan.round_id == budget_round.id, Besluit.outcome == Outcome.NO))
        ),
    )


def withhold(session: Session, besluit: Besluit, plans: Sequence[Plan], now: datetime) -> list[Plan]:
    """Let a besluit withhold these plans and no others; return those that it did not withhold before, or does no more."""
    kept = {each.plan_id: each for each in besluit.withheld_plans}
    named = {plan.id for plan in plans}
    changed = [plan for plan in plans if plan.id not in kept]
    changed += [each.plan for each in kept.values() if each.plan_id not in named]
    besluit.withheld_plans = [
        kept.get(plan.id) or WithheldPlan(plan_id=plan.id, plan=plan, since=now) for plan in plans
    ]
    session.flush()
    # A line that was read before says what held then.
    for line in session.scalars(allocation_lines(besluit.round_id or 0)):
        session.expire(line, ["withheld_at"])
    return changed


def plans_named(session: Session, budget_round: Round, named: Collection[int]) -> list[Plan]:
    """Return the plans of a round with these numbers, by number."""
    lines = session.scalars(allocation_lines(budget_round.id))
    return sorted((line.plan for line in lines if line.plan.number in named), key=lambda plan: plan.number)
