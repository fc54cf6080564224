"""Several ideas get one answer, each its own copy, all or none; an answer is told in its parts."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import answer_together, reject_idea
from participatie.actions.moderation import hide_idea
from participatie.models.answers import AnswerParts
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Traject
from participatie.spelregels.answers import MOST_TOGETHER, Parts
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import a_traject, a_wijkmanager, an_account, an_idea, done, runs_all

PARTS = Parts("Wij gebruiken de plek.", "Het hek niet.", "Vraag het bij het buurtfonds.")
WHY = "Er ligt een gasleiding."


@pytest.fixture
def manager(session: Session) -> Actor:
    """The wijkmanager."""
    return runs_all(a_wijkmanager(session))


def answered(session: Session) -> int:
    """How many answers, parts, mails to authors and lines in the log there are: the same number of each."""
    session.expire_all()
    counts = {
        session.scalar(select(func.count(Idea.id)).where(Idea.answered_at.is_not(None))),
        session.scalar(select(func.count(AnswerParts.idea_id))),
        session.scalar(select(func.count(OutboxMail.id)).where(OutboxMail.template == "idea_answered")),
        session.scalar(select(func.count(AuditRow.id)).where(AuditRow.act == Do.ANSWER_IDEA)),
    }
    [count] = counts
    return count or 0


def three(session: Session) -> tuple[Traject, list[Idea]]:
    """A traject with three ideas of three authors."""
    traject = a_traject(session)
    return traject, [an_idea(session, traject, title=title) for title in ("Een boom", "Een bank", "Een hek")]


def test_each_author_gets_a_copy_of_their_own(session: Session, manager: Actor, clock: TurnableClock) -> None:
    traject, ideas = three(session)
    chosen = {ideas[0].id: "Uw tekening hangt bij ons op.", ideas[1].id: ""}
    done(answer_together(session, manager, traject, chosen, WHY, PARTS, clock.now, admit=False))
    assert answered(session) == 2
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered").order_by(OutboxMail.id))
    assert [(mail.recipient, mail.facts["title"], mail.facts["own"]) for mail in mails] == [
        (ideas[0].author.email, "Een boom", "Uw tekening hangt bij ons op."),
        (ideas[1].author.email, "Een bank", ""),
    ]
    assert session.get_one(AnswerParts, ideas[0].id).parts().route == PARTS.route
    assert ideas[2].status is IdeaStatus.PUBLISHED


def test_one_that_cannot_be_answered_stops_all(session: Session, manager: Actor, clock: TurnableClock) -> None:
    """Hidden meanwhile, answered by another meanwhile, one of another traject, one that is not there, one's own."""
    traject, ideas = three(session)
    elsewhere = an_idea(session, a_traject(session))
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, ideas[2], HouseRule.INSULT, "Scheldt.", clock.now))
    session.commit()
    for other in (ideas[2].id, elsewhere.id, 99999999):
        verdict = answer_together(
            session, manager, traject, {ideas[0].id: "", other: ""}, WHY, PARTS, clock.now, admit=False
        )
        assert verdict == refused(Refusal.IDEA_NOT_OPEN)
        session.commit()
        assert answered(session) == 0
    ideas[1].author_id = manager.account_id
    session.commit()
    both = {ideas[0].id: "", ideas[1].id: ""}
    assert answer_together(session, manager, traject, both, WHY, PARTS, clock.now, admit=False) == refused(
        Refusal.OWN_JUDGEMENT
    )
    session.commit()
    assert answered(session) == 0


def test_who_may_not_answer_here_answers_nothing_together(session: Session, clock: TurnableClock) -> None:
    traject, ideas = three(session)
    stranger = an_account(session, role=Role.ASSESSOR).actor()
    verdict = answer_together(session, stranger, traject, {ideas[0].id: ""}, WHY, PARTS, clock.now, admit=False)
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.NOT_YOUR_ROLE


def test_a_no_needs_why_and_another_route_and_not_too_many_at_once(
    session: Session, manager: Actor, clock: TurnableClock
) -> None:
    traject, ideas = three(session)
    chosen = {ideas[0].id: ""}

    def say(why: str, parts: Parts, which: dict[int, str] = chosen) -> object:
        return answer_together(session, manager, traject, which, why, parts, clock.now, admit=False)

    assert say(" ", PARTS) == refused(Refusal.REASON_MISSING)
    assert say(WHY, replace(PARTS, used="", route=" ")) == refused(Refusal.ROUTE_MISSING)
    assert say(WHY, replace(PARTS, not_used="")) == refused(Refusal.NOT_USED_MISSING)
    assert say(WHY, PARTS, {}) == refused(Refusal.NOTHING_CHOSEN)
    many = dict.fromkeys(range(MOST_TOGETHER + 1), "")
    assert say(WHY, PARTS, many) == refused(Refusal.TOO_MANY_TOGETHER, limit=MOST_TOGETHER)
    assert answered(session) == 0


def test_of_two_who_answer_at_once_one_does(
    engine: Engine, session: Session, manager: Actor, clock: TurnableClock
) -> None:
    traject, ideas = three(session)
    ids, traject_id = [idea.id for idea in ideas], traject.id
    session.commit()

    def answer(own: Session, place: int) -> object:
        if place == 0:
            return reject_idea(own, manager, own.scalars(idea_by_id(ids[1])).one(), WHY, clock.now, PARTS)
        chosen = dict.fromkeys(ids if place % 2 else reversed(ids), "")
        return answer_together(
            own, manager, own.get_one(Traject, traject_id), chosen, WHY, PARTS, clock.now, admit=False
        )

    outcomes = all_at_once(engine, answer, 4)
    assert sum(not isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert outcomes.count(refused(Refusal.IDEA_NOT_OPEN)) == 3
    assert answered(session) in (1, 3), "all of a batch, or the one"
