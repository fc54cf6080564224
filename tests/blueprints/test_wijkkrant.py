"""Feeds, dates and paper about a wijk or a traject: what can be done until when, answers, besluiten, money."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from pypdfium2 import PdfDocument
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from zxingcpp import read_barcodes

from participatie.actions.announcing import publish_news
from participatie.actions.ideas import reject_idea
from participatie.actions.moderation import hide_idea
from participatie.actions.promises import keep_promise, move_promise
from participatie.models.trajecten import Traject
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from tests.blueprints.full_world import a_published_round
from tests.databases import counting_queries
from tests.factories import (
    OTHER_ROUTE,
    a_gemeente,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    now_of,
    runs_all,
)
from tests.factories.promises import a_promise
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
ATOM = "{http://www.w3.org/2005/Atom}"


def get(visitor: Visitor, address: str) -> bytes:
    """What stands behind an address that is no page."""
    answer = visitor.client.get(address)
    assert answer.status_code == 200, address
    return answer.data


def pdf_of(visitor: Visitor, address: str) -> tuple[int, str, list[str]]:
    """How many pages a PDF has, what they say, and what a phone reads in the squares."""
    document = PdfDocument(get(visitor, address))
    pages = [document[place] for place in range(len(document))]
    said = "\n".join(page.get_textpage().get_text_range() for page in pages)
    scanned = [each.text for page in pages for each in read_barcodes(page.render(scale=2).to_pil())]
    document.close()
    return len(pages), said, scanned


def talkative(session: Session) -> Traject:
    """A traject of which there is more to tell than fits."""
    traject = a_traject(session)
    manager = runs_all(a_wijkmanager(session))
    for place in range(5):
        idea = an_idea(session, traject, title=f"Idee {place} " + "over heel veel bomen in onze straat " * 4)
        done(reject_idea(session, manager, idea, "Op deze plek liggen kabels.", now_of(session), OTHER_ROUTE))
    session.commit()
    return traject


def entries(calendar: bytes) -> dict[str, Any]:
    """The entries of a calendar by their ids."""
    return {str(each["UID"]): each for each in Calendar.from_ical(calendar).walk("VEVENT")}


def test_the_dates_of_a_traject_go_into_a_calendar_and_keep_their_ids(visitor: Visitor, session: Session) -> None:
    budget_round = a_round(session)
    traject, clock = budget_round.traject, budget_round.clock()
    address = f"/trajecten/{traject.slug}/agenda.ics"
    before = entries(get(visitor, address))
    assert len(before) == 2 * len(traject.phases) + 1
    closes = next(each for uid, each in before.items() if uid.startswith("stemming-"))
    assert closes["DTSTART"].dt == clock.closes_at
    vote = next(phase for phase in traject.phases if phase.starts_at <= now_of(session) < phase.ends_at)
    last = before[f"fase-{vote.id}-einde@localhost"]
    assert last["DTSTART"].dt == (vote.ends_at - timedelta(seconds=1)).astimezone(AMSTERDAM).date()
    vote.ends_at += timedelta(days=7)
    traject.touch()
    session.commit()
    after = entries(get(visitor, address))
    assert after.keys() == before.keys()
    assert after[f"fase-{vote.id}-einde@localhost"]["DTSTART"].dt - last["DTSTART"].dt == timedelta(days=7)
    assert after[f"fase-{vote.id}-einde@localhost"]["SEQUENCE"] > last["SEQUENCE"]
    assert isinstance(last["DTSTART"].dt, date)
    assert entries(get(visitor, f"/wijken/{traject.area_id}/agenda.ics")).keys() == after.keys()


def test_the_feed_of_a_wijk_tells_of_all_its_trajecten(visitor: Visitor, session: Session) -> None:
    """Abuse case 41, in XML: what looks like a tag is text."""
    _published, besluit = a_published_round(session)
    other = a_traject(session, title="Bomen & <b>banken</b>")
    done(publish_news(session, runs_all(a_wijkmanager(session)), other, "<script>alert(1)</script>", now_of(session)))
    session.commit()
    feed = ET.fromstring(get(visitor, f"/wijken/{other.area_id}/feed"))  # noqa: S314 - written by ourselves
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert f"Er is een nieuw traject: {other.title}" in titles
    assert f"{other.title}: Nieuws" in titles
    assert besluit.title in titles
    assert "<script>alert(1)</script>" in [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")]
    elsewhere = ET.fromstring(get(visitor, f"/wijken/{a_gemeente(session).wijken[1].id}/feed"))  # noqa: S314
    assert list(elsewhere.iter(f"{ATOM}entry")) == []


def test_feeds_tell_answers_days_that_moved_results_and_promises_and_nothing_of_what_is_hidden(
    visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session, a_traject(session))
    hidden = an_idea(session, idea.traject, title="Weg ermee")
    traject, manager, now = idea.traject, runs_all(a_wijkmanager(session)), now_of(session)
    for each in (idea, hidden):
        done(reject_idea(session, manager, each, "Hier liggen kabels.", now, OTHER_ROUTE))
    hide_idea(session, an_account(session, role=Role.MODERATOR).actor(), hidden, HouseRule.INSULT, "Scheldt.", now)
    for about in (traject, None):
        promise = a_promise(session, traject.area, about, text=f"Een bankje {about is None}.")
        done(move_promise(session, manager, promise, promise.due_on + timedelta(days=5), "Het vroor.", now))
        done(keep_promise(session, manager, promise, now.date(), "", now))
    session.commit()
    answered = f"De gemeente beantwoordde een idee: {idea.title}"
    kinds = ("Er is een nieuwe toezegging", "De uitvoering duurt langer", "Een toezegging is nagekomen")
    of_traject = [f"{kind}: {traject.title}" for kind in kinds]
    of_area = [f"{kind}: {traject.area.name}" for kind in kinds]
    for address, expected in (
        (f"/trajecten/{traject.slug}/feed", [answered, *of_traject]),
        (f"/wijken/{traject.area_id}/feed", [answered, *of_traject, *of_area]),
    ):
        feed = ET.fromstring(get(visitor, address))  # noqa: S314 - written by ourselves
        found = list(feed.iter(f"{ATOM}entry"))
        titles = [entry.findtext(f"{ATOM}title") for entry in found]
        assert [title for title in expected if title not in titles] == []
        assert not any(hidden.title in (title or "") for title in titles)
        assert len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found)
        assert "Het is nu beloofd voor" in ET.tostring(feed, encoding="unicode")


def test_paper_says_what_can_be_done_what_was_answered_decided_and_paid(visitor: Visitor, session: Session) -> None:
    published, besluit = a_published_round(session)
    traject = published.traject
    krant, letter = f"/wijken/{traject.area_id}/krant", f"/trajecten/{traject.slug}/brief"
    pages, said, scanned = pdf_of(visitor, f"{letter}.pdf")
    assert pages <= 2
    words = ("Wat kunt u nu doen?", traject.title, "Besluiten", besluit.title, "Uitbetaald: € 2.500", "Over: €")
    texts = {"krant": visitor.get(krant).text, "brief": visitor.get(letter).text, "pdf": said}
    for name, text in texts.items():
        assert [word for word in words if word not in " ".join(text.split())] == [], name
        assert ("Beste bewoner," in text) is (name != "krant")
    assert scanned == [f"http://localhost/trajecten/{traject.slug}?taal=nl"]


def test_a_krant_about_much_is_two_sheets_and_says_that_there_is_more(visitor: Visitor, session: Session) -> None:
    traject = talkative(session)
    pages, said, _scanned = pdf_of(visitor, f"/trajecten/{traject.slug}/krant.pdf")
    assert pages <= 2
    assert "Antwoorden van de gemeente" in said


# Latin letters are in the title; what differs between other languages is words alone.
@pytest.mark.parametrize("locale", ["ar", "uk"])
def test_a_poster_is_one_sheet_with_a_square_in_every_script(visitor: Visitor, session: Session, locale: str) -> None:
    traject = a_traject(
        session, title="Een heel lange naam voor een traject over bomen, banken en spelen 🌳 في الحديقة"
    )
    assert "<svg" in visitor.get(f"/trajecten/{traject.slug}/poster?taal={locale}").html
    pages, said, scanned = pdf_of(visitor, f"/trajecten/{traject.slug}/poster.pdf?taal={locale}")
    assert pages == 1
    assert "lange naam" in " ".join(said.split())
    assert scanned == [f"http://localhost/trajecten/{traject.slug}?taal={locale}"]


def test_a_krant_of_many_trajecten_costs_what_one_of_a_few_does(
    engine: Engine, visitor: Visitor, session: Session
) -> None:
    area, costs = a_gemeente(session).wijken[0].id, []
    for many in (1, 5):
        for _each in range(many):
            an_idea(session, a_traject(session))
        with counting_queries(engine) as queries:
            visitor.get(f"/wijken/{area}/krant")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_page_is_passed_on_with_plain_links(visitor: Visitor, session: Session) -> None:
    """No script of others, and nothing is asked of them before somebody clicks."""
    traject = a_traject(session, title="Bomen & banken")
    page = visitor.get(f"/trajecten/{traject.slug}")
    whole = f"http://localhost/trajecten/{traject.slug}"
    assert whole in page.text
    said = "Bomen%20%26%20banken%0A" + whole.replace(":", "%3A").replace("/", "%2F")
    assert page.link("Deel dit via WhatsApp") == f"https://wa.me/?text={said}"
    assert page.link("Stuur dit per e-mail") == f"mailto:?subject=Bomen%20%26%20banken&body={said}"
