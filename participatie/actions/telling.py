"""How is it told what happened? At once by mail, or as a row that waits for the next digest, as each reader chose."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert
from sqlalchemy.orm import Session

from participatie.actions.record import mail, mail_later
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.telling import (
    Event,
    Reader,
    Waiting,
    readers_around,
    readers_of_area,
    readers_of_idea,
    readers_of_traject,
)
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.telling import OF_EACH_IDEA, About, Cadence, Stop, Told, next_due, stop_token
from participatie.spelregels.trajecten import Announced

Readers = Sequence[tuple[Account, Cadence, str]]


def tell(
    session: Session,
    subject: Traject | Idea,
    kind: Announced | Told,
    now: datetime,
    text: str = "",
    *,
    urgent: bool = False,
    besides: Collection[int] = (),
    **facts: int | str,
) -> Event:
    """Tell whoever follows a traject or an idea what happened there: at once, or in the digest that they chose.

    Of an idea the readers of its traject hear too, each once: of an answer or a besluit who follows the traject or the
    wijk, in a digest. `urgent` is for what cannot wait for a digest; who wants no mail gets none of that either. `besides` are the
    accounts that hear it in another way. `facts` are codes and numbers, `text` is what somebody typed.
    """
    idea, traject = (None, subject) if isinstance(subject, Traject) else (subject, subject.traject)
    event = Event(kind=str(kind), traject=traject, idea=idea, text=text.strip(), facts=facts, at=now)
    session.add(event)
    session.flush()
    waiting: list[dict[str, int]] = []

    def give(people: Readers, *, around: bool = False, waits: bool = False) -> None:
        for account, cadence, secret in people:
            if account.id in besides or cadence is Cadence.NEVER or not account.has_address():
                continue
            if urgent or (cadence is Cadence.AT_ONCE and not waits):
                _mail(session, account, secret, event, now, around=around)
            else:
                waiting.append({"account_id": account.id, "event_id": event.id})

    give(readers(session, subject))
    if idea is not None:
        of_each = kind in OF_EACH_IDEA
        give(_read(session, readers_around(idea, by_choice=of_each)), around=True, waits=of_each)
    if waiting:
        session.execute(insert(Waiting), waiting)
    return event


def tell_promised(
    session: Session,
    area: Area,
    kind: Told,
    now: datetime,
    text: str,
    promise_id: int,
    *,
    urgent: bool = False,
    besides: Collection[int] = (),
    **facts: str,
) -> None:
    """Tell whoever follows an area of a promise there that is about no traject: each reader at the moment they chose.

    A digest is of trajecten, so this is a mail of its own that leaves when the digest does.
    """
    for account, chosen, secret, followed in _rows(session, readers_of_area(area)):
        cadence = chosen or Cadence.AT_ONCE
        if account.id in besides or cadence is Cadence.NEVER or not account.has_address():
            continue
        at_once = urgent or cadence is Cadence.AT_ONCE
        told = {"promise": promise_id, "area": followed, **facts}
        mail_later(
            session, account, "told", now, now if at_once else next_due(cadence, now),
            kind=str(kind), text=text.strip(), facts=told, traject=area.name, idea="", around=True,
            path=f"/toezeggingen/{promise_id}", stop=stops(secret, account, About.AREA, followed),
        )  # fmt: skip


def readers(session: Session, subject: Traject | Idea) -> Readers:
    """Return who is told about something, each once; who was never mailed before gets a secret for their stops."""
    return _read(session, readers_of_traject(subject) if isinstance(subject, Traject) else readers_of_idea(subject))


def _read(session: Session, select: Select[Account, Cadence | None, str | None]) -> Readers:
    return [(account, cadence or Cadence.AT_ONCE, secret) for account, cadence, secret in _rows(session, select)]


def _rows(session: Session, select: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """Return the rows of a select of readers; the third column, the secret, is there for each of them."""
    rows = session.execute(select).all()
    if new := [account.id for account, _cadence, secret, *_more in rows if secret is None]:
        make_readers(session, new)
        rows = session.execute(select).all()
    return rows


def make_readers(session: Session, account_ids: Sequence[int]) -> None:
    """Give accounts the row that says how often they want mail, where they have none: at once, until they choose."""
    values = [{"account_id": each, "cadence": Cadence.AT_ONCE, "secret": secrets.token_hex(32)} for each in account_ids]
    session.execute(upserting(session)(Reader).on_conflict_do_nothing(), values)


def stops(secret: str, account: Account, about: About, thing_id: int) -> dict[str, str]:
    """Return the two tokens that stand in a mail: no more about this one thing, and no more at all."""
    return {
        "one": stop_token(secret, Stop(account.id, about, thing_id)),
        "all": stop_token(secret, Stop(account.id, About.EVERYTHING, 0)),
    }


def _mail(session: Session, account: Account, secret: str, event: Event, now: datetime, *, around: bool) -> None:
    traject, idea = event.traject, event.idea
    if event.kind in set(Announced):
        mail(
            session, account, "announcement", now,
            kind=event.kind, text=event.text, facts=event.facts, traject=traject.title, slug=traject.slug,
            stop=stops(secret, account, About.TRAJECT, traject.id),
        )  # fmt: skip
        return
    # Who reads of an idea because they follow what is around it, stops mail about that.
    thing = (About.IDEA, idea.id) if idea is not None and not around else (About.TRAJECT, traject.id)
    mail(
        session, account, "told", now,
        kind=event.kind, text=event.text, facts=event.facts, traject=traject.title, idea=idea.title if idea else "",
        path=event.path(), around=around, stop=stops(secret, account, *thing),
    )  # fmt: skip
