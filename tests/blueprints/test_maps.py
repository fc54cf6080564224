"""A map is drawn by the server beside the same list, and asks nothing of anybody else."""

from dataclasses import replace
from html import unescape
from re import findall

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.app import create_app
from participatie.models.ideas import Idea
from participatie.settings import SettingError, Settings
from participatie.spelregels.phases import PhaseKind
from participatie.web.maps import Outline
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_gemeente, a_traject, an_idea, ideas
from tests.factories.places import WEST, middle_of, placed, shapes
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

TILES = "https://tegels.example.nl/{z}/{x}/{y}.png"


def pins_of(html: str) -> dict[str, str]:
    """The addresses that the pins lead to, by their number."""
    pins = findall(r'<a class="pp-pin[^"]*" href="([^"]+)".*?<text [^>]*>([^<]+)</text>', html.replace("\n", " "))
    return {number: unescape(href) for href, number in pins}


def test_the_pins_have_the_numbers_of_the_list(visitor: Visitor, session: Session) -> None:
    shapes(session)
    traject = a_traject(session)
    for number, title in enumerate(("Aan het water", "Bij de molen")):
        placed(session, an_idea(session, traject, title=title), *middle_of(number))
    nowhere = an_idea(session, traject, title="Overal en nergens")
    page = visitor.get(f"/trajecten/{traject.slug}/ideeen")
    assert "Kaart van Molenkwartier. De nummers op de kaart staan ook in de lijst." in page.html
    pins = pins_of(page.html)
    assert set(pins) == {"1", "2"}
    cards = page.html.split('class="utrecht-card pp-card"')[1:]
    for number, href in pins.items():
        [card] = [card for card in cards if f'href="{href}"' in card]
        assert f"nummer {number} op de kaart" in card
    assert f"/ideeen/{nowhere.id}" not in pins.values()
    assert "http" not in "".join(findall(r"<svg.*?</svg>", page.html.replace("\n", " ")))


def test_without_shapes_or_places_there_is_no_map(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    idea = an_idea(session, traject)
    places = [f"/trajecten/{traject.slug}/ideeen", f"/ideeen/{idea.id}", f"/wijken/{traject.area_id}"]
    assert not [url for url in places if "pp-map" in visitor.get(url).html]
    shapes(session)
    assert [url for url in places if "pp-map" in visitor.get(url + "?taal=nl").html] == places[2:]


def test_ideas_at_one_point_get_a_pin_each(visitor: Visitor, session: Session) -> None:
    shapes(session)
    traject = a_traject(session)
    for _each in range(5):
        placed(session, an_idea(session, traject), *middle_of(0))
    html = visitor.get(f"/trajecten/{traject.slug}/ideeen").html
    circles = [(int(x), int(y)) for x, y in findall(r'<circle cx="(-?\d+)" cy="(-?\d+)" r="150"', html)]
    assert len(circles) == 5
    for index, (x, y) in enumerate(circles):
        for other_x, other_y in circles[:index]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 > 290**2, "two pins cover each other"


def test_the_map_is_not_turned_round_in_arabic(visitor: Visitor, session: Session) -> None:
    shapes(session)
    traject = a_traject(session)
    west = placed(session, an_idea(session, traject), 52.005, WEST + 0.001)
    here = f"/trajecten/{traject.slug}/ideeen"
    places = [findall(r'<circle cx="(\d+)"', visitor.get(f"{here}?taal={language}").html) for language in ("nl", "ar")]
    assert places[0] == places[1]
    assert int(places[0][0]) < 900
    assert str(west.id) in visitor.get(f"{here}?taal=ar").html


def test_a_wijk_shows_what_is_on_its_place_and_no_other(visitor: Visitor, session: Session) -> None:
    shapes(session)
    traject = a_traject(session, area=a_gemeente(session).gemeente)
    buurten = a_gemeente(session).buurten
    here = placed(session, an_idea(session, traject, area=buurten[0], title="Hier"), *middle_of(0))
    placed(session, an_idea(session, traject, area=buurten[3], title="Ginds"), *middle_of(3))
    gone = placed(session, an_idea(session, traject, area=buurten[1], title="Weg"), *middle_of(1))
    gone.status = "ingetrokken"
    page = visitor.get(f"/wijken/{a_gemeente(session).wijken[0].id}")
    assert pins_of(page.html) == {"1": f"/ideeen/{here.id}"}
    assert ("Hier" in page.text, "Ginds" in page.text, "Weg" in page.text) == (True, False, False)
    assert "Wiekbuurt" in page.html


def test_a_full_page_with_a_map_weighs_little_and_costs_the_same(
    visitor: Visitor, session: Session, engine: Engine
) -> None:
    shapes(session)
    traject = a_traject(session)
    first = placed(session, an_idea(session, traject), *middle_of(0))
    here = f"/trajecten/{traject.slug}/ideeen?taal=nl"
    visitor.get(here)
    with counting_queries(engine) as few:
        one = visitor.get(here)
    ideas(session, traject, 29)
    for idea in session.scalars(select(Idea).where(Idea.id != first.id)).all():
        placed(session, idea, *middle_of(1))
    with counting_queries(engine) as many:
        full = visitor.get(here)
    assert len(few) == len(many)
    assert len(pins_of(full.html)) == 30
    assert len("".join(findall(r' d="([^"]*)"', one.html))) < 12_000
    assert f"/ideeen/{first.id}" in pins_of(full.html).values()


def test_nothing_is_asked_of_others_unless_the_gemeente_says_so(
    settings: Settings, clock: TurnableClock, engine: Engine, app: Flask, visitor: Visitor, session: Session
) -> None:
    shapes(session)
    traject = a_traject(session, phase=PhaseKind.COLLECT)
    placed(session, an_idea(session, traject), *middle_of(0))
    here = f"/trajecten/{traject.slug}/ideeen"
    plain = visitor.get(here)
    assert "img-src 'self' data:;" in plain.response.headers["Content-Security-Policy"]
    assert "leaflet" not in plain.html
    tiled = create_app(replace(settings, tiles=TILES, tiles_source="Kadaster"), clock)
    tiled.extensions["participatie.engine"].dispose()
    tiled.extensions["participatie.engine"] = engine
    answer = tiled.test_client().get(here)
    assert "img-src 'self' data: https://tegels.example.nl;" in answer.headers["Content-Security-Policy"]
    assert "leaflet" in answer.text
    assert f'data-tiles="{TILES}"' in answer.text
    assert "leaflet" not in tiled.test_client().get("/").text, "only where there is a map"


@pytest.mark.parametrize(
    "value",
    ["tegels", "http://tegels.nl/{z}/{x}/{y}.png", "https://tegels.nl/{z}/{x}.png", "https://a b/{z}/{x}/{y}",
     "https://tegels.nl;script-src/{z}/{x}/{y}", "https://{s}.nl/{z}/{x}/{y}", "https://wie@tegels.nl/{z}/{x}/{y}"],
)  # fmt: skip
def test_an_address_of_tiles_that_cannot_be_used_stops_the_start(value: str, settings: Settings) -> None:
    environ = {"PARTICIPATIE_INSTANCE_DIR": str(settings.instance_dir), "PARTICIPATIE_TILES": value}
    with pytest.raises(SettingError, match="PARTICIPATIE_TILES is"):
        Settings.from_environ(environ)


def test_a_name_that_would_cover_another_is_left_out() -> None:
    noord = Outline("Noord", "M0 0", 1000, 1000)
    assert noord.covers(Outline("Zuid", "M0 0", 1300, 1100))
    assert not noord.covers(Outline("Zuid", "M0 0", 1300, 1300))
    assert not noord.covers(Outline("Zuid", "M0 0", 1500, 1000))
