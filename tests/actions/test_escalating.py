"""A term that passes goes up by mail, each step once, whoever looks; and an answer is handed to a colleague."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.disputes import raise_dispute
from participatie.actions.escalating import escalate
from participatie.actions.handing import colleagues_for, hand_over
from participatie.actions.ideas import reject_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.owing import Owed, owed_in, owed_one, standing_of
from participatie.commands.escalating import Escalator
from participatie.models.accounts import Account
from participatie.models.answers import Escalation
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Traject
from participatie.spelregels.answers import Asked, Turn, term_ends
from participatie.spelregels.duties import BESLUIT_DAYS, Duty
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.trajecten import Announced, DisputeKind
from participatie.spelregels.verdicts import Refusal, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, a_resident, a_traject, a_wijkmanager, an_account, an_idea, done, runs_all
from tests.factories.choices import a_choice

MINUTE = timedelta(minutes=1)


def late_mail(session: Session) -> list[tuple[str, str]]:
    """To whom it was mailed that something is late, and as whose turn."""
    session.expire_all()
    rows = session.scalars(select(OutboxMail).where(OutboxMail.template == "answer_late").order_by(OutboxMail.id))
    return [(row.recipient, row.facts["turn"]) for row in rows]


@pytest.fixture
def look(engine: Engine, session: Session) -> Callable[..., int]:
    """The worker looks at a moment."""

    def at(moment: object) -> int:
        session.commit()
        return Escalator(engine).work_at(moment)  # type: ignore[arg-type]

    return at


def test_it_goes_to_the_contact_person_the_wijkmanager_and_the_wethouder_each_once(
    session: Session, look: Callable[..., int]
) -> None:
    contact = a_wijkmanager(session)
    traject = a_traject(session, answer_days=14)
    other = an_account(session, role=Role.WIJKMANAGER)
    college = an_account(session, role=Role.COLLEGE)
    idea = an_idea(session, traject)
    due_at = term_ends(idea.created_at, 14)
    before = traject.version
    assert look(due_at - MINUTE) == 0
    assert late_mail(session) == []
    first = [(contact.email, Turn.CONTACT)]
    assert (look(due_at), look(due_at + MINUTE)) == (1, 0)
    assert late_mail(session) == first
    look(due_at + timedelta(days=7))
    second = [*first, (contact.email, Turn.MANAGER), (other.email, Turn.MANAGER)]
    assert late_mail(session) == second
    assert standing_of(session, idea).turn is Turn.MANAGER
    look(due_at + timedelta(days=21))
    look(due_at + timedelta(days=400))
    assert late_mail(session) == [*second, (college.email, Turn.WETHOUDER)]
    assert standing_of(session, idea).turn is Turn.WETHOUDER
    assert traject.version > before, "kept pages are stale"


def test_of_workers_at_once_one_mails(engine: Engine, session: Session) -> None:
    idea = an_idea(session, a_traject(session))
    late, moment = (Asked.IDEA, idea.id), term_ends(idea.created_at, 42)
    session.commit()
    told = all_at_once(engine, lambda own, _place: escalate(own, late, moment), 4)
    assert sorted(told) == [0, 0, 0, 1]
    assert len(late_mail(session)) == 1


def test_what_is_answered_or_hidden_meanwhile_goes_nowhere(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    traject = a_traject(session)
    answered, hidden = an_idea(session, traject), an_idea(session, traject)
    moment = term_ends(answered.created_at, 42)
    done(reject_idea(session, runs_all(a_wijkmanager(session)), answered, "Nee.", clock.now, OTHER_ROUTE))
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, hidden, HouseRule.INSULT, "Scheldt.", clock.now))
    assert look(moment) == 0
    assert escalate(session, (Asked.IDEA, hidden.id), moment) == 0
    assert escalate(session, (Asked.IDEA, 99999999), moment) == 0
    assert session.scalar(select(func.count()).select_from(Escalation)) == 0


def test_more_time_in_public_puts_it_off_and_when_that_passes_it_is_told_anew(
    session: Session, look: Callable[..., int]
) -> None:
    traject = a_traject(session, answer_days=14)
    idea = an_idea(session, traject)
    manager, due_at = runs_all(a_wijkmanager(session)), term_ends(idea.created_at, 14)
    look(due_at)
    until = due_at + timedelta(days=30)
    announce(
        session, manager, traject, Announced.DUTY, "Het is druk.", due_at + MINUTE,
        duty=str(Duty.ANSWERS), until=until.isoformat(),
    )  # fmt: skip
    assert look(due_at + timedelta(days=10)) == 0
    assert standing_of(session, idea).due_at == until
    assert look(until) == 1
    assert len(late_mail(session)) == 2


def test_a_step_of_which_nobody_can_be_told_moves_nothing(session: Session, look: Callable[..., int]) -> None:
    idea = an_idea(session, a_traject(session))
    look(term_ends(idea.created_at, 42) + timedelta(days=30))
    rows = {row.turn: row.told for row in session.scalars(select(Escalation))}
    assert rows == {Turn.CONTACT: 1, Turn.MANAGER: 1, Turn.WETHOUDER: 0}
    assert standing_of(session, idea).turn is Turn.MANAGER


def test_a_dispute_and_the_advice_of_a_poll_wait_like_ideas(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    poll = a_choice(session, advice=True)
    dispute = done(
        raise_dispute(session, a_resident(session), poll.traject, DisputeKind.DISPUTE, "Niet gehoord.", clock.now)
    )
    closes_at = poll.clock().closes_at
    session.commit()
    assert [owed.asked for owed in owed_in(session, clock.now, "/")] == [Asked.DISPUTE]
    clock.turn_to(closes_at)
    found = {owed.asked: owed for owed in owed_in(session, clock.now, "/")}
    assert found[Asked.DISPUTE].due_at == dispute.due_at
    assert found[Asked.ADVICE].due_at == term_ends(closes_at - MINUTE, BESLUIT_DAYS)
    assert owed_one(session, Asked.ADVICE, poll.id, closes_at - MINUTE) is None, "people can still give advice"
    look(closes_at + timedelta(days=60))
    kinds = session.scalars(select(Escalation.asked).where(Escalation.turn == Turn.CONTACT))
    assert set(kinds) == {Asked.DISPUTE, Asked.ADVICE}


def handed(session: Session, to: Account, owed: Owed, clock: TurnableClock, *, by: Account | None = None) -> object:
    """Hand it over as the wijkmanager."""
    return hand_over(session, (by or a_wijkmanager(session)).actor(), owed, to, clock.now)


def owed_idea(session: Session, clock: TurnableClock, traject: Traject, **more: Account) -> Owed:
    """An idea that waits."""
    idea: Idea = an_idea(session, traject, **more)
    found = owed_one(session, Asked.IDEA, idea.id, clock.now)
    assert found is not None
    return found


def test_an_answer_is_handed_to_a_colleague_who_is_told_and_reminded(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    owed, colleague = owed_idea(session, clock, a_traject(session)), an_account(session, role=Role.WIJKMANAGER)
    done(handed(session, colleague, owed, clock))
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.HAND_OVER_ANSWER)).one()
    assert row.facts == {"asked": "idee", "thing": owed.thing_id, "to": colleague.id}
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "answer_handed")).one()
    assert mail.recipient == colleague.email
    [now_owed] = owed_in(session, clock.now, "/")
    assert (now_owed.owner, now_owed.with_owner, now_owed.turn) == (colleague, True, Turn.MANAGER)
    look(owed.due_at)
    assert late_mail(session) == [(colleague.email, Turn.CONTACT)]


def test_after_a_step_it_lies_with_who_took_it_over_until_the_next_step(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    owed, college = owed_idea(session, clock, a_traject(session)), an_account(session, role=Role.COLLEGE)
    idea, colleague = session.get_one(Idea, owed.thing_id), an_account(session, role=Role.WIJKMANAGER)

    def lies_with() -> tuple[bool, Turn]:
        found = standing_of(session, idea)
        return found.with_owner, found.turn

    for days, turn in ((7, Turn.MANAGER), (21, Turn.WETHOUDER)):
        clock.turn_to(owed.due_at + timedelta(days=days))
        look(clock.now)
        assert lies_with() == (False, turn)
        clock.forward(hours=1)
        done(handed(session, colleague, owed, clock, by=college))
        assert lies_with() == (True, Turn.MANAGER)
    look(owed.due_at + timedelta(days=400))
    assert lies_with() == (True, Turn.MANAGER)
    assert standing_of(session, idea).told == {Turn.CONTACT, Turn.MANAGER, Turn.WETHOUDER}


def test_a_wijkmanager_takes_no_late_answer_away_from_the_wethouder(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    an_account(session, role=Role.COLLEGE)
    owed, boss = owed_idea(session, clock, a_traject(session)), a_wijkmanager(session)
    idea, colleague = session.get_one(Idea, owed.thing_id), an_account(session, role=Role.WIJKMANAGER)
    clock.turn_to(owed.due_at + timedelta(days=21))
    look(clock.now)
    for to in (boss, colleague):
        clock.forward(hours=1)
        done(handed(session, to, owed, clock, by=boss))
        found = standing_of(session, idea)
        assert (found.owner, found.handed_over, found.turn) == (to, True, Turn.WETHOUDER)


def test_what_was_handed_to_somebody_who_left_is_the_contact_persons_again(
    session: Session, clock: TurnableClock, look: Callable[..., int]
) -> None:
    owed, colleague = owed_idea(session, clock, a_traject(session)), an_account(session, role=Role.WIJKMANAGER)
    contact = owed.owner
    done(handed(session, colleague, owed, clock))
    for grant in colleague.granted:
        session.delete(grant)
    session.commit()
    session.expire_all()
    [found] = owed_in(session, clock.now, "/")
    assert (found.owner, found.handed_over, found.turn) == (contact, False, Turn.CONTACT)
    look(owed.due_at)
    assert contact is not None
    assert late_mail(session) == [(contact.email, Turn.CONTACT)]


def test_two_clicks_at_once_hand_it_over(engine: Engine, session: Session, clock: TurnableClock) -> None:
    poll, boss = a_choice(session, advice=True), runs_all(a_wijkmanager(session))
    to, poll_id, moment = an_account(session, role=Role.COLLEGE).id, poll.id, poll.clock().closes_at
    session.commit()

    def click(own: Session, _place: int) -> int:
        owed = owed_one(own, Asked.ADVICE, poll_id, moment)
        assert owed is not None
        return done(hand_over(own, boss, owed, own.get_one(Account, to), moment)).account_id

    assert all_at_once(engine, click, 2) == [to, to]


def test_nobody_hands_over_what_is_not_theirs_or_to_whom_it_does_not_belong(
    session: Session, clock: TurnableClock
) -> None:
    traject, author = a_traject(session), an_account(session, role=Role.WIJKMANAGER)
    author.area = a_resident(session).area
    owed, colleague = owed_idea(session, clock, traject, author=author), an_account(session, role=Role.WIJKMANAGER)
    college, assessor = (an_account(session, role=role) for role in (Role.COLLEGE, Role.ASSESSOR))
    for other in (author, a_resident(session), college, assessor):
        assert handed(session, other, owed, clock) == refused(Refusal.NOT_TO_THEM)
    to = colleagues_for(session, owed)
    assert colleague in to
    assert not {author, college, assessor} & set(to)
    assert handed(session, colleague, owed, clock, by=assessor) == refused(
        Refusal.NOT_YOUR_ROLE, roles="college, wijkmanager"
    )
    idea = session.get_one(Idea, owed.thing_id)
    done(reject_idea(session, runs_all(a_wijkmanager(session)), idea, "Nee.", clock.now, OTHER_ROUTE))
    assert handed(session, colleague, owed, clock) == refused(Refusal.ALREADY_ANSWERED), "somebody was first"
