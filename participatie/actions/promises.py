"""How is a promise written down, kept up in public, and how does its owner hear that it is silent for too long?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.actions.telling import tell, tell_promised
from participatie.models.accounts import Account
from participatie.models.promises import Promise, PromiseLine, promises_not_warned
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.promises import Said, Source, is_to_warn, may_move, may_promise, may_speak, silent_days
from participatie.spelregels.telling import Told
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.wijkbudget import may_be_done


@dataclass(frozen=True, slots=True)
class PromiseText:
    """What is promised, by whom (a name or a role), where that was said, and for which day."""

    text: str
    owner: str
    source: Source
    made_on: date
    due_on: date
    source_name: str = ""
    source_link: str = ""


def make_promise(
    session: Session,
    actor: Actor,
    area: Area,
    traject: Traject | None,
    said: PromiseText,
    owner: Account,
    now: datetime,
) -> Promise | Refused:
    """Write a promise down, of a traject or of an area, and tell who follows that. `owner` gets the warnings.

    An owner whom somebody else named is told so.

    Refused without words, without an owner that everybody can read, and for what is still to be said.
    """
    verdict = first_refusal(
        may(actor, Do.RECORD_PROMISE, Place(area.path)),
        may_promise(said.text, said.owner),
        may_be_done(said.made_on, _day(now)),
    )
    if isinstance(verdict, Refused):
        return verdict
    promise = Promise(
        area=area, traject=traject, text=said.text.strip(), owner=said.owner.strip(), owner_account=owner,
        source=said.source, source_name=said.source_name.strip(), source_link=said.source_link.strip(),
        made_on=said.made_on, due_on=said.due_on, news_at=now, created_at=now,
    )  # fmt: skip
    session.add(promise)
    if traject is not None:
        traject.touch()
    due = said.due_on.isoformat()
    record(session, actor.account_id, Do.RECORD_PROMISE, promise, now, due=due)
    if owner.id != actor.account_id:
        mail(session, owner, "promise_made", now, promise_id=promise.id, text=promise.text, due=due)
    _tell(session, promise, Told.PROMISED, now, promise.text, {"due": due}, besides=(owner.id,))
    return promise


def speak_of(session: Session, actor: Actor, promise: Promise, text: str, now: datetime) -> PromiseLine | Refused:
    """Tell how it stands with a promise, also when there is little to tell. Refused once it was kept."""
    return _say(session, actor, promise, Said.NEWS, text, now)


def keep_promise(
    session: Session, actor: Actor, promise: Promise, kept_on: date, text: str, now: datetime
) -> PromiseLine | Refused:
    """Write down on which day a promise was kept. Refused for a day that has not come, and a second time."""
    verdict = may_be_done(kept_on, _day(now))
    if isinstance(verdict, Refused):
        return verdict
    line = _say(session, actor, promise, Said.KEPT, text, now)
    if isinstance(line, PromiseLine):
        promise.kept_on = kept_on
    return line


def move_promise(
    session: Session, actor: Actor, promise: Promise, due_on: date, reason: str, now: datetime
) -> PromiseLine | Refused:
    """Promise another day, in public and with a reason; the day before stays to be read. A later one is told at once."""
    verdict = may_move(promise.due_on, due_on, reason, _day(now))
    if isinstance(verdict, Refused):
        return verdict
    return _say(session, actor, promise, Said.MOVED, reason, now, due_on)


def warn_of_silence(session: Session, now: datetime) -> int:
    """Mail the owners of promises about which nothing was said for too long, once until there is news; return how many."""
    warned = 0
    for promise in session.scalars(promises_not_warned().with_for_update(of=Promise)).all():
        if not is_to_warn(promise.news_at, promise.kept_on, promise.limit_days(), now):
            continue
        promise.warned_at = now
        warned += 1
        mail(
            session, promise.owner_account, "promise_silent", now,
            promise_id=promise.id, text=promise.text, days=silent_days(promise.news_at, now),
        )  # fmt: skip
    return warned


def _say(
    session: Session, actor: Actor, promise: Promise, said: Said, text: str, now: datetime, due_on: date | None = None
) -> PromiseLine | Refused:
    session.flush()  # reading again behind the lock forgets what was not written yet
    session.refresh(promise, with_for_update={"of": Promise})
    verdict = first_refusal(
        may(actor, Do.RECORD_PROMISE, Place(promise.area.path)), may_speak(promise.kept_on, said, text)
    )
    if isinstance(verdict, Refused):
        return verdict
    line = PromiseLine(promise_id=promise.id, said=said, text=text.strip(), at=now, by_id=actor.account_id)
    days: dict[str, str] = {}
    is_later = False
    if due_on is not None:
        line.before_on, line.after_on, is_later = promise.due_on, due_on, due_on > promise.due_on
        days = {"before": promise.due_on.isoformat(), "due": due_on.isoformat()}
        promise.due_on = due_on
    promise.lines.append(line)
    promise.news_at, promise.warned_at = now, None
    if promise.traject is not None:
        promise.traject.touch()
    kind = Told.KEPT if said is Said.KEPT else Told.DELAYED if is_later else Told.PROGRESS
    _tell(session, promise, kind, now, f"{promise.text}\n\n{line.text}", days, urgent=is_later)
    record(session, actor.account_id, Do.RECORD_PROMISE, promise, now, said=str(said))
    return line


def _tell(
    session: Session,
    promise: Promise,
    kind: Told,
    now: datetime,
    text: str,
    days: Mapping[str, str],
    *,
    urgent: bool = False,
    besides: Collection[int] = (),
) -> None:
    """Tell who follows the traject or else the area of a promise; of a draft nobody knows yet."""
    session.flush()  # the promise needs its number
    traject = promise.traject
    if traject is None:
        tell_promised(session, promise.area, kind, now, text, promise.id, urgent=urgent, besides=besides, **days)
    elif traject.status is not TrajectStatus.DRAFT:
        facts: dict[str, int | str] = {"promise": promise.id, **days}
        tell(session, traject, kind, now, text, urgent=urgent, besides=besides, **facts)


def _day(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()
