"""The pages for ideas that are heard at a meeting: many in a row, on a phone, with a slip of paper for who has no address."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.meetings import MeetingSource
from participatie.spelregels.permissions import Role
from tests.blueprints.full_world import somebody
from tests.factories import a_gemeente, a_resident, a_traject
from tests.page import Page
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


@pytest.fixture
def helper(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    return visit_as(somebody(session, Role.HELPER))


def enter(helper: Visitor, session: Session, title: str, **more: object) -> Page:
    area = str(a_gemeente(session).buurten[0].id)
    typed = {"title": title, "body": "Om te zitten.", "own_contribution": "Wij helpen.", "lang": "tr", "area": area}
    helper.submit("Dien het idee in voor de bewoner", **{**typed, "consents": True, **more})
    return helper.follow()


def test_a_helper_enters_many_in_a_row_and_an_owner_takes_hers(
    helper: Visitor, visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    traject = a_traject(session)
    helper.get(f"/trajecten/{traject.slug}/ideeen/voor-een-bewoner")
    helper.click(
        "Heeft de bewoner geen e-mailadres, of hoort u veel ideeën op één plek? Maak dan eerst een bijeenkomst."
    )
    helper.click("Maak een bijeenkomst")
    helper.submit("Ga ideeën invoeren", name="Café DOEN", kind="café", place="Het buurthuis")
    page = helper.follow()
    assert "Vandaag voerde u 0 ideeën in." in page.text
    page = enter(helper, session, "Een bankje")
    assert "Vandaag voerde u 1 idee in." in page.text
    kept = page.form("Dien het idee in voor de bewoner")
    assert kept.action.endswith("/invoeren/2"), "a draft is of one idea"
    left = kept.filled({}).values
    assert (left["title"], left["body"], left["lang"], "consents" in left) == ([""], [""], ["tr"], False)
    assert left["area"] == [str(a_gemeente(session).buurten[0].id)]
    page = helper.click("Briefje met de code")
    [idea] = session.scalars(select(Idea)).all()
    code = page.html.split("<code>")[1].split("<")[0]
    assert f"/ideeen/{idea.id}/van-mij" in page.text
    detail = visitor.get(f"/ideeen/{idea.id}").text
    assert "Gehoord bij" in detail
    assert "Café DOEN" in detail
    visitor.get(f"/ideeen/{idea.id}/van-mij", 302)
    owner = visit_as(a_resident(session))
    owner.get(f"/ideeen/{idea.id}/van-mij")
    assert "Deze code klopt niet" in owner.submit("Zet het idee op mijn naam", code="0000", status=400).text
    owner.submit("Zet het idee op mijn naam", code=code.lower())
    assert "Trek dit idee in" in owner.follow().text
    helper.get(f"/ideeen/{idea.id}/briefje", 404)
    meeting = session.scalars(select(MeetingSource)).one()
    helper.get(f"/trajecten/{traject.slug}/bijeenkomsten/{meeting.id}/invoeren/1", 303)
    assert helper.follow().form("Dien het idee in voor de bewoner").action.endswith("/invoeren/2")


def test_who_came_stands_with_its_source(helper: Visitor, session: Session) -> None:
    traject = a_traject(session)
    helper.get(f"/trajecten/{traject.slug}/bijeenkomsten/nieuw")
    helper.submit("Ga ideeën invoeren", name="Terras", kind="straatterras", place="De Dorpsstraat")
    helper.follow()
    helper.click("Terras")
    helper.click("Schrijf de opkomst op")
    wrong = helper.submit("Bewaar", attendance="200", out_of="100", counted_by="CBS", status=400)
    assert "Er kunnen niet meer mensen komen dan er wonen." in wrong.text
    helper.submit("Bewaar", attendance="200", out_of="800", counted_by="CBS, 2025")
    page = helper.follow()
    assert "200 mensen kwamen" in page.text
    assert "Dat is 25 procent van 800 inwoners. Bron: CBS, 2025" in page.text


def test_meetings_are_of_their_own_traject_and_for_helpers(
    helper: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    traject, other = a_traject(session), a_traject(session)
    helper.get(f"/trajecten/{traject.slug}/bijeenkomsten/nieuw")
    helper.submit("Ga ideeën invoeren", name="Schouw", kind="wijkschouw", place="De vijver")
    meeting = session.scalars(select(MeetingSource)).one()
    for page in ("", "/opkomst", "/invoeren/1"):
        helper.get(f"/trajecten/{other.slug}/bijeenkomsten/{meeting.id}{page}", 404)
        visit_as(a_resident(session)).get(f"/trajecten/{traject.slug}/bijeenkomsten/{meeting.id}{page}", 403)
    helper.get("/ideeen/99999999/briefje", 404)
