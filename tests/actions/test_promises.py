"""Promises: kept, moved with the day before left to be read, and an owner who hears that it is silent."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.promises import keep_promise, move_promise, speak_of, warn_of_silence
from participatie.models.outbox import OutboxMail
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, done, runs_all
from tests.factories.promises import a_promise

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
