"""Choosing where an idea comes: by tapping a picture or pressing buttons, without a script."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.places import place_idea
from participatie.models.accounts import Account
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.places import IdeaPlace
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.verdicts import Refusal, Refused
from tests.factories import a_gemeente, a_resident, a_traject, a_wijkmanager, an_idea, now_of
from tests.factories.places import middle_of, placed, shapes
from tests.page import Page
from tests.visitor import Visitor

TYPED = {"title": "Een bankje", "body": "Om te zitten."}
TAP = {"tik.x": 70, "tik.y": 140}  # of 280: a quarter from the west, half way down
SAVE = "Zet het idee op deze plek"


@pytest.fixture
def author(session: Session) -> Account:
    """Somebody of the first buurt."""
    return a_resident(session)


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], author: Account) -> Visitor:
    """The author, logged in."""
    return visit_as(author)


def tapped(visitor: Visitor, page: Page, **more: object) -> Page:
    """Tap on the map of the page: a browser adds where to what the form holds."""
    fields = {name: values[0] for name, values in page.form("Noord").filled({}).values.items()}
    fields.pop("stap", None)
    query = "&".join(f"{name}={value}" for name, value in {**fields, **(more or TAP)}.items())
    return visitor.get(f"{page.form('Noord').action.partition('#')[0]}?{query}")


def place_in(session: Session, idea: Idea) -> tuple[float, float] | None:
    found = session.scalar(select(IdeaPlace).where(IdeaPlace.idea_id == idea.id))
    return (found.lat, found.lon) if found else None


def test_after_the_idea_comes_its_place_and_the_buurt_follows_from_it(
    resident: Visitor, visitor: Visitor, session: Session
) -> None:
    buurten = shapes(session)
    resident.get(f"/trajecten/{a_traject(session).slug}/ideeen/nieuw")
    resident.submit("Dien het idee in", **TYPED, area=buurten[0].id)
    page = resident.follow()
    assert (page.h1, "Uw idee staat online." in page.text) == ("Waar komt het idee?", True)
    assert "U koos nog geen plek." in page.text
    [idea] = session.scalars(select(Idea)).all()
    picture = next(unquote(field.get("src") or "") for field in page.all("input") if field.get("type") == "image")
    assert picture.startswith("data:image/svg+xml,<svg")
    assert all(buurt.name in picture for buurt in buurten[:2])
    page = tapped(resident, page, **{"tik.x": 210, "tik.y": 140})
    assert "De plek in het midden ligt in: Meelbuurt." in page.text
    resident.submit(SAVE)
    assert "Het idee staat op de kaart." in resident.follow().text
    assert place_in(session, idea) == pytest.approx((52.005, 5.0155), abs=0.0007)
    session.refresh(idea)
    assert idea.area_id == buurten[1].id
    seen = visitor.get(f"/ideeen/{idea.id}")
    assert "pp-map" in seen.html
    assert "Meelbuurt" in seen.text
    assert "plek op de kaart" not in seen.text, "others do not move it"


def test_a_second_tap_is_more_precise_and_the_buttons_move_it_by_key(
    resident: Visitor, author: Account, session: Session
) -> None:
    shapes(session)
    idea = an_idea(session, a_traject(session), author=author)
    page = tapped(resident, resident.get(f"/ideeen/{idea.id}/plek"))
    seen = [page]
    for step in ("noord", "oost", "zuid", "west", "dichterbij", "verder"):
        kept = {name: values[0] for name, values in page.form("Noord").filled({}).values.items()}
        page = resident.get(
            f"/ideeen/{idea.id}/plek?lat={kept['lat']}&lon={kept['lon']}&zoom={kept['zoom']}&stap={step}"
        )
        seen.append(page)
    points = [page.form(SAVE).filled({}).values for page in seen]
    lats, lons = ([float(point[name][0]) for point in points] for name in ("lat", "lon"))
    assert lats[1] > lats[0]
    assert lons[2] > lons[1]
    assert (lats[4], lons[4]) == pytest.approx((lats[0], lons[0])), "there and back again"
    zooms = [page.form("Noord").filled({}).values["zoom"][0] for page in seen]
    assert zooms == ["1", "1", "1", "1", "1", "2", "1"]
    entered = tapped(resident, page, **{"tik.x": 0, "tik.y": 0}).form(SAVE).filled({}).values
    assert {name: entered[name] for name in ("lat", "lon")} == {name: points[-1][name] for name in ("lat", "lon")}, (
        "Enter on the map"
    )


def test_a_place_outside_the_area_is_refused_and_says_what_to_do(
    resident: Visitor, author: Account, session: Session
) -> None:
    shapes(session)
    idea = an_idea(session, a_traject(session), author=author)
    refusal = "Deze plek ligt buiten het gebied. Kies een plek binnen de lijnen op de kaart."
    page = tapped(resident, resident.get(f"/ideeen/{idea.id}/plek"), **{"tik.x": 140, "tik.y": 2})
    assert refusal in page.text
    assert SAVE not in page.text
    lat, lon = middle_of(2)  # in the other wijk
    page = resident.post(f"/ideeen/{idea.id}/plek", {"lat": lat, "lon": lon}, status=400)
    assert refusal in page.text
    assert place_in(session, idea) is None


@pytest.mark.parametrize("value", ["NaN", "inf", "-inf", "1e400", "91", "hier", "", "5,5"])
def test_what_is_no_point_is_refused(resident: Visitor, author: Account, session: Session, value: str) -> None:
    shapes(session)
    idea = an_idea(session, a_traject(session), author=author)
    resident.get(f"/ideeen/{idea.id}/plek")
    status = 200 if not value else 404
    resident.get(f"/ideeen/{idea.id}/plek?lat={value}&lon=5.005&zoom=1&tik.x=5&tik.y=5", status=status)
    resident.get(f"/ideeen/{idea.id}/plek")
    resident.post(f"/ideeen/{idea.id}/plek", {"lat": value, "lon": "5.005"}, status=400)
    assert place_in(session, idea) is None


@pytest.mark.parametrize("query", ["zoom=99", "zoom=-1", "tik.x=-4", "tik.y=99999999999999999999", "tik.x=een"])
def test_a_window_that_no_map_has_is_no_address(
    resident: Visitor, author: Account, session: Session, query: str
) -> None:
    shapes(session)
    idea = an_idea(session, a_traject(session), author=author)
    resident.get(f"/ideeen/{idea.id}/plek?lat=52.005&lon=5.005&{query}", status=404)


def test_an_idea_can_be_taken_off_the_map(resident: Visitor, author: Account, session: Session) -> None:
    shapes(session)
    idea = placed(session, an_idea(session, a_traject(session), author=author), *middle_of(0))
    resident.get(f"/ideeen/{idea.id}")
    resident.click("Verander de plek op de kaart")
    resident.post(f"/ideeen/{idea.id}/plek", {"lat": 52.005, "lon": 5.005, "weghalen": "ja"})
    assert "Het idee staat niet meer op de kaart." in resident.follow().text
    assert place_in(session, idea) is None


def test_without_a_map_nobody_is_asked_for_a_place(resident: Visitor, author: Account, session: Session) -> None:
    idea = an_idea(session, a_traject(session), author=author)
    assert "plek aan op de kaart" not in resident.get(f"/ideeen/{idea.id}").text
    assert "nog geen kaart" in resident.get(f"/ideeen/{idea.id}/plek", status=403).text


def test_others_do_not_place_it_and_the_author_not_after_the_answer(
    visit_as: Callable[[Account], Visitor], author: Account, session: Session
) -> None:
    buurten = shapes(session)
    idea = an_idea(session, a_traject(session), author=author)
    lat, lon = middle_of(1)
    verdict = place_idea(session, a_resident(session), idea, lat, lon, now_of(session))
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.NOT_YOUR_ROLE
    visit_as(a_resident(session)).get(f"/ideeen/{idea.id}/plek", status=403)
    idea.status = IdeaStatus.ADMITTED
    session.flush()
    verdict = place_idea(session, author, idea, lat, lon, now_of(session))
    assert isinstance(verdict, Refused)
    assert verdict.code is Refusal.IDEA_NOT_OPEN
    assert not isinstance(place_idea(session, a_wijkmanager(session), idea, lat, lon, now_of(session)), Refused)
    assert idea.area_id == buurten[1].id
    session.flush()
    assert [row.act for row in session.scalars(select(AuditRow).order_by(AuditRow.id)).all()][
        -1
    ] == "plek van een idee aanwijzen"


def test_a_point_on_a_border_is_in_one_buurt_of_the_traject(session: Session) -> None:
    shapes(session)
    world = a_gemeente(session)
    idea = an_idea(session, a_traject(session, area=world.buurten[1]))
    assert not isinstance(place_idea(session, a_wijkmanager(session), idea, 52.005, 5.01, now_of(session)), Refused)
    assert idea.area_id == world.buurten[1].id


@pytest.mark.parametrize("lat", [90, -90, 89.999999])
def test_at_the_end_of_the_earth_there_is_still_a_page(
    resident: Visitor, author: Account, session: Session, lat: float
) -> None:
    """Whoever types an address by hand; at a pole every step to the east goes all the way round."""
    shapes(session)
    idea = an_idea(session, author=author)
    for more in ("stap=oost", "stap=west", "stap=noord", "zoom=20&tik.x=279&tik.y=1", "lon=180&zoom=20&stap=oost"):
        page = resident.get(f"/ideeen/{idea.id}/plek?lat={lat}&lon=-180&{more}")
        assert SAVE not in page.text, "a place outside the wijk is not offered"
