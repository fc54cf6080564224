"""How is it told what happened? At once by mail, or as a row that waits for the next digest, as each reader chose."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from participatie.actions.record import mail
from participatie.actions.upserting import upserting
from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.telling import Event, Reader, Waiting, readers_of_idea, readers_of_traject
from participatie.models.trajecten import Traject
from participatie.spelregels.telling import About, Cadence, Stop, Told, stop_token
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

    `urgent` is for what cannot wait for a digest; who wants no mail gets none of that either. `besides` are the
    accounts that hear it in another way. `facts` are codes and numbers, `text` is what somebody typed.
    """
    idea, traject = (None, subject) if isinstance(subject, Traject) else (subject, subject.traject)
    event = Event(kind=str(kind), traject=traject, idea=idea, text=text.strip(), facts=facts, at=now)
    session.add(event)
    session.flush()
    waiting = []
    for account, cadence, secret in readers(session, subject):
        if account.id in besides or cadence is Cadence.NEVER or not account.has_address():
            continue
        if urgent or cadence is Cadence.AT_ONCE:
            _mail(session, account, secret, event, now)
        else:
            waiting.append({"account_id": account.id, "event_id": event.id})
    if waiting:
        session.execute(insert(Waiting), waiting)
    return event


def readers(session: Session, subject: Traject | Idea) -> Readers:
    """Return who is told about something, each once; who was never mailed before gets a secret for their stops."""
    select = readers_of_traject(subject) if isinstance(subject, Traject) else readers_of_idea(subject)
    rows = session.execute(select).all()
    if new := [account.id for account, _cadence, secret in rows if secret is None]:
        make_readers(session, new)
        rows = session.execute(select).all()
    return [(account, cadence or Cadence.AT_ONCE, secret or "") for account, cadence, secret in rows]


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


def _mail(session: Session, account: Account, secret: str, event: Event, now: datetime) -> None:
    traject, idea = event.traject, event.idea
    if event.kind in set(Announced):
        mail(
            session, account, "announcement", now,
            kind=event.kind, text=event.text, facts=event.facts, traject=traject.title, slug=traject.slug,
            stop=stops(secret, account, About.TRAJECT, traject.id),
        )  # fmt: skip
        return
    thing = (About.IDEA, idea.id) if idea is not None else (About.TRAJECT, traject.id)
    mail(
        session, account, "told", now,
        kind=event.kind, text=event.text, facts=event.facts, traject=traject.title, idea=idea.title if idea else "",
        path=path_of(event), stop=stops(secret, account, *thing),
    )  # fmt: skip


def path_of(event: Event) -> str:
    """Return where on the site an event is about, as mails write it."""
    if "besluit" in event.facts:
        return f"/besluiten/{event.facts['besluit']}"
    return f"/ideeen/{event.idea_id}" if event.idea_id is not None else f"/trajecten/{event.traject.slug}"
