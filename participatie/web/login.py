"""Who is this visitor? A session token in a signed cookie, looked up in our own table."""

import secrets

from flask import Flask, g, session
from flask_babel import gettext
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user, logout_user

from participatie.models.accounts import Account, account_of_session, token_hash
from participatie.models.wijken import Area
from participatie.spelregels.permissions import NOBODY, Actor
from participatie.web.clock import now
from participatie.web.transaction import db

BROWSER = "browser"


class LoggedIn(UserMixin):  # type: ignore[misc]  # the library ships no types
    """An account in a browser, known to Flask-Login by its session token and not by its number."""

    def __init__(self, account: Account, token: str) -> None:
        """Bind the account to the token it came with."""
        self.account = account
        self.token = token
        self.actor = account.actor()

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.token

    @property
    def name(self) -> str:
        """Return how to call somebody: the name they gave, or the first part of their address."""
        found = self.account
        return found.name or (found.email.split("@")[0] if found.has_address() else gettext("Mijn pagina"))

    @property
    def is_staff(self) -> bool:
        """Tell whether somebody holds any role."""
        return bool(self.actor.grants)


def load_user(token: str) -> LoggedIn | None:
    """Return who is behind a session token, or None when that session ended."""
    account = db().scalar(account_of_session(token_hash(token), now()))
    return LoggedIn(account, token) if account is not None else None


def start_session(token: str) -> None:
    """Log this browser in. The old cookie's contents go, so that nobody can plant a session (abuse case 28)."""
    user = load_user(token)
    session.clear()
    login_user(user)


def new_browser_token() -> str:
    """Return a fresh random token that binds a mailed code to the browser that asked for it."""
    return secrets.token_urlsafe(32)


def keep_browser_token(token: str) -> None:
    """Keep the token in this browser's cookie until it has logged in."""
    session[BROWSER] = token


def kept_browser_token() -> str | None:
    """Return the token of the code that this browser asked for, or None when it did not ask."""
    token: str | None = session.get(BROWSER)
    return token


def end_session() -> None:
    """Forget the visitor in this browser."""
    logout_user()
    session.clear()


def take_for_nobody() -> None:
    """Answer the rest of this request as if nobody were logged in, without asking the database; the cookie stays."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001 - the library has no other way that leaves the cookie alone


def is_logged_in() -> bool:
    """Tell whether somebody is logged in, without asking for an account where the cookie names none: a voter with a letter."""
    return ("_user_id" in session or "_login_user" in g) and bool(current_user.is_authenticated)


def actor() -> Actor:
    """Return the visitor as the spelregels see them."""
    return current_user.actor if is_logged_in() else NOBODY


def account() -> Account:
    """Return the account of a logged-in visitor; only views behind a login call this."""
    found: Account = current_user.account
    return found


def home_area() -> Area | None:
    """Return where a logged-in visitor lives, as they told us."""
    return account().area if g.get("has_cookie") and current_user.is_authenticated else None


def set_up_login(app: Flask) -> None:
    """Connect Flask-Login. Its own session protection is off: the token already is unguessable and revocable."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_user)
