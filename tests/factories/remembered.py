"""Worlds that were made before: on SQLite their rows are put back, instead of acting the whole story again.

A round takes a hundred statements of SQLAlchemy, and a thousand tests begin with one. Its rows depend on nothing but
what was asked, the clock, and a database without rows; so the first test of a process that asks acts the story,
through the actions, and the next ones get the same rows. PostgreSQL acts it each time.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from participatie.models import Base
from tests.databases import FILLED, SQLITE, TABLES, unguarded
from tests.factories.moments import now_of

Parameters = ParamSpec("Parameters")
Made = TypeVar("Made")
Rows = list[tuple[str, list[tuple[Any, ...]]]]


class Pointer(NamedTuple):
    """A row of a model, to be asked for again."""

    model: type
    identity: tuple[Any, ...]


_made_before: dict[tuple[str, str], tuple[Rows, Any]] = {}


def remembered(make: Callable[Parameters, Made]) -> Callable[Parameters, Made]:
    """Let a factory put back what it made before, where it is the first to write in a database without rows."""

    @wraps(make)
    def made(*args: Parameters.args, **asked: Parameters.kwargs) -> Made:
        session = cast("Session", args[0])
        if not _is_untouched(session):
            return make(*args, **asked)
        key = (f"{make.__module__}.{make.__name__}", repr((args[1:], sorted(asked.items()), now_of(session))))
        if key in _made_before:
            rows, pointers = _made_before[key]
            _put_back(session, rows)
            found = _followed(session, pointers)
            session.commit()  # as after acting the story: nothing is locked
            return cast("Made", found)
        result = make(*args, **asked)
        session.commit()
        if " object at 0x" not in key[1]:
            _made_before[key] = (_rows_of(session), _pointing(result))
        return result

    return made


def _is_untouched(session: Session) -> bool:
    if session.new or session.identity_map or session.get_bind().dialect.name != SQLITE:
        return False
    return _raw(session).execute(FILLED).fetchone() is None


def _raw(session: Session) -> Any:
    """Return the driver's own connection, within the transaction of the session."""
    return session.connection().connection.driver_connection


def _rows_of(session: Session) -> Rows:
    raw = _raw(session)
    rows = [(name, raw.execute(f'SELECT * FROM "{name}"').fetchall()) for name in TABLES]  # noqa: S608 - our own names
    session.commit()
    return [(name, found) for name, found in rows if found]


def _put_back(session: Session, rows: Rows) -> None:
    raw = _raw(session)
    raw.execute("PRAGMA defer_foreign_keys = ON")
    with unguarded(session.connection()):  # a guard may miss a row that comes later
        for name, found in rows:
            places = ", ".join("?" * len(found[0]))
            raw.executemany(f'INSERT INTO "{name}" VALUES ({places})', found)  # noqa: S608 - our own names
    session.commit()


def _pointing(made: Any) -> Any:
    if isinstance(made, Base):
        return Pointer(type(made), inspect(made).identity)
    if isinstance(made, list):
        return [_pointing(part) for part in made]
    if is_dataclass(made) and not isinstance(made, type):
        return replace(made, **{field.name: _pointing(getattr(made, field.name)) for field in fields(made)})
    return made


def _followed(session: Session, made: Any) -> Any:
    if isinstance(made, Pointer):
        return session.get_one(made.model, made.identity)
    if isinstance(made, list):
        return [_followed(session, part) for part in made]
    if is_dataclass(made) and not isinstance(made, type):
        return replace(made, **{field.name: _followed(session, getattr(made, field.name)) for field in fields(made)})
    return made
