"""A visitor who checks every page: status, language, headings, labels, forms, links, headers.

visitor.get("/")                                     # fails on any flaw of the page, with its address
visitor.submit("Stuur in", title="Een boom", body="…")   # finds the form, keeps its hidden values
visitor.follow()                                     # to where the form sent us
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from participatie.settings import LOCALES
from tests.page import FilledForm, Page
from tests.page_checks import flaws_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304


class ArrangedClient(FlaskClient):
    """A test client that first commits what the test arranged, and lets it be read again afterwards.

    Without this, the test's own open transaction would keep SQLite's write lock from the app.
    """

    arranged: Session | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request between two looks of the test at the database."""
        if self.arranged is not None:
            self.arranged.commit()
        try:
            return super().open(*args, **kwargs)
        finally:
            if self.arranged is not None:
                self.arranged.expire_all()


class Visitor:
    """One browser. `page` is the last page, `response` the last answer of any kind."""

    def __init__(self, client: FlaskClient, language: str = "nl") -> None:
        """Begin without a page; `language` is what the browser asks for and what pages must be in."""
        self.client = client
        self.language = language
        self.response: TestResponse | None = None
        self.page: Page | None = None
        #: Texts that residents typed and that look like a leak of ours, as `{{7*7}}`.
        self.quotes: tuple[str, ...] = ()
        self._token: str | None = None

    def get(self, url: str, status: int = 200) -> Page:
        """Open an address and check what comes."""
        asked = parse_qs(urlsplit(url).query).get("taal", [""])[0]
        if asked in LOCALES:
            self.language = asked
        return self._open(url, status, method="GET")

    def post(self, url: str, data: dict[str, Any] | None = None, status: int = 303) -> Page:
        """Send a form that is not on the page, with the newest token; for tampering and for replays."""
        sent = dict(data or {})
        if self._token is not None:
            sent.setdefault("csrf_token", self._token)
        return self._open(url, status, method="POST", data=sent)

    def submit(self, form: str, /, *, status: int = 303, **fields: Any) -> Page:
        """Fill in a form of the last page and send it.

        `form` is the text of its button or (the end of) its action. Hidden values and defaults stay, `fields`
        go over them: a list for checkboxes, None to leave a field out. Unknown names are refused.
        """
        filled = self._current().form(form).filled(fields)
        return self.send(filled, status)

    def send(self, filled: FilledForm, status: int = 303) -> Page:
        """Send a form that was filled in before; twice, for a double click."""
        if filled.method == "GET":
            return self._open(filled.action, 200 if status == 303 else status, method="GET", query_string=filled.values)
        return self._open(filled.action, status, method="POST", data=filled.values)

    def follow(self, status: int = 200) -> Page:
        """Go where the last answer sent us; only to an address of this site."""
        assert self.response is not None, "there was no answer yet"
        assert self.response.status_code in REDIRECTS, f"status {self.response.status_code} sends nobody anywhere"
        target = self.response.headers["Location"]
        parts = urlsplit(target)
        assert parts.netloc in ("", "localhost"), f"sent away from this site, to {target}"
        return self.get(parts._replace(scheme="", netloc="", fragment="").geturl(), status)

    def click(self, text: str, status: int = 200) -> Page:
        """Follow the link with that text on the last page."""
        href = self._current().link(text)
        return self.get(href, status)

    def _current(self) -> Page:
        assert self.page is not None, "there is no page yet: get one first"
        return self.page

    def _open(self, url: str, status: int, **request: Any) -> Page:
        headers = {"Accept-Language": self.language}
        self.response = self.client.open(url, headers=headers, **request)
        # After a form the address bar shows where the form went.
        page = Page(self.response, url)
        assert self.response.status_code == status, (
            f"{url}: status {self.response.status_code} where {status} was expected. {page.text[:600] if page.is_html else ''}"
        )
        if page.is_html and status not in REDIRECTS and status != NOT_MODIFIED:
            flaws = flaws_of(page, self.client.application, self.language, self.quotes)
            assert not flaws, f"{url} has {len(flaws)} flaws:\n- " + "\n- ".join(flaws)
            self.page = page
            self._token = page.csrf_token or self._token
        return page
