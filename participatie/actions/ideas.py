"""How does an idea come in, find support, get tested, and receive its answer?"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import mail, record
from participatie.models.accounts import Account
from participatie.models.ideas import Assessment, Idea, Support, support_of
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan, Round, round_of_traject
from participatie.models.wijken import Area
from participatie.spelregels.ideas import (
    IdeaStatus,
    Test,
    has_support,
    is_alive,
    may_admit,
    may_reject,
    may_support,
    may_withdraw,
)
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.wijkbudget import RoundStatus


def submit_idea(
    session: Session,
    author: Account,
    traject: Traject,
    area: Area,
    title: str,
    body: str,
    own_contribution: str,
    lang: str,
    now: datetime,
) -> Idea | Refused:
    """Publish a resident's idea at once; `lang` is the language it is written in."""
    verdict = may(author.actor(), Do.SUBMIT_IDEA, traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    if not area.path.startswith(traject.area.path):
        return refused(Refusal.NOT_YOUR_AREA)
    idea = Idea(
        traject=traject,
        area=area,
        author=author,
        title=title.strip(),
        body=body.strip(),
        own_contribution=own_contribution.strip(),
        lang=lang,
        created_at=now,
    )
    session.add(idea)
    traject.touch()
    record(session, author.id, Do.SUBMIT_IDEA, idea, now, traject=traject.id)
    mail(
        session, author, "idea_received", now,
        idea_id=idea.id, title=idea.title, traject=traject.title, answer_days=traject.answer_days,
    )  # fmt: skip
    return idea


def support_idea(session: Session, account: Account, idea: Idea, now: datetime) -> Support | Refused:
    """Count one resident's backing, once: the primary key decides when two requests race."""
    already = session.scalar(support_of(idea.id, account.id)) is not None
    verdict = first_refusal(
        may(account.actor(), Do.SUPPORT_IDEA, idea.traject.facts().place_at(now)),
        may_support(idea.facts(), account.id, already=already),
    )
    if isinstance(verdict, Refused):
        return verdict
    support = Support(idea_id=idea.id, account_id=account.id, created_at=now)
    try:
        with session.begin_nested():
            session.add(support)
    except IntegrityError:
        return refused(Refusal.ALREADY_SUPPORTED)
    idea.support_count = Idea.support_count + 1
    idea.traject.touch()
    record(session, account.id, Do.SUPPORT_IDEA, idea, now)
    return support


def withdraw_idea(session: Session, account: Account, idea: Idea, now: datetime) -> Idea | Refused:
    """Take an idea back at its author's wish."""
    _hold(session, idea)
    actor = replace(account.actor(), is_author=idea.author_id == account.id)
    verdict = first_refusal(
        may_withdraw(idea.facts(), account.id),
        may(actor, Do.WITHDRAW_IDEA, idea.traject.facts().place_at(now)),
    )
    if isinstance(verdict, Refused):
        return verdict
    if idea.status is not IdeaStatus.PUBLISHED:
        return refused(Refusal.IDEA_NOT_OPEN)
    idea.status = IdeaStatus.WITHDRAWN
    idea.traject.touch()
    record(session, account.id, Do.WITHDRAW_IDEA, idea, now)
    return idea


def assess_idea(
    session: Session,
    actor: Actor,
    idea: Idea,
    results: dict[Test, tuple[bool, str]],
    cost_cents: int | None,
    now: datetime,
) -> Idea | Refused:
    """Write the outcome and the reason of each test; a later outcome replaces an earlier one.

    Support is counted and never judged, so an outcome for it is refused. A failed
    test needs its reason: the author reads it.
    """
    _hold(session, idea)
    verdict = first_refusal(may(actor, Do.ASSESS_IDEA, idea.traject.facts().place_at(now)), is_alive(idea.facts()))
    if isinstance(verdict, Refused):
        return verdict
    if idea.status is not IdeaStatus.PUBLISHED:
        return refused(Refusal.IDEA_NOT_OPEN)
    if any(not passed and not reason.strip() for passed, reason in results.values()):
        return refused(Refusal.REASON_MISSING)
    known = {assessment.test: assessment for assessment in idea.assessments}
    for test, (passed, reason) in results.items():
        if test is Test.SUPPORT:
            continue
        assessment = known.get(test)
        if assessment is None:
            assessment = Assessment(test=test)
            idea.assessments.append(assessment)
        assessment.passed = passed
        assessment.reason = reason.strip()
        assessment.assessor_id = actor.account_id
        assessment.created_at = now
    if cost_cents is not None:
        idea.cost_cents = cost_cents
    idea.traject.touch()
    record(session, actor.account_id, Do.ASSESS_IDEA, idea, now, cost_cents=cost_cents, tests=len(results))
    return idea


def admit_idea(session: Session, actor: Actor, idea: Idea, category: str, answer: str, now: datetime) -> Plan | Refused:
    """Make a plan of an idea in the round of its traject, and tell the author. Refused when a hard test fails."""
    _hold(session, idea)
    budget_round = session.scalar(round_of_traject(idea.traject_id).with_for_update(of=Round))
    verdict = may(actor, Do.ADMIT_IDEA, idea.traject.facts().place_at(now))
    if isinstance(verdict, Refused):
        return verdict
    if budget_round is None or budget_round.status is not RoundStatus.DRAFT:
        return refused(Refusal.ROUND_NOT_DRAFT)
    results = test_results(idea, budget_round)
    verdict = may_admit(idea.facts(), results, budget_round.weights())
    if isinstance(verdict, Refused):
        return verdict
    number = (session.scalar(select(func.max(Plan.number)).where(Plan.round_id == budget_round.id)) or 0) + 1
    plan = Plan(
        round=budget_round,
        number=number,
        reference=str(number),
        idea=idea,
        name=idea.title,
        description=idea.body,
        lang=idea.lang,
        cost_cents=idea.cost_cents or 0,
        category=category.strip(),
    )
    session.add(plan)
    idea.category = category.strip()
    _answer(session, actor, idea, IdeaStatus.ADMITTED, answer, now)
    return plan


def reject_idea(session: Session, actor: Actor, idea: Idea, answer: str, now: datetime) -> Idea | Refused:
    """Turn an idea down, with the reason that its author and everybody else reads."""
    _hold(session, idea)
    verdict = first_refusal(
        may(actor, Do.ADMIT_IDEA, idea.traject.facts().place_at(now)), may_reject(idea.facts(), answer)
    )
    if isinstance(verdict, Refused):
        return verdict
    _answer(session, actor, idea, IdeaStatus.NOT_ADMITTED, answer, now)
    return idea


def test_results(idea: Idea, budget_round: Round) -> dict[Test, bool]:
    """Return the tests done so far; support is counted here and now."""
    results = {assessment.test: assessment.passed for assessment in idea.assessments}
    results[Test.SUPPORT] = has_support(idea.support_count, budget_round.support_needed)
    return results


test_results.__test__ = False  # type: ignore[attr-defined]


def _hold(session: Session, idea: Idea) -> None:
    # Read again behind a lock: of two acts on one idea, the second sees what the first made of it.
    session.refresh(idea, with_for_update={"of": Idea})


def _answer(session: Session, actor: Actor, idea: Idea, status: IdeaStatus, answer: str, now: datetime) -> None:
    idea.status = status
    idea.answer = answer.strip()
    idea.answered_at = now
    idea.traject.touch()
    record(session, actor.account_id, Do.ADMIT_IDEA, idea, now, status=str(status))
    mail(
        session, idea.author, "idea_answered", now,
        idea_id=idea.id, title=idea.title, admitted=status is IdeaStatus.ADMITTED, answer=idea.answer,
    )  # fmt: skip
