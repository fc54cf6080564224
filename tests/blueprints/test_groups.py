"""Taking part in an idea, and setting one of its tests aside, through their pages."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.groups import propose_override
from participatie.models.accounts import Account
from participatie.models.groups import Override, Participant
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import IdeaStatus, Party, Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import a_resident, a_traject, a_wijkmanager, an_account, an_idea, done, now_of, phases_around
from tests.visitor import Visitor

SUPPORTED = RuleSet(
    name="proef", weights={Test.SUPPORT: Weight.HARD, Test.FITS_THE_PLAN: Weight.HARD}, support_needed=25
)
GROUP = RuleSet(name="almelo", weights={Test.PROJECT_GROUP: Weight.HARD}, group_needed=3)
WHY = "De straat telt maar tien huizen."


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """Fatima, who lives in the first buurt."""
    return visit_as(a_resident(session, name="Fatima el Idrissi"))


def open_to_joining(session: Session, rules: RuleSet = SUPPORTED) -> Idea:
    phases = [
        replace(phase, level=Level.MEEDOEN) if phase.kind is PhaseKind.COLLECT else phase
        for phase in phases_around(now_of(session), PhaseKind.COLLECT)
    ]
    return an_idea(session, a_traject(session, rules=rules, phases=phases))


def proposed(session: Session) -> Idea:
    """An idea with too little support, of which an assessor proposed to set that aside."""
    idea = an_idea(session, a_traject(session, rules=SUPPORTED))
    assessor = an_account(session, role=Role.ASSESSOR).actor()
    done(propose_override(session, assessor, idea, Test.SUPPORT, WHY, now_of(session)))
    session.commit()
    return idea


def test_a_neighbour_joins_and_everybody_sees_a_first_name_and_what_they_bring(
    resident: Visitor, visitor: Visitor, session: Session
) -> None:
    idea = open_to_joining(session, GROUP)
    assert "Er doet nog niemand mee." in visitor.get(f"/ideeen/{idea.id}").text
    assert "Log in om mee te doen" in visitor.get(f"/ideeen/{idea.id}").text
    resident.get(f"/ideeen/{idea.id}")
    resident.click("Ik doe mee")
    resident.submit("Doe mee", offer="Een aanhanger.")
    assert "U doet mee." in resident.follow().text
    assert "U doet al mee met dit idee." in resident.get(f"/ideeen/{idea.id}").text
    text = visitor.get(f"/ideeen/{idea.id}").text
    for said in ("1 bewoner doet mee.", "Fatima", "Een aanhanger.", "1 van de 3 die nodig zijn"):
        assert said in text
    assert "Idrissi" not in text
    assert "Fatima" not in visitor.get(f"/ideeen/{an_idea(session).id}").text


def test_an_organisation_is_shown_by_name_and_a_nameless_neighbour_as_a_number(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea = open_to_joining(session)
    nameless, member = visit_as(a_resident(session, name="")), visit_as(a_resident(session, name="Quirijn de Wit"))
    nameless.get(f"/ideeen/{idea.id}/meedoen")
    nameless.submit("Doe mee")
    member.get(f"/ideeen/{idea.id}/meedoen")
    page = member.submit("Doe mee", party="organisatie", offer="Zand.", status=400)
    assert "Vul de naam van de organisatie in." in page.text
    assert "Zand." in page.text
    member.submit("Doe mee", party="organisatie", organisation="De speeltuinclub", offer="Zand.")
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "1 bewoner doet mee." in text
    assert "Organisatie: De speeltuinclub" in text
    assert "Quirijn" not in text
    assert {each.party for each in session.scalars(select(Participant))} == {Party.RESIDENT, Party.ORGANISATION}


@pytest.mark.parametrize("fields", [{"party": "gemeente"}, {"party": "iedereen"}, {"offer": "x" * 2001}])
def test_nobody_joins_as_what_they_are_not(resident: Visitor, session: Session, fields: dict[str, str]) -> None:
    idea = open_to_joining(session)
    resident.get(f"/ideeen/{idea.id}/meedoen")
    resident.submit("Doe mee", **fields, status=400)
    resident.get(f"/ideeen/{idea.id}/namens-de-gemeente", 403)
    assert session.scalars(select(Participant)).all() == []


def test_joining_twice_and_an_idea_that_is_gone_are_told_so(resident: Visitor, session: Session) -> None:
    idea, gone = open_to_joining(session), open_to_joining(session)
    resident.get(f"/ideeen/{idea.id}/meedoen")
    assert resident.page is not None
    again = resident.page.form("Doe mee").filled({})
    resident.send(again)
    assert "U doet al mee met dit idee." in resident.send(again, 403).text
    assert "U doet al mee met dit idee." in resident.get(f"/ideeen/{idea.id}/meedoen", 403).text
    gone.status = IdeaStatus.WITHDRAWN
    assert "Dit kan dus niet meer." in resident.get(f"/ideeen/{gone.id}/meedoen", 403).text
    resident.get("/ideeen/99999999/meedoen", 404)


def test_below_meedoen_no_page_offers_to_join(resident: Visitor, session: Session) -> None:
    idea = an_idea(session)
    assert "Ik doe mee" not in resident.get(f"/ideeen/{idea.id}").text
    assert "minstens meedoen nodig" in resident.get(f"/ideeen/{idea.id}/meedoen", 403).text


def test_an_official_stands_beside_it_for_the_gemeente(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea, manager = open_to_joining(session), visit_as(a_wijkmanager(session))
    manager.get(f"/ideeen/{idea.id}")
    manager.click("Doe mee namens de gemeente")
    manager.submit("Doe mee namens de gemeente", offer=" ", status=400)
    manager.submit("Doe mee namens de gemeente", offer="Wij regelen de vergunning.")
    page = manager.follow()
    assert "Doe mee namens de gemeente" not in page.text
    assert "U doet al mee" in manager.get(f"/ideeen/{idea.id}/namens-de-gemeente", 403).text
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "Iemand van de gemeente doet mee." in text
    assert "Wij regelen de vergunning." in text


def test_two_people_set_a_test_aside_in_public(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    """Fixture F17 of seed 003: not final until the second (311)."""
    idea = an_idea(session, a_traject(session, rules=SUPPORTED))
    first, second = visit_as(somebody(session, Role.ASSESSOR)), visit_as(somebody(session, Role.WIJKMANAGER))
    first.get(f"/ideeen/{idea.id}")
    page = first.click("Wijk af van een toets")
    assert [field.get("value") for field in page.all("input", name="voorstel-test")] == ["draagvlak"]
    page = first.submit("Stel voor om af te wijken", **{"voorstel-reason": WHY}, status=400)
    assert WHY in page.text
    first.submit("Stel voor om af te wijken", **{"voorstel-test": "draagvlak", "voorstel-reason": WHY})
    first.follow()
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "wacht op een tweede persoon" in text
    assert WHY in text
    own = first.get(f"/ideeen/{idea.id}/afwijken")
    assert "Geef uw mening" not in own.text
    second.get(f"/ideeen/{idea.id}/afwijken")
    second.submit("Geef uw mening", **{"support-agrees": "yes", "support-reason": "Tien van tien."})
    text = visitor.get(f"/ideeen/{idea.id}").text
    for said in ("toegestaan door twee mensen", "Tien van tien.", "van afgeweken"):
        assert said in text


def test_a_third_settles_it_and_the_first_two_cannot(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea = proposed(session)
    second, third = visit_as(somebody(session, Role.WIJKMANAGER)), visit_as(somebody(session, Role.COLLEGE))
    second.get(f"/ideeen/{idea.id}/afwijken")
    assert second.page is not None
    again = second.page.form("Geef uw mening").filled({"support-agrees": "no", "support-reason": "Te weinig mensen."})
    second.send(again)
    assert "wacht op een derde persoon" in visitor.get(f"/ideeen/{idea.id}").text
    page = second.send(again, 403)
    assert "Iemand anders moet nu meebeslissen." in page.text
    assert "Te weinig mensen." in page.text
    third.get(f"/ideeen/{idea.id}/afwijken")
    third.submit("Geef uw mening", **{"support-agrees": "no", "support-reason": "De regel is er niet voor niets."})
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "niet toegestaan" in text
    assert "De regel is er niet voor niets." in text
    late = visit_as(somebody(session, Role.COLLEGE))
    late.get(f"/ideeen/{idea.id}/afwijken")
    page = late.post(
        f"/ideeen/{idea.id}/afwijken", {"stap": "support", "support-agrees": "yes", "support-reason": "Toch."}, 403
    )
    assert "Over deze toets is al beslist" in page.text
    assert "Toch." in page.text


def test_a_proposal_that_came_too_late_keeps_its_reason(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    idea = proposed(session)
    late = visit_as(somebody(session, Role.ASSESSOR))
    late.get(f"/ideeen/{idea.id}/afwijken")
    sent = {"stap": "voorstel", "voorstel-test": "draagvlak", "voorstel-reason": "Ik vind dat ook."}
    page = late.post(f"/ideeen/{idea.id}/afwijken", sent, 403)
    assert "of er ligt al een voorstel" in page.text
    assert "Ik vind dat ook." in page.text
    assert len(session.scalars(select(Override)).all()) == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"stap": "onzin"}, {"stap": "voorstel"}, {"stap": "voorstel", "voorstel-test": "onzin", "voorstel-reason": "x"},
     {"stap": "voorstel", "voorstel-test": "uitvoerbaar", "voorstel-reason": "x"}, {"stap": "support", "support-reason": "x"},
     {"stap": "support", "support-agrees": "yes", "support-reason": "  "}, {"stap": "support", "support-agrees": "misschien"},
     {"stap": "feasible", "feasible-agrees": "yes", "feasible-reason": "x"}],
)  # fmt: skip
def test_what_was_not_asked_changes_nothing(
    visit_as: Callable[[Account], Visitor], session: Session, sent: dict[str, str]
) -> None:
    idea = proposed(session)
    official = visit_as(somebody(session, Role.COLLEGE))
    official.get(f"/ideeen/{idea.id}/afwijken")
    official.post(f"/ideeen/{idea.id}/afwijken", sent, 400)
    override = session.scalars(select(Override)).one()
    assert override.second_id is None


def test_an_official_does_not_set_aside_for_an_own_idea(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    official = somebody(session, Role.ASSESSOR)
    idea = an_idea(session, a_traject(session, rules=SUPPORTED), author=official)
    visitor = visit_as(official)
    text = visitor.get(f"/ideeen/{idea.id}").text
    assert "Wijk af van een toets" not in text
    assert "Toets dit idee" not in text
    assert "Laat een collega erover beslissen." in visitor.get(f"/ideeen/{idea.id}/afwijken", 403).text


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.HELPER, Role.RAAD])
def test_others_are_not_offered_to_set_aside(
    visit_as: Callable[[Account], Visitor], session: Session, role: Role | None
) -> None:
    idea = proposed(session)
    visitor = visit_as(somebody(session, role))
    assert "Wijk af van een toets" not in visitor.get(f"/ideeen/{idea.id}").text
    visitor.get(f"/ideeen/{idea.id}/afwijken", 403)


def test_after_the_time_to_admit_nothing_is_set_aside(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    idea = proposed(session)
    clock.turn_to(next(phase for phase in idea.traject.phases if phase.kind is PhaseKind.VOTE).starts_at)
    official = visit_as(somebody(session, Role.COLLEGE))
    assert "Dit kan alleen in deze fase" in official.get(f"/ideeen/{idea.id}/afwijken", 403).text
