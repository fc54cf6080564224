"""A hard text of an official comes back once with what makes it hard; the official decides, and residents are let be."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.announcements import Announcement
from participatie.models.ideas import Idea
from participatie.settings import LIBRETRANSLATE, Engine, Settings
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.phases import PhaseKind
from participatie.web.readability import readability_of, syllables
from tests.blueprints.making import start
from tests.factories import a_resident, a_traject, an_idea
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

HARD = (
    "Naar aanleiding van uw verzoek delen wij u mede dat het college, gelet op de vigerende beleidskaders inzake de "
    "inrichting van de openbare ruimte, voornemens is de herinrichting van de onderhavige locatie middels een integrale "
    "gebiedsgerichte aanpak te realiseren. Er wordt een onderzoek uitgevoerd."
)
PLAIN = (
    "De gemeente vindt uw idee goed. Wij planten in het najaar twaalf bomen langs de straat. U en uw buren geven in de "
    "zomer water. Wij betalen de bomen en de grond. In maart kijken wij samen hoe het gaat."
)


@pytest.mark.parametrize(
    "word, number",
    [("boom", 1), ("vijver", 2), ("ideeën", 3), ("knieën", 2), ("sneeuw", 1), ("gemeente", 3), ("participatie", 5),
     ("fietsenstalling", 4), ("mooie", 2), ("hm", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_sound(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_score_is_that_of_flesch_and_douma() -> None:
    text = "Wij planten bomen in de straat. " * 10  # six words and nine syllables a sentence
    assert [syllables(word) for word in text.split()[:6]] == [1, 2, 2, 1, 1, 1]
    assert readability_of(text).score == round(206.84 - 0.77 * 800 / 6 - 0.93 * 6)


def test_a_plain_text_passes_and_a_hard_one_does_not() -> None:
    assert not readability_of(PLAIN).is_hard
    found = readability_of(HARD)
    assert found.is_hard
    assert found.score is not None
    assert found.score < 45
    assert found.long[0].words > 30
    assert ("middels", "met") in found.hard_words
    assert found.passive == ("Er wordt een onderzoek uitgevoerd.",)


@pytest.mark.parametrize(
    "text",
    ["", "Ja.", "Zie https://voorbeeld.example/" + "pad/" * 40, "- bomen\n- struiken\n- gras\n" * 20,
     "Bel mw. A. de Vries van 9.00 tot 17.00 uur, b.v. op ma. 4 mei a.s. om 10.30 uur."],
)  # fmt: skip
def test_short_texts_lists_and_abbreviations_are_no_hard_texts(text: str) -> None:
    assert not readability_of(text).is_hard


@pytest.mark.parametrize("text", ["a" * 50_000, "ge" * 25_000, "wordt " * 8_000, "." * 50_000, "\"' " * 16_000])
def test_no_text_takes_long_to_look_at(text: str) -> None:
    """Abuse case 50."""
    before = time.perf_counter()
    readability_of(text)
    assert time.perf_counter() - before < 1


def test_a_hard_answer_comes_back_once_with_all_that_was_typed(session: Session, manager: Visitor) -> None:
    idea = an_idea(session, a_traject(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    page = manager.submit("Publiceer het antwoord", status=200, decision="reject", answer=HARD, route="Bel ons.")
    assert "Er is nog niets gepubliceerd" in page.text
    assert "middels: met" in page.text
    assert "Er wordt een onderzoek uitgevoerd." in page.text
    assert session.get_one(Idea, idea.id).status is IdeaStatus.PUBLISHED
    manager.submit("Publiceer toch")
    assert session.get_one(Idea, idea.id).answer == HARD


def test_a_plain_answer_goes_through_in_one_step(session: Session, manager: Visitor) -> None:
    idea = an_idea(session, a_traject(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    manager.submit("Publiceer het antwoord", decision="reject", answer=PLAIN, route="Bel ons.")
    assert session.get_one(Idea, idea.id).answer == PLAIN


def test_a_mended_text_goes_through_and_one_that_is_still_hard_does_not(session: Session, manager: Visitor) -> None:
    traject = a_traject(session)
    manager.get(f"/trajecten/{traject.slug}/nieuws-geven")
    manager.submit("Publiceer het nieuws", status=200, text=HARD)
    manager.submit("Publiceer het nieuws", status=200, text=HARD + " Meer volgt.")
    assert session.scalar(select(Announcement.text).where(Announcement.text.contains("onderhavige"))) is None
    manager.submit("Publiceer het nieuws", text=PLAIN)
    assert session.scalar(select(Announcement.text).where(Announcement.text == PLAIN)) is not None


def test_what_is_wrong_is_told_before_what_is_hard(session: Session, manager: Visitor) -> None:
    idea = an_idea(session, a_traject(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    page = manager.submit("Publiceer het antwoord", status=400, answer=HARD)
    assert "moeilijk te lezen" not in page.text


def test_a_hard_trajectkaart_is_told_beside_the_button_that_opens_it(manager: Visitor) -> None:
    start(manager, goal=HARD)
    page = manager.follow()
    assert "1 tekst is moeilijk te lezen" in page.text
    assert page.form("Open dit traject")


def test_what_residents_write_is_never_looked_at(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    traject = a_traject(session, phase=PhaseKind.COLLECT)
    resident = a_resident(session)
    visitor = visit_as(resident)
    visitor.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    visitor.submit("Dien het idee in", title="Een bank", body=HARD, area=resident.area_id, own_contribution="Wij.")
    assert "staat online" in visitor.follow().text


def test_the_privacy_page_says_where_texts_go_when_they_do(
    app: Flask, visitor: Visitor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Automatisch vertalen" not in visitor.get("/privacy").text
    engine = Engine(LIBRETRANSLATE, "https://vertaal.example", "")
    monkeypatch.setitem(app.extensions, "participatie.settings", replace(settings, translate=engine))
    assert "vertaal.example" in visitor.get("/privacy").text
