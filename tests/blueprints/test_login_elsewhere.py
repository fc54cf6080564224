"""Logging in with a real login service that is honest."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, LoginSession
from participatie.models.audit import AuditRow
from participatie.models.identities import Identity
from participatie.models.residence import Residence
from participatie.spelregels.residence import ResidenceMethod
from participatie.spelregels.verdicts import Refusal
from tests.blueprints.elsewhere import GO, count, goes, links, logs_in, said
from tests.blueprints.voting import a_browser
from tests.factories import a_resident
from tests.login_service import LoginServer
from tests.visitor import Visitor


def test_somebody_logs_in_and_lives_where_their_postcode_is(
    visitor: Visitor, session: Session, service: LoginServer
) -> None:
    """Nothing else of what the service says is kept."""
    service.lie(name="Jansen", address={"postal_code": "9001ab", "street_address": "Molenweg 3"})
    visitor.get("/inloggen")
    assert "Log in met DigiD van Lindewaard" in visitor.page.text
    logs_in(visitor, service)
    assert visitor.page.h1 == "Mijn woonplaats"
    assert "Uw woonplaats is bevestigd: Wiekbuurt." in visitor.page.text
    residence = session.scalars(select(Residence)).one()
    assert (residence.method, residence.area.name) == (ResidenceMethod.OIDC, "Wiekbuurt")
    kept = [
        *session.scalars(select(Identity.subject_hash)), *session.scalars(select(Account.email)),
        *session.scalars(select(Account.name)), *(str(facts) for facts in session.scalars(select(AuditRow.facts))),
    ]  # fmt: skip
    assert not any(word in text for text in kept for word in ("burger-1", "Jansen", "Molenweg", "9001"))


def test_the_same_person_is_the_same_account_in_every_browser(
    app: Flask, session: Session, service: LoginServer
) -> None:
    """Abuse case 31."""
    for _ in range(2):
        logs_in(a_browser(app, session), service)
    service.subject = "burger-2"
    logs_in(a_browser(app, session), service)
    assert (count(session, Account), count(session, Identity), count(session, Residence)) == (2, 2, 2)


def test_logging_in_begins_a_session_of_its_own_and_leads_nowhere_else(
    visitor: Visitor, session: Session, service: LoginServer
) -> None:
    """Abuse cases 28 and 32."""
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    back = goes(visitor, service, "?next=//evil.example")
    visitor.get(back, status=303)
    assert visitor.response.headers["Location"] == "/mijn/woonplaats"
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "inlog" not in cookie
    visitor.get("/mijn")
    visitor.submit("Uitloggen")
    assert count(session, LoginSession) == 0
    visitor.get(goes(visitor, service, "?next=/trajecten"), status=303)
    assert visitor.response.headers["Location"] == "/trajecten"


@pytest.mark.parametrize("claims", [{"address": None}, {"address": {"postal_code": "1012 AB"}}], ids=str)
def test_without_a_postcode_of_the_gemeente_somebody_is_logged_in_and_told(
    visitor: Visitor, session: Session, service: LoginServer, claims: dict[str, object]
) -> None:
    service.lie(**claims)
    logs_in(visitor, service)
    assert "Waar u woont, weten we nog niet zeker" in visitor.page.text
    assert count(session, LoginSession) == 1
    assert count(session, Residence) == 0


def test_whoever_moves_away_loses_the_residence(visitor: Visitor, session: Session, service: LoginServer) -> None:
    logs_in(visitor, service)
    visitor.submit("Uitloggen")
    service.lie(address={"postal_code": "1012AB"})
    logs_in(visitor, service)
    assert count(session, Residence) == 0


def test_an_account_can_log_in_elsewhere_too(
    app: Flask, session: Session, service: LoginServer, visit_as: Callable[[Account], Visitor]
) -> None:
    """Abuse case 13: who is linked to one account is refused at another, and keeps one residence."""
    resident = a_resident(session)
    account_id = resident.id
    mine = visit_as(resident)
    mine.get("/mijn/woonplaats")
    mine.click("Koppel DigiD van Lindewaard aan mijn account", status=303)
    mine.get(service.log_in(mine.response.headers["Location"]).removeprefix("http://localhost"), status=303)
    mine.follow()
    assert "Uw woonplaats is bevestigd" in mine.page.text
    assert session.scalars(select(Identity.account_id)).one() == account_id
    # Logging in elsewhere is now this account.
    assert "Mijn woonplaats" in logs_in(a_browser(app, session), service).page.text
    other = visit_as(a_resident(session))
    assert said(Refusal.IDENTITY_TAKEN) in other.get(links(other, service), status=403).text
    # And this account is nobody else there.
    service.subject = "burger-2"
    assert said(Refusal.IDENTITY_TAKEN) in mine.get(links(mine, service), status=403).text
    assert (count(session, Identity), count(session, Residence)) == (1, 1)


def test_new_keys_of_the_service_are_fetched(visitor: Visitor, session: Session, service: LoginServer) -> None:
    logs_in(visitor, service)
    visitor.submit("Uitloggen")
    service.key = "second"
    logs_in(visitor, service)
    assert service.asked.count("/jwks") == 2
    assert service.asked.count("/.well-known/openid-configuration") == 1


def test_without_the_setting_there_is_no_button_and_no_address(visitor: Visitor) -> None:
    visitor.get("/inloggen")
    assert "DigiD" not in visitor.page.text
    visitor.get(GO, status=404)
    visitor.get(f"{GO}/terug", status=404)


@pytest.mark.pages
def test_the_privacy_page_names_the_service(visitor: Visitor, service: LoginServer) -> None:
    visitor.get("/privacy")
    assert "Inloggen met DigiD van Lindewaard" in visitor.page.text
    assert "127.0.0.1" in visitor.page.text


def test_who_gave_no_address_gets_no_mail(visitor: Visitor, session: Session, service: LoginServer) -> None:
    logs_in(visitor, service)
    assert "Wij hebben geen e-mailadres van u." in visitor.page.text
    assert "zonder-adres" not in visitor.page.text
    assert not session.scalars(select(Account)).one().has_address()
