"""Is the site closed for maintenance? Then every page says so, in the visitor's language, without asking the database.

Reading is closed too: while tables change, a page could show half of the truth. Whoever
read a page before still has the copy that their browser kept.
"""

from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from participatie.settings import Settings
from participatie.web.clock import now
from participatie.web.formats import moment
from participatie.web.login import take_for_nobody

FLAG = "maintenance"
#: When to come back if nobody said so, and the soonest that we ask it of anybody.
USUAL_SECONDS, LEAST_SECONDS = 600, 60


def flag_of(settings: Settings) -> Path:
    """Return the file whose being there closes the site; it holds the moment when that should be over."""
    return settings.instance_dir / FLAG


def set_up_maintenance(app: Flask, settings: Settings) -> None:
    """Answer 503 to everybody while the setting or the file says so."""
    flag = flag_of(settings)

    def closed() -> ResponseReturnValue | None:
        # The look, the manifest and the service worker ask no database either.
        if not (settings.maintenance or flag.exists()) or request.blueprint == "shell":
            return None
        return maintenance_page(_until(flag))

    app.before_request(closed)


def maintenance_page(until: datetime | None) -> ResponseReturnValue:
    """Return the page that says that the site is closed, until when, and that nothing was saved."""
    g.has_cookie = False
    take_for_nobody()
    page = render_template("errors/maintenance.html", until=moment(until) if until is not None else None)
    seconds = USUAL_SECONDS if until is None else max(LEAST_SECONDS, round((until - now()).total_seconds()))
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(seconds), "Cache-Control": "no-store"}


def _until(flag: Path) -> datetime | None:
    with suppress(OSError, ValueError):
        until = datetime.fromisoformat(flag.read_text().strip())
        return until if until.tzinfo is not None and until > now() else None
    return None
