"""How does a file of the gemeente get in? Read whole, written whole, or refused in one sentence."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError
from participatie.commands.clock import now
from participatie.commands.opening import open_database, open_settings, stop
from participatie.geography import FeatureError
from participatie.models.database import transaction
from participatie.spelregels.permissions import OPERATOR, Actor
from participatie.spelregels.verdicts import Refused

Changes = TypeVar("Changes")


def content_of(file: Path) -> bytes:
    """Return what a file holds, or stop with the sentence that says why it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file.name}: niet te lezen ({error.strerror}).")


def read_in(
    file: Path, source: bytes, imports: Callable[[Session, Actor, bytes, str, datetime], Changes | Refused]
) -> Changes:
    """Import what a file holds as the beheerder of the server, all or nothing; return what changed.

    Stops with the line or the feature that is wrong and what was expected there.
    """
    with transaction(open_database(open_settings())) as session:
        try:
            changes = imports(session, OPERATOR, source, file.name, now())
        except (LineError, FeatureError) as error:
            stop(str(error))
        if isinstance(changes, Refused):
            stop("Alleen de beheerder leest bestanden in.")
    return changes
