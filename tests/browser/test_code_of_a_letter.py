"""The square of a letter brings its code behind the `#`: into the field, and out of the address and the history."""

import pytest
from playwright.sync_api import Browser, Request, expect
from sqlalchemy.orm import Session

from tests.browser.conftest import PHONE, Site
from tests.factories import a_round, codes

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_code_of_a_square_lands_in_the_field_and_nowhere_else(
    chromium: Browser, site: Site, session: Session
) -> None:
    """Abuse case 21: not in the address, not in the history, not in what is asked of the server, and nothing is sent."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, service_workers="block")
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - the library marks what it is given
    way = f"/stemmen/{budget_round.slug}"
    page.goto(f"{way}#code={code}")
    expect(page.get_by_label("Uw stemcode")).to_have_value(str(code))
    assert page.url == f"{site.url}{way}"
    assert page.evaluate("history.length") == 2  # the empty page of a new window, and this one
    assert [request.method for request in asked] == ["GET"] * len(asked)
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url(f"**{way}/kiezen")
    page.go_back()
    assert "#" not in page.url
    said = [f"{request.url} {request.headers.get('referer', '')}" for request in asked]
    assert not any(code.verifier[-6:] in line or str(code) in line for line in said)
    page.goto(f"{way}#code=<script>")  # what is no code stays where it is
    expect(page.get_by_label("Uw stemcode")).to_have_value("")
    context.close()
