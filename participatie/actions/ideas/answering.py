"""How is an idea tested, and how does it get the answer that its author is owed?"""

from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas.holding import hold
from participatie.actions.ideas.owning import may_judge_idea
from participatie.actions.record import mail, record
from participatie.actions.telling import tell
from participatie.models.answers import AnswerParts
from participatie.models.ideas import Assessment, Idea
from participatie.models.merging import gone_on_in
from participatie.models.wijkbudget import Plan, Round, round_of_traject
from participatie.spelregels.answers import Parts, may_answer_so
from participatie.spelregels.ideas import (
    EVIDENCE,
    Evidence,
    IdeaStatus,
    Test,
    is_waiting,
    may_admit,
    may_cost,
    may_reject,
)
from participatie.spelregels.overrides import may_judge_again
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.rulesets import Division, may_award
from participatie.spelregels.telling import Told
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.wijkbudget import RoundStatus


def assess_idea(
    session: Session,
    actor: Actor,
    idea: Idea,
    results: dict[Test, tuple[bool, str]],
    cost_cents: int | None,
    now: datetime,
    ready_on: date | None = None,
) -> Idea | Refused:
    """Write the outcome and the reason of each test; a later outcome replaces an earlier one.

    What is counted is never judged, so an outcome for it is not written. A failed test needs its
    reason: the author reads it. Of a test that somebody proposed to set aside the outcome stays: two people
    decide on it. `ready_on` is the day on which the idea would be done.
    """
    hold(session, idea)
    verdict = first_refusal(
        may(actor, Do.ASSESS_IDEA, idea.traject.facts().place_at(now)),
        may_judge_idea(session, idea, actor.account_id),
        is_waiting(idea.facts()),
        may_cost(cost_cents, idea.traject.ruleset().plan_cap_cents),
    )
    if isinstance(verdict, Refused):
        return verdict
    if any(not passed and not reason.strip() for passed, reason in results.values()):
        return refused(Refusal.REASON_MISSING)
    before, proposed = idea.outcomes_before_overrides(), {override.test for override in idea.overrides}
    verdict = first_refusal(
        *(
            may_judge_again(passed=passed, before=before.get(test), proposed=test in proposed)
            for test, (passed, _reason) in results.items()
            if EVIDENCE[test] is not Evidence.COUNTED
        )
    )
    if isinstance(verdict, Refused):
        return verdict
    known = {assessment.test: assessment for assessment in idea.assessments}
    for test, (passed, reason) in results.items():
        if EVIDENCE[test] is Evidence.COUNTED:
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
    if ready_on is not None:
        idea.ready_on = ready_on
    idea.traject.touch()
    record(session, actor.account_id, Do.ASSESS_IDEA, idea, now, cost_cents=cost_cents, tests=len(results))
    return idea


def admit_idea(
    session: Session, actor: Actor, idea: Idea, category: str, answer: str, now: datetime, parts: Parts
) -> Plan | Idea | Refused:
    """Admit an idea and tell the author: as a plan in the round of its traject, or as it is where there is no money.

    `answer` is why; `parts` name what is used, and what is not. Refused without those, when a hard test fails, above
    the most that a plan may cost, and where money is awarded when the pot does not hold it any more.
    """
    hold(session, idea)
    rules = idea.traject.ruleset()
    no_money = not rules.division.has_money
    # Read again, also where the page has read it already: another idea may just have taken the last of the pot.
    budget_round = session.scalar(
        round_of_traject(idea.traject_id).with_for_update(of=Round), execution_options={"populate_existing": True}
    )
    verdict = first_refusal(
        may(actor, Do.ADMIT_IDEA, idea.traject.facts().place_at(now)), may_judge_idea(session, idea, actor.account_id)
    )
    if isinstance(verdict, Refused):
        return verdict
    if not no_money and (budget_round is None or budget_round.status is not RoundStatus.DRAFT):
        return refused(Refusal.ROUND_NOT_DRAFT)
    verdict = first_refusal(
        may_admit(
            idea.facts(), idea.outcomes(), rules.terms(), needs_cost=not no_money, cap_cents=rules.plan_cap_cents
        ),
        may_answer_so(answer, parts, admitted=True),
    )
    if isinstance(verdict, Refused):
        return verdict
    if budget_round is None or no_money:
        _answer(session, actor, idea, IdeaStatus.ADMITTED, answer, Do.ADMIT_IDEA, now, parts)
        return idea
    if rules.division is Division.AWARD:
        awarded = sum(plan.cost_cents for plan in budget_round.plans)
        verdict = may_award(budget_round.pot_cents, awarded, idea.cost_cents or 0)
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
    _answer(session, actor, idea, IdeaStatus.ADMITTED, answer, Do.ADMIT_IDEA, now, parts)
    return plan


def reject_idea(session: Session, actor: Actor, idea: Idea, answer: str, now: datetime, parts: Parts) -> Idea | Refused:
    """Turn an idea down, with the reason that its author and everybody else reads; an answer is owed in any phase.

    `parts` name another route too, and what is not used where something of it is.
    """
    hold(session, idea)
    verdict = first_refusal(
        may(actor, Do.ANSWER_IDEA, idea.traject.facts().place_at(now)),
        may_judge_idea(session, idea, actor.account_id),
        may_reject(idea.facts(), answer),
        may_answer_so(answer, parts, admitted=False),
    )
    if isinstance(verdict, Refused):
        return verdict
    _answer(session, actor, idea, IdeaStatus.NOT_ADMITTED, answer, Do.ANSWER_IDEA, now, parts)
    return idea


def _answer(
    session: Session,
    actor: Actor,
    idea: Idea,
    status: IdeaStatus,
    answer: str,
    act: Do,
    now: datetime,
    parts: Parts,
) -> None:
    said = parts.stripped()
    session.add(AnswerParts(idea_id=idea.id, **asdict(said)))
    idea.status = status
    idea.answer = answer.strip()
    idea.answered_at = now
    idea.traject.touch()
    record(session, actor.account_id, act, idea, now, status=str(status))
    # Whose idea went on in this one reads the answer as well, under the name of their own, and each person once.
    asked = {idea.author_id: idea}
    for merged in session.scalars(gone_on_in(idea.id)):
        asked.setdefault(merged.author_id, merged)
    for own in asked.values():
        mail(
            session, own.author, "idea_answered", now,
            idea_id=idea.id, title=own.title, admitted=status is IdeaStatus.ADMITTED,
            votes=idea.traject.ruleset().division.by_ballot, answer=idea.answer,
            **asdict(said if own is idea else replace(said, own="")),
        )  # fmt: skip
    tell(
        session,
        idea,
        Told.ANSWERED,
        now,
        idea.answer,
        besides=set(asked),
        admitted=int(status is IdeaStatus.ADMITTED),
    )
