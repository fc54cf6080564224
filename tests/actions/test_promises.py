"""Promises: kept, moved with the day before left to be read, and an owner who hears that it is silent."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.following import unfollow
from participatie.actions.promises import (
    PromiseText,
    keep_promise,
    make_promise,
    move_promise,
    speak_of,
    warn_of_silence,
)
from participatie.models.accounts import Account
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Event, Waiting
from participatie.spelregels.permissions import Role
from participatie.spelregels.promises import PromiseState, Source, state_of
from participatie.spelregels.telling import Cadence, Told, next_due
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, an_account, done, runs_all
from tests.factories.promises import a_promise
from tests.factories.telling import a_follower

DAY = timedelta(days=1)


def warnings(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMail.recipient).where(OutboxMail.template == "promise_silent")))


def test_an_owner_is_warned_once_of_each_silence(session: Session, clock: TurnableClock) -> None:
    promise = a_promise(session, a_gemeente(session).wijken[0])
    actor = runs_all(a_wijkmanager(session))
    clock.forward(days=41)
    assert warn_of_silence(session, clock.now) == 0
    clock.forward(days=1)
    assert (warn_of_silence(session, clock.now), warn_of_silence(session, clock.now)) == (1, 0)
    assert warnings(session) == [promise.owner_account.email]
    done(speak_of(session, actor, promise, "Het hout komt in mei.", clock.now))
    clock.forward(days=42)
    assert warn_of_silence(session, clock.now) == 1
    done(keep_promise(session, actor, promise, clock.now.date(), "Het staat er.", clock.now))
    clock.forward(days=100)
    assert warn_of_silence(session, clock.now) == 0


def test_a_traject_that_promised_news_more_often_warns_earlier(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    limit = traject.ruleset().news_days
    a_promise(session, traject.area, traject)
    clock.forward(days=limit - 1)
    assert warn_of_silence(session, clock.now) == 0
    clock.forward(days=1)
    assert warn_of_silence(session, clock.now) == 1


def test_every_day_that_was_promised_stays_to_be_read(session: Session, clock: TurnableClock) -> None:
    promise = a_promise(session, a_gemeente(session).wijken[0])
    actor, first = runs_all(a_wijkmanager(session)), promise.due_on
    for after in (first + 10 * DAY, first + 20 * DAY):
        done(move_promise(session, actor, promise, after, "Het regent.", clock.now))
    session.commit()
    assert [(line.before_on, line.after_on) for line in promise.lines] == [
        (first, first + 10 * DAY), (first + 10 * DAY, first + 20 * DAY),
    ]  # fmt: skip
    assert promise.due_on == first + 20 * DAY
    done(keep_promise(session, actor, promise, clock.now.date(), "", clock.now))
    assert speak_of(session, actor, promise, "Nog iets.", clock.now) == refused(Refusal.PROMISE_KEPT)


def test_residents_promise_nothing_in_the_name_of_the_gemeente(session: Session, clock: TurnableClock) -> None:
    promise = a_promise(session, a_gemeente(session).wijken[0])
    outcome = speak_of(session, a_resident(session).actor(), promise, "Ik regel het.", clock.now)
    assert isinstance(outcome, Refused)
    later = keep_promise(session, runs_all(a_wijkmanager(session)), promise, clock.now.date() + DAY, "", clock.now)
    assert later == refused(Refusal.DAY_TO_COME)


def told(session: Session, account: Account) -> list[tuple[str, str, bool]]:
    """What was mailed to somebody about promises, of which kind, and whether it left at once."""
    rows = select(OutboxMail).where(OutboxMail.recipient == account.email).order_by(OutboxMail.id)
    return [(row.template, row.facts.get("kind", ""), row.due_at == row.created_at) for row in session.scalars(rows)]


def test_followers_hear_of_a_promise_and_a_later_day_at_once_and_of_nothing_that_is_not_so(
    session: Session, clock: TurnableClock
) -> None:
    traject, manager = a_traject(session), runs_all(a_wijkmanager(session))
    for area, about in ((traject.area, traject), (traject.area, None)):
        # Of the gemeente around it too: what they follow is what their mail stops.
        wider = a_gemeente(session).gemeente if about is None else area
        follower = a_follower(session, wider, cadence=Cadence.WEEKLY)
        promise = a_promise(session, area, about)
        first = promise.due_on
        done(move_promise(session, manager, promise, first - 5 * DAY, "Het hout is er al.", clock.now))
        done(move_promise(session, manager, promise, first + 5 * DAY, "Het vroor.", clock.now))
        done(keep_promise(session, manager, promise, clock.now.date(), "", clock.now))
        session.commit()
        late = ("told", Told.DELAYED, True)
        kinds = [Told.PROMISED, Told.PROGRESS, Told.KEPT]
        if about is None:  # a mail of its own, on the morning of their digest
            expected = [("told", kind, False) for kind in kinds]
            assert told(session, follower) == [*expected[:2], late, expected[2]]
            rows = session.scalars(select(OutboxMail.due_at).where(OutboxMail.recipient == follower.email))
            assert max(rows) == next_due(Cadence.WEEKLY, clock.now)
            unfollow(session, follower.actor(), wider, clock.now)
            assert told(session, follower) == [], "what did not leave yet is taken back"
        else:
            assert told(session, follower) == [late]
            events = session.scalars(select(Event.kind).join(Waiting).where(Waiting.account_id == follower.id))
            assert list(events.all()) == kinds


def test_an_owner_whom_somebody_else_named_is_told_and_a_draft_is_told_to_nobody(
    session: Session, clock: TurnableClock
) -> None:
    draft = a_traject(session, opened=False)
    follower, owner = a_follower(session, draft.area), an_account(session, role=Role.COLLEGE)
    said = PromiseText("Er komt een hek.", "De wethouder", Source.ANSWER, clock.now.date(), clock.now.date())
    done(make_promise(session, runs_all(a_wijkmanager(session)), draft.area, draft, said, owner, clock.now))
    assert told(session, owner) == [("promise_made", "", True)]
    done(make_promise(session, runs_all(owner), draft.area, draft, said, owner, clock.now))
    assert len(told(session, owner)) == 1
    assert told(session, follower) == []


def test_a_promise_kept_late_says_so() -> None:
    due = date(2026, 5, 1)
    assert state_of(due, due, due + DAY) is PromiseState.KEPT
    assert state_of(due, due + DAY, due + DAY) is PromiseState.KEPT_LATE
