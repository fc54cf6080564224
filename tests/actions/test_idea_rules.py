"""Ideas under the rules of their traject, replayed with the numbers of the seeds."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.groups import join_idea
from participatie.actions.ideas import IdeaText, admit_idea, assess_idea, submit_idea
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan
from participatie.spelregels.ideas import (
    EVIDENCE,
    FAILED,
    ZWOLLE_WEIGHTS,
    Evidence,
    IdeaStatus,
    Party,
    Proposer,
    Test,
    Weight,
)
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.factories import (
    ALL_USED,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    phases_around,
    support,
)

ZWOLLE = RuleSet(name="zwolle", support_needed=25, weights={**ZWOLLE_WEIGHTS, Test.THIRD_PARTY_MONEY: Weight.HARD})
SEVEN = tuple(test for test in ZWOLLE_WEIGHTS if test is not Test.FEASIBLE)
ALMELO = RuleSet(
    name="almelo",
    weights={Test.PROJECT_GROUP: Weight.HARD},
    group_needed=1,
    division=Division.AWARD,
    pot_cents=20_000_000,
)
HEERLEN = RuleSet(
    name="heerlen",
    weights={Test.THREE_PARTIES: Weight.HARD, Test.IN_TIME: Weight.HARD},
    ready_before=date(2026, 12, 31),
    division=Division.AWARD,
)
GELUK = RuleSet(
    name="geluksbudget", weights={}, once_per_household=True, division=Division.AWARD, plan_cap_cents=75_000
)
DOEN = RuleSet(name="doen", weights={Test.INITIATIVE: Weight.HARD, Test.NO_OVERHEAD: Weight.HARD})
DELFT = RuleSet(name="delft", weights={Test.PUBLIC_INTEREST: Weight.HARD}, division=Division.NONE)


def assessor(session: Session) -> Actor:
    return an_account(session, role=Role.ASSESSOR).actor()


def manager(session: Session) -> Actor:
    return a_wijkmanager(session).actor()


def without_vote(session: Session, level: Level = Level.MEEDOEN) -> list[PhaseFacts]:
    """The usual phases of which collecting runs, without a vote."""
    phases = phases_around(session.info["clock"](), PhaseKind.COLLECT)
    return [replace(phase, level=level) for phase in phases if phase.kind is not PhaseKind.VOTE]


def awarding(session: Session, rules: RuleSet, pot_cents: int = 20_000_000) -> Idea:
    """An idea in a traject that awards money, with its round."""
    traject = a_traject(session, rules=rules, phases=without_vote(session))
    a_round(session, traject=traject, plans=[], opened=False, pot=pot_cents)
    return an_idea(session, traject)


def admit(session: Session, idea: Idea, clock: TurnableClock) -> Plan | Idea | Refused:
    return admit_idea(session, manager(session), idea, "", "Ja.", clock.now, ALL_USED)


@pytest.mark.parametrize("failing", [None, *SEVEN])
def test_each_of_the_seven_tests_alone_stops_an_idea(
    session: Session, clock: TurnableClock, failing: Test | None
) -> None:
    """Fixture Z1 of seed 004, through the actions."""
    traject = a_traject(session, rules=ZWOLLE)
    a_round(session, traject=traject, plans=[], opened=False)
    declared = {"third_party": "" if failing is Test.THIRD_PARTY_MONEY else "Het Oranje Fonds geeft 500 euro."}
    own = "" if failing is Test.OWN_CONTRIBUTION else "Wij planten."
    idea = an_idea(session, traject, own_contribution=own, **declared)
    support(session, idea, 24 if failing is Test.SUPPORT else 25)
    assessed = {test: (True, "") for test in ZWOLLE_WEIGHTS if EVIDENCE[test] is Evidence.ASSESSED}
    if failing is not None and failing not in (Test.SUPPORT, Test.OWN_CONTRIBUTION, Test.THIRD_PARTY_MONEY):
        assessed[failing] = (False, "Nee, want zo is het niet.")
    done(assess_idea(session, assessor(session), idea, assessed, 450_000, clock.now))
    outcome = admit(session, idea, clock)
    if failing is None:
        assert isinstance(outcome, Plan)
    else:
        assert isinstance(outcome, Refused)
        assert outcome.code is FAILED[failing]
        assert idea.status is IdeaStatus.PUBLISHED


def test_the_interest_of_one_person_does_not_reach_the_agenda(session: Session, clock: TurnableClock) -> None:
    """Fixture D2 of seed 004: Delft, where an idea serves a group (624)."""
    traject = a_traject(session, rules=DELFT, phases=without_vote(session))
    own, ours = an_idea(session, traject, title="Mijn schutting"), an_idea(session, traject, title="Onze speeltuin")
    actor = assessor(session)
    done(assess_idea(session, actor, own, {Test.PUBLIC_INTEREST: (False, "Dit helpt één tuin.")}, None, clock.now))
    done(assess_idea(session, actor, ours, {Test.PUBLIC_INTEREST: (True, "")}, None, clock.now))
    assert admit(session, own, clock) == refused(Refusal.ONE_PERSONS_INTEREST)
    done(admit(session, ours, clock))
    assert ours.status is IdeaStatus.ADMITTED
    assert session.scalars(select(Plan)).all() == [], "where there is no money there is no plan with a price"


def test_a_household_gets_its_budget_once_and_no_more_than_the_budget(session: Session, clock: TurnableClock) -> None:
    """Fixture F3 of seed 000: 750 euros, once for each household (722)."""
    traject = a_traject(session, rules=GELUK, phases=without_vote(session))
    a_round(session, traject=traject, plans=[], opened=False)
    buurt = a_gemeente(session).buurten[0]

    def ask(household: str | None) -> Idea | Refused:
        text = IdeaText("Een fiets", "Om naar mijn werk te gaan.", "", "nl", household=household)
        return submit_idea(session, a_resident(session), traject, buurt, text, clock.now)

    first = done(ask("huis-1"))
    assert ask("huis-1") == refused(Refusal.HOUSEHOLD_HAD_ONE)
    assert ask(None) == refused(Refusal.HOUSEHOLD_MISSING)
    done(ask("huis-2"))
    session.commit()
    over = assess_idea(session, assessor(session), first, {}, 75_001, clock.now)
    assert over == refused(Refusal.OVER_PLAN_CAP, over_cents=1, cap_cents=75_000)
    done(assess_idea(session, assessor(session), first, {}, 75_000, clock.now))
    done(admit(session, first, clock))


def test_a_household_may_ask_again_after_taking_it_back(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, rules=GELUK, phases=without_vote(session))
    first = an_idea(session, traject, household="huis-1")
    first.status = IdeaStatus.WITHDRAWN
    session.commit()
    assert an_idea(session, traject, household="huis-1").id != first.id
    other = a_traject(session, rules=GELUK, phases=without_vote(session))
    assert an_idea(session, other, household="huis-1").household_key == "huis-1"


def test_where_households_are_not_counted_none_is_kept(session: Session) -> None:
    idea = an_idea(session, household="huis-1")
    assert idea.household_key is None


def test_without_a_project_group_nobody_carries_it_out(session: Session, clock: TurnableClock) -> None:
    """Fixture F4 of seed 000: Almelo's wijkfonds of 200,000 euros (734-738)."""
    idea = awarding(session, ALMELO)
    done(assess_idea(session, assessor(session), idea, {}, 20_000_000, clock.now))
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "Ik help.", clock.now))
    assert admit(session, idea, clock) == refused(Refusal.NO_PROJECT_GROUP, count=0, needed_count=1)
    done(join_idea(session, idea.author, idea, Party.RESIDENT, "", "Ik voer het uit.", clock.now))
    done(admit(session, idea, clock))
    session.commit()
    second = an_idea(session, idea.traject)
    done(assess_idea(session, assessor(session), second, {}, 1, clock.now))
    done(join_idea(session, second.author, second, Party.RESIDENT, "", "", clock.now))
    assert admit(session, second, clock) == refused(Refusal.POT_EMPTY, over_cents=1)


def test_professionals_do_not_table_and_overhead_is_not_paid(session: Session, clock: TurnableClock) -> None:
    """Fixture F5 of seed 000: DOEN (1571-1583)."""
    traject, buurt = a_traject(session, rules=DOEN), a_gemeente(session).buurten[0]
    a_round(session, traject=traject, plans=[], opened=False)
    text = IdeaText("Buurtcoach", "Wij sturen een coach.", "", "nl", Proposer.PROFESSIONAL, "Bureau Groen")
    verdict = submit_idea(session, a_resident(session), traject, buurt, text, clock.now)
    assert verdict == refused(Refusal.NOT_FROM_RESIDENTS)
    assert session.scalars(select(Idea)).all() == []
    with_office = an_idea(session, traject, overhead_cents=50_000)
    plain = an_idea(session, traject, proposer=Proposer.RESIDENTS, organisation="Wij van de Wiek")
    for idea in (with_office, plain):
        done(assess_idea(session, assessor(session), idea, {}, 200_000, clock.now))
    assert admit(session, with_office, clock) == refused(Refusal.OVERHEAD)
    done(admit(session, plain, clock))


def test_a_resident_who_proves_to_be_a_professional_is_stopped_later(session: Session, clock: TurnableClock) -> None:
    """What is declared is believed until an assessor contradicts it."""
    traject = a_traject(session, rules=DOEN)
    a_round(session, traject=traject, plans=[], opened=False)
    idea = an_idea(session, traject)
    untrue = {Test.INITIATIVE: (False, "De indiener werkt voor het bureau dat dit verkoopt.")}
    done(assess_idea(session, assessor(session), idea, untrue, 1, clock.now))
    assert admit(session, idea, clock) == refused(Refusal.NOT_FROM_RESIDENTS)


def test_three_parties_carry_it_and_before_the_end_of_the_year(session: Session, clock: TurnableClock) -> None:
    """Fixture F7 of seed 000: Heerlen's driehoek, feasible before 31 December (1077, 1095)."""
    idea = awarding(session, HEERLEN)
    actor = assessor(session)
    done(join_idea(session, idea.author, idea, Party.RESIDENT, "", "", clock.now))
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "", clock.now))
    done(assess_idea(session, actor, idea, {}, 100_000, clock.now))
    assert admit(session, idea, clock) == refused(Refusal.TESTS_INCOMPLETE, test=Test.IN_TIME)
    done(assess_idea(session, actor, idea, {}, None, clock.now, date(2027, 1, 1)))
    assert admit(session, idea, clock) == refused(Refusal.PARTY_MISSING, parties=Party.ORGANISATION)
    done(join_idea(session, a_resident(session), idea, Party.ORGANISATION, "De speeltuinclub", "Zand.", clock.now))
    assert admit(session, idea, clock) == refused(Refusal.NOT_IN_TIME, until="31-12-2026")
    done(assess_idea(session, actor, idea, {}, None, clock.now, date(2026, 12, 31)))
    done(admit(session, idea, clock))
    assert idea.cost_cents == 100_000
