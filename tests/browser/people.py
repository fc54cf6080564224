"""Residents and staff as they use the site: each with a phone of 360 px."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from tests.browser.conftest import PHONE, Site
from tests.factories import a_login


@contextmanager
def a_phone(browser: Browser, site: Site, *, javascript: bool) -> Iterator[Page]:
    """Hand out a phone in Dutch, with nobody logged in."""
    context = browser.new_context(
        viewport=PHONE, locale="nl-NL", base_url=site.url, java_script_enabled=javascript, has_touch=True
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def log_in(page: Page, site: Site, email: str) -> None:
    """Log in with a mailed code, from the page somebody is on."""
    if page.get_by_label("E-mailadres").count() == 0:
        page.goto("/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
    site.post_comes()
    page.get_by_label("Code").fill(site.post.login_code_for(email))
    page.get_by_role("button", name="Log in", exact=True).click()


def says(page: Page, text: str) -> None:
    """Expect a text on the page."""
    expect(page.get_by_role("main")).to_contain_text(text)


def title_is(page: Page, text: str) -> None:
    """Expect the one first-level heading of the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, text: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=text, exact=True).click()


def follow(page: Page, text: str) -> None:
    """Follow a link in the page's own part."""
    page.get_by_role("main").get_by_role("link", name=text).first.click()


def let_in(context: BrowserContext, site: Site, session: Session, account: Account) -> None:
    """Log somebody in without a mail, by the cookie that logging in would give; for tests that are about other pages."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(site.app)
    assert serializer is not None
    value = serializer.dumps({"_user_id": a_login(session, account), "_fresh": True})
    context.add_cookies([{"name": site.app.config["SESSION_COOKIE_NAME"], "value": str(value), "url": site.url}])
