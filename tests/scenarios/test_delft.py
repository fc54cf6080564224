"""Delft: a wijk's year with its documents, no agenda for one person, and quick fixes in time (seed 004 from 390)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from participatie.actions.duties import extend_duty
from participatie.actions.ideas import reject_idea
from participatie.actions.phases import adopt_product, close_traject, draft_product
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import add_milestone, finish_milestone
from participatie.models.announcements import Product
from participatie.models.wijkbudget import Plan
from participatie.spelregels.answers import term_ends
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import IdeaStatus, Party, Test
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, done
from tests.factories.ledger import account_made
from tests.scenarios.places import DAY, Place

FOR_ALL = {Test.PUBLIC_INTEREST: True}


@pytest.fixture
def delft(session: Session, clock: TurnableClock) -> Place:
    """The year of 2027, opened in the week before it begins."""
    clock.turn_to(datetime(2027, 4, 26, 9, tzinfo=UTC))
    place = Place(session, clock, "delft", date(2027, 5, 1))
    place.turn_to(PhaseKind.ANALYSE)
    return place


def drafted(place: Place, kind: PhaseKind) -> Product | Refused:
    actor = place.manager.actor()
    return draft_product(place.session, actor, place.phase(kind), "Stuk", "De tekst.", place.clock.now)


def adopted(place: Place, kind: PhaseKind) -> Product | Refused:
    return adopt_product(place.session, place.manager.actor(), place.phase(kind), place.clock.now)


def react_and_adopt(place: Place, kind: PhaseKind) -> None:
    """Lay the draft of a phase before residents, wait for four weeks, and adopt it."""
    done(drafted(place, kind))
    place.clock.forward(days=28)
    done(adopted(place, kind))
    place.session.commit()


def test_d1_the_programme_is_adopted_after_residents_could_react(delft: Place) -> None:
    """Fixture D1: draft in the autumn, and adopted in December (577-585, 723-729)."""
    assert drafted(delft, PhaseKind.PROGRAMME) == refused(Refusal.WRONG_PHASE, phases=PhaseKind.PROGRAMME)
    delft.clock.turn_to(datetime(2027, 11, 15, 9, tzinfo=UTC))
    assert adopted(delft, PhaseKind.PROGRAMME) == refused(Refusal.PRODUCT_MISSING)
    done(drafted(delft, PhaseKind.PROGRAMME))
    runs = refused(Refusal.REACTION_TIME_RUNS, until="13-12-2027")
    assert adopted(delft, PhaseKind.PROGRAMME) == runs
    delft.clock.turn_to(datetime(2027, 12, 13, 8, 59, 59, tzinfo=UTC))
    assert adopted(delft, PhaseKind.PROGRAMME) == runs
    delft.clock.forward(seconds=1)
    assert done(adopted(delft, PhaseKind.PROGRAMME)).adopted_at == delft.clock.now


def test_d1_no_phase_of_the_year_closes_without_its_document(delft: Place) -> None:
    """Its four documents: analysis, agenda, programme and report; what was carried out is to be seen (539-575)."""
    budget_round = delft.round(50_000)
    for kind in (PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.PROGRAMME):
        delft.turn_to(kind)
        if kind is PhaseKind.PROGRAMME:
            plan = delft.plan(20_000, FOR_ALL)
        late = delft.phase(kind).ends_at
        delft.clock.turn_to(late)
        assert delft.close(kind) == refused(Refusal.DUTY_OPEN, duty=Duty.PRODUCT, count=1)
        delft.turn_to(kind)
        react_and_adopt(delft, kind)
        delft.clock.turn_to(late)
        done(delft.close(kind))
    done(delft.award(budget_round))
    done(delft.decide(budget_round))
    assert plan.idea is not None
    delft.clock.turn_to(delft.phase(PhaseKind.EXECUTE).ends_at)
    verdict = delft.close(PhaseKind.EXECUTE)
    assert verdict == refused(Refusal.DUTY_OPEN, duty=Duty.RESPONSIBLE, count=1)
    done(delft.join(delft.manager, plan.idea, Party.GEMEENTE))
    done(delft.close(PhaseKind.EXECUTE))
    react_and_adopt(delft, PhaseKind.ACCOUNT)
    delft.turn_after(PhaseKind.ACCOUNT)
    done(delft.close(PhaseKind.ACCOUNT))
    actor, now = delft.manager.actor(), delft.clock.now
    unreported = close_traject(delft.session, actor, delft.traject, now)
    assert unreported == refused(Refusal.DUTY_FIRST, duty=Duty.REPORT, count=1)
    done(publish_report(delft.session, actor, delft.traject, "De bomen.", "Het parkeren.", "", now))
    untold = close_traject(delft.session, actor, delft.traject, now)
    assert untold == refused(Refusal.DUTY_OPEN, duty=Duty.CARRY_OUT, count=1), "what came of 20,000 euros"
    account_made(delft.session, actor, plan)
    assert done(close_traject(delft.session, actor, delft.traject, now)).status is TrajectStatus.CLOSED


def test_d2_what_helps_one_person_does_not_reach_the_agenda(delft: Place) -> None:
    """Fixture D2: it has to serve a group (624), and who hears no hears why."""
    delft.round(50_000)
    delft.turn_to(PhaseKind.AGENDA)
    mine, ours = delft.idea(title="Mijn schutting"), delft.idea(title="Onze speeltuin")
    done(delft.tested(mine, 500))
    assert delft.admit(mine) == refused(Refusal.TESTS_INCOMPLETE, test=Test.PUBLIC_INTEREST)
    done(delft.tested(mine, 500, outcomes={Test.PUBLIC_INTEREST: False}))
    assert delft.admit(mine) == refused(Refusal.ONE_PERSONS_INTEREST)
    actor, now = delft.manager.actor(), delft.clock.now
    assert reject_idea(delft.session, actor, mine, " ", now, OTHER_ROUTE) == refused(Refusal.REASON_MISSING)
    done(reject_idea(delft.session, actor, mine, "Dit helpt één tuin.", now, OTHER_ROUTE))
    done(delft.tested(ours, 500, outcomes=FOR_ALL))
    assert isinstance(delft.admit(ours), Plan)
    assert (mine.status, ours.status) == (IdeaStatus.NOT_ADMITTED, IdeaStatus.ADMITTED)


def fixed_quickly(session: Session, clock: TurnableClock) -> tuple[Place, Plan]:
    """A loose tile that was reported, awarded and decided about; nothing of it was tested against a goal."""
    place = Place(session, clock, "delft-knelpunten")
    budget_round = place.round(5_000)
    assert place.traject.ruleset().terms().weights.keys() == set(Test)
    plan = place.plan(80, title="Een losse tegel")
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    done(place.decide(budget_round))
    return place, plan


def test_d3_a_quick_fix_is_owed_within_its_term_without_a_goal_test(session: Session, clock: TurnableClock) -> None:
    """Fixture D3: no test at all, and six weeks to do it (439-442)."""
    place, plan = fixed_quickly(session, clock)
    assert plan.idea is not None
    assert plan.idea.outcomes() == {}
    until = clock.now + 42 * DAY
    found = place.duty(Duty.CARRY_OUT)
    assert (found.state, found.due_at) == (DutyState.DUE, until)
    clock.turn_to(until)
    assert place.duty(Duty.CARRY_OUT).state is DutyState.DUE
    clock.forward(seconds=1)
    assert place.duty(Duty.CARRY_OUT).state is DutyState.OVERDUE
    actor = place.manager.actor()
    step = done(add_milestone(session, actor, plan, "De tegel ligt vast", clock.now.date(), clock.now))
    assert place.duty(Duty.CARRY_OUT).state is DutyState.OVERDUE, "a promise is not a fix"
    done(finish_milestone(session, actor, plan, step, clock.now.date(), "Hij wiebelt niet meer.", clock.now))
    account_made(session, actor, plan)
    assert place.duty(Duty.CARRY_OUT).state is DutyState.KEPT


def test_d3_more_time_for_a_quick_fix_is_taken_in_public(session: Session, clock: TurnableClock) -> None:
    place, plan = fixed_quickly(session, clock)
    assert plan.idea is not None
    done(place.join(place.manager, plan.idea, Party.GEMEENTE))
    place.turn_after(PhaseKind.EXECUTE)
    done(place.close(PhaseKind.EXECUTE))
    actor, now = place.manager.actor(), clock.now
    done(publish_report(session, actor, place.traject, "De tegel.", "Niets.", "", now))
    undone = close_traject(session, actor, place.traject, now)
    assert undone == refused(Refusal.DUTY_OPEN, duty=Duty.CARRY_OUT, count=1)
    later = now + timedelta(days=30)
    extended = extend_duty(session, actor, place.traject, Duty.CARRY_OUT, later, " ", now)
    assert extended == refused(Refusal.REASON_MISSING)
    told = done(extend_duty(session, actor, place.traject, Duty.CARRY_OUT, later, "De tegels zijn op.", now))
    session.commit()
    assert told.text == "De tegels zijn op."
    assert plan.idea.author.email in place.mailed("announcement")


def test_d3_an_answer_is_owed_within_two_weeks(session: Session, clock: TurnableClock) -> None:
    place = Place(session, clock, "delft-knelpunten")
    place.idea()
    due_at = place.duty(Duty.ANSWERS).due_at
    assert due_at == term_ends(clock.now, 14), "to the end of the fourteenth day"
    clock.turn_to(due_at + timedelta(seconds=1))
    assert place.duty(Duty.ANSWERS).state is DutyState.OVERDUE
