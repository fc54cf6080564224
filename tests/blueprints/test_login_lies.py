"""A login service that lies, an answer that is not ours, and a service that is away: nobody is logged in."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.identities import Identity, SpentLogin
from participatie.spelregels.verdicts import Refusal
from tests.blueprints.elsewhere import GO, count, goes, is_nobody, links, logs_in, said
from tests.blueprints.voting import a_browser
from tests.clock import TurnableClock
from tests.factories import a_resident
from tests.login_service import LoginServer
from tests.visitor import Visitor


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"nonce": "of-another-login"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another-site"}},
        {"claims": {"aud": ["lindewaard", "another-site"], "azp": "another-site"}},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"exp": 1}},
        {"claims": {"exp": None}},
        {"claims": {"sub": " "}},
        {"signs": "none"},
        {"signs": "hs256"},
        {"signs": "foreign"},
    ],
    ids=str,
)
def test_an_answer_that_is_not_ours_logs_nobody_in(
    visitor: Visitor, session: Session, service: LoginServer, lie: dict[str, object]
) -> None:
    """Abuse case 31: a wrong nonce, aud, iss or time, no signature, a shared key, or a key of somebody else."""
    for name, value in lie.items():
        setattr(service, name, value)
    page = visitor.get(goes(visitor, service), status=400)
    assert said(Refusal.LOGIN_FAILED) in page.text
    assert "/token" in service.asked
    assert is_nobody(visitor, session)
    assert count(session, Account) == 0


def test_an_answer_to_another_login_is_refused(app: Flask, session: Session, service: LoginServer) -> None:
    """Abuse case 31: an address that somebody made for another browser, an old one, and one without its state."""
    attacker, victim = a_browser(app, session), a_browser(app, session)
    planted = goes(attacker, service)
    assert said(Refusal.LOGIN_FAILED) in victim.get(planted, status=400).text
    mine = goes(victim, service)
    assert said(Refusal.LOGIN_FAILED) in victim.get(planted, status=400).text
    # The one that this browser began is spent by that.
    assert said(Refusal.LOGIN_FAILED) in victim.get(mine, status=400).text
    assert said(Refusal.LOGIN_FAILED) in victim.get(goes(victim, service).split("&state=")[0], status=400).text
    assert "/token" not in service.asked
    assert is_nobody(victim, session)


def test_an_answer_that_took_too_long_is_refused(
    visitor: Visitor, session: Session, service: LoginServer, clock: TurnableClock
) -> None:
    back = goes(visitor, service)
    clock.forward(minutes=11)
    assert said(Refusal.LOGIN_FAILED) in visitor.get(back, status=400).text
    assert is_nobody(visitor, session)


def test_an_answer_works_once_also_with_a_copy_of_the_cookie(
    visitor: Visitor, session: Session, service: LoginServer
) -> None:
    """Abuse case 31: even where the service takes its code twice."""
    service.forgives = True
    back = goes(visitor, service)
    with visitor.client.session_transaction() as cookie:
        kept = dict(cookie)
    visitor.get(back, status=303)
    assert said(Refusal.LOGIN_FAILED) in visitor.get(back, status=400).text
    visitor.get("/mijn")
    visitor.submit("Uitloggen")
    with visitor.client.session_transaction() as cookie:
        cookie.update(kept)
    assert said(Refusal.LOGIN_FAILED) in visitor.get(back, status=400).text
    assert count(session, SpentLogin) == 1
    assert is_nobody(visitor, session)


def test_a_login_that_began_as_another_links_nothing(
    session: Session, service: LoginServer, visit_as: Callable[[Account], Visitor]
) -> None:
    mine = visit_as(a_resident(session))
    back = links(mine, service)
    mine.get("/mijn")
    with mine.client.session_transaction() as cookie:
        for name in ("_user_id", "_fresh"):
            del cookie[name]
    assert said(Refusal.LOGIN_FAILED) in mine.get(back, status=400).text
    assert count(session, Identity) == 0


def test_a_service_that_is_down_gets_a_page_and_everything_else_goes_on(
    visitor: Visitor, session: Session, service: LoginServer, clock: TurnableClock
) -> None:
    """Abuse case 65, for the login service: at the beginning, and when a browser comes back."""
    service.is_down = True
    assert said(Refusal.LOGIN_SERVICE_DOWN) in visitor.get(GO, status=503).text
    service.is_down = False
    back = goes(visitor, service)
    service.is_down = True
    assert said(Refusal.LOGIN_SERVICE_DOWN) in visitor.get(back, status=503).text
    visitor.get("/inloggen")
    assert is_nobody(visitor, session)


@pytest.mark.parametrize(
    "document",
    [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://elsewhere.example/token"}, {"jwks_uri": None}],
    ids=str,
)
def test_a_service_that_calls_itself_otherwise_or_asks_without_encryption_is_not_used(
    visitor: Visitor, service: LoginServer, document: dict[str, object]
) -> None:
    service.document = document
    assert said(Refusal.LOGIN_SERVICE_DOWN) in visitor.get(GO, status=503).text


def test_spent_logins_do_not_stay(app: Flask, session: Session, service: LoginServer, clock: TurnableClock) -> None:
    logs_in(a_browser(app, session), service)
    clock.forward(hours=1)
    logs_in(a_browser(app, session), service)
    assert count(session, SpentLogin) == 1


def test_another_site_cannot_begin_to_link(
    session: Session, service: LoginServer, visit_as: Callable[[Account], Visitor]
) -> None:
    """In a browser that it logged in at the service as somebody else, that one would share the account."""
    mine = visit_as(a_resident(session))
    for address in (GO, f"{GO}?sleutel=", f"{GO}?sleutel=geraden"):
        mine.get(address, status=302)
        assert mine.response.headers["Location"] == "/mijn/woonplaats"
    assert service.asked == []
