"""How is what waits for a reader put into one mail? In one transaction a reader, so that a worker may die at any moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.actions.record import mail
from participatie.actions.telling import stops
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.telling import Digest, Event, Reader, Waiting, account_by_id, events_waiting, reader_of
from participatie.spelregels.telling import About, Cadence

#: Signs of a text in a digest; the rest is read on the site.
EXCERPT = 300


def write_digest(session: Session, account_id: int, due: datetime, now: datetime) -> bool:
    """Write the digest of one reader that was due at that moment; tell whether there was anything to write.

    What waited goes in the same transaction, and a digest of that day is a row of its own: nothing is told twice,
    nothing is lost, and a digest without news is no mail.
    """
    account, reader = session.scalar(account_by_id(account_id)), session.scalar(reader_of(account_id))
    waiting = session.scalars(events_waiting(account_id, due)).all()
    if account is None or reader is None or not waiting:
        return False
    told = [event for event in waiting if event.idea is None or event.idea.hidden_at is None]
    if told and reader.cadence is not Cadence.NEVER and not _begin(session, account_id, due, len(told), now):
        return False  # another worker was first
    session.execute(
        delete(Waiting).where(Waiting.account_id == account_id, Waiting.event_id.in_([event.id for event in waiting]))
    )
    if not told or reader.cadence is Cadence.NEVER:
        return False
    _mail(session, account, reader, told, now)
    return True


def _begin(session: Session, account_id: int, due: datetime, events: int, now: datetime) -> bool:
    values = {"account_id": account_id, "day": due.date(), "events": events, "at": now}
    insert = upserting(session)(Digest).values(**values).on_conflict_do_nothing().returning(Digest.account_id)
    return session.scalar(insert) is not None


def _mail(session: Session, account: Account, reader: Reader, told: Sequence[Event], now: datetime) -> None:
    groups = list(_groups(account, reader, told))
    mail(
        session, account, "digest", now,
        weekly=reader.cadence is Cadence.WEEKLY, groups=groups,
        stop=stops(reader.secret, account, About.EVERYTHING, 0),
    )  # fmt: skip


def _groups(account: Account, reader: Reader, told: Sequence[Event]) -> Iterator[dict[str, Any]]:
    """Yield what happened by traject, the one with the newest first."""
    by_traject: dict[int, list[Event]] = {}
    for event in told:
        by_traject.setdefault(event.traject_id, []).append(event)
    for traject_id, events in by_traject.items():
        yield {
            "title": events[0].traject.title,
            "stop": stops(reader.secret, account, About.TRAJECT, traject_id)["one"],
            "events": [
                {
                    "kind": event.kind,
                    "at": event.at.isoformat(),
                    "idea": event.idea.title if event.idea is not None else "",
                    "text": excerpt(event.text),
                    "path": event.path(),
                }
                for event in events
            ],
        }


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line, up to a whole word."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rpartition(' ')[0] or line[:EXCERPT]} …"
