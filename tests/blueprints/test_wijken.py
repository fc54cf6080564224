"""The pages of the areas."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from tests.factories import a_gemeente, a_traject
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_a_wijk_shows_what_happens_in_it_and_around_it(visitor: Visitor, session: Session) -> None:
    places = a_gemeente(session)
    buurt, wijk, city, other = (
        a_traject(session, area=area, title=f"Traject in {area.name}")
        for area in (places.buurten[0], places.wijken[0], places.gemeente, places.wijken[1])
    )
    text = visitor.get(f"/wijken/{places.wijken[0].id}").text
    assert all(traject.title in text for traject in (buurt, wijk, city))
    assert other.title not in text


def test_a_buurt_shows_the_trajecten_that_reach_over_it(visitor: Visitor, session: Session) -> None:
    places = a_gemeente(session)
    wijk = a_traject(session, area=places.wijken[0], title="Over de hele wijk")
    neighbour = a_traject(session, area=places.buurten[1], title="Alleen de buurt ernaast")
    text = visitor.get(f"/wijken/{places.buurten[0].id}").text
    assert wijk.title in text
    assert neighbour.title not in text


def test_from_the_wijken_to_a_buurt(visitor: Visitor, session: Session) -> None:
    places = a_gemeente(session)
    visitor.get("/wijken")
    visitor.click("Wat speelt er in Molenkwartier?")
    page = visitor.click("Wiekbuurt")
    assert page.h1 == "Wiekbuurt"
    assert "Er loopt hier nu niets" in page.text
    assert visitor.get(f"/wijken/{places.gemeente.id}").h1 == "Lindewaard"


def test_drafts_are_not_in_the_list(visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session) -> None:
    draft = a_traject(session, opened=False, title="Nog geheim")
    assert draft.title not in visitor.get(f"/wijken/{draft.area_id}").text


def test_a_gemeente_without_wijken_says_so(visitor: Visitor) -> None:
    assert "Er zijn nog geen wijken ingevoerd" in visitor.get("/wijken").text
