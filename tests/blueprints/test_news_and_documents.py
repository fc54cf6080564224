"""What residents read of a traject that runs: news, and the documents in which phases end."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.models.announcements import Announcement, Product
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import Announced
from tests.actions.years import a_year, here
from tests.actions.years import manager as manager_of
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_traject, done, now_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_news_is_read_by_everybody(manager: Visitor, visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    assert "Er is nog geen nieuws." in visitor.get(here(traject, "nieuws")).text
    manager.get(here(traject, "nieuws-geven"))
    assert "Vul dit in." in manager.submit("Publiceer het nieuws", text=" ", status=400).text
    manager.submit("Publiceer het nieuws", text="De eerste **boom** staat.\n\n<script>alert(1)</script>")
    assert "De eerste boom staat." in manager.follow().text
    page = visitor.get(here(traject, "nieuws"))
    assert "De eerste boom staat." in page.text
    assert "<script>alert" not in page.html
    feed = visitor.get(here(traject, "feed")).text
    assert "De eerste **boom** staat." in feed


def test_a_document_from_draft_to_adopted(
    manager: Visitor, visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    """Fixture D1 of seed 004, in the browser."""
    traject = a_year(session, PhaseKind.PROGRAMME)
    read = here(traject, "stukken/1")
    visitor.get(read, 404)
    manager.get(here(traject, "fasen/1/stuk"))
    manager.submit("Publiceer het concept", title="Programma 2027", text="Eerst de **bomen**.<script>")
    assert "Het concept is gepubliceerd" in manager.follow().text
    page = visitor.get(read)
    for said in (
        "Programma 2027",
        "concept",
        "Dat kan tot 18 mei 2026 12:00",
        "Reageer met een idee",
        "Eerst de bomen.",
    ):
        assert said in page.text, said
    manager.get(here(traject, "fasen/1/stuk"))
    page = manager.submit("Stel het stuk vast", status=403)
    assert "Bewoners kunnen tot 18-05-2026 reageren" in page.text
    clock.forward(days=14)
    manager.get(here(traject, "fasen/1/stuk"))
    manager.submit("Stel het stuk vast")
    assert "vastgesteld" in manager.follow().text
    page = visitor.get(read)
    assert "Vastgesteld op 18 mei 2026." in page.text
    assert "U kunt reageren" not in page.text
    assert session.scalars(select(Product)).one().text == "Eerst de **bomen**.<script>"


def test_a_document_without_text_keeps_its_title(manager: Visitor, session: Session) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    manager.get(here(traject, "fasen/1/stuk"))
    page = manager.submit("Publiceer het concept", title="Programma 2027", status=400)
    assert page.all("input", name="title")[0].get("value") == "Programma 2027"


@pytest.mark.parametrize("kind", Announced)
def test_everything_that_is_told_has_its_words(visitor: Visitor, session: Session, kind: Announced) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    facts = {
        Announced.LEVEL: {"phase": 1, "before": "meedoen", "after": "meeweten"},
        Announced.LONGER: {"phase": 1, "until": "2026-05-31T22:00:00+00:00"},
        Announced.DUTY: {"duty": "ideeën beantwoorden", "until": "2026-05-31T22:00:00+00:00"},
        Announced.BALANCE: {"act": "een panel loten"},
        Announced.RESTART: {"round": "wijkbudget", "opening": 1},
        Announced.REVOKED: {"round": "wijkbudget", "codes": 20},
    }.get(kind, {"phase": 1})
    words = {
        Announced.LEVEL: "Het niveau was meedoen en is nu meeweten.",
        Announced.LONGER: "De fase duurt nu tot en met 31 mei 2026.",
        Announced.DUTY: "Elk idee beantwoorden: uiterlijk op 31 mei 2026.",
        Announced.BALANCE: "Dit doen we: we loten een panel.",
        Announced.PHASE_CLOSED: "Fase 1: het programma maken.",
        Announced.PRODUCT: "Fase 1: het programma maken.",
        Announced.PRODUCT_DRAFT: "Lees het stuk",
        Announced.REPORT: "Lees het eindverslag",
        Announced.RESTART: "De stemmen tot nu toe tellen niet meer.",
        Announced.REVOKED: "Dit gaat om 20 stemcodes.",
    }.get(kind, "Zo staat het er.")
    session.add(
        Announcement(traject_id=traject.id, kind=kind, text="Zo staat het er.", facts=facts, at=now_of(session))
    )
    traject.touch()
    page = visitor.get(here(traject, "nieuws"))
    assert words in page.text
    assert "Zo staat het er." in page.text
    assert "Zo staat het er." in visitor.get(here(traject, "feed")).text


def test_much_news_costs_no_more_and_comes_in_pages(
    manager: Visitor, visitor: Visitor, session: Session, engine: Engine
) -> None:
    traject = a_traject(session)
    done(publish_news(session, manager_of(session), traject, "Nieuws 0.", now_of(session)))
    session.commit()
    asked = {visitor: ("nieuws?taal=nl", "feed"), manager: ("voortgang", "nieuws")}

    def costs() -> list[int]:
        found = []
        for who, pages in asked.items():
            for page in pages:
                who.get(here(traject, page))
                with counting_queries(engine) as queries:
                    who.get(here(traject, page))
                found.append(len(queries))
        return found

    before = costs()
    for number in range(1, 40):
        done(publish_news(session, manager_of(session), traject, f"Nieuws {number}.", now_of(session)))
    session.commit()
    assert costs() == before
    assert "Nieuws 39." in visitor.get(here(traject, "nieuws")).text
    assert "Nieuws 0." in visitor.get(here(traject, "nieuws?pagina=2")).text
