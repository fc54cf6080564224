"""Leeuwarden DOEN!: plans of residents, no money for organising, and residents choose (seed 000 from 1555)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.advice import AdviceText, publish_advice
from participatie.actions.duties import extend_duty
from participatie.actions.ideas import IdeaText, Resident, enter_idea, withdraw_idea
from participatie.actions.phases import close_traject
from participatie.actions.reporting import publish_report
from participatie.actions.votes import cast_ballot
from participatie.actions.wijkbudget import add_milestone, count_round, finish_milestone, open_vote, pay
from participatie.models.accounts import account_by_email
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan, Round, milestones, plan_result
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import IdeaStatus, Party, Proposer, Test
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import a_gemeente, an_account, codes, done
from tests.factories.ledger import account_made
from tests.factories.panel_work import an_answer
from tests.factories.panels import a_panel, seated
from tests.scenarios.places import DAY, Place


@pytest.fixture
def doen(session: Session, clock: TurnableClock) -> Place:
    """DOEN!, of which collecting begins today."""
    return Place(session, clock, "leeuwarden-doen")


def test_f5_a_plan_from_the_kitchen_of_professionals_is_not_tabled(doen: Place) -> None:
    """Fixture F5 of seed 000 (1571): not by themselves, and not by a helper for a resident."""
    verdict = doen.table(proposer=Proposer.PROFESSIONAL, organisation="Stichting Welzijn")
    assert verdict == refused(Refusal.NOT_FROM_RESIDENTS)
    text = IdeaText("Coach", "Wij sturen een coach.", "", "nl", Proposer.PROFESSIONAL, "Stichting Welzijn")
    helper, buurt = an_account(doen.session, role=Role.HELPER), a_gemeente(doen.session).buurten[0]
    resident = Resident("bewoner@voorbeeld.example", "Bewoner", consents=True)
    entered = enter_idea(doen.session, helper, resident, doen.traject, buurt, text, doen.clock.now)
    assert entered == refused(Refusal.NOT_FROM_RESIDENTS)
    assert doen.session.scalars(select(Idea)).all() == []


def test_f5_who_hides_a_firm_behind_a_resident_is_stopped_later(doen: Place) -> None:
    """Plans that are not plainly an initiative of residents are not carried out (1575)."""
    doen.round(100_000)
    idea = doen.idea()
    done(doen.tested(idea, 1_000, outcomes={Test.INITIATIVE: False}))
    assert doen.admit(idea) == refused(Refusal.NOT_FROM_RESIDENTS)


def test_f5_money_for_organising_stops_a_plan_to_the_cent(doen: Place) -> None:
    """Fixture F5 (1583); a plan of residents, of any size, goes on (1563)."""
    doen.round(100_000)
    office, plain = doen.idea(overhead_cents=1), doen.idea(proposer=Proposer.RESIDENTS, organisation="Buurtclub")
    for idea in (office, plain):
        done(doen.tested(idea, 0.01 if idea is plain else 1_000))
    assert doen.admit(office) == refused(Refusal.OVERHEAD)
    assert isinstance(doen.admit(plain), Plan)


def test_f5_what_is_heard_in_the_cafe_stays_of_the_resident(doen: Place) -> None:
    """Fixture F5, Café DOEN (1591): entered by a helper, withdrawn by its owner alone."""
    session, now, buurt = doen.session, doen.clock.now, a_gemeente(doen.session).buurten[0]
    helper = an_account(session, role=Role.HELPER)
    text = IdeaText("Een kookspektakel", "Met de hele straat koken.", "Wij koken.", "nl")

    def heard(*, consents: bool) -> object:
        resident = Resident("mevrouw@voorbeeld.example", "Mevrouw", consents=consents)
        return enter_idea(session, helper, resident, doen.traject, buurt, text, now)

    assert heard(consents=False) == refused(Refusal.CONSENT_MISSING)
    idea = heard(consents=True)
    session.commit()
    assert isinstance(idea, Idea)
    owner = session.scalars(account_by_email("mevrouw@voorbeeld.example")).one()
    assert (idea.author_id, idea.entered_by_id) == (owner.id, helper.id)
    assert withdraw_idea(session, helper, idea, now) == refused(Refusal.NOT_THE_AUTHOR)
    assert done(withdraw_idea(session, owner, idea, now)).status is IdeaStatus.WITHDRAWN


def test_f5_a_plan_of_residents_goes_to_the_adviesplatform_which_binds_nobody(doen: Place) -> None:
    """Fixture F5 (1575, 1599): it advises on the money, is answered in public, and the plan goes on as it was."""
    doen.round(100_000)
    plain = doen.idea(proposer=Proposer.RESIDENTS, organisation="Buurtclub")
    panel = a_panel(doen.session, traject=doen.traject)
    seated(doen.session, panel)
    text = AdviceText("Geef de Buurtclub eerst 500 euro.", "Wij lazen het plan samen.")
    advice = done(publish_advice(doen.session, doen.manager.actor(), panel, text, doen.clock.now))
    doen.session.commit()
    assert doen.duty(Duty.ADVICE).state is DutyState.DUE, "the gemeente owes it an answer"
    answer = an_answer(doen.session, advice, AdviceUse.NOT_FOLLOWED)
    assert (answer.not_taken_over, answer.deviation_ground) == ("De bank is te duur.", None)
    assert doen.duty(Duty.ADVICE).state is DutyState.KEPT
    done(doen.tested(plain, 1_000))
    assert isinstance(doen.admit(plain), Plan)


def voted(doen: Place) -> tuple[Round, Plan]:
    """A plan and its round, with everything tried too early on the way to the count."""
    session, manager = doen.session, doen.manager.actor()
    budget_round = doen.round(100_000)
    [code] = codes(session, budget_round, 1)
    idea = doen.idea()
    assert doen.admit(idea) == refused(Refusal.COST_MISSING), "no choice before its costs are known"
    done(doen.tested(idea, 2_000))
    plan = doen.admit(idea)
    assert isinstance(plan, Plan)
    doen.turn_to(PhaseKind.ASSESS)
    early = open_vote(session, manager, budget_round, doen.clock.now)
    assert early == refused(Refusal.WRONG_PHASE, phases=PhaseKind.VOTE)
    doen.turn_to(PhaseKind.VOTE)
    unclosed = open_vote(session, manager, budget_round, doen.clock.now)
    assert unclosed == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    assert carried_out(doen, plan) == [refused(Refusal.NOT_COUNTED)] * 2, "residents did not choose yet"
    doen.close_before(PhaseKind.VOTE)
    done(open_vote(session, manager, budget_round, doen.clock.now))
    done(cast_ballot(session, budget_round, code.selector, [plan.number], doen.clock.now))
    assert doen.award(budget_round) == refused(Refusal.NO_AWARD_HERE), "the gemeente does not choose"
    assert count_round(session, manager, budget_round, doen.clock.now) == refused(Refusal.VOTE_STILL_OPEN)
    doen.turn_after(PhaseKind.VOTE)
    assert doen.decide(budget_round) == refused(Refusal.NOT_COUNTED)
    done(count_round(session, manager, budget_round, doen.clock.now))
    session.commit()
    return budget_round, plan


def carried_out(doen: Place, plan: Plan) -> list[object]:
    """Try to promise a step and to pay."""
    manager, now = doen.manager.actor(), doen.clock.now
    return [
        add_milestone(doen.session, manager, plan, "Bollen planten", now.date(), now),
        pay(doen.session, manager, plan, 1_00, now.date(), "Bollen", now),
    ]


def test_f6_nothing_is_carried_out_before_the_frame_the_costs_and_the_choice(doen: Place) -> None:
    """Fixture F6 of seed 000 (1125, a to i)."""
    budget_round, plan = voted(doen)
    assert carried_out(doen, plan) == [refused(Refusal.NOT_COUNTED)] * 2, "and no besluit yet"
    wayward = doen.decide(budget_round, deviates=True)
    assert wayward == refused(Refusal.DEVIATION_WITHOUT_GROUND), "the choice is final"
    done(doen.decide(budget_round))
    assert all(carried_out(doen, plan))


def test_f6_a_delay_is_told_and_the_end_is_public(doen: Place) -> None:
    """Fixture F6 (1603, 1613): on delay residents hear of it, and what was made is told with its makers."""
    session, manager = doen.session, doen.manager.actor()
    budget_round, plan = voted(doen)
    assert plan.idea is not None
    done(doen.decide(budget_round))
    for kind in (PhaseKind.VOTE, PhaseKind.DECIDE):
        doen.turn_after(kind)
        done(doen.close(kind))
    done(doen.join(doen.manager, plan.idea, Party.GEMEENTE))
    done(doen.join(plan.idea.author, plan.idea))
    now = doen.turn_after(PhaseKind.EXECUTE)
    done(doen.close(PhaseKind.EXECUTE))
    done(publish_report(session, manager, doen.traject, "De bollen.", "Het parkeren.", "", now))
    undone = close_traject(session, manager, doen.traject, now)
    assert undone == refused(Refusal.DUTY_OPEN, duty=Duty.CARRY_OUT, count=1)
    later = now + 60 * DAY
    done(extend_duty(session, manager, doen.traject, Duty.CARRY_OUT, later, "Het vroor te lang.", now))
    session.commit()
    assert plan.idea.author.email in doen.mailed("announcement")
    done(carried_out(doen, plan)[0])
    session.commit()
    [step] = session.scalars(milestones(plan.id)).all()
    done(finish_milestone(session, manager, plan, step, now.date(), "Feest met de hele straat.", now))
    assert doen.duty(Duty.CARRY_OUT).state is DutyState.DUE, "what was made is not told yet"
    account_made(session, manager, plan)
    result = session.scalars(plan_result(plan.id)).one()
    assert (result.makers, result.done_on) == (["Fatma"], now.date())
    assert doen.duty(Duty.CARRY_OUT).state is DutyState.KEPT
    assert done(close_traject(session, manager, doen.traject, now)).status is TrajectStatus.CLOSED
