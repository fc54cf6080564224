"""Besluiten about ideas and trajecten, and corrections: nothing in silence, and nothing without a ground."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluit_versions import Formal
from participatie.actions.deciding import correct_besluit, decide
from participatie.models.besluiten import Besluit
from participatie.models.content_translations import TranslationJob
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.spelregels.besluiten import DeviationGround, Outcome
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Actor
from participatie.spelregels.translations import ContentKind
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories import a_traject, a_wijkmanager, an_idea, done, now_of, runs_all
from tests.factories.besluiten import a_besluit, a_counted_round, a_round_besluit, said


def why(outcome: object) -> Refusal | None:
    """Return for which reason something was refused."""
    return outcome.code if isinstance(outcome, Refused) else None


@pytest.fixture
def actor(session: Session) -> Actor:
    """The wijkmanager."""
    return runs_all(a_wijkmanager(session))


@pytest.fixture
def idea(session: Session) -> Idea:
    """An idea that got its answer, without a round."""
    idea = an_idea(session)
    idea.status, idea.answered_at = IdeaStatus.ADMITTED, now_of(session)
    session.commit()
    return idea


def correct(session: Session, actor: Actor, besluit: Besluit, reason: str = "Een fout.", **parts: Any) -> Any:
    """Correct the latest version a week later."""
    seen = parts.pop("seen", len(besluit.versions))
    later = now_of(session) + timedelta(days=7)
    return correct_besluit(session, actor, besluit, said(**parts), reason, seen, later)


def test_an_idea_is_answered_before_anything_is_decided_about_it(session: Session, actor: Actor, idea: Idea) -> None:
    now = now_of(session)
    assert why(decide(session, actor, an_idea(session), said(), now)) is Refusal.ANSWER_FIRST
    assert why(decide(session, actor, a_traject(session, opened=False), said(), now)) is Refusal.NOT_OPEN
    assert why(decide(session, actor, idea, said(outcome=None), now)) is Refusal.OUTCOME_MISSING
    assert why(decide(session, actor, idea, said(motivation=" "), now)) is Refusal.REASON_MISSING
    tomorrow = Formal(decided_on=now.date() + timedelta(days=1))
    assert why(decide(session, actor, idea, said(formal=tomorrow), now)) is Refusal.DAY_TO_COME
    closed = Formal(no_objection=" ")
    assert why(decide(session, actor, idea, said(formal=closed), now)) is Refusal.NO_OBJECTION_UNEXPLAINED
    idea.status = IdeaStatus.WITHDRAWN
    session.commit()
    assert why(decide(session, actor, idea, said(), now)) is Refusal.IDEA_NOT_OPEN
    assert session.scalars(select(Besluit)).all() == []


def test_there_is_one_besluit_about_an_idea_and_its_author_hears_of_it(
    session: Session, actor: Actor, idea: Idea
) -> None:
    besluit = a_besluit(session, idea)
    assert why(decide(session, actor, idea, said(title="Nog een"), now_of(session))) is Refusal.ALREADY_DECIDED
    a_besluit(session, idea.traject)
    assert why(decide(session, actor, idea.traject, said(), now_of(session))) is Refusal.ALREADY_DECIDED
    to_author = select(OutboxMail).where(OutboxMail.recipient == idea.author.email)
    told = session.scalars(to_author.order_by(OutboxMail.id)).all()
    assert next(mail.facts["path"] for mail in told if mail.template == "told") == f"/besluiten/{besluit.id}"


def test_where_residents_voted_a_besluit_about_a_plan_follows_or_names_a_ground(session: Session, actor: Actor) -> None:
    budget_round, now = a_counted_round(session), now_of(session)
    funded, unfunded = (plan.idea for plan in budget_round.plans[:2])
    assert funded is not None
    assert unfunded is not None
    for subject in (funded, budget_round.traject):
        assert why(decide(session, actor, subject, said(), now)) is Refusal.ROUND_FIRST, "the outcome is secret"
    a_round_besluit(session, budget_round)
    for subject, outcome in ((funded, Outcome.NO), (funded, Outcome.PARTLY), (unfunded, Outcome.YES)):
        assert why(decide(session, actor, subject, said(outcome=outcome), now)) is Refusal.DEVIATION_WITHOUT_GROUND
    assert why(decide(session, actor, budget_round.traject, said(outcome=Outcome.NO), now)) is (
        Refusal.DEVIATION_WITHOUT_GROUND
    )
    follows = done(decide(session, actor, unfunded, said(outcome=Outcome.NO, ground=DeviationGround.LAW), now))
    assert follows.deviation_ground is None, "what follows deviates from nothing"
    unsafe = said(outcome=Outcome.NO, ground=DeviationGround.SAFETY)
    assert why(decide(session, actor, funded, unsafe, now)) is Refusal.WITHHOLD_FIRST, "else it would keep its money"
    besluit = session.scalars(select(Besluit).where(Besluit.round_id == budget_round.id)).one()
    done(correct(session, actor, besluit, deviates=True, ground=DeviationGround.SAFETY, withheld=[1]))
    deviates = done(decide(session, actor, funded, unsafe, now))
    assert deviates.deviation_ground is DeviationGround.SAFETY


def test_a_correction_is_a_new_version_and_every_version_can_be_checked(
    session: Session, actor: Actor, idea: Idea
) -> None:
    besluit = a_besluit(session, idea)
    until = besluit.objection_until
    session.add(
        TranslationJob(
            object_kind=ContentKind.BESLUIT, object_id=besluit.id, lang="ar",
            created_at=now_of(session), due_at=now_of(session),
        )
    )  # fmt: skip
    done(correct(session, actor, besluit, "De titel klopte niet.", title="Het plein wordt half groen"))
    session.commit()
    first, second = besluit.versions
    assert besluit.objection_until == until, "nothing else was decided"
    assert [json.loads(each.content)["title"] for each in (first, second)] == [
        "Het plein wordt groen",
        "Het plein wordt half groen",
    ]
    for each in (first, second):
        assert sha256(each.content.encode()).hexdigest() == each.sha256
    assert json.loads(second.content)["previous_sha256"] == first.sha256
    assert session.scalars(select(TranslationJob)).all() == [], "the engine is asked again"
    told = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()).limit(1)).one()
    assert "De titel klopte niet." in told.facts["text"]


def test_another_outcome_counts_the_term_for_objecting_anew(session: Session, actor: Actor, idea: Idea) -> None:
    besluit = a_besluit(session, idea)
    until = besluit.objection_until
    done(correct(session, actor, besluit, outcome=Outcome.NO))
    assert besluit.objection_until == until + timedelta(days=7)


def test_a_correction_without_reason_change_or_the_latest_version_is_refused(
    session: Session, actor: Actor, idea: Idea
) -> None:
    besluit = a_besluit(session, idea)
    assert why(correct(session, actor, besluit)) is Refusal.NOTHING_CORRECTED
    assert why(correct(session, actor, besluit, " ", title="Anders")) is Refusal.CORRECTION_UNEXPLAINED
    assert why(correct(session, actor, besluit, title="Anders", seen=0)) is Refusal.CORRECTED_MEANWHILE
    stranger = Actor()
    assert isinstance(correct(session, stranger, besluit, title="Anders"), Refused)
    assert len(besluit.versions) == 1


def test_a_correction_never_turns_away_from_the_vote_without_a_ground(session: Session, actor: Actor) -> None:
    budget_round = a_counted_round(session)
    besluit = a_round_besluit(session, budget_round)
    assert why(correct(session, actor, besluit, deviates=True)) is Refusal.DEVIATION_WITHOUT_GROUND
    until = besluit.objection_until
    gone = {"deviates": True, "ground": DeviationGround.MONEY_GONE}
    assert why(correct(session, actor, besluit, **gone)) is Refusal.DEVIATION_WITHOUT_PLAN
    assert why(correct(session, actor, besluit, **gone, withheld=[2])) is Refusal.DEVIATION_NOT_CHOSEN
    done(correct(session, actor, besluit, **gone, withheld=[1]))
    assert (besluit.deviation_ground, besluit.outcome) == (DeviationGround.MONEY_GONE, None)
    assert besluit.objection_until > until
