"""How much does a phone have to fetch? Bytes as they go over the line, packed as a browser asks for it."""

import gzip
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from participatie.spelregels.idea_order import lots_of
from tests.blueprints.full_world import a_full_world
from tests.factories import ideas, now_of
from tests.page import Page

pytestmark = pytest.mark.pages

KB = 1000
FIRST_VISIT = 60 * KB
STYLESHEET = 30 * KB
REPEAT_VISIT = 5 * KB
#: What a browser fetches by itself when it opens a page.
FETCHED_LINKS = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})
IN_A_STYLESHEET = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")]+)")
IN_A_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
#: Once in a lifetime of its name: a browser does not ask again.
FOR_EVER = "immutable"
#: The forms that anybody may send: the token of such a form needs a cookie.
WITH_A_FORM = re.compile(
    r"/inloggen|/stemmen/|/wijkbudget/[^/]+/bewijs$|/buurtpanels/[^/]+/(code|loting/[^/]+/bewijs)$"
)
#: More than one page of the list shows.
IDEAS = 60


@dataclass
class Phone:
    """A browser that counts what it fetches, packed; photos are left out."""

    client: FlaskClient
    files: dict[str, TestResponse] = field(default_factory=dict)

    def visit(self, address: str) -> dict[str, TestResponse]:
        """Return what comes when a page is opened for the first time, by address."""
        fetched = {address: self.get(address)}
        page = Page(_unpacked(fetched[address]), address)
        waiting = [urljoin(address, target) for target in _asked_by(page)]
        while waiting:
            target = waiting.pop()
            if target not in fetched:
                assert not urlsplit(target).netloc, f"{address} asks for {target}, of somebody else"
                if target not in self.files:
                    self.files[target] = self.get(target)
                fetched[target] = self.files[target]
                waiting += [urljoin(target, found) for found in _asked_by_file(target, fetched[target])]
        return fetched

    def get(self, address: str, **headers: str) -> TestResponse:
        """Ask for one thing."""
        asked = {"Accept-Encoding": "gzip", "Accept-Language": "nl", **headers}
        return self.client.get(address, headers=asked, buffered=True)


def bytes_of(answer: TestResponse) -> int:
    """How much of an answer goes over the line: its first line, its headers and its body."""
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in answer.headers), ""]
    return sum(len(line) + 2 for line in lines) + len(answer.data)


def _asked_by(page: Page) -> list[str]:
    links = [link for link in page.all("link") if FETCHED_LINKS & set((link.get("rel") or "").split())]
    images = [image for image in page.all("img") if (image.get("src") or "").startswith("/static/")]
    asked = [link.get("href") for link in links] + [part.get("src") for part in [*page.all("script"), *images]]
    return [target for target in asked if target]


def _asked_by_file(name: str, answer: TestResponse) -> list[str]:
    if not name.endswith((".css", ".js")):
        return []
    return (IN_A_STYLESHEET if name.endswith(".css") else IN_A_SCRIPT).findall(_unpacked(answer).text)


def _unpacked(answer: TestResponse) -> TestResponse:
    if answer.headers.get("Content-Encoding") != "gzip":
        return answer
    return TestResponse([gzip.decompress(answer.data)], answer.status, answer.headers, answer.request)


@pytest.mark.slow
def test_every_public_page_is_light(app: Flask, session: Session) -> None:
    """First visit, stylesheet, repeat visit; no cookie, nothing of anybody else."""
    world = a_full_world(session)
    ideas(session, world.collecting, IDEAS)
    # Without a lot in its address, this list is another one each time.
    listed = f"/trajecten/{world.collecting.slug}/ideeen?volgorde={lots_of(now_of(session))[0]}"
    session.commit()  # or SQLite keeps its lock
    phone, flaws = Phone(app.test_client(use_cookies=False)), []
    for address in [
        listed,
        *(each for each in world.public_addresses() if f"{world.collecting.slug}/ideeen" not in each),
    ]:
        fetched = phone.visit(address)
        flaws += _too_heavy(address, fetched)
        again = _not_again(phone, address, fetched)
        if WITH_A_FORM.match(address):
            flaws += [flaw for flaw in again if "sent again" not in flaw]
        else:
            flaws += again
            flaws += [
                f"{target}: sets a cookie" for target, answer in fetched.items() if "Set-Cookie" in answer.headers
            ]
    assert not flaws, "\n".join(sorted(flaws))


def _too_heavy(address: str, fetched: dict[str, TestResponse]) -> list[str]:
    weights = {target: bytes_of(answer) for target, answer in fetched.items()}
    flaws = [
        f"{target}: status {answer.status_code}" for target, answer in fetched.items() if answer.status_code != 200
    ]
    if sum(weights.values()) > FIRST_VISIT:
        flaws.append(f"{address}: {sum(weights.values()):,} bytes: {weights}")
    flaws += [
        f"{target}: {weight:,} bytes"
        for target, weight in weights.items()
        if target.endswith(".css") and weight > STYLESHEET
    ]
    return flaws


def _not_again(phone: Phone, address: str, fetched: dict[str, TestResponse]) -> list[str]:
    """A page that did not change is not sent again, and what belongs to it is not even asked for."""
    weight, flaws = 0, []
    for target, answer in fetched.items():
        if FOR_EVER in answer.headers.get("Cache-Control", ""):
            continue
        etag = answer.headers.get("ETag")
        if etag is None:
            flaws.append(f"{target}: no ETag")
            continue
        again = phone.get(target, **{"If-None-Match": etag})
        weight += bytes_of(again)
        if again.status_code != 304:
            flaws.append(f"{target}: sent again with status {again.status_code}")
    if weight > REPEAT_VISIT:
        flaws.append(f"{address}: {weight:,} bytes the second time")
    return flaws
