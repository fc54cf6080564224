"""How does a mail read? A template and facts, in the reader's language, as one plain-text message."""

from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import formatdate
from functools import lru_cache, partial
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from participatie.models.outbox import OutboxMail
from participatie.settings import ROOT, Settings
from participatie.web.formats import day_in, euros_in, last_day_in, moment_in


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail as its reader gets it."""

    subject: str
    body: str


def render_mail(template: str, locale: str, facts: dict[str, Any], settings: Settings) -> RenderedMail:
    """Render `templates/emails/<template>.txt`: the first line is the subject, the rest the body.

    A fact that the template asks for and the row does not have is an error, not an empty place.
    """
    text = (
        text_environment(locale, "emails")
        .get_template(f"{template}.txt")
        .render(**facts, public_url=settings.public_url, gemeente=settings.gemeente)
    )
    subject, _separator, body = text.partition("\n")
    return RenderedMail(subject=" ".join(subject.split()), body=body.strip() + "\n")


class AddressHeader(UnstructuredHeader, BaseHeader):
    """A header that mail programs read as it stands: a long address in it is no encoded word (RFC 2047), and not folded."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header on one line."""
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", AddressHeader)
POLICY = EmailPolicy(header_factory=_headers)


class BrokenMailError(Exception):
    """A mail that cannot be written, because of its template or its facts. Says which kind, and nothing of its reader."""


def message_for(row: OutboxMail, settings: Settings) -> EmailMessage:
    """Return the message for an outbox row. `EmailMessage` refuses line breaks in headers (abuse case 48).

    Raises BrokenMailError when the template, the translation or the facts do not fit each other.
    """
    try:
        return _message(row, settings)
    except (TemplateError, LookupError, TypeError, ValueError) as error:
        message = f"{row.template} is niet te maken: {type(error).__name__}"
        raise BrokenMailError(message) from error


def _message(row: OutboxMail, settings: Settings) -> EmailMessage:
    rendered = render_mail(row.template, row.locale, row.facts, settings)
    message = EmailMessage(POLICY)
    message["From"] = settings.mail_from
    message["To"] = row.recipient
    message["Subject"] = rendered.subject
    message["Date"] = formatdate(row.created_at.timestamp())
    # The same row keeps the same id, so that a mail sent twice can be recognised as one.
    domain = settings.mail_from.rpartition("@")[2]
    message["Message-ID"] = f"<outbox-{row.id}.{int(row.created_at.timestamp())}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if off := row.facts.get("stop"):
        # One click in the mail program itself, without a page (RFC 8058): of everything, where a mail is about everything.
        message["List-Unsubscribe"] = f"<{settings.public_url}/e-mail-stoppen/{off['one']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.body)
    # After the content, which removes every Content- header that stood before it.
    message["Content-Language"] = row.locale
    return message


def _read(written: str) -> date | datetime:
    # A day has no zone: read as a moment, it would be another day on a machine elsewhere.
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


@lru_cache(maxsize=16)
def text_environment(locale: str, folder: str) -> Environment:
    """Return what renders the plain texts in a folder of `templates/`, in a language that need not be a visitor's."""
    # Plain text: escaping would show entities to the reader.
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates" / folder),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters["euros"] = partial(euros_in, locale)
    # Facts are JSON, so a moment or a day in them is text.
    environment.filters["day"] = lambda written: day_in(locale, _read(written))
    environment.filters["last_day"] = lambda moment: last_day_in(locale, datetime.fromisoformat(moment))
    environment.filters["moment"] = lambda moment: moment_in(locale, datetime.fromisoformat(moment))
    translations = Translations.load(str(ROOT / "translations"), [locale])
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    return environment
