"""Logging in with a mailed code, logging out, and one's own page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, LoginSession
from participatie.models.outbox import OutboxMail
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, an_idea
from tests.visitor import Visitor

ADDRESS = "fatma@voorbeeld.example"
WRONG = "Deze code klopt niet of is te oud"


def newest_code(session: Session) -> str:
    """The six digits of the newest mail."""
    mail = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    return str(mail.facts["code"])


def ask_code(visitor: Visitor, session: Session, address: str = ADDRESS, after: str = "") -> str:
    """Ask for a code, and read it in the mail."""
    visitor.get(f"/inloggen{after}")
    visitor.submit("Stuur mij een code", email=address)
    visitor.follow()
    return newest_code(session)


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def other(app: Flask, session: Session) -> Visitor:
    """A visitor with another browser."""
    client = app.test_client()
    client.arranged = session
    return Visitor(client)


def test_a_newcomer_logs_in_and_says_where_they_live(visitor: Visitor, session: Session) -> None:
    buurt = a_gemeente(session).buurten[0]
    code = ask_code(visitor, session, "  Fatma@Voorbeeld.example ", "?next=/trajecten")
    visitor.submit("Log in", code=f"{code[:3]} {code[3:]}")
    assert visitor.follow().h1 == "Mijn gegevens"
    visitor.submit("Opslaan", name="Fatma", locale="tr", area=str(buurt.id))
    visitor.language = "tr"
    visitor.follow()
    assert visitor.response is not None
    assert visitor.response.request.path == "/trajecten"
    account = session.scalars(select(Account).where(Account.email == ADDRESS)).one()
    assert (account.name, account.locale, account.area_id) == ("Fatma", "tr", buurt.id)


def test_digits_of_another_script_are_digits(visitor: Visitor, session: Session) -> None:
    a_gemeente(session)
    code = ask_code(visitor, session)
    visitor.submit("Log in", code=code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    visitor.follow()


def test_known_and_unknown_addresses_get_one_answer(visitor: Visitor, other: Visitor, session: Session) -> None:
    """Abuse case 26."""
    known = a_resident(session).email
    answers = []
    for who, address in ((visitor, known), (other, "onbekend@voorbeeld.example")):
        who.get("/inloggen")
        who.submit("Stuur mij een code", email=address)
        assert who.response is not None
        answers.append((who.response.status_code, who.response.headers["Location"], who.follow().text))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("known", [True, False])
def test_the_sixth_mail_in_an_hour_is_refused(
    visitor: Visitor, session: Session, clock: TurnableClock, known: bool
) -> None:
    """Abuse case 27."""
    address = a_resident(session).email if known else ADDRESS
    for _ in range(5):
        ask_code(visitor, session, address)
    visitor.get("/inloggen")
    page = visitor.submit("Stuur mij een code", email=address.upper(), status=429)
    assert "We stuurden al 5 codes naar dit adres" in page.text
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 5
    clock.forward(hours=1, minutes=1)
    ask_code(visitor, session, address)


def test_a_wrong_code_keeps_out_and_the_right_one_still_works(visitor: Visitor, session: Session) -> None:
    a_gemeente(session)
    code = ask_code(visitor, session)
    assert WRONG in visitor.submit("Log in", code=wrong(code), status=400).text
    assert "zes cijfers" in visitor.submit("Log in", code="12a", status=400).text
    visitor.submit("Log in", code=code)
    visitor.follow()


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(visitor: Visitor, session: Session) -> None:
    code = ask_code(visitor, session)
    for _ in range(5):
        visitor.submit("Log in", code=wrong(code), status=400)
    assert WRONG in visitor.submit("Log in", code=code, status=400).text


def test_an_old_code_keeps_out(visitor: Visitor, session: Session, clock: TurnableClock) -> None:
    """Abuse case 24."""
    code = ask_code(visitor, session)
    clock.forward(minutes=10)
    assert WRONG in visitor.submit("Log in", code=code, status=400).text


def test_a_code_works_in_the_browser_that_asked_alone(visitor: Visitor, other: Visitor, session: Session) -> None:
    """Abuse case 24: also not for somebody who asked for a code of their own."""
    code = ask_code(visitor, session)
    other.get("/inloggen/code", 302)
    ask_code(other, session, "dief@voorbeeld.example")
    assert WRONG in other.submit("Log in", code=code, status=400).text


def test_a_used_code_keeps_out(visitor: Visitor, session: Session) -> None:
    """Abuse case 24: with the cookie and the form of before the first login."""
    code = ask_code(visitor, session)
    before = visitor.client.get_cookie("participatie")
    assert before is not None
    assert visitor.page is not None
    filled = visitor.page.form("Log in").filled({"code": code})
    visitor.send(filled)
    visitor.client.set_cookie("participatie", before.value)
    assert WRONG in visitor.send(filled, 400).text


def test_opening_a_link_never_logs_in(visitor: Visitor, session: Session) -> None:
    """A scanner of mail that opens everything uses nothing up (abuse case 25)."""
    code = ask_code(visitor, session)
    for address in (f"/inloggen/code?code={code}", f"/inloggen?code={code}"):
        visitor.get(address)
        visitor.client.head(address)
    visitor.get("/mijn", 302)
    visitor.get("/inloggen/code")
    visitor.submit("Log in", code=code)


def test_no_mail_holds_a_link_that_logs_in(visitor: Visitor, session: Session) -> None:
    code = ask_code(visitor, session)
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.facts == {"code": code, "minutes": 10}


def test_logging_in_leaves_nothing_of_the_old_cookie(visitor: Visitor, session: Session) -> None:
    """A planted session is worth nothing (abuse case 28)."""
    code = ask_code(visitor, session)
    with visitor.client.session_transaction() as cookie:
        planted: dict[str, Any] = dict(cookie)
        cookie["geplant"] = "door een ander"
    visitor.submit("Log in", code=code)
    with visitor.client.session_transaction() as cookie:
        assert not planted.keys() & cookie.keys() - {"_permanent"}
        assert "geplant" not in cookie


def test_a_cookie_is_worth_nothing_after_logging_out(visitor: Visitor, session: Session) -> None:
    """Abuse cases 17 and 28: whoever kept it is nobody, and what they recorded is not done."""
    a_gemeente(session)
    code = ask_code(visitor, session)
    visitor.submit("Log in", code=code)
    visitor.follow()
    kept = visitor.client.get_cookie("participatie")
    assert kept is not None
    assert visitor.page is not None
    recorded = visitor.page.form("Opslaan").filled({"name": "Dief", "area": "0"})
    visitor.submit("Uitloggen")
    assert session.scalars(select(LoginSession)).all() == []
    visitor.client.set_cookie("participatie", kept.value)
    visitor.get("/mijn", 302)
    visitor.send(recorded, 302)
    assert session.scalars(select(Account.name)).one() == ""


def test_a_session_ends_after_its_term(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    resident = visit_as(a_resident(session))
    resident.get("/mijn")
    clock.forward(days=31)
    resident.get("/mijn", 302)


def test_a_changed_cookie_is_nobody(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    resident = visit_as(a_resident(session))
    kept = resident.client.get_cookie("participatie")
    assert kept is not None
    resident.client.set_cookie("participatie", kept.value[:-2] + "xx")
    resident.get("/mijn", 302)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)",
        "/%09/evil.example", "\\\\evil.example", "evil.example", "%0d%0aLocation:%20https://evil.example", "/%0a/evil.example",
    ],
)  # fmt: skip
def test_after_logging_in_nobody_is_sent_elsewhere(visitor: Visitor, session: Session, target: str) -> None:
    """Abuse case 32."""
    resident = a_resident(session)
    code = ask_code(visitor, session, resident.email, f"?next={target}")
    visitor.submit("Log in", code=code)
    assert visitor.response is not None
    assert visitor.response.headers["Location"] == "/mijn"
    visitor.follow()
    visitor.get(f"/inloggen?next={target}", 302)
    assert visitor.response.headers["Location"] == "/mijn"


def test_after_logging_in_one_is_back_at_the_page_that_asked(visitor: Visitor, session: Session) -> None:
    idea = an_idea(session)
    visitor.get(f"/ideeen/{idea.id}/steunen", 302)
    visitor.follow()
    visitor.submit("Stuur mij een code", email=a_resident(session).email)
    visitor.follow()
    visitor.submit("Log in", code=newest_code(session))
    assert visitor.follow().h1 == "Steunt u dit idee?"


@pytest.mark.parametrize(
    "typed", ["", "geen adres", "a@b", "twee@adressen.nl, b@c.nl", "a@b.nl\r\nBcc: x@y.nl", "x" * 300]
)
def test_what_is_no_address_gets_no_mail(visitor: Visitor, session: Session, typed: str) -> None:
    """Abuse case 48, where an address is typed; what was typed stays in the form."""
    visitor.get("/inloggen")
    page = visitor.submit("Stuur mij een code", email=typed, status=400)
    assert page.all("input", name="email")[0].get("value") == " ".join(typed.split())
    assert session.scalars(select(OutboxMail)).all() == []


def test_posting_a_login_from_another_site_does_nothing(client: FlaskClient, session: Session) -> None:
    answer = client.post("/inloggen", data={"email": ADDRESS}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 400
    assert session.scalars(select(OutboxMail)).all() == []
