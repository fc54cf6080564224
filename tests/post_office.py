"""A real mail server for the tests: what the worker sends, arrives here over SMTP."""

import re
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine

from participatie.commands.mail import send_due_mail
from participatie.settings import Settings


def _free_port() -> int:
    # The controller knocks on its own door to see that it is open, so it must know the number beforehand.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class PostOffice:
    """A mail server on a free port of this machine; use it as a context manager."""

    def __init__(self) -> None:
        """Start with no mail; `refuses` makes the server turn mail away."""
        self.received: list[EmailMessage] = []
        self.refuses = False
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

    def __enter__(self) -> Self:
        """Open the doors."""
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the doors."""
        self._controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Take one mail in."""
        if self.refuses:
            return "451 try again later"
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"

    @property
    def url(self) -> str:
        """The address of this server, as PARTICIPATIE_SMTP_URL wants it."""
        return f"smtp://{self._controller.hostname}:{self._controller.port}"

    def collect(self, engine: Engine, settings: Settings) -> None:
        """Let the worker send everything that is due."""
        while send_due_mail(engine, settings):
            pass

    def last_to(self, address: str) -> EmailMessage:
        """Return the newest mail to an address."""
        found = [message for message in self.received if message["To"] == address]
        assert found, f"no mail to {address}; there is mail to {[message['To'] for message in self.received]}"
        return found[-1]

    def login_code_for(self, address: str) -> str:
        """Return the six digits in the newest mail to an address."""
        digits = re.search(r"\b\d{6}\b", self.last_to(address).get_content())
        assert digits, f"no login code in the newest mail to {address}"
        return digits.group()
