"""How is it written down what happens with a funded plan: promised days, what was done, what was paid?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.besluiten import besluit_of_round
from participatie.models.wijkbudget import (
    AllocationLine,
    Milestone,
    Payment,
    Plan,
    allocation_line_of,
    milestones,
    paid_cents,
)
from participatie.spelregels.besluiten import AMSTERDAM, AdviceUse
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import Earned, payable_cents
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.spelregels.wijkbudget import may_be_done, may_carry_out, may_pay


def add_milestone(
    session: Session, actor: Actor, plan: Plan, title: str, due_on: date, now: datetime
) -> Milestone | Refused:
    """Promise a step of a plan for a day. Refused for a plan that got no money."""
    verdict = _may(session, actor, plan)
    if isinstance(verdict, Refused):
        return verdict
    milestone = Milestone(plan_id=plan.id, title=title.strip(), due_on=due_on)
    session.add(milestone)
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, milestone, now, plan=plan.id)
    return milestone


def finish_milestone(
    session: Session, actor: Actor, plan: Plan, milestone: Milestone, done_on: date, note: str, now: datetime
) -> Milestone | Refused:
    """Write down on which day a step was done, and what came of it. Refused for a day that has not come."""
    verdict = first_refusal(_may(session, actor, plan), may_be_done(done_on, now.astimezone(AMSTERDAM).date()))
    if isinstance(verdict, Refused):
        return verdict
    milestone.done_on = done_on
    milestone.note = note.strip()
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, milestone, now, plan=plan.id, done=done_on.isoformat())
    return milestone


def pay(
    session: Session, actor: Actor, plan: Plan, amount_cents: int, paid_on: date, purpose: str, now: datetime
) -> Payment | Refused:
    """Write down a payment in cents; the allocation is locked meanwhile.

    Refused for a day that has not come, above what was allocated, and before the part it belongs to was earned where the
    traject pays in parts.
    """
    today = now.astimezone(AMSTERDAM).date()
    verdict = first_refusal(_may(session, actor, plan), may_be_done(paid_on, today))
    if isinstance(verdict, Refused):
        return verdict
    line = session.scalar(allocation_line_of(plan.id).with_for_update(of=AllocationLine))
    allocated = line.funded_cents if line is not None else 0
    steps = session.scalars(milestones(plan.id)).all()
    payable = payable_cents(allocated, plan.round.traject.ruleset().payout, earned_by(steps, today))
    verdict = may_pay(payable, allocated, session.scalar(paid_cents(plan.id)) or 0, amount_cents)
    if isinstance(verdict, Refused):
        return verdict
    payment = Payment(plan_id=plan.id, amount_cents=amount_cents, paid_on=paid_on, purpose=purpose.strip())
    session.add(payment)
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, payment, now, plan=plan.id, amount_cents=amount_cents)
    return payment


def earned_by(steps: Sequence[Milestone], today: date) -> dict[Earned, bool]:
    """Return what a plan has earned: a goal once a step is promised, the rest by steps that are done.

    A step with a day that is still to come is not done yet; `today` is a day in Amsterdam.
    """
    done = [step for step in steps if step.done_on is not None and step.done_on <= today]
    return {
        Earned.GOAL: bool(steps),
        Earned.INTERIM: bool(done),
        Earned.FINAL: len(done) > 1 and len(done) == len(steps),
    }


def _may(session: Session, actor: Actor, plan: Plan) -> Verdict:
    return first_refusal(
        may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path)),
        may_carry_out(plan.round.status, money_for(session, plan)),
    )


def money_for(session: Session, plan: Plan) -> int:
    """Return how many cents there are to carry a plan out: what the outcome gave it, unless that was advice not followed."""
    line = session.scalar(allocation_line_of(plan.id))
    if line is None:
        return 0
    besluit = session.scalar(besluit_of_round(plan.round_id)) if plan.round.is_advice() else None
    is_left = besluit is not None and besluit.advice_use is AdviceUse.NOT_FOLLOWED
    return 0 if is_left else line.funded_cents
