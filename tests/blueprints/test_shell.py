"""The site can be put on a phone, and read without a connection; what is private is never kept."""

import re
from collections.abc import Callable
from gzip import compress

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.settings import ROOT
from participatie.web.assets import DIST, read_manifest
from participatie.web.offline import HEADER, READING
from tests.factories import a_resident, a_round, an_idea, codes
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

ALL_SCRIPTS, LARGEST_WORKER, STYLESHEET = 8_000, 3_000, 30_000  # bytes
OURS = {"drafts.js", "offline.js", "site.js", "sw.js"}


def test_the_manifest_says_what_a_phone_needs(client: FlaskClient) -> None:
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": "ar"})
    described = answer.json
    assert answer.mimetype == "application/manifest+json"
    assert (described["lang"], described["dir"]) == ("ar", "rtl")
    assert (described["start_url"], described["scope"], described["display"]) == ("/", "/", "standalone")
    assert "Lindewaard" in described["name"]
    assert {(icon["sizes"], icon["purpose"]) for icon in described["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in described["icons"]:
        assert (ROOT / icon["src"].lstrip("/")).read_bytes()[16:24] == bytes.fromhex(
            "000000c0000000c0" if icon["sizes"] == "192x192" else "0000020000000200"
        )
    assert "Set-Cookie" not in answer.headers


def test_the_worker_is_small_and_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(answer.data) < LARGEST_WORKER
    assert "{{" not in answer.text
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for address in re.findall(r'"(/static/[^"]+)"', answer.text):
        assert (ROOT / address.lstrip("/")).is_file(), address


def test_scripts_and_stylesheet_stay_light() -> None:
    built = read_manifest()
    weights = {name: len(compress((DIST / file).read_bytes(), 9)) for name, file in built.items()}
    assert sum(weights[name] for name in OURS) < ALL_SCRIPTS, weights
    assert weights["app.css"] <= STYLESHEET, weights
    assert weights["themed.css"] <= STYLESHEET, weights


def test_every_page_to_keep_is_there(app: Flask) -> None:
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert READING - readable == set()


def test_public_pages_may_be_kept_and_no_page_for_somebody(
    app: Flask, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """Abuse case 52: a phone passes through many hands."""
    budget_round = a_round(session)
    idea = an_idea(session, budget_round.traject)
    slug = budget_round.traject.slug
    to_keep = ["/", "/wijken", "/trajecten", f"/trajecten/{slug}", f"/trajecten/{slug}/ideeen", f"/ideeen/{idea.id}",
               f"/wijkbudget/{budget_round.slug}", "/spelregels"]  # fmt: skip
    others = [f"/stemmen/{budget_round.slug}", "/inloggen", "/demo/postvak", "/zonder-verbinding", "/bestaat-niet"]
    session.commit()
    nobody = app.test_client(use_cookies=False)
    assert [address for address in [*to_keep, *others] if HEADER in nobody.get(address).headers] == to_keep
    somebody = visit_as(a_resident(session)).client
    for address in [*to_keep, "/mijn"]:
        assert HEADER not in somebody.get(address).headers, address


def test_a_browser_with_a_voting_code_keeps_nothing(visitor: Visitor, session: Session) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    visitor.get(f"/stemmen/{budget_round.slug}")
    visitor.submit("Verder", code=str(code))
    for address in ("/", f"/wijkbudget/{budget_round.slug}", f"/stemmen/{budget_round.slug}/kiezen"):
        assert HEADER not in visitor.client.get(address).headers, address


def test_the_page_without_a_connection_is_the_same_for_everybody(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    resident = visit_as(a_resident(session, name="Zeynep Alkan"))
    page = resident.get("/zonder-verbinding")
    assert "Er is niets verstuurd" in page.text
    assert "Zeynep" not in page.html
    assert resident.response is not None
    assert "Set-Cookie" not in resident.response.headers


def test_a_long_form_keeps_a_draft_and_a_short_or_secret_one_does_not(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    budget_round = a_round(session)
    for address in (f"/stemmen/{budget_round.slug}", "/inloggen"):
        assert visitor.get(address).all("form", method="post")
        assert "data-draft" not in visitor.get(address).html
    resident = a_resident(session)
    slug = budget_round.traject.slug
    [form] = [
        form.element
        for form in visit_as(resident).get(f"/trajecten/{slug}/geschillen/voorleggen").forms()
        if form.element.get("data-draft")
    ]
    assert form.get("data-draft") == str(resident.id)
