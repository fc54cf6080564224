"""How does somebody follow a traject, an idea or an area, and choose how often to hear of it or not at all?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Select, delete, select
from sqlalchemy.orm import Session

from participatie.actions.telling import make_readers
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Event, Following, Reader, Stopped, Waiting, account_by_id, reader_of
from participatie.models.trajecten import Follow, Traject, traject_by_id
from participatie.models.wijken import Area, area_by_id
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.telling import About, Cadence, Stop, is_signed, read_stop
from participatie.spelregels.verdicts import Refused

Thing = Traject | Idea | Area


def follow(session: Session, actor: Actor, thing: Thing, now: datetime) -> Thing | Refused:
    """Tell somebody about a traject, an idea or an area from now on; following twice changes nothing."""
    verdict = may(actor, Do.FOLLOW, Place(area_of(thing).path))
    if isinstance(verdict, Refused):
        return verdict
    account_id, (about, thing_id) = actor.account_id or 0, named(thing)
    mine = {"account_id": account_id, "since": now}
    insert = upserting(session)
    if about is About.TRAJECT:
        session.execute(insert(Follow).values(traject_id=thing_id, **mine).on_conflict_do_nothing())
    else:
        session.execute(insert(Following).values(about=about, thing_id=thing_id, **mine).on_conflict_do_nothing())
    session.execute(_row_of(Stopped, account_id, about, thing_id))
    return thing


def unfollow(session: Session, actor: Actor, thing: Thing, now: datetime) -> None:
    """Tell somebody no more about something, also when they put in or support something there."""
    about, thing_id = named(thing)
    stop(session, Stop(actor.account_id or 0, about, thing_id), now)


def choose_cadence(session: Session, actor: Actor, cadence: Cadence) -> None:
    """Mail somebody this often from now on. What waits for a digest goes next morning, or never when they want none."""
    account_id = actor.account_id or 0
    make_readers(session, [account_id])
    session.scalars(reader_of(account_id)).one().cadence = cadence
    if cadence is Cadence.NEVER:
        session.execute(delete(Waiting).where(Waiting.account_id == account_id))
        session.execute(_mail_about_areas(account_id))


def stop(session: Session, about: Stop, now: datetime) -> None:
    """Do what one address in a mail can do, and nothing else: no more about one thing, or no more at all."""
    account_id, kind, thing_id = about
    if kind is About.EVERYTHING:
        choose_cadence(session, Actor(account_id), Cadence.NEVER)
        return
    if kind is About.TRAJECT:
        session.execute(delete(Follow).where(Follow.account_id == account_id, Follow.traject_id == thing_id))
    session.execute(_row_of(Following, account_id, kind, thing_id))
    if kind is About.AREA:
        session.execute(_mail_about_areas(account_id).where(OutboxMail.facts["facts", "area"].as_integer() == thing_id))
    else:
        values = {"account_id": account_id, "about": kind, "thing_id": thing_id, "since": now}
        session.execute(upserting(session)(Stopped).values(**values).on_conflict_do_nothing())
        column = Event.traject_id if kind is About.TRAJECT else Event.idea_id
        events = select(Event.id).where(column == thing_id)
        session.execute(delete(Waiting).where(Waiting.account_id == account_id, Waiting.event_id.in_(events)))


@dataclass(frozen=True, slots=True)
class FoundStop:
    """What a token stops, with the thing by its name; `thing` is None for everything. `locale` is what its reader reads."""

    stop: Stop
    thing: Thing | None
    locale: str


def find_stop(session: Session, token: str) -> FoundStop | None:
    """Return what a token stops, or None when we never mailed it."""
    read = read_stop(token)
    reader = session.scalar(reader_of(read.account_id)) if read else None
    if read is None or reader is None or not is_signed(token, reader.secret, read):
        return None
    selects: dict[About, Callable[[int], Select[Any]]] = {
        About.TRAJECT: traject_by_id,
        About.IDEA: idea_by_id,
        About.AREA: area_by_id,
    }
    locale = session.scalars(account_by_id(read.account_id)).one().locale
    if read.about is About.EVERYTHING:
        return FoundStop(read, None, locale)
    thing: Thing | None = session.scalar(selects[read.about](read.thing_id))
    return FoundStop(read, thing, locale) if thing is not None else None


def cadence_of(session: Session, account_id: int) -> Cadence:
    """Return how often an account wants mail: at once, until it chooses."""
    reader: Reader | None = session.scalar(reader_of(account_id))
    return reader.cadence if reader is not None else Cadence.AT_ONCE


def named(thing: Thing) -> tuple[About, int]:
    """Return what kind of thing it is, and its number."""
    kinds = {Traject: About.TRAJECT, Idea: About.IDEA, Area: About.AREA}
    return kinds[type(thing)], thing.id


def area_of(thing: Thing) -> Area:
    """Return where a thing is."""
    if isinstance(thing, Area):
        return thing
    return thing.area if isinstance(thing, Traject) else thing.traject.area


def _mail_about_areas(account_id: int) -> Delete:
    """Return what takes back the mail to somebody about areas that did not leave yet: it waits there for its day."""
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    return delete(OutboxMail).where(
        OutboxMail.recipient == address,
        OutboxMail.template == "told",
        OutboxMail.sent_at.is_(None),
        OutboxMail.facts["facts", "area"].as_integer().is_not(None),
    )


def _row_of(table: type[Following] | type[Stopped], account_id: int, about: About, thing_id: int) -> Delete:
    return delete(table).where(table.account_id == account_id, table.about == about, table.thing_id == thing_id)
