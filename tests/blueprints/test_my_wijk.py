"""Finding one's wijk, seeing it first, and nobody else seeing it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.postcodes import Postcode
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import a_published_round
from tests.factories import a_gemeente, a_resident, a_round, a_traject
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

DUTCH = {"Accept-Language": "nl"}


@pytest.fixture
def postcodes(session: Session) -> None:
    """Two postcodes of the first wijk: one buurt with its letters, the rest by numbers."""
    places = a_gemeente(session)
    session.add_all(
        [Postcode(code="8011AB", area_id=places.buurten[1].id), Postcode(code="8011", area_id=places.wijken[0].id)]
    )
    session.commit()


@pytest.mark.usefixtures("postcodes")
@pytest.mark.parametrize(
    ("typed", "place"), [("8011 ab", "Meelbuurt"), ("8011AB", "Meelbuurt"), ("٨٠١١ ab", "Meelbuurt"), ("8011 zz", "Molenkwartier")]
)  # fmt: skip
def test_a_postcode_leads_to_the_wijk(visitor: Visitor, typed: str, place: str) -> None:
    visitor.get("/")
    visitor.submit("Ga naar mijn wijk", postcode=typed, status=302)
    assert visitor.response is not None
    cookie = visitor.response.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Max-Age=31536000"))
    assert visitor.follow().h1 == place
    assert f"Uw wijk: {place}" in visitor.get("/").text


@pytest.mark.usefixtures("postcodes")
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("postcode=9999+XX", 404, "Deze postcode kennen we niet"),
        ("postcode=Zwolle", 400, "Dit is geen postcode"),
        ("postcode=&gebied=", 400, "Vul uw postcode in, of kies uw wijk of buurt uit de lijst"),
        ("gebied=99999999", 400, "kies uw wijk of buurt uit de lijst"),
    ],
)
def test_what_is_not_found_is_told_with_the_list(visitor: Visitor, query: str, status: int, said: str) -> None:
    page = visitor.get(f"/wijken/kiezen?{query}", status)
    assert said in page.text
    assert page.link("Wat speelt er in Havenoost?")
    assert visitor.response is not None
    assert "Set-Cookie" not in visitor.response.headers


def test_without_postcodes_there_is_the_list(visitor: Visitor, session: Session) -> None:
    area = a_gemeente(session).wijken[1]
    page = visitor.get("/")
    assert not page.all("input", name="postcode")
    visitor.submit("Ga naar mijn wijk", gebied=str(area.id), status=302)
    assert "Dit is uw wijk op dit apparaat" in visitor.follow().text


def test_ones_wijk_comes_first_and_can_be_forgotten(visitor: Visitor, session: Session) -> None:
    places = a_gemeente(session)
    a_traject(session, area=places.wijken[0], title="Molens")
    a_traject(session, area=places.wijken[1], title="Havens", phase=PhaseKind.DECIDE)
    _round, besluit = a_published_round(session)
    visitor.get(f"/wijken/{places.wijken[0].id}")
    visitor.submit("Dit is mijn wijk: onthoud dat", status=302)
    mine = visitor.get("/").text.split("In de hele gemeente")[0]
    assert "Niveau: meedenken" in mine
    assert "dien een idee in of steun een idee. Dat kan tot en met" in mine
    assert "U denkt mee. De gemeente antwoordt en beslist." in mine
    assert mine.index("Molens") < mine.index("Wat is er in uw wijk besloten?") < mine.index(besluit.title)
    assert "Havens" not in mine
    visitor.submit("Vergeet mijn keuze", status=302)
    assert "Uw wijk" not in visitor.follow().text


def test_a_page_with_a_wijk_is_given_to_nobody_else(client: FlaskClient, session: Session) -> None:
    """Kept pages and ETags know the choice; who chose nothing gets no cookie."""
    one, two = a_gemeente(session).wijken
    plain = client.get("/", headers=DUTCH)
    assert "Set-Cookie" not in plain.headers
    etags = {plain.headers["ETag"]}
    for wijk in (one, two):
        client.set_cookie("wijk", str(wijk.id))
        mine = client.get("/", headers={**DUTCH, "If-None-Match": plain.headers["ETag"]})
        assert f"Uw wijk: {wijk.name}" in mine.text
        assert "Cookie" in mine.vary
        etags.add(mine.headers["ETag"])
        assert client.get("/", headers={**DUTCH, "If-None-Match": mine.headers["ETag"]}).status_code == 304
    assert len(etags) == 3
    client.delete_cookie("wijk")
    assert client.get("/", headers=DUTCH).data == plain.data


@pytest.mark.parametrize("kept", ["99999999", "-1", "x", "", "9" * 40, "1; DROP"])
def test_a_cookie_that_names_no_wijk_does_no_harm(client: FlaskClient, session: Session, kept: str) -> None:
    a_gemeente(session)
    client.set_cookie("wijk", kept)
    answer = client.get("/", headers=DUTCH)
    assert answer.status_code == 200
    assert "Vind uw wijk" in answer.text
    assert ("Max-Age=0" in answer.headers.get("Set-Cookie", "")) is (kept == "99999999"), "what is gone is forgotten"


def test_a_resident_sees_where_they_live(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    a_round(session)
    page = visit_as(a_resident(session)).get("/")
    assert "Uw wijk: Wiekbuurt" in page.text
    assert "Nu: stem met de code uit uw brief. Dat kan tot en met" in page.text
    assert "Vergeet mijn keuze" not in page.text


def test_the_tree_of_areas_shows_stadsdelen_too(visitor: Visitor, session: Session) -> None:
    places = a_gemeente(session)
    page = visitor.get("/wijken")
    assert [
        page.parents and heading.tag for heading in page.root.iter() if heading.get("id", "").startswith("gebied-")
    ] == ["h2", "h3", "h3"]
    assert visitor.click("Wat speelt er in Stadsdeel Oost?").h1 == places.stadsdeel.name
    assert visitor.click("Havenoost").h1 == "Havenoost"
