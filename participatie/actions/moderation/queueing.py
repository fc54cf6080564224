"""What waits for whom, and until when?"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.moderation.sides import rivals_in
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.moderation import ModerationItem, count_published_ideas_of, open_item, queue
from participatie.models.organisations import moderators, organisations_around
from participatie.models.trajecten import Traject
from participatie.spelregels.moderation import USUAL_HOURS, Handled, Waiting
from participatie.spelregels.permissions import Actor, Role


def wait_for_look(session: Session, idea: Idea, kind: Waiting, now: datetime) -> ModerationItem:
    """Return what waits about an idea, made with the term of the organisation that moderates there if it is new."""
    session.flush()
    found = session.scalar(open_item(idea.id, kind))
    if found is not None:
        return found
    organisation = session.scalars(organisations_around(idea.traject.area.path).limit(1)).first()
    hours = organisation.service_hours if organisation is not None else USUAL_HOURS
    item = ModerationItem(
        kind=kind, idea=idea, organisation=organisation, opened_at=now, due_at=now + timedelta(hours=hours)
    )
    try:
        with session.begin_nested():
            session.add(item)
    except IntegrityError:  # somebody else was a moment earlier
        return session.scalars(open_item(idea.id, kind)).one()
    return item


def may_be_first(session: Session, author: Account, traject: Traject) -> bool:
    """Tell whether an idea of this author has to wait: the rules say so, and nothing of theirs was public before.

    Ideas of one author come one after the other, so that two at once are not both the second.
    """
    if not traject.ruleset().first_posts_wait:
        return False
    session.execute(select(Account.id).where(Account.id == author.id).with_for_update())
    return not session.scalar(count_published_ideas_of(author.id))


def close(item: ModerationItem, outcome: Handled, by_id: int | None, now: datetime) -> None:
    """Write who looked and what came of it."""
    item.handled_at, item.handled_by_id, item.outcome = now, by_id, outcome


def queue_of(session: Session, actor: Actor, now: datetime) -> list[ModerationItem]:
    """Return what this person can look at, what came first on top.

    A moderator gets nothing of trajecten in which they or their organisation have a side, and no appeal against
    themselves. A wijkmanager and the college get what is late, and what no moderator is left for.
    """
    of = {role: [held.area_path for held in actor.grants if held.role is role] for role in STANDING_IN}
    own = [held.area_path for held in actor.grants if held.role is Role.MODERATOR]
    items = session.scalars(queue(*own, *(path for paths in of.values() for path in paths))).all()
    sides = rivals_in(session, {item.idea.traject_id for item in items})
    left = left_over(session, items, sides)
    return [
        item
        for item in items
        if actor.account_id not in sides[item.idea.traject_id]
        and not hid_it(item, actor.account_id)
        and (_lies_in(item, own) or (_stands_in(item, of) and (item.due_at < now or item.id in left)))
    ]


#: Who looks where no moderator did in time, or could. The college looks at appeals alone.
STANDING_IN = (Role.WIJKMANAGER, Role.COLLEGE)


def _stands_in(item: ModerationItem, of: Mapping[Role, Sequence[str]]) -> bool:
    return _lies_in(item, of[Role.WIJKMANAGER]) or (item.kind is Waiting.APPEAL and _lies_in(item, of[Role.COLLEGE]))


def _lies_in(item: ModerationItem, paths: Sequence[str]) -> bool:
    return item.idea.traject.area.path.startswith(tuple(paths))


def hid_it(item: ModerationItem, account_id: int | None) -> bool:
    """Tell whether somebody would judge their own hiding."""
    return item.appeal is not None and item.appeal.hiding.moderator_id == account_id


def left_over(session: Session, items: Sequence[ModerationItem], sides: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Return the numbers of what no moderator is left for: each has a side, or hid it."""
    everybody = [(account_id, path) for account_id, path in session.execute(moderators())] if items else []
    return frozenset(
        item.id
        for item in items
        if not any(
            item.idea.traject.area.path.startswith(path)
            and account_id not in sides[item.idea.traject_id]
            and not hid_it(item, account_id)
            for account_id, path in everybody
        )
    )
