"""Laying something before the city, and its answer, as residents and the college see it."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.announcements import Dispute
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import Role
from participatie.spelregels.trajecten import TrajectStatus
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_resident, a_traject
from tests.visitor import Visitor

VisitAs = Callable[[Account], Visitor]
TEXT = "Er is één avond geweest, en die viel in de vakantie."
ANSWER, NEXT = "U hebt gelijk.", "**Op 2 juni** is er nog een avond."


def lay(neighbour: Visitor, traject: Traject, kind: str = "geschil", text: str = TEXT) -> None:
    """Lay something before the city through the pages."""
    neighbour.get(f"/trajecten/{traject.slug}/geschillen")
    neighbour.click("Leg iets voor")
    neighbour.submit("Leg dit voor", kind=kind, text=text)
    neighbour.follow()


def the_dispute(session: Session) -> Dispute:
    return session.scalars(select(Dispute)).one()


@pytest.fixture
def traject(session: Session) -> Traject:
    return a_traject(session)


@pytest.fixture
def college(visit_as: VisitAs, session: Session) -> Visitor:
    return visit_as(somebody(session, Role.COLLEGE))


@pytest.mark.parametrize(
    ("kind", "said"), [("geschil", "niet eens met hoe het gaat"), ("uitdaging", "beter of goedkoper")]
)
def test_r1_everybody_reads_what_was_laid_before_whom_and_until_when(
    visitor: Visitor, visit_as: VisitAs, session: Session, traject: Traject, kind: str, said: str
) -> None:
    """Fixtures R1 of seed 004 and F16 of seed 000: a name, a clock, and no name of the resident."""
    resident = a_resident(session, name="Fatma Yıldız")
    assert "nog niets voorgelegd" in visitor.get(f"/trajecten/{traject.slug}/geschillen").text
    lay(visit_as(resident), traject, kind)
    text = visitor.get(f"/trajecten/{traject.slug}/geschillen").text
    for part in (said, TEXT, "een bewoner", "wethouder De Boer", "4 mei 2026", "15 juni 2026", "wacht op antwoord"):
        assert part in text
    assert "Fatma" not in text
    assert resident.email not in text


def test_the_answer_stands_beside_it_for_everybody(
    visitor: Visitor, visit_as: VisitAs, college: Visitor, session: Session, traject: Traject
) -> None:
    lay(visit_as(a_resident(session)), traject)
    visitor.get(f"/trajecten/{traject.slug}/geschillen")
    college.get("/werk")
    college.click(f"geschil of uitdaging: {traject.title}")
    college.submit("Publiceer het antwoord", answer=ANSWER, follow_up=NEXT)
    assert "Uw antwoord staat online" in college.follow().text
    page = visitor.get(f"/trajecten/{traject.slug}/geschillen")
    assert "Op 2 juni is er nog een avond." in page.text
    assert "beantwoord" in page.text
    assert "Geef antwoord" not in page.text
    assert "geschil of uitdaging:" not in college.get("/werk").text


def test_what_is_late_says_so_for_ever(
    visitor: Visitor, visit_as: VisitAs, college: Visitor, session: Session, traject: Traject, clock: TurnableClock
) -> None:
    lay(visit_as(a_resident(session)), traject)
    clock.forward(days=43)
    address = f"/trajecten/{traject.slug}/geschillen"
    assert "te laat" in visitor.get(address).text
    late = visit_as(somebody(session, Role.COLLEGE))  # everybody was logged out by the time
    assert "moest op 15 juni 2026 beantwoord zijn" in late.get("/werk").text
    late.get(f"{address}/{the_dispute(session).id}/antwoord")
    late.submit("Publiceer het antwoord", answer=ANSWER, follow_up=NEXT)
    clock.forward(minutes=1)
    assert "beantwoord, maar te laat" in visitor.get(address).text


def test_nothing_typed_is_lost(visit_as: VisitAs, college: Visitor, session: Session, traject: Traject) -> None:
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/trajecten/{traject.slug}/geschillen/voorleggen")
    assert TEXT in neighbour.submit("Leg dit voor", text=TEXT, status=400).text
    assert "Vul dit in" in neighbour.submit("Leg dit voor", kind="geschil", text=" ", status=400).text
    neighbour.submit("Leg dit voor", kind="klacht", text=TEXT, status=400)
    assert session.scalars(select(Dispute)).all() == []
    lay(neighbour, traject)
    college.get(f"/trajecten/{traject.slug}/geschillen/{the_dispute(session).id}/antwoord")
    page = college.submit("Publiceer het antwoord", answer=ANSWER, follow_up=" ", status=400)
    assert "Wat gebeurt er nu? – Vul dit in" in page.text
    assert ANSWER in page.text
    page = college.submit("Publiceer het antwoord", answer=" ", follow_up=NEXT, status=400)
    assert "Uw antwoord, met uw redenen – Vul dit in" in page.text
    assert NEXT in page.text
    assert the_dispute(session).answered_at is None


def test_answering_twice_is_refused_and_keeps_what_was_typed(
    visit_as: VisitAs, college: Visitor, session: Session, traject: Traject
) -> None:
    lay(visit_as(a_resident(session)), traject)
    address = f"/trajecten/{traject.slug}/geschillen/{the_dispute(session).id}/antwoord"
    college.get(address)
    assert college.page is not None
    second = college.page.form("Publiceer het antwoord").filled({"answer": "Nee, toch niet.", "follow_up": "Niets."})
    college.submit("Publiceer het antwoord", answer=ANSWER, follow_up=NEXT)
    page = college.send(second, 403)
    assert "al geantwoord" in page.text
    assert "Nee, toch niet." in page.text
    assert "al geantwoord" in college.get(address, 403).text
    assert the_dispute(session).answer.startswith("U hebt gelijk")


def test_a_visitor_is_asked_to_log_in(visitor: Visitor, traject: Traject) -> None:
    visitor.get(f"/trajecten/{traject.slug}/geschillen")
    assert "Inloggen" in visitor.click("Log in om iets voor te leggen").text
    visitor.get(f"/trajecten/{traject.slug}/geschillen/voorleggen", 302)


def test_who_lives_elsewhere_reads_but_does_not_raise(visit_as: VisitAs, session: Session, traject: Traject) -> None:
    stranger = visit_as(somebody(session, elsewhere=True))
    assert "Leg iets voor" not in stranger.get(f"/trajecten/{traject.slug}/geschillen").text
    stranger.get(f"/trajecten/{traject.slug}/geschillen/voorleggen", 403)


def test_after_the_end_nothing_more_is_laid_before_anybody(
    visitor: Visitor, visit_as: VisitAs, session: Session, traject: Traject
) -> None:
    neighbour = visit_as(a_resident(session))
    neighbour.get(f"/trajecten/{traject.slug}/geschillen/voorleggen")
    assert neighbour.page is not None
    filled = neighbour.page.form("Leg dit voor").filled({"kind": "geschil", "text": TEXT})
    traject.status = TrajectStatus.CLOSED
    traject.touch()
    session.commit()
    assert "niet open" in neighbour.send(filled, 403).text
    assert "Leg iets voor" not in neighbour.get(f"/trajecten/{traject.slug}/geschillen").text
    assert "Log in" not in visitor.get(f"/trajecten/{traject.slug}/geschillen").h1


def test_a_dispute_has_one_address(visit_as: VisitAs, college: Visitor, session: Session, traject: Traject) -> None:
    """Abuse case 35: under another traject, or a number that is not there, there is nothing."""
    lay(visit_as(a_resident(session)), traject)
    other = a_traject(session)
    college.get(f"/trajecten/{other.slug}/geschillen/{the_dispute(session).id}/antwoord", 404)
    college.get(f"/trajecten/{traject.slug}/geschillen/99999999/antwoord", 404)
    draft = a_traject(session, opened=False)
    college.get(f"/trajecten/{draft.slug}/geschillen", 404)


def test_what_somebody_typed_is_only_text(
    visit_as: VisitAs, college: Visitor, session: Session, traject: Traject
) -> None:
    nasty = '<script>alert(1)</script> {{7*7}} <b onclick="x()">'
    neighbour = visit_as(a_resident(session))
    neighbour.quotes = college.quotes = ("{{7*7}}",)
    lay(neighbour, traject, text=nasty)
    assert nasty in college.get(f"/trajecten/{traject.slug}/geschillen").text


def test_many_disputes_cost_as_many_queries_as_two(
    visitor: Visitor, visit_as: VisitAs, college: Visitor, session: Session, engine: Engine, traject: Traject
) -> None:
    def cost(who: Visitor, address: str) -> int:
        who.get(address)
        with counting_queries(engine) as queries:
            who.get(address)
        return len(queries)

    neighbour = visit_as(a_resident(session))
    asked = [(visitor, f"/trajecten/{traject.slug}/geschillen?taal=nl"), (college, "/werk")]
    lay(neighbour, traject)
    lay(neighbour, a_traject(session))
    before = [cost(*each) for each in asked]
    for _ in range(6):
        lay(visit_as(a_resident(session)), traject)
    assert [cost(*each) for each in asked] == before
