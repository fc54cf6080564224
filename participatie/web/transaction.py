"""When does a request commit? Returning commits, raising rolls back."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, g, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from participatie.models.database import first_row, may_begin_anew, session_for

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: How often a request is begun: once more after each time that the database let it go by chance.
ATTEMPTS = 3
#: What stays true of a request that is begun anew: what its address and its cookie said, and how the attempts ended.
KEPT_ANEW = frozenset({"has_cookie", "csrf_valid", "harmless_again", "looks_first", "unsure"})
log = logging.getLogger(__name__)


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


def begin_writing() -> Session:
    """Return a session that may write, in a request that is a GET because another site sends visitors back with it.

    What was read before stays as it was read.
    """
    close_session()
    engine: Engine = current_app.extensions["participatie.engine"]
    g.db = session_for(engine, writes=True)
    session: Session = g.db
    return session


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


def glance(statement: Select[Any], parameters: Mapping[str, Any]) -> Row[Any] | None:
    """Return one row that a request looks up before it begins to write, as `reading` does, and without a session."""
    engine: Engine = current_app.extensions["participatie.engine"]
    if request.method in SAFE_METHODS or engine.dialect.name != "sqlite":
        return db().connection().execute(statement, parameters).first()
    return first_row(engine, statement, parameters)


def sending_again_is_harmless() -> None:
    """Say that this request may be done twice: its action knows by itself what it has done."""
    g.harmless_again = True


def trust_memory(version: int) -> None:
    """Note that this request goes by what its worker remembers of a round, and that its action has to confirm that."""
    g.from_memory = version


def remembered_version() -> int | None:
    """Return the version that this request took from memory and that nobody confirmed yet."""
    version: int | None = g.get("from_memory")
    return version


def may_trust_memory() -> bool:
    """Tell whether a request may go by memory: not when it did so before and something was different."""
    return not g.get("looks_first")


def memory_was_right() -> None:
    """Say that the database confirmed, behind its locks, what this request took from memory."""
    g.pop("from_memory", None)


class TransactionalFlask(Flask):
    """A Flask whose request is one transaction.

    The commit stands inside dispatching and before the answer leaves, so that a
    commit that fails is an error page and not a lie.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, and commit when it returns.

        One that went by memory is begun anew too unless its action found that right: nobody is refused, or sent
        elsewhere, for what a worker only thought. Where the database let the transaction go by chance (a deadlock, a server that was started again) the request
        is begun anew, a few times. When the connection went during the commit nobody knows what became of it, so
        then only a request is repeated that says that this is harmless.
        """
        for attempt in range(1, ATTEMPTS + 1):
            committing = False
            try:
                answer = super().dispatch_request()
                if remembered_version() is not None:
                    _as_at_the_beginning(self)
                    continue
                if "db" in g:
                    committing = True
                    g.db.commit()
            except HTTPException:
                if remembered_version() is None:
                    raise
                _as_at_the_beginning(self)
            except DBAPIError as error:
                unknown = committing and error.connection_invalidated
                g.unsure = bool(g.get("unsure")) or unknown
                may_repeat = may_begin_anew(error) and not (unknown and not g.get("harmless_again"))
                if attempt == ATTEMPTS or not may_repeat:
                    raise
                log.warning("a request is begun anew: %s", type(error.orig).__name__)
                _as_at_the_beginning(self)
            else:
                return answer
        raise AssertionError


def _as_at_the_beginning(app: Flask) -> None:
    # What the first attempt learned or noted in the cookie belongs to a transaction that is no more.
    close_session()
    g.looks_first = True
    for name in set(g) - KEPT_ANEW:
        g.pop(name)
    for files in request.files.listvalues():
        for file in files:
            file.stream.seek(0)
    request_ctx._session = app.session_interface.open_session(app, request)  # noqa: SLF001 - there is no other way
    request_ctx.flashes = None


def close_session(_error: BaseException | None = None) -> None:
    """Give the connection back; what was not committed is rolled back."""
    for name in ("db", "reading"):
        session: Session | None = g.pop(name, None)
        if session is not None:
            session.close()
