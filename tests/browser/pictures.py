"""What do ten key pages look like? `make pictures` takes each at three widths in Dutch and Arabic, for people to look at.

The pictures go to docs/pictures/, which git does not keep. They are taken of the demo, started on a folder of its own.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import click
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from participatie.models.database import connect, session_for
from participatie.settings import ROOT
from tests.browser.axe import WIDER
from tests.browser.chromium import LAUNCH_ARGUMENTS, chromium_executable, font_environment
from tests.browser.demo_pages import public_addresses
from tests.browser.screenshot import RunningDemo, ScreenshotError, running_demo

FOLDER = ROOT / "docs" / "pictures"
WIDTHS = {320: 640, 768: 1024, 1280: 800}
LANGUAGES = ("nl", "ar")
#: What everybody sees; the ballot and the work list come after logging in.
PUBLIC = ("home", "wijk", "traject", "ideeen", "idee", "trajectkaart", "laatste-uitslag", "besluit")
MANAGER = "wijkmanager.binnenwaard@lindewaard.example"
LOGIN_CODE = re.compile(r"\b\d{6}\b")


def main() -> None:
    """Take all pictures anew, and say which pages scroll sideways."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="participatie-pictures-") as folder:
        instance, fonts = Path(folder, "instance"), Path(folder, "fonts")
        fonts.mkdir()
        with running_demo(instance) as demo, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_executable(), args=LAUNCH_ARGUMENTS, env={**font_environment(fonts)}
            )
            addresses = _addresses(instance)
            for language in LANGUAGES:
                _take_all(browser, demo, addresses, language)
            browser.close()
    click.echo(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}")


def _addresses(instance: Path) -> dict[str, str]:
    engine = connect(f"sqlite:///{instance / 'participatie.db'}")
    with session_for(engine, writes=False) as session:
        addresses = public_addresses(session)
    engine.dispose()
    return {name: addresses[name] for name in PUBLIC}


def _take_all(browser: Browser, demo: RunningDemo, addresses: dict[str, str], language: str) -> None:
    context = browser.new_context(
        base_url=demo.address, color_scheme="light", reduced_motion="reduce", service_workers="block"
    )
    context.add_cookies([{"name": "taal", "value": language, "url": demo.address}])
    page = context.new_page()
    for name, address in addresses.items():
        page.goto(address)
        _take(page, name, language)
    _to_the_ballot(page, demo)
    _take(page, "stembiljet", language)
    _to_the_work(context, page)
    _take(page, "werk", language)
    context.close()


def _take(page: Page, name: str, language: str) -> None:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=FOLDER / f"{name}-{width}-{language}.png", full_page=True)
        if page.evaluate(WIDER) > 0:
            click.echo(f"{name} at {width} px in {language}: scrolls sideways by {page.evaluate(WIDER)} px", err=True)


def _to_the_ballot(page: Page, demo: RunningDemo) -> None:
    page.goto(f"/stemmen/{demo.voting_slug}")
    page.fill("input[name=code]", demo.code)
    page.click("main form.pp-form button[type=submit]")
    page.wait_for_url("**/kiezen")
    page.locator("input[name=keuze]").first.check()


def _to_the_work(context: BrowserContext, page: Page) -> None:
    page.goto("/inloggen")
    page.fill("input[name=email]", MANAGER)
    page.click("main form.pp-form button[type=submit]")
    page.wait_for_url("**/inloggen/code*")
    mailbox = context.new_page()
    mailbox.goto("/demo/postvak")
    code = LOGIN_CODE.search(mailbox.locator("article").first.inner_text())
    mailbox.close()
    if code is None:
        message = f"The mailbox of the demo has no code for {MANAGER}."
        raise ScreenshotError(message)
    page.fill("input[name=code]", code.group())
    page.click("main form.pp-form button[type=submit]")
    page.wait_for_url(lambda address: "inloggen" not in address)
    page.goto("/werk")


if __name__ == "__main__":
    try:
        main()
    except ScreenshotError as error:
        sys.exit(str(error))
