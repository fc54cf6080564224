"""How does the database get its tables? Numbered Alembic steps, each with a way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, event

HERE = Path(__file__).resolve().parent


class DatabaseTooNewError(Exception):
    """The database was made by a newer version of this program."""


def head() -> str:
    """Return the newest step that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(engine: Engine) -> str | None:
    """Return the step the database is at, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up. Raises DatabaseTooNewError for a step this program does not know."""
    at = current(engine)
    try:
        if at is not None:
            ScriptDirectory.from_config(_config()).get_revision(at)
    except CommandError as error:
        message = f"De database is van een nieuwere versie (stap {at}) dan dit programma (stap {head()}). Werk het programma bij."
        raise DatabaseTooNewError(message) from error
    _run(engine, command.upgrade, to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Bring the database down to an earlier step; rows in tables that go, go with them."""
    _run(engine, command.downgrade, to)


def _run(engine: Engine, step: object, to: str) -> None:
    config = _config()
    with engine.connect() as connection, _tables_may_be_made_anew(connection), connection.begin():
        config.attributes["connection"] = connection
        step(config, to)  # type: ignore[operator]


@contextmanager
def _tables_may_be_made_anew(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others point to; that they still point to something is checked before the commit."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    # Only outside a transaction does SQLite listen to this.
    driver.execute("PRAGMA foreign_keys = OFF")
    event.listen(connection, "commit", _refuse_loose_ends)
    try:
        yield
    finally:
        event.remove(connection, "commit", _refuse_loose_ends)
        driver.execute("PRAGMA foreign_keys = ON")


def _refuse_loose_ends(connection: Connection) -> None:
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if loose:
        message = f"after this step {len(loose)} rows point to nothing, the first in {loose[0][0]}"
        raise RuntimeError(message)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config
