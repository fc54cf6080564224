"""The mailbox that everybody may read: of a demo alone."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.actions.record import mail_address
from tests.factories import now_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_there_is_no_mailbox_outside_a_demo(visitor: Visitor, session: Session) -> None:
    """It would show everybody's login codes."""
    mail_address(session, "iemand@voorbeeld.example", "nl", "login_code", now_of(session), code="123456", minutes=10)
    page = visitor.get("/demo/postvak", 404)
    assert "123456" not in page.html
    assert "Dit is een demo" not in visitor.get("/").text


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_demo_shows_mail_as_its_reader_gets_it(demo_app: Flask, session: Session, language: str) -> None:
    client = demo_app.test_client()
    client.arranged = session
    visitor = Visitor(client, language)
    visitor.get("/demo/postvak")
    facts = {"code": "123456", "minutes": 10}
    mail_address(session, "iemand@voorbeeld.example", "nl", "login_code", now_of(session), **facts)
    mail_address(session, "iemand@voorbeeld.example", "ar", "login_code", now_of(session), **facts)
    page = visitor.get("/demo/postvak")
    assert page.text.count("123456") == 2
    mails = page.all("article")
    assert [(mail.get("lang"), mail.get("dir")) for mail in mails] == [("ar", "rtl"), ("nl", "ltr")]


def test_mail_that_looks_like_html_is_text(demo_app: Flask, session: Session) -> None:
    """Abuse case 41, for the body of a mail."""
    client = demo_app.test_client()
    client.arranged = session
    mail_address(
        session, "iemand@voorbeeld.example", "nl", "idea_restored", now_of(session),
        idea_id=1, title="<script>alert(1)</script>", reason="<img src=x onerror=alert(1)>",
    )  # fmt: skip
    page = Visitor(client).get("/demo/postvak")
    assert "<script>alert(1)</script>" in page.text


def test_a_demo_says_so_on_every_page(demo_app: Flask) -> None:
    assert "Dit is een demo" in Visitor(demo_app.test_client()).get("/").text
