"""Who is reminded of a promised step of a plan whose day passed? Each step once for each day that passes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.answers import accounts_in_role
from participatie.models.late_steps import REMINDED, late_steps, reminders_of
from participatie.models.wijkbudget import Milestone, Plan
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.ideas import Party
from participatie.spelregels.permissions import Role


def remind_of_steps(session: Session, now: datetime) -> int:
    """Mail whoever carries out a plan that a step of it is late; return of how many steps.

    The row of a reminder is written with its mails, behind the lock of its step: of two workers one mails, and of one
    that dies in between nothing is left. A step that got another day and passes that as well is a reminder anew.
    """
    late = session.execute(late_steps(now.astimezone(AMSTERDAM).date()).with_for_update(of=Milestone)).unique().all()
    rows = session.scalars(reminders_of([step.id for step, _plan in late]))
    known = {(row.object_id, row.facts["due"]) for row in rows}
    new = [(step, plan) for step, plan in late if (step.id, step.due_on.isoformat()) not in known]
    for step, plan in new:
        due = step.due_on.isoformat()
        record(session, None, REMINDED, step, now, plan=plan.id, due=due)
        for account in _responsible(session, plan):
            mail(
                session, account, "step_late", now,
                step=step.title, plan=plan.name, due=due, path=f"/wijkbudget/{plan.round.slug}/plannen/{plan.number}",
            )  # fmt: skip
    return len(new)


def _responsible(session: Session, plan: Plan) -> Sequence[Account]:
    """Return who of the gemeente stands beside the plan, else the contact person, else the wijkmanagers there."""
    beside = [each.account for each in plan.idea.participants if each.party is Party.GEMEENTE] if plan.idea else []
    traject = plan.round.traject
    for people in (beside, [traject.contact] if traject.contact is not None else []):
        if found := [account for account in people if account.has_address()]:
            return found
    return session.scalars(accounts_in_role(Role.WIJKMANAGER, traject.area.path)).all()
