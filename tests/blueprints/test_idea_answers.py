"""Testing and answering ideas under the rules of their traject, through the pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Assessment, Idea
from participatie.models.wijkbudget import Plan
from participatie.spelregels.ideas import EVIDENCE, ZWOLLE_WEIGHTS, Evidence, IdeaStatus, Test, Weight
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import a_round, a_traject, a_wijkmanager, an_idea, now_of, phases_around, support
from tests.visitor import Visitor

ZWOLLE = RuleSet(name="zwolle", support_needed=25, weights={**ZWOLLE_WEIGHTS, Test.THIRD_PARTY_MONEY: Weight.HARD})
TO_JUDGE = tuple(test for test in ZWOLLE_WEIGHTS if EVIDENCE[test] is not Evidence.COUNTED)
#: Fixture Z1: what the wijkmanager reads when this test alone fails.
SAID = {
    Test.INITIATIVE: "Dit idee komt niet van bewoners.",
    Test.SUPPORT: "Het idee heeft 24 keer steun. Er is 25 keer steun nodig.",
    Test.PUBLIC_INTEREST: "Het moet goed zijn voor de buurt.",
    Test.OWN_CONTRIBUTION: "Schrijf op wat zij doen: tijd, spullen of geld.",
    Test.FITS_THE_PLAN: "Het idee past niet bij het plan voor de wijk.",
    Test.THIRD_PARTY_MONEY: "Er is nog geen geld van anderen gevraagd.",
    Test.NO_LASTING_COST: "Het wijkbudget betaalt één keer.",
}
DECLARES = RuleSet(
    name="proef",
    weights=dict.fromkeys((Test.OWN_CONTRIBUTION, Test.WITH_OTHERS, Test.SUPPORT, Test.IN_TIME), Weight.HARD),
    support_needed=2,
    ready_before=date(2026, 12, 31),
    plan_cap_cents=75_000,
)


@pytest.fixture
def assessor(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """An assessor of the first wijk."""
    return visit_as(somebody(session, Role.ASSESSOR))


def without_vote(session: Session, rules: RuleSet, **of_round: Any) -> Idea:
    phases = [phase for phase in phases_around(now_of(session), PhaseKind.COLLECT) if phase.kind is not PhaseKind.VOTE]
    traject = a_traject(session, rules=rules, phases=phases)
    if of_round:
        a_round(session, traject=traject, plans=[], opened=False, **of_round)
    return an_idea(session, traject)


@pytest.mark.parametrize("failing", list(SAID))
def test_each_of_the_seven_tests_stops_an_idea_in_its_own_words(
    assessor: Visitor, manager: Visitor, session: Session, failing: Test
) -> None:
    """Fixture Z1 of seed 004."""
    traject = a_traject(session, rules=ZWOLLE)
    a_round(session, traject=traject, plans=[], opened=False)
    idea = an_idea(session, traject, third_party="Het fonds gaf 500 euro.")
    support(session, idea, 24 if failing is Test.SUPPORT else 25)
    judged = {f"outcome_{test.name.lower()}": "yes" for test in TO_JUDGE}
    if failing is not Test.SUPPORT:
        key = failing.name.lower()
        judged |= {f"outcome_{key}": "no", f"reason_{key}": "Zo is het niet."}
    assessor.get(f"/ideeen/{idea.id}/toetsen")
    assessor.submit("Sla de toetsing op", cost="1250", **judged)
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    page = manager.submit("Publiceer het antwoord", decision="admit", answer="Mooi plan.", used="Alles.", status=403)
    assert SAID[failing] in page.text
    assert not [said for test, said in SAID.items() if test is not failing and said in page.text]
    assert "Mooi plan." in page.text
    assert session.scalars(select(Plan)).all() == []


def test_every_test_shows_its_weight_its_evidence_and_its_outcome(
    assessor: Visitor, visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session, a_traject(session, rules=replace(ZWOLLE, weights=ZWOLLE_WEIGHTS)))
    text = visitor.get(f"/ideeen/{idea.id}").text
    for said in (
        "Hoe zwaar: moet.", "Hoe zwaar: telt mee, maar houdt niets tegen.", "Waar het vandaan komt: dit telt de computer.",
        "Waar het vandaan komt: dit zegt de indiener.", "Waar het vandaan komt: dit beoordeelt de gemeente.",
        "nog niet getoetst", "0 van de 25 die nodig zijn",
    ):  # fmt: skip
        assert said in text
    assert "Er is een projectgroep" not in text, "what is not asked is not shown"
    before = text.count("dit zegt de indiener")
    assessor.get(f"/ideeen/{idea.id}/toetsen")
    assessor.submit("Sla de toetsing op", outcome_own_contribution="no", reason_own_contribution="Niemand weet ervan.")
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert text.count("dit zegt de indiener") == before - 1, "an assessor looked at it"
    assert "Niemand weet ervan." in text


def test_what_is_counted_is_not_judged_and_what_is_declared_is_checked(assessor: Visitor, session: Session) -> None:
    idea = an_idea(session, a_traject(session, rules=DECLARES), own_contribution="Wij schilderen.", partner="De school")
    page = assessor.get(f"/ideeen/{idea.id}/toetsen")
    names = page.form("Sla de toetsing op").names
    assert {name for name in names if name.startswith("outcome_")} == {
        "outcome_own_contribution",
        "outcome_with_others",
    }
    for said in ("Wij schilderen.", "De school", "Ja, dat klopt", "Nee, dat klopt niet", "Nog niet nagekeken"):
        assert said in page.text
    assessor.submit("Sla de toetsing op", outcome_own_contribution="yes", outcome_with_others="no",
                    reason_with_others="De school weet van niets.", ready_on="2026-12-31")  # fmt: skip
    found = {row.test: row.passed for row in session.scalars(select(Assessment))}
    assert found == {Test.OWN_CONTRIBUTION: True, Test.WITH_OTHERS: False}
    assert idea.ready_on == date(2026, 12, 31)
    assert idea.outcomes()[Test.WITH_OTHERS] is False


def test_a_day_is_only_asked_where_it_must_be_in_time_and_a_cost_where_there_is_money(
    assessor: Visitor, session: Session
) -> None:
    idea = without_vote(session, RuleSet(name="toronto", weights={Test.FEASIBLE: Weight.HARD}, division=Division.NONE))
    names = assessor.get(f"/ideeen/{idea.id}/toetsen").form("Sla de toetsing op").names
    assert names == {"outcome_feasible", "reason_feasible", "csrf_token"}
    timed = an_idea(session, a_traject(session, rules=DECLARES))
    page = assessor.get(f"/ideeen/{timed.id}/toetsen")
    assert "uiterlijk klaar zijn op 31 december 2026" in page.text
    page = assessor.submit("Sla de toetsing op", ready_on="31-31-2026", status=400)
    assert page.all("input", name="ready_on")[0].get("value") == "31-31-2026"


def test_a_cost_above_what_one_plan_may_ask_is_refused_in_words(assessor: Visitor, session: Session) -> None:
    """Geluksbudget: 750 euros (seed 000:722, fixture F3)."""
    idea = an_idea(session, a_traject(session, rules=DECLARES))
    assert "Eén plan krijgt hoogstens" in assessor.get(f"/ideeen/{idea.id}/toetsen").text
    page = assessor.submit("Sla de toetsing op", cost="750,01", status=400)
    assert "Dit kost € 0,01 te veel. Eén plan krijgt hoogstens € 750." in page.text.replace("\xa0", " ")
    assert page.all("input", name="cost")[0].get("value") == "750,01"
    assessor.submit("Sla de toetsing op", cost="750")
    assert idea.cost_cents == 75_000


def test_where_there_is_no_money_an_idea_is_admitted_without_round_or_cost(manager: Visitor, session: Session) -> None:
    idea = without_vote(session, RuleSet(name="toronto", weights={}, division=Division.NONE))
    page = manager.get(f"/ideeen/{idea.id}/antwoorden")
    assert "Bij dit traject hoort geen geld." in page.text
    assert "category" not in page.form("Publiceer het antwoord").names
    manager.submit("Publiceer het antwoord", decision="admit", answer="Doen!", used="Alles.")
    manager.follow()
    assert idea.status is IdeaStatus.ADMITTED
    assert session.scalars(select(Plan)).all() == []


def test_where_money_is_awarded_the_pot_says_no_when_it_is_empty(
    assessor: Visitor, manager: Visitor, visitor: Visitor, session: Session
) -> None:
    """Almelo's fund (seed 000:734, fixture F4)."""
    rules = RuleSet(name="fonds", weights={}, division=Division.AWARD)
    first = without_vote(session, rules, pot=200_000_00)
    second = an_idea(session, first.traject)
    for idea in (first, second):
        assessor.get(f"/ideeen/{idea.id}/toetsen")
        assessor.submit("Sla de toetsing op", cost="150.000")
    assert "nog € 200.000 over" in manager.get(f"/ideeen/{first.id}/antwoorden").text.replace("\xa0", " ")
    manager.submit("Publiceer het antwoord", decision="admit", answer="Ja.", used="Alles.")
    assert "De gemeente kent er geld aan toe." in visitor.get(f"/ideeen/{first.id}").text
    assert "nog € 50.000 over" in manager.get(f"/ideeen/{second.id}/antwoorden").text.replace("\xa0", " ")
    page = manager.submit("Publiceer het antwoord", decision="admit", answer="Ook ja.", used="Alles.", status=403)
    assert "Er is niet genoeg geld meer: € 100.000 te weinig." in page.text.replace("\xa0", " ")


def test_after_the_phase_only_turning_down_is_left_and_the_form_says_so(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    idea = an_idea(session)
    voting_from = next(phase for phase in idea.traject.phases if phase.kind is PhaseKind.VOTE).starts_at
    clock.turn_to(voting_from - timedelta(minutes=1))
    manager = visit_as(a_wijkmanager(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    assert manager.page is not None
    before = manager.page.form("Publiceer het antwoord").filled({"decision": "admit", "answer": "Ja, graag."})
    clock.turn_to(voting_from)
    page = manager.send(before, 400)
    assert "Toelaten kan nu niet." in page.text
    assert "Ja, graag." in page.text
    page = manager.get(f"/ideeen/{idea.id}")
    page = manager.click("Beantwoord dit idee")
    assert [field.get("value") for field in page.all("input", name="decision")] == ["reject"]
    manager.submit(
        "Publiceer het antwoord", answer="Wij waren te laat. Het spijt ons.", route="Dien het in bij het fonds."
    )
    assert "Het spijt ons." in manager.follow().text
    assert idea.status is IdeaStatus.NOT_ADMITTED
