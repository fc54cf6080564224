"""Money that the gemeente awards: to every plan that was admitted, never more than there is, and without a vote."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.duties import duties_of
from participatie.actions.ideas import admit_idea
from participatie.actions.phases import close_phase
from participatie.actions.votes import issue_codes
from participatie.actions.wijkbudget import RoundTerms, award_money, change_round, count_round, open_vote, restart_vote
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.trajecten import Traject
from participatie.models.votes import VoterRoll
from participatie.models.wijkbudget import AWARDED, Allocation, Plan, Round, allocation_lines, round_by_slug
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.wijkbudget import RoundStatus
from tests.actions.test_races import all_at_once
from tests.actions.test_rounds import TERMS, publish
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    SECRET_KEY,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    now_of,
    phases_around,
)

#: Almelo's fund for the wijken (seed 000:734) without its project groups; BoTu's pot and cap (seed 001:3494).
FUND = RuleSet(name="fonds", weights={}, division=Division.AWARD, pot_cents=200_000_00, dominance_percent=0)
BOTU = replace(FUND, name="botu", pot_cents=300_000_00, plan_cap_cents=30_000_00)


def a_fund(session: Session, rules: RuleSet = FUND, *, running: PhaseKind = PhaseKind.ASSESS) -> Round:
    """A traject whose money is awarded, in one of its phases, with a round without plans."""
    phases = phases_around(now_of(session), running)
    if running is not PhaseKind.VOTE:
        phases = [phase for phase in phases if phase.kind is not PhaseKind.VOTE]
    traject = a_traject(session, rules=rules, phases=phases)
    return a_round(session, traject=traject, pot=rules.pot_cents or 0, plans=[], opened=False)


def admit(session: Session, traject: Traject, cost_cents: int) -> Plan | Idea | Refused:
    """Let a resident put in an idea of that cost, and the wijkmanager admit it."""
    idea = an_idea(session, traject)
    idea.cost_cents = cost_cents
    session.commit()
    outcome = admit_idea(session, a_wijkmanager(session).actor(), idea, "", "Mooi.", now_of(session), ALL_USED)
    session.commit()
    return outcome


def award(session: Session, budget_round: Round) -> Allocation | Refused:
    """Let the wijkmanager award the money."""
    return award_money(session, a_wijkmanager(session).actor(), budget_round, now_of(session))


def with_plans(session: Session, clock: TurnableClock, *costs: int) -> Round:
    """A fund with admitted plans, in the first week after its assessment, with every earlier phase closed."""
    budget_round = a_fund(session)
    for cost_cents in costs:
        done(admit(session, budget_round.traject, cost_cents))
    clock.turn_to(budget_round.traject.phases[1].ends_at + timedelta(days=1))
    reject_the_rest_and_close(session, budget_round.traject)
    return budget_round


def reject_the_rest_and_close(session: Session, traject: Traject) -> None:
    """Close what comes before the besluit."""
    manager = a_wijkmanager(session).actor()
    for phase in traject.phases[:2]:
        done(close_phase(session, manager, phase, now_of(session)))
    session.commit()


def test_money_for_which_no_plan_came_keeps_nothing_open(session: Session, clock: TurnableClock) -> None:
    """Until the last idea was judged a besluit is expected; without any plan there is nothing to decide or to carry out."""
    traject = a_fund(session).traject
    assert {Duty.BESLUIT, Duty.CARRY_OUT} <= {each.duty for each in duties_of(session, traject, now_of(session))}
    clock.turn_to(traject.phases[-1].ends_at)
    for phase in traject.phases:
        done(close_phase(session, a_wijkmanager(session).actor(), phase, now_of(session)))
    owed = {each.duty for each in duties_of(session, traject, now_of(session)) if each.state is not DutyState.KEPT}
    assert owed == {Duty.REPORT}


def test_ten_full_projects_fill_the_pot_and_the_eleventh_is_refused(session: Session, clock: TurnableClock) -> None:
    """Fixture F1 of seed 001 (BoTu 2022): 300,000 euros, at most 30,000 a project."""
    budget_round = a_fund(session, BOTU)
    too_dear = admit(session, budget_round.traject, 30_001_00)
    assert too_dear == refused(Refusal.OVER_PLAN_CAP, over_cents=1_00, cap_cents=30_000_00)
    for _ in range(10):
        assert isinstance(admit(session, budget_round.traject, 30_000_00), Plan)
    eleventh = admit(session, budget_round.traject, 30_000_00)
    assert eleventh == refused(Refusal.POT_EMPTY, over_cents=30_000_00)
    assert admit(session, budget_round.traject, 1) == refused(Refusal.POT_EMPTY, over_cents=1)


def test_a_fund_awards_what_it_admitted_and_never_more_than_it_holds(session: Session, clock: TurnableClock) -> None:
    """Fixture F4 of seed 000 (Almelo): a fund of 200,000 euros."""
    budget_round = with_plans(session, clock, 120_000_00, 79_999_99)
    allocation = done(award(session, budget_round))
    session.commit()
    assert (allocation.spent_cents, allocation.left_cents, allocation.ballots) == (199_999_99, 1, 0)
    lines = session.scalars(allocation_lines(budget_round.id)).all()
    assert [(line.step, line.funded_cents, line.balance_after_cents, line.reason) for line in lines] == [
        (1, 120_000_00, 80_000_00, AWARDED),
        (2, 79_999_99, 1, AWARDED),
    ]
    assert (budget_round.status, budget_round.opening) == (RoundStatus.COUNTED, 1)
    assert budget_round.frozen_rulebook()["rules"]["division"] == Division.AWARD


def test_a_proposal_without_a_project_group_is_not_admitted(session: Session) -> None:
    """Fixture F4 of seed 000: who proposes something joins the project group, or nobody carries it out."""
    phases = phases_around(now_of(session), PhaseKind.ASSESS)
    meedoen = [
        PhaseFacts(phase.kind, Level.MEEDOEN, phase.starts_at, phase.ends_at)
        for phase in phases
        if phase.kind is not PhaseKind.VOTE
    ]
    rules = replace(FUND, weights={Test.PROJECT_GROUP: Weight.HARD}, group_needed=1)
    traject = a_traject(session, rules=rules, phases=meedoen)
    a_round(session, traject=traject, pot=200_000_00, plans=[], opened=False)
    assert admit(session, traject, 10_000_00) == refused(Refusal.NO_PROJECT_GROUP, count=0, needed_count=1)


def test_two_admissions_at_once_do_not_overdraw_the_pot(engine: Engine, session: Session, clock: TurnableClock) -> None:
    budget_round = a_fund(session)
    offered = [an_idea(session, budget_round.traject) for _ in range(4)]
    for idea in offered:
        idea.cost_cents = 90_000_00
    ids, actor = [idea.id for idea in offered], a_wijkmanager(session).actor()
    session.commit()

    def click(own: Session, place: int) -> object:
        idea = own.scalars(idea_by_id(ids[place])).one()
        # As the page does before its button: what it read by then is old when its turn comes.
        assert own.scalars(round_by_slug(budget_round.slug)).one().plans is not None
        return admit_idea(own, actor, idea, "", "Mooi.", clock.now, ALL_USED)

    answers = all_at_once(engine, click, times=4)
    assert sum(isinstance(answer, Plan) for answer in answers) == 2
    assert answers.count(refused(Refusal.POT_EMPTY, over_cents=70_000_00)) == 2
    assert session.scalar(select(func.sum(Plan.cost_cents))) == 180_000_00


def test_a_pot_does_not_shrink_below_what_was_admitted(session: Session, clock: TurnableClock) -> None:
    budget_round = a_fund(session, replace(FUND, pot_cents=None))
    manager = a_wijkmanager(session).actor()
    done(change_round(session, manager, budget_round, RoundTerms(**TERMS | {"pot_cents": 100_00}), clock.now))
    done(admit(session, budget_round.traject, 60_00))
    done(admit(session, budget_round.traject, 40_00))
    smaller: dict[str, Any] = TERMS | {"pot_cents": 99_99}
    verdict = change_round(session, manager, budget_round, RoundTerms(**smaller), clock.now)
    assert verdict == refused(Refusal.POT_EMPTY, over_cents=1)
    done(change_round(session, manager, budget_round, RoundTerms(**smaller | {"pot_cents": 100_01}), clock.now))


def test_the_money_is_awarded_after_the_phases_before_it_were_closed(session: Session, clock: TurnableClock) -> None:
    """And before the besluit, so that the phase for that can be closed afterwards."""
    budget_round = a_fund(session)
    done(admit(session, budget_round.traject, 60_00))
    verdict = award(session, budget_round)
    assert verdict == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    traject = budget_round.traject
    clock.turn_to(traject.phases[1].ends_at + timedelta(days=1))
    reject_the_rest_and_close(session, traject)
    done(award(session, budget_round))
    manager = a_wijkmanager(session).actor()
    clock.turn_to(traject.phases[2].ends_at + timedelta(days=1))
    early = close_phase(session, manager, traject.phases[2], clock.now)
    assert isinstance(early, Refused)
    assert early.code is Refusal.DUTY_OPEN
    done(publish(session, manager, budget_round, clock.now))
    done(close_phase(session, manager, traject.phases[2], clock.now))


def test_money_is_awarded_once_by_its_wijkmanager_with_plans(session: Session, clock: TurnableClock) -> None:
    empty = with_plans(session, clock)
    assert award(session, empty) == refused(Refusal.NO_PLANS)
    clock.turn_to(clock.now - timedelta(days=7))
    budget_round = with_plans(session, clock, 60_00)
    college = an_account(session, role=Role.COLLEGE).actor()
    verdict = award_money(session, college, budget_round, clock.now)
    assert verdict == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")
    done(award(session, budget_round))
    assert award(session, budget_round) == refused(Refusal.ALREADY_COUNTED)
    late = admit_idea(
        session, a_wijkmanager(session).actor(), an_idea(session, budget_round.traject), "", "Mooi.",
        budget_round.traject.phases[1].starts_at, ALL_USED,
    )  # fmt: skip
    assert late == refused(Refusal.ROUND_NOT_DRAFT)


def test_where_residents_vote_nothing_is_awarded(session: Session) -> None:
    assert award(session, a_round(session)) == refused(Refusal.NO_AWARD_HERE)


@pytest.mark.parametrize("awarded", [False, True])
def test_nothing_of_a_vote_can_be_done_where_money_is_awarded(
    session: Session, clock: TurnableClock, awarded: bool
) -> None:
    budget_round = with_plans(session, clock, 60_00)
    if awarded:
        done(award(session, budget_round))
    manager, now = a_wijkmanager(session).actor(), clock.now
    assert [
        issue_codes(session, manager, budget_round, 5, "brieven", SECRET_KEY, now),
        open_vote(session, manager, budget_round, now),
        count_round(session, manager, budget_round, now),
        restart_vote(session, manager, budget_round, "Zomaar.", now),
    ] == [refused(Refusal.NO_VOTE_HERE)] * 4
    assert session.scalars(select(VoterRoll)).all() == []
