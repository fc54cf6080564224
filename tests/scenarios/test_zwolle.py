"""Zwolle: the four spelregels of working with residents, and the seven tests of the wijkbudget (seed 004 from 1157)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from participatie.actions.balance import act_on_balance
from participatie.actions.groups import join_idea, propose_override
from participatie.actions.ideas import (
    IdeaText,
    Resident,
    admit_idea,
    assess_idea,
    enter_idea,
    reject_idea,
    submit_idea,
    support_idea,
    withdraw_idea,
)
from participatie.actions.phases import change_level
from participatie.actions.trajecten import TrajectDraft, open_traject, start_traject
from participatie.actions.wijkbudget import open_vote
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan
from participatie.spelregels.balance import BalanceAct, Of, Side
from participatie.spelregels.duties import Duty
from participatie.spelregels.ideas import EVIDENCE, FAILED, ZWOLLE_WEIGHTS, Evidence, Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.presets import shipped
from participatie.spelregels.rulesets import Division
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.actions.test_balance import submitted
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    OTHER_ROUTE,
    a_gemeente,
    a_resident,
    a_wijkmanager,
    an_account,
    codes,
    done,
    support,
)
from tests.factories.trajecten import CARD
from tests.scenarios.places import Place, phases_of

SEVEN = tuple(test for test in ZWOLLE_WEIGHTS if test is not Test.FEASIBLE)
ASSESSED = {test: True for test in ZWOLLE_WEIGHTS if EVIDENCE[test] is Evidence.ASSESSED}
#: What a supporter count of nine lacks.
EVIDENCE_OF = {Test.SUPPORT: {"count": 9, "needed_count": 10}}


def admitted_with_one_failing(place: Place, failing: Test | None) -> Plan | Idea | Refused:
    """Let an idea pass all tests but one, and try to admit it."""
    place.round(20_000)
    idea = place.idea(
        own_contribution="" if failing is Test.OWN_CONTRIBUTION else "Wij planten.",
        third_party="" if failing is Test.THIRD_PARTY_MONEY else "Het Oranje Fonds zei nee.",
    )
    support(place.session, idea, 9 if failing is Test.SUPPORT else 10)
    by_person = failing in ASSESSED or failing is Test.INITIATIVE
    done(place.tested(idea, 4_500, outcomes=ASSESSED | ({failing: False} if failing and by_person else {})))
    return place.admit(idea)


@pytest.mark.parametrize("failing", SEVEN)
def test_z1_each_of_the_seven_tests_stops_an_idea_with_its_own_refusal(
    session: Session, clock: TurnableClock, failing: Test
) -> None:
    """Fixture Z1; money of others is asked 'where possible', so here a gemeente made that hard too."""
    weights = {**shipped()["zwolle"].rules.weights, Test.THIRD_PARTY_MONEY: Weight.HARD}
    verdict = admitted_with_one_failing(Place(session, clock, "zwolle", weights=weights), failing)
    assert verdict == refused(FAILED[failing], **EVIDENCE_OF.get(failing, {}))


def test_z1_seven_different_refusals() -> None:
    assert len({FAILED[test] for test in SEVEN}) == len(SEVEN) == 7


@pytest.mark.parametrize("failing", [None, Test.THIRD_PARTY_MONEY])
def test_z1_who_passes_gets_a_plan_and_money_of_others_is_only_shown(
    session: Session, clock: TurnableClock, failing: Test | None
) -> None:
    made = admitted_with_one_failing(Place(session, clock, "zwolle"), failing)
    assert isinstance(made, Plan)
    assert made.idea is not None
    assert made.idea.outcomes()[Test.THIRD_PARTY_MONEY] is (failing is None)


Try = Callable[[Place, Idea], object]
TEXT = IdeaText("Een bank", "Om te zitten.", "Wij verven.", "nl")


def _enter(place: Place, _idea: Idea) -> object:
    helper = an_account(place.session, role=Role.HELPER)
    resident = Resident("buurvrouw@voorbeeld.example", "Buurvrouw", consents=True)
    buurt = a_gemeente(place.session).buurten[0]
    return enter_idea(place.session, helper, resident, place.traject, buurt, TEXT, place.clock.now)


def _submit(place: Place, _idea: Idea) -> object:
    buurt = a_gemeente(place.session).buurten[0]
    return submit_idea(place.session, a_resident(place.session), place.traject, buurt, TEXT, place.clock.now)


#: Everything that residents and staff do with input, and the level from which it is done.
WRITES: dict[str, tuple[Try, Level]] = {
    "submit": (_submit, Level.MEEDENKEN),
    "enter": (_enter, Level.MEEDENKEN),
    "support": (
        lambda place, idea: support_idea(place.session, a_resident(place.session), idea, place.clock.now),
        Level.MEEDENKEN,
    ),
    "join": (
        lambda place, idea: join_idea(
            place.session, a_resident(place.session), idea, Party.RESIDENT, "", "Ik graaf.", place.clock.now
        ),
        Level.MEEDOEN,
    ),
    "withdraw": (
        lambda place, idea: withdraw_idea(place.session, idea.author, idea, place.clock.now),
        Level.MEEDENKEN,
    ),
    "assess": (
        lambda place, idea: assess_idea(place.session, place.assessor.actor(), idea, {}, 1, place.clock.now),
        Level.MEEDENKEN,
    ),
    "admit": (
        lambda place, idea: admit_idea(place.session, place.manager.actor(), idea, "", "Ja.", place.clock.now, ALL_USED),
        Level.MEEDENKEN,
    ),
    "override": (
        lambda place, idea: propose_override(
            place.session, place.assessor.actor(), idea, Test.SUPPORT, "Het is dringend.", place.clock.now
        ),
        Level.MEEDENKEN,
    ),
}  # fmt: skip


def informing(place: Place) -> Place:
    """Let residents only know from now on, with a public reason."""
    actor, phase = place.manager.actor(), place.phase(PhaseKind.COLLECT)
    done(change_level(place.session, actor, phase, Level.MEEWETEN, "De rechter besloot.", place.clock.now))
    place.session.commit()
    return place


@pytest.mark.parametrize("act", WRITES)
def test_z2_where_residents_only_know_every_act_refuses(session: Session, clock: TurnableClock, act: str) -> None:
    """Fixture Z2, through the actions that every route goes through."""
    place = Place(session, clock, "zwolle")
    idea = place.idea()
    attempt, needed = WRITES[act]
    verdict = attempt(informing(place), idea)
    assert verdict == refused(Refusal.LEVEL_TOO_LOW, level=Level.MEEWETEN, needed=needed)


def test_z2_what_was_promised_before_is_still_owed(session: Session, clock: TurnableClock) -> None:
    place = Place(session, clock, "zwolle")
    idea = place.idea()
    informing(place)
    place.turn_after(PhaseKind.COLLECT)
    assert place.close(PhaseKind.COLLECT) == refused(Refusal.DUTY_OPEN, duty=Duty.ANSWERS, count=1)
    done(
        reject_idea(
            session, place.manager.actor(), idea, "Dit kan door de uitspraak niet meer.", clock.now, OTHER_ROUTE
        )
    )
    done(place.close(PhaseKind.COLLECT))


def a_draft(session: Session, clock: TurnableClock, level: Level | None) -> Traject | Refused:
    """A draft by Zwolle's rules about what is decided already; with a level, only that and without a vote."""
    preset, actor = shipped()["zwolle"], a_wijkmanager(session)
    phases, rules = phases_of(preset, clock.now.date()), preset.rules
    if level is not None:
        phases = [replace(phase, level=level) for phase in phases if phase.kind is not PhaseKind.VOTE]
        rules = replace(rules, division=Division.NONE)
    draft = TrajectDraft("Het plein", CARD, phases, rules, preset.answer_days, already_decided=True)
    area = a_gemeente(session).wijken[0]
    return start_traject(session, actor.actor(), area, f"plein-{level}", draft, actor, clock.now)


@pytest.mark.parametrize("level", [None, Level.MEEDENKEN, Level.MEEDOEN, Level.MEEBESLISSEN])
def test_z3_after_the_decision_no_say_can_be_promised(
    session: Session, clock: TurnableClock, level: Level | None
) -> None:
    """Fixture Z3: as the preset is, and at every level with say."""
    traject, actor = done(a_draft(session, clock, level)), a_wijkmanager(session).actor()
    assert open_traject(session, actor, traject, clock.now) == refused(Refusal.ALREADY_DECIDED_BEFOREHAND)


def test_z3_only_meeweten_opens_and_stays_so(session: Session, clock: TurnableClock) -> None:
    traject, actor = done(a_draft(session, clock, Level.MEEWETEN)), a_wijkmanager(session).actor()
    done(open_traject(session, actor, traject, clock.now))
    raised = change_level(session, actor, traject.phases[0], Level.MEEDENKEN, "Toch maar.", clock.now)
    assert raised == refused(Refusal.LEVEL_WITHOUT_ROOM)


def test_z4_a_tenth_with_sixty_percent_of_the_ideas_keeps_the_vote_closed(
    session: Session, clock: TurnableClock
) -> None:
    """Fixture Z4: two of twenty people hold 27 of 45 ideas, and the preset's threshold is 50."""
    place = Place(session, clock, "zwolle")
    submitted(session, place.traject, 14, 13, *[1] * 18)
    budget_round = place.round(20_000)
    codes(session, budget_round, 1)
    budget_round.plans.append(Plan(number=1, reference="1", name="Een boom", cost_cents=100_00, category=""))
    session.commit()
    place.turn_to(PhaseKind.VOTE)
    dominates: dict[str, Any] = {"side": Side.TOP, "of": Of.IDEAS, "percent": 60, "limit": 50}
    assert place.close(PhaseKind.COLLECT) == refused(Refusal.DOMINANCE_UNANSWERED, **dominates)
    manager = place.manager.actor()
    too_soon = open_vote(session, manager, budget_round, clock.now)
    assert too_soon == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    why = "Twee mensen schreven op wat hun hele straat zei."
    done(act_on_balance(session, manager, place.traject, BalanceAct.MOTIVATION, why, clock.now))
    for kind in (PhaseKind.COLLECT, PhaseKind.ASSESS):
        done(place.close(kind))
    done(open_vote(session, manager, budget_round, clock.now))
