"""Every page, in a language from the left and one from the right; the pages of errors; what every site owes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from participatie.app import MAX_BODY_BYTES
from participatie.models.accounts import Account, RoleGrant
from participatie.settings import LOCALES
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import GRANTED, TABLE, Role, table_lines
from participatie.spelregels.phases import PhaseKind
from participatie.web.words import word
from tests.blueprints.full_world import a_full_world
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, a_traject, an_account, an_idea
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

SELDOM = ("Toegankelijkheid", "Privacy", "Over deze site", "Spelregels")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_public_page_is_sound(client: FlaskClient, session: Session, language: str) -> None:
    """Nobody's e-mail address stands on any of them (abuse case 55)."""
    visitor = Visitor(client, language)
    for address in a_full_world(session).public_addresses():
        page = visitor.get(address)
        assert "@voorbeeld.example" not in page.html, f"{address} shows an e-mail address"


@pytest.mark.parametrize("language", sorted(set(LOCALES) - {"nl", "ar"}))
def test_the_main_pages_are_sound_in_every_language(client: FlaskClient, session: Session, language: str) -> None:
    world, visitor = a_full_world(session), Visitor(client, language)
    for address in ("/", "/spelregels", f"/ideeen/{world.idea.id}", f"/wijkbudget/{world.published.slug}/uitslag"):
        visitor.get(address)


def test_every_public_page_is_sound_for_somebody_who_is_logged_in(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    world = a_full_world(session)
    resident = visit_as(a_resident(session, locale="ar"))
    for address in world.public_addresses():
        if address != "/inloggen":
            resident.get(address)


@pytest.mark.parametrize("role", GRANTED)
def test_the_pages_of_staff_are_sound(visit_as: Callable[[Account], Visitor], session: Session, role: Role) -> None:
    world = a_full_world(session)
    official = visit_as(an_account(session, role=role))
    page = official.get("/werk")
    ours = {link.get("href") or "" for link in page.all("a")}
    for href in sorted(ours):
        if href.startswith("/") and "taal=" not in href:
            official.get(href)
    assert ("/moderatie" in ours) is (role is Role.MODERATOR)
    assert ("/logboek" in ours) is (role in (Role.RAAD, Role.COLLEGE))
    reads_ideas = role in (Role.WIJKMANAGER, Role.ASSESSOR, Role.MODERATOR)
    assert (f"/ideeen/{world.idea.id}" in ours) is reads_ideas
    assert (f"/wijkbudget/{world.draft_round.slug}/beheer" in ours) is (role is Role.WIJKMANAGER)


def test_the_work_list_holds_all_ones_areas_and_no_others(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """A wijkmanager of two wijken sees the work of both; drafts of a colleague are not there to click on."""
    places = a_gemeente(session)
    here, there = (an_idea(session, a_traject(session, area=wijk)) for wijk in places.wijken)
    draft = a_traject(session, area=places.wijken[1], opened=False, title="Concept van een collega")
    manager = an_account(session, role=Role.WIJKMANAGER, role_area=places.wijken[0])
    one = visit_as(manager).get("/werk").html
    assert f"/ideeen/{here.id}" in one
    assert f"/ideeen/{there.id}" not in one
    assert draft.title not in one
    manager.granted.append(RoleGrant(role=Role.WIJKMANAGER, area=places.wijken[1]))
    both = visit_as(manager).get("/werk").html
    assert f"/ideeen/{here.id}" in both
    assert f"/ideeen/{there.id}" in both
    assert draft.title in both


def test_the_council_reads_who_did_what(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    a_full_world(session)
    council = visit_as(an_account(session, role=Role.RAAD))
    council.get("/werk")
    log = council.click("Logboek: wie deed wat").text
    assert "idee verbergen" in log
    assert "stemmen tellen" in log


def test_the_spelregels_page_says_exactly_what_the_table_says(visitor: Visitor) -> None:
    page = visitor.get("/spelregels")
    told = {
        (section.get("id"), _text(pair.find("dt"))): _text(pair.find("dd"))
        for section in page.all("section")
        if section.get("id")
        for pair in section.iter("div")
    }
    allowed: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for do, role, level, kind, may_do in table_lines():
        if may_do and not (role is not Role.ACCOUNT and Role.ACCOUNT in TABLE[do].roles):
            allowed.setdefault((role.name.lower(), word(do).capitalize()), set()).add((word(level), word(kind)))
    assert told.keys() == allowed.keys()
    for cell, pairs in allowed.items():
        levels = [word(level) for level in Level if word(level) in {level for level, _kind in pairs}]
        kinds = ", ".join(word(kind) for kind in PhaseKind if word(kind) in {kind for _level, kind in pairs})
        assert len(pairs) == len(levels) * len(kinds.split(", "))
        usual = f"vanaf het niveau {levels[0]}, in de fase: {kinds}"
        assert told[cell] == ("altijd" if len(pairs) == len(Level) * len(PhaseKind) else usual), cell


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_an_empty_gemeente_has_a_home_page(visitor: Visitor) -> None:
    assert "Er is nog geen traject" in visitor.get("/").text


def test_every_page_links_to_what_a_site_owes(visitor: Visitor) -> None:
    page = visitor.get("/")
    for text in SELDOM:
        assert visitor.get(page.link(text)).h1


def test_a_change_of_language_is_remembered_and_stays_on_the_page(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    visitor.get(f"/trajecten/{traject.slug}/ideeen?status=toegelaten")
    visitor.language = "tr"
    page = visitor.click("Türkçe")
    assert visitor.response is not None
    assert page.url.startswith(f"/trajecten/{traject.slug}/ideeen?status=toegelaten")
    cookie = visitor.response.headers["Set-Cookie"]
    assert cookie.startswith("taal=tr;")
    assert "HttpOnly" in cookie
    assert visitor.get("/").root.get("lang") == "tr"


def test_an_unknown_language_is_ignored(visitor: Visitor) -> None:
    assert visitor.get("/?taal=xx").root.get("lang") == "nl"


def test_security_txt_says_where_to_report(client: FlaskClient, clock: TurnableClock) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    lines = dict(line.split(": ", 1) for line in answer.text.strip().splitlines())
    assert lines["Contact"].startswith("mailto:")
    assert lines["Expires"] > clock.now.isoformat()


# What goes wrong


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize(
    "address",
    [
        "/nergens", "/trajecten/nergens", "/ideeen/999999", "/ideeen/99999999999999999999", "/ideeen/-1", "/ideeen/x",
        "/wijken/0", "/besluiten/99999999", "/wijkbudget/nergens", "/wijkbudget/nergens/plannen/1", "/stemmen/nergens",
        "/trajecten/Groot", "/%00", "/ideeen/1%00",
    ],
)  # fmt: skip
def test_what_is_not_there_has_a_page_that_helps(client: FlaskClient, address: str, language: str) -> None:
    page = Visitor(client, language).get(address, 404)
    assert any(link.get("href") == "/" for link in page.all("a", class_="nl-button"))


@pytest.mark.parametrize(
    "address",
    ["/static/dist/../../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static/dist/oud.css", "/..%2Fetc"],
)
def test_no_file_of_the_house_itself_is_given(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "participatie" not in answer.text


@pytest.mark.parametrize("address", ["/%5Celders.example", "/%09/elders.example", "/x%3Fy"])
def test_the_language_switch_never_leads_away(visitor: Visitor, address: str) -> None:
    """Also not on the page of an address that is not there (abuse case 32)."""
    page = visitor.get(address, 404)
    links = [link.get("href") or "" for link in page.all("a", class_="pp-languages__link")]
    assert len(links) == len(LOCALES)
    assert not [link for link in links if link.startswith(("//", "/\\")) or link.count("?") > 1]


def test_an_address_that_only_reads_says_so(visitor: Visitor) -> None:
    """With `Allow`, as HTTP asks of a 405."""
    visitor.get("/inloggen")
    visitor.post("/spelregels", status=405)
    assert visitor.response is not None
    assert "GET" in visitor.response.headers["Allow"]


def test_a_text_of_ten_megabytes_is_refused_with_a_page(visitor: Visitor) -> None:
    """Abuse case 43."""
    visitor.get("/inloggen")
    page = visitor.post("/inloggen", {"email": "a" * (5 * MAX_BODY_BYTES)}, 413)
    assert "Dit is te groot" in page.text


def test_a_form_without_its_token_changes_nothing(client: FlaskClient) -> None:
    assert client.post("/inloggen", data={"email": "iemand@voorbeeld.example"}).status_code == 400


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_database_that_is_away_gets_a_page_that_says_what_to_do(
    app: Flask, visit_as: Callable[[Account], Visitor], client: FlaskClient, session: Session,
    monkeypatch: pytest.MonkeyPatch, logged_in: bool,
) -> None:  # fmt: skip
    """Also for somebody whose session stands in that database (abuse case 63)."""
    visitor = visit_as(a_resident(session)) if logged_in else Visitor(client)
    session.commit()

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("database is locked"))

    monkeypatch.setattr(Engine, "connect", away)
    page = visitor.get("/trajecten", 503)
    assert visitor.response is not None
    assert visitor.response.headers["Retry-After"] == "30"
    assert "Er is niets opgeslagen" in page.text


def test_a_mistake_of_ours_gets_a_page_without_its_details(
    app: Flask, visit_as: Callable[[Account], Visitor], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Abuse case 55: no fact of the failure stands on the page."""
    resident = visit_as(a_resident(session))

    def breaks(**_: object) -> None:
        message = "geheim 123456"
        raise RuntimeError(message)

    breaks.access = "everyone"  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "pages.about", breaks)
    monkeypatch.setattr(app, "testing", False)
    page = resident.get("/over", 500)
    assert "Dit is onze fout" in page.text
    assert not re.search("geheim|Traceback|RuntimeError", page.html)
