"""How often was each idea shown and opened? Counted in the memory of a worker, and written about once a minute.

Counted: the cards of a list of ideas, and the page of an idea, also where they come out of the kept pages; not what
staff looks at, and not what a browser or a proxy shows without asking us. Nothing is known of who looked.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from http import HTTPStatus

from flask import Flask, Response, g, request
from sqlalchemy import Engine

from participatie.web.clock import now
from participatie.web.formats import AMSTERDAM
from participatie.web.login import actor
from participatie.web.tallies import Tally, write_now_and_then

KEY = "participatie.exposure"

Write = Callable[[Engine, Mapping[tuple[int, date], tuple[int, ...]]], None]


class Exposure(Tally[tuple[int, date]]):
    """The numbers of one worker that are not in the database yet: of each idea and day, shown and opened."""

    def __init__(self, write: Write) -> None:
        """Begin at nothing; `write` adds numbers to the database."""
        super().__init__(write, "exposure")

    def add(self, shown: Iterable[int], opened: Iterable[int], day: date) -> None:
        """Count ideas as shown and as opened."""
        for idea_id in shown:
            self.count({(idea_id, day): (1, 0)})
        for idea_id in opened:
            self.count({(idea_id, day): (0, 1)})


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
        read = response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) and request.method == "GET"
        if read and (shown or opened) and not (g.get("has_cookie") and actor().grants):
            app.extensions[KEY].add(shown, opened, now().astimezone(AMSTERDAM).date())
        return response

    # What is registered last runs first: what this answer shows is counted before it is asked whether to write.
    write_now_and_then(app, KEY)
    app.after_request(count)
