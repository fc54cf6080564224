"""How is the database reached? One engine; reading and writing transactions differ on SQLite alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

WRITING = {"sqlite_begin": "IMMEDIATE"}


def connect(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL of SQLite or PostgreSQL."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # FULL: a ballot that was acknowledged survives a power cut (voting design, abuse case 61).
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 30000")
    # REPLACE deletes a row too; only so does it ask the guards of what is frozen.
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts by reading and then writes can fail half-way in WAL
    # mode; a writing one therefore takes the write lock at its start.
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def session_for(engine: Engine, *, writes: bool) -> Session:
    """Return a new session; `writes` takes SQLite's write lock with its first statement."""
    bind = engine.execution_options(**WRITING) if writes else engine
    return Session(bind, expire_on_commit=False)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a writing transaction for a command: returning commits, raising rolls back."""
    with session_for(engine, writes=True) as session, session.begin():
        yield session
