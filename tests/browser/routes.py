"""Did the browser see a page of every address of the site?"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

#: What is no page: files for programs, and links that lead somewhere else.
NO_PAGE = frozenset({
    "static", "photos.show", "shell.own_file", "shell.service_worker", "shell.web_manifest", "wijken.forget",
    "wijkbudget.withdrawn_json", "accounts.go_elsewhere", "accounts.come_back",
    "ideas.alike", "ledger.receipt",
})  # fmt: skip
#: Endings of addresses of files.
FILES = (
    ".json",
    ".csv",
    ".txt",
    ".xml",
    ".svg",
    ".png",
    ".js",
    ".css",
    ".pb",
    ".zip",
    ".pdf",
    ".ics",
    ".webp",
    "/feed",
)


def not_visited(app: Flask, visited: Iterable[str]) -> set[str]:
    """Return the addresses of pages of which none of `visited` is one."""
    seen = {endpoint for address in visited if (endpoint := _endpoint(app, address))}
    return {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE | seen and not rule.rule.endswith(FILES)
    }


def _endpoint(app: Flask, address: str) -> str | None:
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, "GET")[0])
    except (HTTPException, RequestRedirect):
        return None
