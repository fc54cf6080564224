"""Which login elsewhere did this browser begin? Its secrets, in the signed cookie, until it comes back or ten minutes pass.

They belong to this browser alone: an address that somebody else made or copied begins nothing here (abuse case 31).
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from participatie.spelregels.accounts import OUTSIDE_LOGIN_TERM

KEY = "inlog"


@dataclass(frozen=True, slots=True)
class Started:
    """A login that was begun: what the service has to give back, and where to go afterwards.

    `account_id` is of whoever was logged in when it began: then it links, and begins no session.
    """

    state: str
    nonce: str
    verifier: str
    began_at: int
    target: str | None = None
    account_id: int | None = None

    def fits(self, state: str | None, now: datetime) -> bool:
        """Tell whether an answer belongs to this login, and came in time."""
        in_time = 0 <= now.timestamp() - self.began_at <= OUTSIDE_LOGIN_TERM.total_seconds()
        return in_time and state is not None and secrets.compare_digest(state.encode(), self.state.encode())


def begin_login(target: str | None, account_id: int | None, now: datetime) -> Started:
    """Begin a login with fresh secrets, and keep it in this browser; one that was begun before is forgotten."""
    fresh = (secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))
    started = Started(*fresh, int(now.timestamp()), target, account_id)
    session[KEY] = asdict(started)
    return started


def take_login() -> Started | None:
    """Return the login that this browser began, and forget it: it comes back once."""
    kept = session.pop(KEY, None)
    try:
        return Started(**kept)
    except TypeError:  # nothing there, or of another version of this program
        return None


def linking_key() -> str:
    """Return what a link of ours holds that links an account to a login elsewhere."""
    key: str = generate_csrf()
    return key


def is_linking_key(key: str | None) -> bool:
    """Tell whether a page of ours asked to link, in this browser.

    It is an address and no form, because a form of this site may lead to no other. Without the key another site could
    begin it, in a browser that it first logged in elsewhere as somebody else: who would then share this account.
    """
    try:
        validate_csrf(key)
    except ValidationError:
        return False
    return True
