"""When does a request commit? Returning commits, raising rolls back."""

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from participatie.models.database import session_for

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def db() -> Session:
    """Return the session of this request, opened at its first use; one that only reads takes no write lock."""
    if "db" not in g:
        engine: Engine = current_app.extensions["participatie.engine"]
        g.db = session_for(engine, writes=request.method not in SAFE_METHODS)
    session: Session = g.db
    return session


def let_go() -> None:
    """Give SQLite's write lock, or the connection, back before long work; nothing may have been written yet.

    What was read stays; an action reads again, behind a lock, what it decides about.
    """
    if "db" in g:
        g.db.commit()


def reading() -> Session:
    """Return a session that reads without SQLite's write lock, also while a request writes.

    For what a writing request looks up and does not change: a vote then holds the
    lock for the few statements of casting, and not for making sense of its address.
    """
    engine: Engine = current_app.extensions["participatie.engine"]
    if request.method in SAFE_METHODS or engine.dialect.name != "sqlite":
        return db()
    if "reading" not in g:
        g.reading = session_for(engine, writes=False)
    session: Session = g.reading
    return session


class TransactionalFlask(Flask):
    """A Flask whose request is one transaction.

    The commit stands inside dispatching and before the answer leaves, so that a
    commit that fails is an error page and not a lie.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, and commit when it returns."""
        answer = super().dispatch_request()
        if "db" in g:
            g.db.commit()
        return answer


def close_session(_error: BaseException | None = None) -> None:
    """Give the connection back; what was not committed is rolled back."""
    for name in ("db", "reading"):
        session: Session | None = g.pop(name, None)
        if session is not None:
            session.close()
