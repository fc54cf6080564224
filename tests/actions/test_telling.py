"""Who hears what happened, how often, and never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.following import choose_cadence, follow, unfollow
from participatie.actions.ideas import reject_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.telling import tell
from participatie.commands.digesting import Digester
from participatie.models.accounts import Account
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Digest, Event, Waiting
from participatie.models.trajecten import Traject
from participatie.spelregels.besluiten import Outcome
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import NOBODY, Role
from participatie.spelregels.telling import Cadence, Told
from participatie.spelregels.trajecten import Announced
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import (
    OTHER_ROUTE,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    now_of,
    runs_all,
    support,
)
from tests.factories.besluiten import a_besluit
from tests.factories.telling import a_follower

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def traject(session: Session) -> Traject:
    """A traject that is open."""
    return a_traject(session)


def news(session: Session, traject: Traject, text: str) -> None:
    """Let the wijkmanager tell something."""
    done(publish_news(session, runs_all(a_wijkmanager(session)), traject, text, now_of(session)))
    session.commit()


def mails_to(session: Session, account: Account) -> list[OutboxMail]:
    """What was written to somebody, in order."""
    found = select(OutboxMail).where(OutboxMail.recipient == account.email).order_by(OutboxMail.id)
    return list(session.scalars(found))


def morning(engine: Engine, session: Session, clock: TurnableClock) -> int:
    """Let the worker look at the present moment."""
    session.commit()
    written = Digester(engine).work_at(clock())
    session.expire_all()
    return written


def test_each_hears_it_as_often_as_they_chose(session: Session, traject: Traject) -> None:
    people = {cadence: a_follower(session, traject, cadence=cadence) for cadence in Cadence}
    news(session, traject, "De markt is open.")
    assert {cadence: len(mails_to(session, who)) for cadence, who in people.items()} == {
        Cadence.AT_ONCE: 1, Cadence.DAILY: 0, Cadence.WEEKLY: 0, Cadence.NEVER: 0,
    }  # fmt: skip
    waiting = set(session.scalars(select(Waiting.account_id)))
    assert waiting == {people[Cadence.DAILY].id, people[Cadence.WEEKLY].id}


def test_what_cannot_wait_for_a_digest_does_not_and_who_wants_no_mail_gets_none(
    session: Session, traject: Traject
) -> None:
    daily, never = (a_follower(session, traject, cadence=each) for each in (Cadence.DAILY, Cadence.NEVER))
    tell(session, traject, Told.DELAYED, now_of(session), "De bomen komen later.", urgent=True)
    assert [mail.template for mail in mails_to(session, daily)] == ["told"]
    assert mails_to(session, never) == []


def test_a_digest_is_grouped_newest_first_and_sent_once(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    other = a_traject(session, title="Een ander traject")
    daily = a_follower(session, traject, other, cadence=Cadence.DAILY, locale="pl")
    for each, text in ((traject, "Eerst"), (other, "Dan"), (traject, "Ten slotte")):
        clock.now += timedelta(minutes=1)
        news(session, each, text)
    assert morning(engine, session, clock) == 0, "what came after eight waits until tomorrow"
    clock.now += DAY
    assert morning(engine, session, clock) == 1
    assert morning(engine, session, clock) == 0
    [mail] = mails_to(session, daily)
    assert (mail.template, mail.locale) == ("digest", "pl")
    told = [(group["title"], [event["text"] for event in group["events"]]) for group in mail.facts["groups"]]
    assert told == [(traject.title, ["Ten slotte", "Eerst"]), (other.title, ["Dan"])]
    assert session.scalars(select(Digest.account_id)).all() == [daily.id]


def test_a_week_is_told_on_monday_and_a_day_without_news_not_at_all(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    """The clock begins on a Monday after eight."""
    weekly = a_follower(session, traject, cadence=Cadence.WEEKLY)
    news(session, traject, "Op maandag")
    for _day in range(6):
        clock.now += DAY
        assert morning(engine, session, clock) == 0
    clock.now += DAY
    assert morning(engine, session, clock) == 1
    clock.now += WEEK
    assert morning(engine, session, clock) == 0, "a digest is never empty"
    assert len(mails_to(session, weekly)) == 1


def test_a_worker_that_stood_still_tells_it_as_soon_as_it_runs(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    daily = a_follower(session, traject, cadence=Cadence.DAILY)
    news(session, traject, "Nieuws")
    clock.now += 3 * DAY
    news(session, traject, "Van na acht uur")
    assert morning(engine, session, clock) == 1
    clock.now += DAY
    assert morning(engine, session, clock) == 1
    texts = [[event["text"] for event in mail.facts["groups"][0]["events"]] for mail in mails_to(session, daily)]
    assert texts == [["Nieuws"], ["Van na acht uur"]]


def test_whoever_chooses_otherwise_loses_nothing_and_whoever_wants_nothing_gets_nothing(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    to_once, to_never = (a_follower(session, traject, cadence=Cadence.WEEKLY) for _each in range(2))
    news(session, traject, "Dit wachtte nog.")
    choose_cadence(session, to_once.actor(), Cadence.AT_ONCE)
    choose_cadence(session, to_never.actor(), Cadence.NEVER)
    news(session, traject, "En dit komt meteen.")
    clock.now += DAY
    assert morning(engine, session, clock) == 1
    assert [mail.template for mail in mails_to(session, to_once)] == ["announcement", "digest"]
    assert mails_to(session, to_never) == []


def test_authors_and_supporters_follow_by_themselves_and_can_stop(session: Session, traject: Traject) -> None:
    idea = an_idea(session, traject)
    [supporter, stopped] = support(session, idea, 2)
    unfollow(session, stopped.actor(), idea, now_of(session))
    reason = "Op deze plek liggen kabels."
    done(reject_idea(session, runs_all(a_wijkmanager(session)), idea, reason, now_of(session), OTHER_ROUTE))
    assert [mail.template for mail in mails_to(session, idea.author)] == ["idea_received", "idea_answered"]
    assert [mail.facts["text"] for mail in mails_to(session, supporter)] == [reason]
    assert mails_to(session, stopped) == []
    unfollow(session, supporter.actor(), traject, now_of(session))
    news(session, traject, "Nieuws")
    assert len(mails_to(session, supporter)) == 1
    assert len(mails_to(session, stopped)) == 1, "the traject was not stopped"


def test_who_follows_the_traject_or_the_wijk_reads_of_ideas_in_a_digest_and_each_thing_once(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    idea = an_idea(session, traject)
    both = a_follower(session, traject, traject.area, idea)
    of_traject, of_wijk = a_follower(session, traject), a_follower(session, traject.area, cadence=Cadence.DAILY)
    never, stopped = a_follower(session, traject, cadence=Cadence.NEVER), a_follower(session, traject, idea)
    unfollow(session, stopped.actor(), idea, now_of(session))
    author_of_other = an_idea(session, traject).author
    done(reject_idea(session, runs_all(a_wijkmanager(session)), idea, "Hier liggen kabels.", clock.now, OTHER_ROUTE))
    a_besluit(session, idea, title="Geen plein hier", outcome=Outcome.NO)
    assert [mail.facts["kind"] for mail in mails_to(session, both)] == [Told.ANSWERED, Told.BESLUIT]
    assert mails_to(session, of_traject) == []
    clock.now += DAY
    assert morning(engine, session, clock) == 2
    for account in (of_traject, of_wijk):
        [digest] = mails_to(session, account)
        [group] = digest.facts["groups"]
        assert [(event["kind"], event["idea"]) for event in group["events"]] == [
            (Told.BESLUIT, idea.title), (Told.ANSWERED, idea.title),
        ]  # fmt: skip
    assert len(mails_to(session, both)) == 2
    assert mails_to(session, never) == mails_to(session, stopped) == []
    assert [mail.template for mail in mails_to(session, author_of_other)] == ["idea_received"]


def test_who_follows_a_wijk_hears_of_what_is_in_it_or_around_it(session: Session) -> None:
    places = a_gemeente(session)
    in_buurt, in_wijk, in_city = (
        a_follower(session, each) for each in (places.buurten[0], places.wijken[0], places.gemeente)
    )
    elsewhere = a_follower(session, places.wijken[1])
    traject = a_traject(session)
    assert traject.area_id == places.wijken[0].id
    for account in (in_buurt, in_wijk, in_city):
        assert [mail.facts["kind"] for mail in mails_to(session, account)] == [Told.OPENED]
    assert mails_to(session, elsewhere) == []
    unfollow(session, in_wijk.actor(), places.wijken[0], now_of(session))
    news(session, traject, "Nieuws")
    assert [len(mails_to(session, each)) for each in (in_buurt, in_wijk)] == [2, 1]


def test_following_again_undoes_a_stop_and_a_visitor_logs_in_first(session: Session, traject: Traject) -> None:
    idea = an_idea(session, traject)
    now = now_of(session)
    for thing in (traject, idea, traject.area):
        assert follow(session, NOBODY, thing, now) == refused(Refusal.LOG_IN_FIRST)
        account = a_resident(session)
        for _twice in range(2):
            done(follow(session, account.actor(), thing, now))
        unfollow(session, account.actor(), thing, now)
        done(follow(session, account.actor(), thing, now))
        tell(session, idea if thing is idea else traject, Told.PROGRESS, now, "Het plan vordert.")
        assert len(mails_to(session, account)) == 1


def test_what_was_hidden_or_stopped_in_the_meantime_is_not_told(
    engine: Engine, session: Session, clock: TurnableClock, traject: Traject
) -> None:
    hidden, other = an_idea(session, traject), an_idea(session, traject)
    follower = a_follower(session, hidden, other, cadence=Cadence.DAILY)
    for idea in (hidden, other):
        tell(session, idea, Told.PROGRESS, now_of(session), "Iets lelijks")
    moderator = an_account(session, role=Role.MODERATOR)
    done(hide_idea(session, moderator.actor(), hidden, HouseRule.INSULT, "Het scheldt.", now_of(session)))
    unfollow(session, follower.actor(), other, now_of(session))
    clock.now += DAY
    assert morning(engine, session, clock) == 0
    assert mails_to(session, follower) == []
    assert session.scalars(select(Waiting)).all() == []


def test_somebody_without_an_address_waits_for_nothing(session: Session, traject: Traject) -> None:
    nameless = an_account(session, email="iemand@zonder-adres.invalid")
    choose_cadence(session, nameless.actor(), Cadence.DAILY)
    done(follow(session, nameless.actor(), traject, now_of(session)))
    event = tell(session, traject, Announced.NEWS, now_of(session), "Nieuws")
    assert session.scalars(select(Event).order_by(Event.id)).all()[-1] is event
    assert session.scalars(select(Waiting)).all() == []
