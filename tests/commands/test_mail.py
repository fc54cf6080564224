"""Mail leaves the house over real SMTP: at least once, whatever happens to the worker or the server."""

import smtplib
import ssl
from dataclasses import replace
from email.message import EmailMessage
from typing import Self

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from participatie.actions.record import mail_address
from participatie.commands import mail as sending
from participatie.commands.mail import deliver, send_due_mail
from participatie.models.outbox import OutboxMail
from participatie.settings import Settings
from tests.factories import now_of
from tests.post_office import PostOffice


def a_login_mail(session: Session, address: str = "zeynep@lindewaard.example", locale: str = "nl") -> None:
    """Put a mail with a login code in the outbox."""
    mail_address(session, address, locale, "login_code", now_of(session), code="123456", minutes=10)
    session.commit()


def the_row(engine: Engine) -> OutboxMail:
    """The one mail in the outbox, as it stands now."""
    with Session(engine) as session:
        return session.scalars(select(OutboxMail)).one()


def test_a_mail_arrives_and_its_secret_is_forgotten(engine: Engine, session: Session, settings: Settings) -> None:
    a_login_mail(session)
    with PostOffice() as post:
        post.collect(engine, replace(settings, smtp_url=post.url))
        assert [message["To"] for message in post.received] == ["zeynep@lindewaard.example"]
        assert post.login_code_for("zeynep@lindewaard.example") == "123456"
        assert post.received[0]["From"] == settings.mail_from
    row = the_row(engine)
    assert row.sent_at is not None
    assert "123456" not in str(row.facts)


def test_a_sent_mail_is_not_sent_again(engine: Engine, session: Session, settings: Settings) -> None:
    a_login_mail(session)
    with PostOffice() as post:
        for _again in range(3):
            post.collect(engine, replace(settings, smtp_url=post.url))
        assert len(post.received) == 1


def test_a_server_that_refuses_is_tried_again_later(engine: Engine, session: Session, settings: Settings) -> None:
    a_login_mail(session)
    with PostOffice() as post:
        post.refuses = True
        assert send_due_mail(engine, replace(settings, smtp_url=post.url)) == 1
        assert send_due_mail(engine, replace(settings, smtp_url=post.url)) == 0, "not at once"
        row = the_row(engine)
        assert row.sent_at is None
        assert row.tries == 1
        post.refuses = False
        make_due(engine)
        post.collect(engine, replace(settings, smtp_url=post.url))
        assert len(post.received) == 1


def test_no_server_loses_nothing(engine: Engine, session: Session, settings: Settings) -> None:
    a_login_mail(session)
    assert send_due_mail(engine, replace(settings, smtp_url="smtp://127.0.0.1:9")) == 1
    assert the_row(engine).sent_at is None


def test_a_worker_that_dies_after_sending_sends_twice_at_most(
    engine: Engine, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Abuse case 62: killed between the server's yes and the mark, the mail goes out once more and never less."""
    a_login_mail(session)

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with PostOffice() as post:
        here = replace(settings, smtp_url=post.url)
        with monkeypatch.context() as dying:
            dying.setattr(sending, "_mark_sent", die)
            with pytest.raises(KeyboardInterrupt):
                send_due_mail(engine, here)
        assert send_due_mail(engine, here) == 0, "the claim still stands"
        make_due(engine)
        post.collect(engine, here)
        assert len(post.received) == 2
        assert post.received[0].get_content() == post.received[1].get_content()
    assert the_row(engine).sent_at is not None


def test_a_mail_that_cannot_be_written_does_not_keep_the_others_waiting(
    engine: Engine, session: Session, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Facts that lack what the template asks for, a template that is not there, a line break in an address."""
    broken = (
        ("sanne@voorbeeld.example", "login_code", {"minutes": 10}),
        ("omar@voorbeeld.example", "geen_sjabloon", {"code": "777777"}),
        ("piotr@voorbeeld.example\r\nBcc: all@voorbeeld.example", "login_code", {"code": "888888", "minutes": 10}),
    )
    for address, template, facts in broken:
        mail_address(session, address, "nl", template, now_of(session), **facts)
    a_login_mail(session)
    with PostOffice() as post:
        here = replace(settings, smtp_url=post.url)
        assert send_due_mail(engine, here) == 4
        assert [message["To"] for message in post.received] == ["zeynep@lindewaard.example"]
        assert send_due_mail(engine, here) == 0, "not at once"
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 3
    assert "voorbeeld.example" not in said
    assert "777777" not in said
    assert "888888" not in said
    with Session(engine) as session_after:
        rows = session_after.scalars(select(OutboxMail).where(OutboxMail.sent_at.is_(None))).all()
        assert [row.tries for row in rows] == [1, 1, 1]


def test_a_password_never_goes_over_a_line_that_anybody_reads(
    engine: Engine, session: Session, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    a_login_mail(session)
    with PostOffice() as post:
        with_password = post.url.replace("smtp://", "smtp://participatie:s3cret@")
        assert send_due_mail(engine, replace(settings, smtp_url=with_password)) == 1
        assert post.received == []
    said = capsys.readouterr().err
    assert "geen TLS" in said
    assert "s3cret" not in said
    assert the_row(engine).sent_at is None


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_an_encrypted_line_asks_who_is_at_the_other_end(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """The certificate is checked, by STARTTLS where the server offers it too, before the password goes."""
    server = EncryptingServer()
    monkeypatch.setattr(smtplib, "SMTP", server.answer)
    monkeypatch.setattr(smtplib, "SMTP_SSL", server.answer)
    deliver(EmailMessage(), f"{scheme}://participatie:s3%40cret@mail.example:4650")
    assert server.done == (["greeted", "starttls"] if scheme == "smtp" else ["greeted"]) + ["s3@cret", "sent"]
    assert server.context is not None
    assert server.context.verify_mode is ssl.CERT_REQUIRED
    assert server.context.check_hostname


class EncryptingServer:
    """A mail server on paper: what was asked of it, in order, and how its certificate would be checked."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.done: list[str] = []
        self.context: ssl.SSLContext | None = None

    def answer(self, _host: str, _port: int, *, timeout: float, context: ssl.SSLContext | None = None) -> Self:
        """Take the call, as smtplib's classes do."""
        assert timeout
        self.context = context
        return self

    def __enter__(self) -> Self:
        """Stay on the line."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Hang up."""

    def ehlo_or_helo_if_needed(self) -> None:
        """Say what the server can do."""
        self.done.append("greeted")

    def has_extn(self, name: str) -> bool:
        """Offer encryption, after the greeting only, as real servers do."""
        return name == "starttls" and "greeted" in self.done

    def starttls(self, *, context: ssl.SSLContext) -> None:
        """Encrypt the line."""
        self.done.append("starttls")
        self.context = context

    def login(self, _name: str, password: str) -> None:
        """Take the password."""
        self.done.append(password)

    def send_message(self, _message: EmailMessage) -> None:
        """Take the mail."""
        self.done.append("sent")


def make_due(engine: Engine) -> None:
    """Let the time pass until the mail may be tried again."""
    with Session(engine) as session:
        session.execute(update(OutboxMail).values(due_at=OutboxMail.created_at))
        session.commit()
