"""The work list: each role sees what waits for it, most urgent first."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.actions.groups import propose_override
from participatie.actions.ideas import assess_idea
from participatie.models.accounts import Account
from participatie.spelregels.ideas import Test
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import a_full_world, a_published_round
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    a_gemeente,
    a_login,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ideas,
    now_of,
)
from tests.visitor import Visitor

VisitAs = Callable[[Account], Visitor]


def work_of(visit_as: VisitAs, session: Session, role: Role) -> Visitor:
    """Somebody with that role in the whole gemeente, at their work."""
    visitor = visit_as(an_account(session, role=role))
    visitor.get("/werk")
    return visitor


def text(visitor: Visitor) -> str:
    """The text of the page."""
    assert visitor.page is not None
    return visitor.page.text


def test_answers_come_in_the_order_in_which_they_are_due(
    visit_as: VisitAs, session: Session, clock: TurnableClock
) -> None:
    slow, quick = a_traject(session, answer_days=60), a_traject(session, answer_days=10)
    an_idea(session, slow, title="Mag wachten")
    an_idea(session, quick, title="Heeft haast")
    said = text(work_of(visit_as, session, Role.WIJKMANAGER))
    assert said.index("Heeft haast") < said.index("Mag wachten")
    assert "uiterlijk op 14 mei 2026, nog 10 dagen" in said
    clock.forward(days=10)
    assert "vandaag beantwoorden" in text(work_of(visit_as, session, Role.WIJKMANAGER))
    clock.forward(days=1)
    said = text(work_of(visit_as, session, Role.WIJKMANAGER))
    assert "moest op 14 mei 2026 beantwoord zijn" in said
    assert said.index("Nog niet beantwoord, oudste eerst") < said.index("Te laat")


def test_a_long_list_has_a_page_of_its_own(visit_as: VisitAs, session: Session) -> None:
    ideas(session, a_traject(session), 45)
    manager = work_of(visit_as, session, Role.WIJKMANAGER)
    page = manager.click("Bekijk alle 45")
    assert page.h1 == "Nog niet beantwoord, oudste eerst"
    first = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("/ideeen/")]
    page = manager.click("Volgende")
    rest = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("/ideeen/")]
    assert (len(first), len(rest), len({*first, *rest})) == (30, 15, 45)
    manager.get("/werk?rol=moderator&lijst=nieuw", 404)
    manager.get("/werk?rol=wijkmanager&lijst=alles", 404)


def test_rounds_say_what_to_do_now(visit_as: VisitAs, session: Session, clock: TurnableClock) -> None:
    a_round(session, opened=False, title="Nog openen")
    over = a_round(session, title="Nog tellen")
    assert "Nog openen Wijkbudget Molenkwartier Nu te doen: open de stemming." in text(
        work_of(visit_as, session, Role.WIJKMANAGER)
    )
    clock.turn_to(over.clock().closes_at)
    said = text(work_of(visit_as, session, Role.WIJKMANAGER))
    assert "Nog tellen Wijkbudget Molenkwartier Nu te doen: tel de stemmen." in said
    assert "Fasen om af te sluiten" in said


def test_an_assessor_sees_what_was_not_tested_yet(visit_as: VisitAs, session: Session) -> None:
    traject = a_traject(session, phase=PhaseKind.ASSESS)
    tested, waiting = an_idea(session, traject, title="Getoetst"), an_idea(session, traject, title="Wacht")
    an_idea(session, a_traject(session, phase=PhaseKind.VOTE), title="Te laat om te toetsen")
    assessor = an_account(session, role=Role.ASSESSOR)
    judged = (Test.PUBLIC_INTEREST, Test.FITS_THE_PLAN, Test.NO_LASTING_COST, Test.FEASIBLE)
    results = {test: (test is not Test.FEASIBLE, "Zo is het.") for test in judged}
    assess_idea(session, assessor.actor(), tested, results, 1_000, now_of(session))
    assess_idea(session, assessor.actor(), waiting, {Test.FEASIBLE: (True, "")}, 1_000, now_of(session))
    propose_override(session, assessor.actor(), tested, Test.FEASIBLE, "Het kan wel.", now_of(session))
    session.commit()
    said = text(visit := work_of(visit_as, session, Role.ASSESSOR))
    before, after = said.split("Voorstellen om van een toets af te wijken")
    assert "Wacht" in before
    assert "Getoetst" not in before
    assert "Te laat om te toetsen" not in said
    assert "wacht op een tweede persoon" in after
    assert visit.click("Getoetst").h1
    assert "Getoetst" in text(work_of(visit_as, session, Role.COLLEGE))
    own = visit_as(assessor)
    own.get("/werk")
    assert "Voorstellen om" not in text(own), "nobody seconds themselves"


def test_helpers_beheerders_and_the_council_see_their_own(
    visit_as: VisitAs, session: Session, clock: TurnableClock
) -> None:
    an_idea(session, a_traject(session, title="Nu invoeren"))
    a_traject(session, title="Niet meer", phase=PhaseKind.VOTE)
    said = text(work_of(visit_as, session, Role.HELPER))
    assert "Nu invoeren" in said
    assert "Niet meer" not in said
    said = text(work_of(visit_as, session, Role.BEHEERDER))
    assert "Er zijn nog geen postcodes" in said
    assert "Van 2 wijken is niet bekend wie er woont" in said
    assert "Niemand heeft de rol: gemeenteraad." in said
    assert "Niemand heeft de rol: wijkmanager." not in said
    clock.forward(days=60)
    said = text(work_of(visit_as, session, Role.RAAD))
    assert "Nu invoeren Elk idee beantwoorden moest op" in said


def test_whoever_has_nothing_to_do_reads_so(visit_as: VisitAs, session: Session) -> None:
    a_gemeente(session)
    assert "Er wacht nu niets op u" in text(work_of(visit_as, session, Role.COLLEGE))


def test_the_list_costs_the_same_however_much_waits(visit_as: VisitAs, session: Session, engine: Engine) -> None:
    a_full_world(session)
    people = {
        role: visit_as(an_account(session, role=role)) for role in (Role.WIJKMANAGER, Role.MODERATOR, Role.ASSESSOR)
    }

    def costs() -> dict[Role, int]:
        found = {}
        for role, visitor in people.items():
            with counting_queries(engine) as queries:
                visitor.get("/werk")
            found[role] = len(queries)
        return found

    before = costs()
    for _ in range(3):
        ideas(session, a_traject(session), 30)
        a_round(session, opened=False)
    assert costs() == before


@pytest.mark.parametrize(("role", "lands"), [(Role.MODERATOR, "/werk"), (None, "/mijn")])
def test_staff_land_at_their_work(visit_as: VisitAs, session: Session, role: Role | None, lands: str) -> None:
    somebody = an_account(session, role=role, area=a_gemeente(session).buurten[0])
    assert a_login(session, somebody)
    visitor = visit_as(somebody)
    visitor.get("/inloggen", 302)
    assert visitor.response is not None
    assert visitor.response.headers["Location"] == lands
    visitor.get("/mijn/gegevens")
    visitor.submit("Opslaan")
    assert visitor.response.headers["Location"] == lands


def test_the_log_speaks_in_words_and_leads_to_what_it_is_about(visit_as: VisitAs, session: Session) -> None:
    world = a_full_world(session)
    secret = a_traject(session, opened=False, title="Nog geheim")
    council = visit_as(an_account(session, role=Role.RAAD))
    page = council.get("/logboek")
    assert "een besluit publiceren" in page.text
    assert "een idee dat niet openbaar is" in page.text
    assert world.hidden_idea.title not in page.text
    assert secret.title not in page.text
    for raw in ("role_grant", "code_batch", "milestone", "payment", "announcement"):
        assert raw not in page.text, raw
    links = {link.get("href") or "" for cell in page.all("td") for link in cell.iter("a")}
    assert f"/ideeen/{world.idea.id}" in links
    one_of_each = {re.sub(r"[a-z]+-[0-9]+|[0-9]+", "", href): href for href in sorted(links)}
    for href in one_of_each.values():
        council.get(href)


def test_a_step_of_a_plan_that_is_late_leads_to_where_it_is_recorded(
    visit_as: VisitAs, session: Session, clock: TurnableClock
) -> None:
    a_published_round(session)
    assert "Planten" not in text(work_of(visit_as, session, Role.WIJKMANAGER))
    clock.forward(days=150)
    manager = work_of(visit_as, session, Role.WIJKMANAGER)
    assert "Stappen van plannen die te laat zijn" in text(manager)
    assert "Zet op klaar" in manager.click("Planten").text


def test_a_resident_does_not_come_here(visit_as: VisitAs, session: Session) -> None:
    a_wijkmanager(session)
    visit_as(a_resident(session)).get("/werk", 403)
