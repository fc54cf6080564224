"""How is it written down what happens with a funded plan: promised days, other days, what was done?"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.telling import tell
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import AllocationLine, Milestone, MilestoneDelay, Plan, allocation_line_of
from participatie.spelregels.besluiten import AMSTERDAM, AdviceUse
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import Earned
from participatie.spelregels.telling import Told
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.spelregels.wijkbudget import may_be_done, may_carry_out, may_move_step


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


def move_milestone(
    session: Session, actor: Actor, plan: Plan, milestone: Milestone, due_on: date, reason: str, now: datetime
) -> MilestoneDelay | Refused:
    """Give a step another day, in public and with a reason; followers hear it at once when it is later.

    The day that was promised before stays to be read. Refused for a step that is done, and for a day that is over.
    """
    today = now.astimezone(AMSTERDAM).date()
    session.refresh(milestone, with_for_update=True)
    verdict = first_refusal(
        _may(session, actor, plan), may_move_step(milestone.due_on, milestone.done_on, due_on, reason, today)
    )
    if isinstance(verdict, Refused):
        return verdict
    delay = MilestoneDelay(
        milestone_id=milestone.id, before_on=milestone.due_on, after_on=due_on, reason=reason.strip(), at=now,
        by_id=actor.account_id,
    )  # fmt: skip
    session.add(delay)
    milestone.due_on = due_on
    plan.round.traject.touch()
    if delay.after_on > delay.before_on:
        tell(
            session, told_about(plan), Told.DELAYED, now, f"{milestone.title}: {delay.reason}", urgent=True,
            before=delay.before_on.isoformat(), due=delay.after_on.isoformat(),
        )  # fmt: skip
    record(session, actor.account_id, Do.RECORD_EXECUTION, milestone, now, plan=plan.id, due=due_on.isoformat())
    return delay


def told_about(plan: Plan) -> Traject | Idea:
    """Return what is told of when a plan is: its idea, which the readers of the traject hear of too, or its traject."""
    return plan.round.traject if plan.idea is None or plan.idea.hidden_at is not None else plan.idea


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
    """Return how many cents there are to carry a plan out: what the outcome gave it, unless the gemeente does not.

    Nothing for a plan that does not go ahead by besluit, and nothing where it was advice that was not followed.
    """
    line = session.scalar(allocation_line_of(plan.id))
    if line is None:
        return 0
    if not plan.round.is_advice():
        return line.given_cents()
    # The column itself: a besluit that was read before says what held then.
    advice_use = session.scalar(select(Besluit.advice_use).where(Besluit.round_id == plan.round_id))
    return 0 if advice_use is AdviceUse.NOT_FOLLOWED else line.given_cents()


def hold_line(session: Session, plan: Plan) -> None:
    """Lock what a plan got: of who begins with it and a besluit that withholds it, the second sees what the first did."""
    line = session.scalar(allocation_line_of(plan.id).with_for_update(of=AllocationLine))
    if line is not None:
        session.expire(line, ["withheld_at"])
