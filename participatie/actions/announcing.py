"""How is something told in public about a traject, and to everybody who takes part in it?"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.telling import tell
from participatie.models.announcements import Announcement
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.trajecten import Announced, is_running
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def announce(
    session: Session, actor: Actor, traject: Traject, kind: Announced, text: str, now: datetime, **facts: int | str
) -> Announcement:
    """Tell it on the page of the traject, and to authors, supporters, members of groups and followers, as each chose."""
    announcement = Announcement(
        traject_id=traject.id, kind=kind, text=text.strip(), facts=facts, at=now, by_id=actor.account_id
    )
    session.add(announcement)
    traject.touch()
    told: dict[str, Any] = {**facts}
    tell(session, traject, kind, now, text, **told)
    return announcement


def publish_news(session: Session, actor: Actor, traject: Traject, text: str, now: datetime) -> Announcement | Refused:
    """Say how it goes, also when there is little to tell. Refused for a traject that is not open, and without a text."""
    verdict = first_refusal(may(actor, Do.PUBLISH_NEWS, traject.facts().place_at(now)), is_running(traject.status))
    if isinstance(verdict, Refused):
        return verdict
    if not text.strip():
        return refused(Refusal.REASON_MISSING)
    news = announce(session, actor, traject, Announced.NEWS, text, now)
    record(session, actor.account_id, Do.PUBLISH_NEWS, news, now, traject=traject.id)
    return news
