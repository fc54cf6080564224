"""A browser that logs in with the login service, as the tests of that need one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.accounts import LoginSession
from participatie.spelregels.verdicts import Refusal
from participatie.web.refusals import SENTENCES
from tests.login_service import LoginServer
from tests.visitor import Visitor

GO = "/inloggen/extern"


def said(code: Refusal) -> str:
    """The sentence of a refusal that names no facts."""
    return str(SENTENCES[code]._args[0])


def goes(visitor: Visitor, service: LoginServer, target: str = "") -> str:
    """Begin, log in at the service, and return the address that it sends the browser back to."""
    return back_from(visitor, service, f"{GO}{target}")


def links(visitor: Visitor, service: LoginServer) -> str:
    """The same for somebody who is logged in, and links it to their account by a page of ours."""
    visitor.get("/mijn/woonplaats")
    return back_from(visitor, service, f"{GO}?sleutel={visitor._token}")


def back_from(visitor: Visitor, service: LoginServer, address: str) -> str:
    """Go to the service by that address, and return where it sends the browser back to."""
    visitor.get(address, status=303)
    assert visitor.response is not None
    back = service.log_in(visitor.response.headers["Location"])
    assert back.startswith("http://localhost/inloggen/extern/terug?")
    return back.removeprefix("http://localhost")


def logs_in(visitor: Visitor, service: LoginServer, target: str = "") -> Visitor:
    """Log in elsewhere, and look at the page after it."""
    visitor.get(goes(visitor, service, target), status=303)
    visitor.follow()
    return visitor


def count(session: Session, table: type) -> int:
    """How many rows there are."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def is_nobody(visitor: Visitor, session: Session) -> bool:
    """Whether the browser is logged out, and no session was begun."""
    visitor.get("/mijn", status=302)
    return count(session, LoginSession) == 0
