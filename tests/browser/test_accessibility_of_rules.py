"""The pages of the spelregels are accessible on a phone, with mistakes in their forms, in Dutch and from right to left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session

from tests.blueprints.governed_world import a_governed_world
from tests.browser.axe import flaws_of
from tests.browser.conftest import PHONE, Site
from tests.browser.people import let_in
from tests.browser.staff_pages import pages_behind_a_login

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Empties what can be typed in, and sends the first form of the page's own part.
SEND_EMPTY = """() => {
  const form = document.querySelector("main form.pp-form");
  const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
  form.querySelectorAll(typed).forEach(field => { field.value = "" });
  form.requestSubmit(form.querySelector("button[type=submit]"));
}"""


@pytest.fixture(params=["nl", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """A language from left to right, and one from right to left."""
    return str(request.param)


@pytest.fixture
def context(language: str, chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone in that language. The policy is put aside so that axe can run; other tests check it."""
    context = chromium.new_context(viewport=PHONE, base_url=site.url, bypass_csp=True)
    context.add_cookies([{"name": "taal", "value": language, "url": site.url}])
    yield context
    context.close()


def test_what_everybody_reads(context: BrowserContext, session: Session, language: str) -> None:
    world = a_governed_world(session)
    page = context.new_page()
    assert [flaw for address in world.public_addresses() for flaw in flaws_at(page, address, language)] == []


def test_what_residents_and_staff_do(context: BrowserContext, site: Site, session: Session, language: str) -> None:
    """Every form is looked at with its mistakes in it: that is the form as well, and more."""
    page, flaws = context.new_page(), []
    for somebody in pages_behind_a_login(session):
        somebody.account.locale = language
        let_in(context, site, session, somebody.account)
        session.commit()
        for address in somebody.read:
            flaws += flaws_at(page, address, language)
        for address in somebody.filled_in:
            flaws += flaws_with_mistakes(page, address)
    assert flaws == []


def flaws_at(page: Page, address: str, language: str) -> list[str]:
    """Return what is wrong with a page, and whether it is there at all in that language."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert page.locator("html").get_attribute("lang") == language, address
    return flaws_of(page)


def flaws_with_mistakes(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page of which the form was sent empty, and came back with its mistakes."""
    page.goto(address)
    with page.expect_navigation() as sent:
        page.evaluate(SEND_EMPTY)
    assert sent.value is not None
    assert sent.value.status in (400, 403), f"{address}: {sent.value.status}"
    found = flaws_of(page)
    if page.get_by_role("alert").count() == 0:
        found.append(f"{address}: no mistake is told")
    return found
