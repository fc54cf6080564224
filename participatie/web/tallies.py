"""How are things counted without anybody waiting? In the memory of a worker, and written in a thread about once a minute."""

import atexit
import logging
from collections.abc import Callable, Hashable, Mapping
from threading import Lock, Thread
from time import monotonic
from typing import Any, Generic, TypeVar

from flask import Flask, Response
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

WRITTEN_EVERY = 60  # seconds

Key = TypeVar("Key", bound=Hashable)
log = logging.getLogger(__name__)


class Tally(Generic[Key]):
    """The numbers of one worker that are not in the database yet: a few for each key."""

    def __init__(self, write: Callable[[Engine, Mapping[Key, tuple[int, ...]]], None], name: str) -> None:
        """Begin at nothing; `write` adds numbers to the database, and `name` is what the log calls them."""
        self._write = write
        self._name = name
        self._lock = Lock()
        self._numbers: dict[Key, tuple[int, ...]] = {}
        self._written_at = monotonic()

    def count(self, numbers: Mapping[Key, tuple[int, ...]]) -> None:
        """Add numbers to those of their keys."""
        with self._lock:
            self._add(numbers)

    def is_due(self) -> bool:
        """Tell whether it is time to write, and let nobody else find so for a minute."""
        with self._lock:
            due = bool(self._numbers) and monotonic() - self._written_at >= WRITTEN_EVERY
            if due:
                self._written_at = monotonic()
            return due

    def write(self, engine: Engine) -> None:
        """Write what was counted. What cannot be written now is kept for the next time; no page depends on it."""
        with self._lock:
            numbers, self._numbers = self._numbers, {}
        if not numbers:
            return
        try:
            self._write(engine, numbers)
        except SQLAlchemyError as error:
            log.warning("%s was not written: %s", self._name, type(error).__name__)
            with self._lock:
                self._add(numbers)

    def _add(self, numbers: Mapping[Key, tuple[int, ...]]) -> None:
        for key, more in numbers.items():
            before = self._numbers.get(key, (0,) * len(more))
            self._numbers[key] = tuple(one + other for one, other in zip(before, more, strict=True))


def write_now_and_then(app: Flask, key: str) -> None:
    """Write the tally of this extension in a thread beside an answer, so that no visitor waits, and once more at the end."""

    def write_when_due(response: Response) -> Response:
        tally: Tally[Any] = app.extensions[key]
        if tally.is_due():
            Thread(target=tally.write, args=(app.extensions["participatie.engine"],), daemon=True).start()
        return response

    app.after_request(write_when_due)
    atexit.register(_write_the_last, app, key)


def _write_the_last(app: Flask, key: str) -> None:
    if not app.testing:
        app.extensions[key].write(app.extensions["participatie.engine"])
