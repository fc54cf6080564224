"""How often was each idea shown and opened? Counted in the memory of a worker, and written about once a minute.

Counted: the cards of a list of ideas, and the page of an idea, also where they come out of the kept pages; not what
staff looks at, and not what a browser or a proxy shows without asking us. Nothing is known of who looked.
"""

import atexit
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from http import HTTPStatus
from threading import Lock, Thread
from time import monotonic

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from participatie.web.clock import now
from participatie.web.formats import AMSTERDAM
from participatie.web.login import actor

WRITTEN_EVERY = 60  # seconds
KEY = "participatie.exposure"

Seen = Mapping[tuple[int, date], tuple[int, int]]
Write = Callable[[Engine, Seen], None]
log = logging.getLogger(__name__)


class Exposure:
    """The numbers of one worker that are not in the database yet."""

    def __init__(self, write: Write) -> None:
        """Begin at nothing; `write` adds numbers to the database."""
        self._write = write
        self._lock = Lock()
        self._seen: dict[tuple[int, date], tuple[int, int]] = {}
        self._written_at = monotonic()

    def add(self, shown: Iterable[int], opened: Iterable[int], day: date) -> None:
        """Count ideas as shown and as opened."""
        with self._lock:
            for idea_id in shown:
                before = self._seen.get((idea_id, day), (0, 0))
                self._seen[idea_id, day] = (before[0] + 1, before[1])
            for idea_id in opened:
                before = self._seen.get((idea_id, day), (0, 0))
                self._seen[idea_id, day] = (before[0], before[1] + 1)

    def is_due(self) -> bool:
        """Tell whether it is time to write, and let nobody else find so for a minute."""
        with self._lock:
            due = bool(self._seen) and monotonic() - self._written_at >= WRITTEN_EVERY
            if due:
                self._written_at = monotonic()
            return due

    def write(self, engine: Engine) -> None:
        """Write what was counted. What cannot be written now is kept for the next time; no page depends on it."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if not seen:
            return
        try:
            self._write(engine, seen)
        except SQLAlchemyError as error:
            log.warning("exposure was not written: %s", type(error).__name__)
            with self._lock:
                for key, (shown, opened) in seen.items():
                    before = self._seen.get(key, (0, 0))
                    self._seen[key] = (before[0] + shown, before[1] + opened)


def show_ideas(idea_ids: Iterable[int]) -> None:
    """Note that this page shows these ideas in a list; it counts when the answer leaves."""
    g.shown_ideas = (*shown_here(), *idea_ids)


def open_idea(idea_id: int) -> None:
    """Note that this page is that of an idea."""
    g.opened_ideas = (*opened_here(), idea_id)


def shown_here() -> tuple[int, ...]:
    """Return the ideas that this answer shows."""
    shown: tuple[int, ...] = g.get("shown_ideas", ())
    return shown


def opened_here() -> tuple[int, ...]:
    """Return the idea that this answer is about, if it is."""
    opened: tuple[int, ...] = g.get("opened_ideas", ())
    return opened


def count_as_seen(shown: tuple[int, ...], opened: tuple[int, ...]) -> None:
    """Note what a kept page shows, which no view made this time."""
    g.shown_ideas, g.opened_ideas = shown, opened


def set_up_exposure(app: Flask, write: Write) -> None:
    """Count after each answer, and write in a thread beside it, so that no reader waits; and once more at the end."""
    app.extensions[KEY] = Exposure(write)

    def count(response: Response) -> Response:
        shown, opened = shown_here(), opened_here()
        exposure: Exposure = current_app.extensions[KEY]
        read = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) and request.method == "GET"
        if read and (shown or opened) and not (g.get("has_cookie") and actor().grants):
            exposure.add(shown, opened, now().astimezone(AMSTERDAM).date())
        if exposure.is_due():
            Thread(target=exposure.write, args=(current_app.extensions["participatie.engine"],), daemon=True).start()
        return response

    app.after_request(count)
    atexit.register(_write_the_last, app)


def _write_the_last(app: Flask) -> None:
    if not app.testing:
        app.extensions[KEY].write(app.extensions["participatie.engine"])
