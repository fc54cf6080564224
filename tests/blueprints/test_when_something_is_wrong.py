"""A page that cannot be given says what happened and where to go, in the visitor's language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask, abort
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.app import create_app
from participatie.models.accounts import Account
from participatie.settings import Settings
from participatie.web.access import Audience, open_to
from participatie.web.maintenance import flag_of
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_resident, a_traject
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


@pytest.fixture
def breaking(settings: Settings, clock: TurnableClock, engine: Engine) -> Flask:
    """The app with one more address, that answers with the error that is asked of it."""
    app = create_app(settings, clock)
    app.extensions["participatie.engine"].dispose()
    app.extensions["participatie.engine"] = engine

    @open_to(Audience.EVERYONE)
    def broken(status: int) -> str:
        abort(status)

    app.add_url_rule("/stuk/<int:status>", "pages.broken", broken)
    return app


@pytest.mark.parametrize(
    "status, said",
    [
        (403, "Dit mag hier niet"),
        (404, "Deze pagina is er niet"),
        (405, "Dit kan hier niet"),
        (413, "Dit is te groot"),
        (429, "Dit was te vaak"),
        (500, "Er ging iets mis bij ons"),
    ],
)
def test_every_error_says_what_and_where_to_go(breaking: Flask, status: int, said: str) -> None:
    page = Visitor(breaking.test_client()).get(f"/stuk/{status}", status)
    assert page.h1 == said
    assert page.link("Naar het begin") == "/"
    assert page.link("Lukt het niet?") == "/toegankelijkheid"
    if status in (403, 404, 405):
        assert page.link("Zoek uw wijk") == "/wijken"
    assert [form for form in page.forms() if form.method == "POST"] == []


def test_a_login_is_offered_to_whoever_can_use_it(
    breaking: Flask, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    assert "/inloggen" in {
        link.get("href") for link in Visitor(breaking.test_client()).get("/stuk/403", 403).all("a", class_="nl-button")
    }
    resident = visit_as(a_resident(session))
    page = resident.get("/logboek", 403)
    assert "/inloggen" not in {link.get("href") for link in page.all("a")}


def test_a_site_in_maintenance_says_until_when_and_asks_no_database(
    app: Flask, visit_as: Callable[[Account], Visitor], session: Session, engine: Engine, clock: TurnableClock
) -> None:
    resident = visit_as(a_resident(session))
    traject = a_traject(session)
    resident.get("/")
    flag = flag_of(app.extensions["participatie.settings"])
    flag.write_text((clock.now + timedelta(minutes=20)).isoformat())
    try:
        for address in ("/", f"/trajecten/{traject.slug}", "/mijn"):
            with counting_queries(engine) as queries:
                page = resident.get(address, 503)
            assert queries == [], address
            assert "12:20" in page.text or "12.20" in page.text
            assert resident.response is not None
            assert resident.response.headers["Retry-After"] == "1200"
            assert resident.response.headers["Cache-Control"] == "no-store"
        resident.post("/uitloggen", status=503)
        arab = Visitor(resident.client, "ar")
        assert arab.get("/", 503).root.get("dir") == "rtl"
        assert resident.client.get("/manifest.webmanifest").status_code == 200
        flag.write_text("kapot")
        resident.get("/", 503)
        assert resident.response.headers["Retry-After"] == "600"
    finally:
        flag.unlink()
    resident.get("/mijn")


def test_maintenance_by_setting(settings: Settings, clock: TurnableClock) -> None:
    app = create_app(replace(settings, maintenance=True), clock)
    app.extensions["participatie.engine"].dispose()
    assert "Wij werken aan de site" in Visitor(app.test_client()).get("/", 503).text
