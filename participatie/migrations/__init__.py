"""How does the database get its tables? Numbered Alembic steps, each with a way back."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

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
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, to)  # type: ignore[operator]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config
