"""One's own page, and what one says about oneself."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from participatie.actions.moderation import hide_idea
from participatie.models.accounts import Account
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from tests.factories import a_resident, a_traject, a_wijkmanager, an_account, an_idea, done, now_of
from tests.visitor import Visitor


def test_nobody_makes_themselves_an_official(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """Fields that are not in the form are ignored (abuse case 38)."""
    account = a_resident(session)
    resident = visit_as(account)
    resident.get("/mijn/gegevens")
    sent = {
        "name": "Piet",
        "locale": "nl",
        "area": "0",
        "role": "beheerder",
        "granted": "1",
        "email": "x@y.example",
        "id": "1",
    }
    resident.post("/mijn/gegevens", sent)
    assert (account.name, account.granted) == ("Piet", [])
    assert account.email.endswith("@voorbeeld.example")


@pytest.mark.parametrize(
    "field, value", [("area", "99999999"), ("area", ""), ("locale", "xx"), ("name", "  "), ("name", "n" * 81)]
)
def test_a_profile_that_cannot_be_is_refused_with_what_was_typed(
    visit_as: Callable[[Account], Visitor], session: Session, field: str, value: str
) -> None:
    account = a_resident(session, name="Sanne")
    resident = visit_as(account)
    resident.get("/mijn/gegevens")
    page = resident.submit("Opslaan", **{"name": "Anders", field: value}, status=400)
    if field != "name":
        assert page.all("input", name="name")[0].get("value") == "Anders"
    assert account.name == "Sanne"


def test_my_page_shows_my_ideas_and_what_i_follow(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    author = a_resident(session)
    traject = a_traject(session)
    idea = an_idea(session, traject, author=author, title="Mijn bankje")
    another = an_idea(session, traject, title="Andermans bankje")
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, idea, HouseRule.ADVERTISING, "Noem geen winkels.", now_of(session)))
    me = visit_as(author)
    text = me.get("/mijn").text
    assert "Mijn bankje" in text
    assert "Noem geen winkels." in text
    assert traject.title in text
    assert another.title not in text


def test_a_name_in_another_script_is_shown_apart(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    """Abuse case 46."""
    a_wijkmanager(session)
    page = visit_as(a_resident(session, name="عمر \u202eevil")).get("/")
    assert any((element.text or "").startswith("عمر") for element in page.all("bdi"))
