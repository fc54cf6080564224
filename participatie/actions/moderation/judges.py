"""Who is told that somebody asked to look again at what was hidden, and that nobody did in time?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.moderation.queueing import STANDING_IN
from participatie.actions.moderation.sides import rivals_in
from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.answers import accounts_in_role
from participatie.models.late_appeals import LATE_TOLD, late_appeals, told_late
from participatie.models.moderation import ModerationItem
from participatie.spelregels.permissions import Role


def tell_judges(session: Session, item: ModerationItem, now: datetime, *, late: bool = False) -> int:
    """Mail who can judge an appeal now, as the queue has it: the moderators, and who stands in when it is late.

    Never the one who hid it, and nobody who has a side. Where one of the two groups is empty the other hears it.
    Return how many were told.
    """
    steps: Sequence[Sequence[Role]] = ((Role.MODERATOR,), STANDING_IN)
    people: dict[int, Account] = {}
    for roles in reversed(steps) if late else steps:
        people = people or _who_may(session, item, roles)
    for account in people.values():
        mail(
            session, account, "appeal_waits", now,
            idea_id=item.idea_id, title=item.idea.title, until=item.due_at.isoformat(), late=late,
        )  # fmt: skip
    return len(people)


def tell_late_appeals(session: Session, now: datetime) -> int:
    """Tell who stands in that nobody looked again in time, once for each appeal; return of how many.

    The row of it is written with its mails, behind the lock of what waits: of two workers one tells it.
    """
    items = session.scalars(late_appeals(now).with_for_update(of=ModerationItem)).all()
    known = set(session.scalars(told_late([item.id for item in items])))
    new = [item for item in items if item.id not in known]
    for item in new:
        record(session, None, LATE_TOLD, item, now, traject=item.idea.traject_id)
        tell_judges(session, item, now, late=True)
    return len(new)


def _who_may(session: Session, item: ModerationItem, roles: Sequence[Role]) -> dict[int, Account]:
    traject = item.idea.traject
    apart = set(rivals_in(session, [traject.id])[traject.id])
    if item.appeal is not None:
        apart.add(item.appeal.hiding.moderator_id)
    found = [each for role in roles for each in session.scalars(accounts_in_role(role, traject.area.path))]
    return {each.id: each for each in found if each.id not in apart and each.has_address()}
