"""Mail leaves the house over real SMTP: at least once, whatever happens to the worker or the server."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from participatie.actions.record import mail_address
from participatie.commands import mail as sending
from participatie.commands.mail import send_due_mail
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


def make_due(engine: Engine) -> None:
    """Let the time pass until the mail may be tried again."""
    with Session(engine) as session:
        session.execute(update(OutboxMail).values(due_at=OutboxMail.created_at))
        session.commit()
