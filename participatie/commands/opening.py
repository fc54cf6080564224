"""How does a command get at the settings and the database? With one sentence when it cannot."""

import sys
from typing import NoReturn

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from participatie.migrations import DatabaseTooNewError, upgrade
from participatie.models.database import connect
from participatie.settings import SettingError, Settings, from_process

BAD_INPUT = 2


def stop(sentence: str) -> NoReturn:
    """Leave with one sentence and exit code 2."""
    click.echo(sentence, err=True)
    sys.exit(BAD_INPUT)


def open_settings() -> Settings:
    """Return the settings of this process, or stop with the sentence that says what is wrong."""
    try:
        return from_process()
    except SettingError as error:
        stop(str(error))


def open_database(settings: Settings) -> Engine:
    """Return an engine for a database that is up to date, or stop."""
    engine = connect(settings.database_url)
    click.get_current_context().call_on_close(engine.dispose)
    try:
        upgrade(engine)
    except DatabaseTooNewError as error:
        stop(str(error))
    except DatabaseError as error:
        stop(f"De database is niet te gebruiken: {error.orig}")
    return engine
