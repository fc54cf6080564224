"""How is the database reached? One engine; reading and writing transactions differ on SQLite alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

READING, WRITING, AT_ONCE = "DEFERRED", "IMMEDIATE", ""

#: Seconds that a statement waits for somebody else's lock. Fewer than the 30 after which gunicorn stops a worker that
#: does not answer: a visitor hears that it did not work, and what to do.
PATIENCE = 15

#: What PostgreSQL says (SQLSTATE) when two transactions cannot both go on: one is rolled back, and may begin anew.
LOST_TO_ANOTHER = frozenset({"40001", "40P01"})
#: The database cannot be written at the moment: a standby that was not promoted yet.
READ_ONLY = frozenset({"25006"})


def connect(url: str, *, pings: bool = True, patience: float = PATIENCE) -> Engine:
    """Return an engine for a SQLAlchemy URL of SQLite or PostgreSQL.

    `pings` asks a connection of PostgreSQL whether it still lives each time it is taken: a question too many for who
    can begin anew when it does not. `patience` is how many seconds a statement waits for a lock.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=pings)
        event.listen(engine, "connect", lambda connection, _record: _prepare_postgresql(connection, patience))
        return engine
    engine = create_engine(url, connect_args={"timeout": patience})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, patience: float) -> None:
    # Not as an option of the connection: a pooler in between refuses those that it does not know.
    connection.execute(f"SET lock_timeout = {round(patience * 1000)}")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL: a ballot that was acknowledged survives a power cut (voting design, abuse case 61).
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # REPLACE deletes a row too; only so does it ask the guards of what is frozen.
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts by reading and then writes can fail half-way in WAL
    # mode; a writing one therefore takes the write lock at its start.
    mode = connection.get_execution_options().get("sqlite_begin", READING)
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")


@lru_cache(maxsize=16)
def _beginning(engine: Engine, mode: str) -> Engine:
    return engine.execution_options(sqlite_begin=mode)


def session_for(engine: Engine, *, writes: bool) -> Session:
    """Return a new session; `writes` takes SQLite's write lock with its first statement."""
    return Session(_beginning(engine, WRITING) if writes else engine, expire_on_commit=False)


def first_row(engine: Engine, statement: Select[Any], parameters: Mapping[str, Any]) -> Row[Any] | None:
    """Return the first row of one statement that needs no transaction around it."""
    with _beginning(engine, AT_ONCE).connect() as connection:
        return connection.execute(statement, parameters).first()


def may_begin_anew(error: DBAPIError) -> bool:
    """Tell whether a transaction failed by chance and left nothing: it lost to another one, or its connection is gone.

    When the connection went during the commit, nobody knows whether that came through.
    """
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in LOST_TO_ANOTHER


def is_for_now(error: DBAPIError) -> bool:
    """Tell whether the database cannot be reached or written at the moment; otherwise the mistake is ours."""
    return (
        isinstance(error, OperationalError)
        or error.connection_invalidated
        or getattr(error.orig, "sqlstate", None) in READ_ONLY | LOST_TO_ANOTHER
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a writing transaction for a command: returning commits, raising rolls back."""
    with session_for(engine, writes=True) as session, session.begin():
        yield session
