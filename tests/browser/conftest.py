"""Who looks at pages: on a phone, and at the narrowest width."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import SCRIPT, Examiner
from tests.browser.serving import NARROW, PHONE, Site

__all__ = ["NARROW", "PHONE", "Site"]


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    """A phone of 360 px in Dutch, with scripts."""
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def examiner(chromium: Browser, site: Site) -> Iterator[Examiner]:
    """Who looks at many pages at 320 px. The policy is put aside so that axe can run; other tests check it."""
    context = chromium.new_context(viewport=NARROW, base_url=site.url, bypass_csp=True, service_workers="block")
    page = context.new_page()
    page.goto("/over")
    page.add_script_tag(path=str(SCRIPT))
    yield Examiner(page)
    context.close()
