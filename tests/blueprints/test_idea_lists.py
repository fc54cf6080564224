"""Lists of ideas: by lot over all pages, looked through, and narrowed by links."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.models.trajecten import Traject
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_gemeente, a_traject, an_idea, ideas
from tests.page import text_of
from tests.visitor import Visitor

DUTCH = {"Accept-Language": "nl"}
LONE = "\U0001f333"


def listed(traject: Traject, query: str = "") -> str:
    """The address of a list."""
    return f"/trajecten/{traject.slug}/ideeen{query}"


def titles(visitor: Visitor) -> list[str]:
    """The titles of the cards on the page."""
    assert visitor.page is not None
    return [text_of(link) for link in visitor.page.all("a", class_="pp-card__link")]


def test_a_lot_shows_every_idea_once_over_all_pages(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    ideas(session, traject, 65)
    visitor.get(listed(traject))
    found = titles(visitor)
    for _page in range(2):
        visitor.click("Volgende")
        found += titles(visitor)
    assert len(found) == len(set(found)) == 65
    assert "volgorde=" in (visitor.page.url if visitor.page else "")
    shared = visitor.page.url if visitor.page else ""
    again = titles(visitor)
    visitor.get(shared)
    assert titles(visitor) == again, "whoever gets the address sees the same page"


def test_visitors_get_different_lots_and_an_address_one(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    ideas(session, traject, 40)
    orders = set()
    for _visit in range(6):
        visitor.get(listed(traject))
        orders.add(tuple(titles(visitor)))
    assert len(orders) > 1
    first = visitor.get(listed(traject, "?volgorde=abcdef")).html
    assert visitor.get(listed(traject, "?volgorde=abcdef")).html == first


def test_pages_of_this_hour_are_kept_and_those_of_a_made_up_lot_are_not(
    client: FlaskClient, session: Session, clock: TurnableClock, engine: Engine
) -> None:
    traject = a_traject(session)
    an_idea(session, traject)
    client.get(listed(traject), headers=DUTCH)
    pages = client.application.extensions["participatie.pages"]
    assert len(pages) == 1
    client.get(listed(traject, "?volgorde=aaaaaa"), headers=DUTCH)
    client.get(listed(traject, "?zoek=boom"), headers=DUTCH)
    assert len(pages) == 1
    for _visit in range(60):
        client.get(listed(traject), headers=DUTCH)
    assert len(pages) <= 16, "no more than there are lots in an hour"
    clock.forward(minutes=1)
    with counting_queries(engine) as queries:
        client.get(listed(traject, "?volgorde=nieuwste"), headers=DUTCH)
    assert len(queries) <= 10


def test_the_reader_chooses_another_order(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    ideas(session, traject, 9)
    visitor.get(listed(traject))
    visitor.click("Meeste steun eerst")
    counts = [int(title.split("(")[1].rstrip(")")) % 7 for title in titles(visitor)]
    assert counts == sorted(counts, reverse=True)
    visitor.click("Nieuwste eerst")
    assert [title.split("(")[1] for title in titles(visitor)] == [f"{place})" for place in range(9, 0, -1)]
    assert "De volgorde is geloot" in visitor.click("Willekeurig").text


@pytest.mark.parametrize(
    "words", ["CAFE", "café", "Cafe zonne", "zonne café", "lodz", "ŁÓDŹ", "istanbul", "100%", "a_b", "привіт"]
)
def test_words_are_found_without_capitals_and_accents(visitor: Visitor, session: Session, words: str) -> None:
    traject = a_traject(session)
    an_idea(session, traject, title="Een café op de zonnekade", body="Zoals in Łódź en İstanbul: 100% a_b. Привіт!")
    an_idea(session, traject, title="Iets anders", body="Dat heeft 1000 tekens, axb.")
    visitor.get(listed(traject))
    visitor.submit("Zoek", zoek=words)
    assert titles(visitor) == ["Een café op de zonnekade"]
    assert visitor.page is not None
    assert "1 idee gevonden" in visitor.page.text
    visitor.click("Haal alle filters weg")
    assert len(titles(visitor)) == 2


@pytest.mark.parametrize("words", ["x" * 300, "%", "'; --", "<script>", LONE, "\x00 boom"])
def test_whatever_is_looked_for_gives_a_page(visitor: Visitor, session: Session, words: str) -> None:
    traject = a_traject(session)
    an_idea(session, traject)
    visitor.get(listed(traject, f"?zoek={quote(words)}"))


def test_filters_are_links_that_show_and_can_be_taken_off(visitor: Visitor, session: Session) -> None:
    traject, places = a_traject(session), a_gemeente(session)
    an_idea(session, traject, title="Bankjes", lang="tr")
    an_idea(session, traject, title="Bomen", area=places.buurten[1])
    visitor.get(listed(traject))
    visitor.click("Meelbuurt")
    assert titles(visitor) == ["Bomen"]
    here = visitor.page.url if visitor.page else ""
    assert f"buurt={places.buurten[1].id}" in here
    assert "U ziet alleen: Meelbuurt" in (visitor.page.text if visitor.page else "")
    visitor.get(listed(traject, "?in-taal=tr"))
    assert titles(visitor) == ["Bankjes"]
    page = visitor.get(listed(traject, f"?in-taal=tr&buurt={places.buurten[1].id}"))
    assert "Hier zijn geen ideeën gevonden" in page.text
    visitor.get(page.link("Türkçe × haal dit filter weg"))
    assert titles(visitor) == ["Bomen"]
    visitor.get(listed(traject, "?status=gepubliceerd"))
    assert len(titles(visitor)) == 2


@pytest.mark.parametrize(
    "query", ["volgorde=x", "volgorde=ABCDEF", "in-taal=xx", "volgorde=abcdefg", "volgorde=willekeurig"]
)
def test_what_no_link_says_is_not_there(visitor: Visitor, session: Session, query: str) -> None:
    traject = a_traject(session)
    visitor.get(listed(traject, f"?{query}"), 404)
