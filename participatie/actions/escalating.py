"""Who is told that an answer is late? Each step up once, for each term that passes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.owing import Owed, facts_of, owed_in, owed_one
from participatie.actions.record import mail
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.answers import Escalation, accounts_in_role, escalations
from participatie.spelregels.answers import Asked, Step, Turn, steps_due

#: Something that is late, by kind and number.
Late = tuple[Asked, int]


def late_now(session: Session, now: datetime) -> list[Late]:
    """Return what is late and has a step up to come that nobody took yet."""
    taken = {(each.asked, each.thing_id, each.due_at, each.turn) for each in session.scalars(escalations(*Asked))}
    return [
        (owed.asked, owed.thing_id)
        for owed in owed_in(session, now, "/")
        if any((owed.asked, owed.thing_id, owed.due_at, step.turn) not in taken for step in steps_due(owed.due_at, now))
    ]


def escalate(session: Session, late: Late, now: datetime) -> int:
    """Tell whoever is next that this is late, and return how many people were told; none when it was just answered.

    The row of a step is unique and written first: of two workers one writes it, and only that one mails.
    """
    owed = owed_one(session, *late, now)
    if owed is None:
        return 0
    told = 0
    for step in steps_due(owed.due_at, now):
        people = _people(session, owed, step)
        row = {
            "asked": owed.asked, "thing_id": owed.thing_id, "due_at": owed.due_at, "turn": step.turn,
            "told": len(people), "at": now,
        }  # fmt: skip
        insert = upserting(session)(Escalation).values(row).on_conflict_do_nothing().returning(Escalation.turn)
        if session.scalar(insert) is None:
            continue
        for account in people:
            mail(
                session, account, "answer_late", now,
                turn=str(step.turn), days=owed.days_late(now), due=owed.due_at.isoformat(), **facts_of(owed),
            )  # fmt: skip
        told += len(people)
        owed.traject.touch()
    return told


def _people(session: Session, owed: Owed, step: Step) -> Sequence[Account]:
    if step.turn is Turn.CONTACT and owed.owner is not None and owed.owner.has_address():
        return [owed.owner]
    for role in (step.role, step.otherwise):
        found = session.scalars(accounts_in_role(role, owed.traject.area.path)).all() if role else ()
        if people := [account for account in found if account.has_address()]:
            return people
    return ()
