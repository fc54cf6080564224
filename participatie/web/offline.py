"""Which pages may a browser keep for when there is no connection? Public ones that are read, as anybody sees them."""

import json
from functools import cache
from hashlib import sha256
from http import HTTPStatus

from flask import Flask, Response, current_app, g, request

from participatie.web.assets import DIST, read_manifest

HEADER = "X-Reading-Page"
#: Pages without a form that sends anything: what was read yesterday is of use today.
READING = frozenset(
    {
        "pages.home", "pages.spelregels", "pages.about", "pages.accessibility", "pages.privacy",
        "wijken.overview", "wijken.detail",
        "trajecten.overview", "trajecten.detail", "trajecten.card", "trajecten.rules",
        "ideas.overview", "ideas.detail",
        "phases.news", "phases.document", "phases.report", "disputes.overview",
        "wijkbudget.overview", "wijkbudget.plan", "wijkbudget.result", "wijkbudget.rulebook",
        "besluiten.overview", "besluiten.detail",
    }
)  # fmt: skip


def set_up_offline(app: Flask) -> None:
    """Mark the answers of which the service worker may keep a copy; without the mark it keeps none."""

    def mark(response: Response) -> Response:
        cookie = f"{current_app.config['SESSION_COOKIE_NAME']}="
        if (
            request.endpoint in READING
            and response.status_code == HTTPStatus.OK
            and response.mimetype == "text/html"
            and not g.get("has_cookie")
            and "no-store" not in response.headers.get("Cache-Control", "")
            and not any(set_cookie.startswith(cookie) for set_cookie in response.headers.getlist("Set-Cookie"))
        ):
            response.headers[HEADER] = "1"
        return response

    app.after_request(mark)


def worker_script(files: list[str], offline: str) -> str:
    """Return the service worker for these files; its version is the hash of all it was made of.

    `files` are addresses with the hash of their content in them, `offline` that of the page for when nothing was kept.
    """
    source = _worker_source()
    version = sha256("\n".join((source, *files)).encode()).hexdigest()[:12]
    filled = source.replace("{{ version }}", version).replace("{{ offline }}", offline)
    return filled.replace("{{ files }}", json.dumps(files))


@cache
def _worker_source() -> str:
    return (DIST / read_manifest()["sw.js"]).read_text()
