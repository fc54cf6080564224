"""How does mail leave the house, and what else does the worker do? From the outbox, at least once; it may die at any moment."""

import smtplib
import ssl
import time
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

import click
from sqlalchemy import Engine, update
from sqlalchemy.engine import CursorResult

from participatie.commands.clock import now
from participatie.commands.digesting import Digester
from participatie.commands.escalating import Escalator
from participatie.commands.forgetting import Forgetter
from participatie.commands.lots import Preparer
from participatie.commands.opening import open_database, open_settings
from participatie.commands.publishing import Publisher
from participatie.commands.reminding import Reminder
from participatie.commands.sealing import Sealer
from participatie.commands.translating import Interpreter
from participatie.models.database import session_for, transaction
from participatie.models.outbox import OutboxMail, due_mail
from participatie.settings import Settings
from participatie.web.mail import BrokenMailError, message_for

BATCH = 50
CLAIM = timedelta(minutes=5)
RETRY = timedelta(minutes=2)
MOST_RETRIES_APART = 8
PAUSE_SECONDS = 1.0
SMTP_TIMEOUT_SECONDS = 20
#: Templates whose facts are secrets: they are emptied once the mail is out.
SECRET_FACTS: dict[str, dict[str, Any]] = {
    "login_code": {"code": "……", "minutes": 0},
    "panel_registered": {"code": "……", "proof": "……"},
}


@click.command("worker")
@click.option("--once", is_flag=True, help="Doe wat klaarstaat, en stop.")
def worker(*, once: bool) -> None:
    """Verzegel wat sloot, verstuur de e-mail die klaarstaat, laat vertalen wat is gepubliceerd, en blijf dat doen."""
    settings = open_settings()
    engine = open_database(settings)
    if settings.smtp_url is None:
        click.echo("PARTICIPATIE_SMTP_URL is leeg: er gaat geen e-mail weg. Stemmingen worden wel verzegeld.", err=True)
    sealer, forgetter, digester = Sealer(engine), Forgetter(engine), Digester(engine)
    preparer = Preparer(engine)
    publisher, reminder, escalator = Publisher(engine), Reminder(engine), Escalator(engine)
    interpreter = Interpreter(engine, settings.translate) if settings.translate else None
    while True:
        done = sealer.work() + forgetter.work() + digester.work() + publisher.work() + reminder.work()
        done += escalator.work() + preparer.work()
        done += send_due_mail(engine, settings) if settings.smtp_url else 0
        # One translation between two looks at the mail, which holds login codes.
        done += interpreter.work() if interpreter else 0
        if once and not (done or preparer.is_busy):
            return
        if not done:
            time.sleep(PAUSE_SECONDS)


def send_due_mail(engine: Engine, settings: Settings) -> int:
    """Send one batch of the mail that is due, and return how many were handled.

    A row is claimed by moving its due time five minutes on, in a transaction of
    its own; only after the server took the mail is it marked as sent. A worker
    that dies in between leaves a row that is due again: sent twice at most, and
    never lost (abuse case 62). A server that refuses is tried again, ever later;
    so is a mail that cannot be written, and neither keeps the others waiting.
    """
    with session_for(engine, writes=False) as session:
        rows = list(session.scalars(due_mail(now(), BATCH)))
    handled = 0
    for row in rows:
        if not _claim(engine, row):
            continue
        handled += 1
        try:
            deliver(message_for(row, settings), settings.smtp_url or "")
        except (OSError, smtplib.SMTPException, PasswordInClearError, BrokenMailError) as error:
            # No address in the log: who gets mail is nobody's business there.
            why = error if isinstance(error, (PasswordInClearError, BrokenMailError)) else type(error).__name__
            click.echo(f"E-mail {row.id} is niet verstuurd ({why}); later nog eens.", err=True)
            _postpone(engine, row)
        else:
            _mark_sent(engine, row)
    return handled


class PasswordInClearError(Exception):
    """The mail server offers no encryption, and there is a password to send."""


def deliver(message: EmailMessage, smtp_url: str) -> None:
    """Hand one message to the server at `smtp://…` (STARTTLS where offered) or `smtps://…`.

    An encrypted connection asks for a certificate that this machine trusts, for the
    name in the address. Raises PasswordInClearError before a password would go over
    a connection without encryption.
    """
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    encrypted = parts.scheme == "smtps"
    if encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=SMTP_TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SMTP_TIMEOUT_SECONDS)
    with server:
        # What the server can do is known only after it was greeted.
        server.ehlo_or_helo_if_needed()
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            encrypted = True
        if parts.username:
            if not encrypted:
                raise PasswordInClearError("de mailserver biedt geen TLS, en zonder TLS gaat er geen wachtwoord heen")
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _claim(engine: Engine, row: OutboxMail) -> bool:
    with transaction(engine) as session:
        result = session.execute(
            update(OutboxMail)
            .where(OutboxMail.id == row.id, OutboxMail.sent_at.is_(None), OutboxMail.due_at == row.due_at)
            .values(due_at=now() + CLAIM, tries=OutboxMail.tries + 1)
        )
        return isinstance(result, CursorResult) and result.rowcount == 1


def _postpone(engine: Engine, row: OutboxMail) -> None:
    wait = RETRY * 2 ** min(row.tries, MOST_RETRIES_APART)
    with transaction(engine) as session:
        session.execute(update(OutboxMail).where(OutboxMail.id == row.id).values(due_at=now() + wait))


def _mark_sent(engine: Engine, row: OutboxMail) -> None:
    with transaction(engine) as session:
        session.execute(
            update(OutboxMail)
            .where(OutboxMail.id == row.id)
            .values(sent_at=now(), facts=row.facts | SECRET_FACTS.get(row.template, {}))
        )
