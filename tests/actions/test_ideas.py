"""From submitted to answered."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import (
    IdeaText,
    admit_idea,
    assess_idea,
    reject_idea,
    submit_idea,
    support_idea,
    withdraw_idea,
)
from participatie.models.accounts import Account, RoleGrant
from participatie.models.audit import AuditRow
from participatie.models.ideas import Assessment, Idea, Support
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan
from participatie.spelregels.ideas import EVIDENCE, Evidence, IdeaStatus, Test
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    OTHER_ROUTE,
    USUAL_RULES,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    support,
)

ALL_GOOD = {test: (True, "") for test in Test if EVIDENCE[test] is not Evidence.COUNTED}


def submit(session: Session, author: Account, traject: Traject, clock: TurnableClock) -> Idea | Refused:
    buurt = a_gemeente(session).buurten[0]
    return submit_idea(session, author, traject, buurt, IdeaText(" Bomen ", " Meer groen. ", "", "nl"), clock.now)


def assessor(session: Session) -> Actor:
    return an_account(session, role=Role.ASSESSOR).actor()


def manager(session: Session) -> Actor:
    return a_wijkmanager(session).actor()


def assessed(session: Session, clock: TurnableClock, rules: RuleSet = USUAL_RULES) -> Idea:
    """An idea with all tests done, in a traject with a round in preparation."""
    traject = a_traject(session, rules=rules)
    a_round(session, traject=traject, plans=[], opened=False)
    idea = an_idea(session, traject)
    done(assess_idea(session, assessor(session), idea, ALL_GOOD, 450_000, clock.now))
    session.commit()
    return idea


def test_an_idea_is_public_at_once_and_its_author_hears_when_an_answer_comes(
    session: Session, clock: TurnableClock
) -> None:
    traject, author = a_traject(session, answer_days=30), a_resident(session, locale="ar")
    version = traject.version
    idea = done(submit(session, author, traject, clock))
    session.commit()
    assert (idea.title, idea.body, idea.status) == ("Bomen", "Meer groen.", IdeaStatus.PUBLISHED)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_received")).one()
    assert (mail.recipient, mail.locale, mail.facts["answer_days"]) == (author.email, "ar", 30)
    row = session.scalars(select(AuditRow).where(AuditRow.act == Do.SUBMIT_IDEA)).one()
    assert (row.actor_id, row.object_id) == (author.id, idea.id)
    assert traject.version > version, "pages that were kept are stale now"


def test_the_audit_row_holds_no_text_that_somebody_typed(session: Session, clock: TurnableClock) -> None:
    done(submit(session, a_resident(session), a_traject(session), clock))
    assert "Bomen" not in str([row.facts for row in session.scalars(select(AuditRow))])


@pytest.mark.parametrize(
    "phase, level, code",
    [
        (PhaseKind.COLLECT, Level.MEEWETEN, Refusal.LEVEL_TOO_LOW),
        (PhaseKind.VOTE, None, Refusal.WRONG_PHASE),
        (None, None, Refusal.NO_PHASE_OPEN),
    ],
)
def test_outside_its_phase_and_level_no_idea_comes_in(
    session: Session, clock: TurnableClock, phase: PhaseKind | None, level: Level | None, code: Refusal
) -> None:
    traject, author = a_traject(session, phase=phase, level=level), a_resident(session)
    verdict = submit(session, author, traject, clock)
    assert isinstance(verdict, Refused)
    assert verdict.code is code
    assert session.scalar(select(func.count()).select_from(Idea)) == 0


def test_an_idea_lies_inside_the_area_of_its_traject(session: Session, clock: TurnableClock) -> None:
    traject, elsewhere = a_traject(session), a_gemeente(session).buurten[-1]
    text = IdeaText("Bomen", "Groen.", "", "nl")
    verdict = submit_idea(session, a_resident(session), traject, elsewhere, text, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_AREA)


def test_a_draft_traject_takes_no_ideas(session: Session, clock: TurnableClock) -> None:
    verdict = submit(session, a_resident(session), a_traject(session, opened=False), clock)
    assert verdict == refused(Refusal.NO_PHASE_OPEN)


def test_support_counts_once(session: Session, clock: TurnableClock) -> None:
    idea, neighbour = an_idea(session), a_resident(session)
    done(support_idea(session, neighbour, idea, clock.now))
    session.commit()
    assert support_idea(session, neighbour, idea, clock.now) == refused(Refusal.ALREADY_SUPPORTED)
    assert idea.support_count == session.scalar(select(func.count()).select_from(Support)) == 1


def test_authors_do_not_support_their_own_idea(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    assert support_idea(session, idea.author, idea, clock.now) == refused(Refusal.OWN_IDEA)


def test_support_comes_from_the_area(session: Session, clock: TurnableClock) -> None:
    idea, stranger = an_idea(session), an_account(session, area=a_gemeente(session).buurten[-1])
    assert support_idea(session, stranger, idea, clock.now) == refused(Refusal.NOT_YOUR_AREA)


def test_an_author_takes_an_idea_back_and_nobody_else_does(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    assert withdraw_idea(session, a_resident(session), idea, clock.now) == refused(Refusal.NOT_THE_AUTHOR)
    done(withdraw_idea(session, idea.author, idea, clock.now))
    assert idea.status is IdeaStatus.WITHDRAWN
    assert withdraw_idea(session, idea.author, idea, clock.now) == refused(Refusal.IDEA_NOT_OPEN)
    assert support_idea(session, a_resident(session), idea, clock.now) == refused(Refusal.IDEA_NOT_OPEN)


def test_an_assessor_writes_outcomes_and_a_later_one_replaces_them(session: Session, clock: TurnableClock) -> None:
    idea, actor = an_idea(session), assessor(session)
    done(assess_idea(session, actor, idea, ALL_GOOD, 450_000, clock.now))
    feasible = {Test.FEASIBLE: (False, " Er ligt een gasleiding. ")}
    done(assess_idea(session, actor, idea, feasible, None, clock.forward(days=1)))
    session.commit()
    rows = {row.test: row for row in session.scalars(select(Assessment))}
    assert len(rows) == len(ALL_GOOD)
    assert (rows[Test.FEASIBLE].passed, rows[Test.FEASIBLE].reason) == (False, "Er ligt een gasleiding.")
    assert idea.cost_cents == 450_000


def test_a_failed_test_needs_its_reason(session: Session, clock: TurnableClock) -> None:
    verdict = assess_idea(session, assessor(session), an_idea(session), {Test.FEASIBLE: (False, " ")}, None, clock.now)
    assert verdict == refused(Refusal.REASON_MISSING)


def test_support_is_counted_and_never_judged(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    done(assess_idea(session, assessor(session), idea, {Test.SUPPORT: (True, "Ik vind het goed.")}, None, clock.now))
    session.commit()
    assert session.scalars(select(Assessment)).all() == []


def test_a_wijkmanager_does_not_assess_and_an_assessor_does_not_admit(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    verdict = assess_idea(session, manager(session), idea, ALL_GOOD, 1, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="toetser")
    verdict = admit_idea(session, assessor(session), idea, "groen", "Ja.", clock.now, ALL_USED)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_an_admitted_idea_is_a_plan_on_the_ballot_and_its_author_knows(session: Session, clock: TurnableClock) -> None:
    idea = assessed(session, clock)
    plan = done(admit_idea(session, manager(session), idea, " groen ", " Goed plan. ", clock.now, ALL_USED))
    session.commit()
    assert isinstance(plan, Plan)
    assert (plan.number, plan.name, plan.cost_cents, plan.category) == (1, idea.title, 450_000, "groen")
    assert (idea.status, idea.answer, idea.answered_at) == (IdeaStatus.ADMITTED, "Goed plan.", clock.now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered")).one()
    assert mail.recipient == idea.author.email
    assert mail.facts["admitted"] is True
    again = admit_idea(session, manager(session), idea, "groen", "Nog eens.", clock.now, ALL_USED)
    assert again == refused(Refusal.IDEA_NOT_OPEN)


def test_support_is_asked_at_the_moment_of_admitting(session: Session, clock: TurnableClock) -> None:
    idea = assessed(session, clock, replace(USUAL_RULES, support_needed=3))
    support(session, idea, 2)
    verdict = admit_idea(session, manager(session), idea, "", "Ja.", clock.now, ALL_USED)
    assert verdict == refused(Refusal.TOO_LITTLE_SUPPORT, count=2, needed_count=3)
    support(session, idea, 1)
    done(admit_idea(session, manager(session), idea, "", "Ja.", clock.now, ALL_USED))


def test_without_a_round_in_preparation_nothing_is_admitted(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    assert admit_idea(session, manager(session), idea, "", "Ja.", clock.now, ALL_USED) == refused(
        Refusal.ROUND_NOT_DRAFT
    )


def test_an_idea_is_turned_down_with_a_reason(session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session)
    assert reject_idea(session, manager(session), idea, " ", clock.now, OTHER_ROUTE) == refused(Refusal.REASON_MISSING)
    done(reject_idea(session, manager(session), idea, "Er ligt een gasleiding.", clock.now, OTHER_ROUTE))
    session.commit()
    assert idea.status is IdeaStatus.NOT_ADMITTED
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered")).one()
    assert mail.facts["answer"] == "Er ligt een gasleiding."


def test_an_answer_is_owed_after_the_phase_too_and_admitting_is_over(session: Session, clock: TurnableClock) -> None:
    idea = assessed(session, clock)
    vote = next(phase for phase in idea.traject.phases if phase.kind is PhaseKind.VOTE)
    clock.turn_to(vote.starts_at)
    verdict = admit_idea(session, manager(session), idea, "", "Ja.", clock.now, ALL_USED)
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.WRONG_PHASE
    done(reject_idea(session, manager(session), idea, "Wij waren te laat. Het spijt ons.", clock.now, OTHER_ROUTE))
    assert idea.status is IdeaStatus.NOT_ADMITTED


def test_nobody_tests_or_answers_their_own_idea(session: Session, clock: TurnableClock) -> None:
    """Whatever roles somebody has in the wijk where they live."""
    world = a_gemeente(session)
    official = an_account(session, area=world.buurten[0], role=Role.ASSESSOR)
    official.granted.append(RoleGrant(role=Role.WIJKMANAGER, area=world.gemeente))
    session.commit()
    idea = an_idea(session, author=official)
    actor = official.actor()
    own = refused(Refusal.OWN_JUDGEMENT)
    assert assess_idea(session, actor, idea, ALL_GOOD, 100, clock.now) == own
    assert admit_idea(session, actor, idea, "", "Goed plan.", clock.now, ALL_USED) == own
    assert reject_idea(session, actor, idea, "Toch maar niet.", clock.now, OTHER_ROUTE) == own
