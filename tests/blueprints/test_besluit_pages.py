"""Besluiten as readers, printers and programs get them: filters, versions word for word, PDF, Atom, JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Role
from tests.databases import counting_queries
from tests.factories import a_gemeente, a_traject, an_account, an_idea, now_of
from tests.factories.besluiten import a_besluit
from tests.page import text_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

PUBLISH = "Publiceer het besluit"


@pytest.fixture
def idea(session: Session) -> Idea:
    """An idea that got its answer."""
    idea = an_idea(session, title="Een boom")
    idea.status, idea.answered_at = IdeaStatus.ADMITTED, now_of(session)
    session.commit()
    return idea


def test_from_the_answer_to_a_corrected_besluit(
    manager: Visitor, visitor: Visitor, session: Session, idea: Idea, visit_as: Callable[[Account], Visitor]
) -> None:
    visit_as(an_account(session, role=Role.RAAD)).get(f"/ideeen/{idea.id}/besluit", 403)
    manager.get(f"/ideeen/{idea.id}")
    manager.click("Schrijf het besluit")
    page = manager.submit(PUBLISH, motivation="Er komt een boom.", status=400)
    assert "Kies wat de gemeente besluit" in page.text
    manager.submit(
        PUBLISH, outcome="ja", motivation="Er komt een <b>boom</b> in mei.", legal_ground="Gemeentewet, artikel 160",
        objection="kan niet", no_objection="De gemeente doet dit als eigenaar van de grond.",
    )  # fmt: skip
    page = manager.follow()
    assert "Gemeentewet, artikel 160" in page.text
    assert "eigenaar van de grond" in page.text
    manager.click("Verbeter dit besluit")
    manager.submit("Publiceer de nieuwe versie", motivation="Er komt een boom in juni.", status=400)
    manager.submit("Publiceer de nieuwe versie", motivation="Er komt een boom in juni.", reason="Mei lukt niet.")
    manager.follow()
    besluit = session.scalars(select(Besluit)).one()
    visitor.get(f"/ideeen/{idea.id}")
    assert "Mei lukt niet." in visitor.click("Lees het besluit").text
    page = visitor.get(f"/besluiten/{besluit.id}/versies/2")
    assert [text_of(mark) for mark in page.all("del")] == ["weg: <b>boom</b>", "weg: mei."]
    assert [text_of(mark) for mark in page.all("ins")] == ["nieuw: boom", "nieuw: juni."]
    old = visitor.get(f"/besluiten/{besluit.id}/versies/1")
    assert "Zij geldt niet meer" in old.text
    assert "in mei" in old.text
    visitor.get(f"/besluiten/{besluit.id}/versies/3", 404)
    visitor.get(f"/besluiten/{besluit.id}/versies/1.json")
    assert visitor.response is not None
    assert sha256(visitor.response.get_data()).hexdigest() == besluit.versions[0].sha256


def test_a_besluit_about_a_traject_stands_on_its_page(manager: Visitor, visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    manager.get(f"/trajecten/{traject.slug}")
    manager.click("Schrijf een besluit over dit traject")
    manager.submit(PUBLISH, title="Wij gaan door", outcome="deels", motivation="Het is goed zo.")
    manager.follow()
    visitor.get(f"/trajecten/{traject.slug}")
    assert "Dit gaat voor een deel door" in visitor.click("Wij gaan door").text
    assert "Wij gaan door" in visitor.get(f"/trajecten/{traject.slug}/feed").text


@pytest.mark.parametrize("locale", ["uk", "ar"])
def test_the_paper_says_what_the_page_says(visitor: Visitor, session: Session, idea: Idea, locale: str) -> None:
    besluit = a_besluit(session, idea, motivation="Eerst dit.\n\n1. **een** boom\n2. twee banken\n" + "Meer.\n" * 60)
    response = visitor.client.get(f"/besluiten/{besluit.id}.pdf?taal={locale}")
    document = PdfDocument(response.get_data())
    said = " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")
    assert len(document) > 1
    missing = [part for part in ("Eerst dit.", "1. een boom", "2. twee banken", besluit.title) if part not in said]
    assert not missing
    assert besluit.latest().sha256 in said.replace(" ", "")
    assert any("\u0600" <= sign <= "\u06ff" or "\ufe70" <= sign <= "\ufefc" for sign in said) is (locale == "ar")


def test_programs_get_every_version(visitor: Visitor, session: Session, idea: Idea) -> None:
    besluit = a_besluit(session, idea, title="=1+1")
    [found] = json.loads(visitor.client.get("/besluiten.json").text)["besluiten"]
    [version] = found["versions"]
    assert (found["id"], found["outcome"], found["idea"]) == (besluit.id, "ja", idea.id)
    assert sha256(version["content"].encode()).hexdigest() == version["sha256"]
    [row] = csv.DictReader(io.StringIO(visitor.client.get("/besluiten.csv").text))
    assert (row["titel"], row["sha256"], row["adres"]) == ("'=1+1", version["sha256"], found["url"])
    here, elsewhere = (wijk.id for wijk in a_gemeente(session).wijken[:2])
    for place, titles in ((here, ["=1+1"]), (elsewhere, [])):
        feed = ET.fromstring(visitor.client.get(f"/besluiten/feed?wijk={place}").text)  # noqa: S314 - our own
        assert [each.findtext("{*}title") for each in feed.iterfind("{*}entry")] == titles
    assert visitor.client.get("/besluiten/feed?wijk=x").status_code == 404
    links = visitor.get("/besluiten").all("link", rel="alternate")
    assert {link.get("type") for link in links} == {"application/atom+xml", "application/json"}


def test_the_list_is_narrowed_by_place_kind_and_deviation_at_the_same_cost(
    visitor: Visitor, session: Session, idea: Idea, engine: Engine
) -> None:
    a_besluit(session, idea, title="Over een idee")
    a_besluit(session, idea.traject, title="Over alles")

    def cost() -> int:
        with counting_queries(engine) as queries:
            visitor.get("/besluiten?taal=nl")
        return len(queries)

    cost()
    before = cost()
    elsewhere = a_gemeente(session).wijken[1]
    others = a_traject(session, area=elsewhere), a_traject(session, area=elsewhere)
    for number in range(12):
        a_besluit(session, others[number % 2], title=f"Verderop {number}")
    assert cost() == before
    for query, total in (
        ("soort=idee", 1), (f"wijk={elsewhere.id}", 12), (f"wijk={idea.traject.area_id}&soort=traject", 1),
        ("afwijkend=y", 0),
    ):  # fmt: skip
        assert len(visitor.get(f"/besluiten?{query}").all("div", class_="utrecht-card")) == total, query
    visitor.get("/besluiten?soort=onzin", 404)
    visitor.get("/besluiten?wijk=99999999", 404)
