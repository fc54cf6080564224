"""Which picture does the README show? The demo's home page and a ballot on two phones of 360 px, side by side.

`make screenshot` writes docs/screenshot.png. It starts the demo on a folder of its own, so it touches no data.
"""

import base64
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from participatie.settings import PREFIX
from tests.browser.chromium import LAUNCH_ARGUMENTS, ROOT, chromium_executable, font_environment

PICTURE = ROOT / "docs" / "screenshot.png"
MOST_BYTES = 200_000  # a README that loads at once on a phone
PHONE = ViewportSize(width=360, height=720)
SCALE = 1.5  # sharp enough to read, small enough for MOST_BYTES
START_SECONDS = 60
PLANS_TICKED = 2

#: What `participatie start` prints about the vote of the demo: its address, and below it the codes.
VOTE = re.compile(r"/stemmen/(?P<slug>[a-z0-9-]+)")
CODE = re.compile(r"^\s+(?P<code>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5})\s*$", re.MULTILINE)

SIDE_BY_SIDE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 24px; display: inline-flex; gap: 24px; background: #dde3ea }
img { display: block }
</style>"""


class ScreenshotError(Exception):
    """The picture could not be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class RunningDemo:
    """A demo that answers at `address`, with the round that can be voted in and a code for it."""

    address: str
    voting_slug: str
    code: str


def main() -> None:
    """Take the picture anew."""
    with tempfile.TemporaryDirectory(prefix="participatie-screenshot-") as folder:
        fonts = Path(folder, "fonts")
        fonts.mkdir()
        with running_demo(Path(folder, "instance")) as demo, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_executable(),
                args=LAUNCH_ARGUMENTS,
                env={**font_environment(fonts)},
            )
            phones = [_home(browser, demo), _ballot(browser, demo)]
            picture = _side_by_side(browser, phones)
            browser.close()
    if len(picture) > MOST_BYTES:
        message = f"The picture has {len(picture)} bytes; at most {MOST_BYTES} were meant. Lower SCALE or the height."
        raise ScreenshotError(message)
    PICTURE.write_bytes(picture)
    click.echo(f"{PICTURE.relative_to(ROOT)}: {len(picture)} bytes")


@contextmanager
def running_demo(instance: Path) -> Iterator[RunningDemo]:
    """Run `participatie start` on an empty folder until the block ends."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    # Settings of whoever runs this would change the picture.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    settings = {"INSTANCE_DIR": str(instance), "DEMO": "1", "PUBLIC_URL": address}
    server = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "participatie.commands", "start", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=kept | {PREFIX + name: value for name, value in settings.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.extend(server.stdout or ()), daemon=True)
    listener.start()
    try:
        _wait_for(server, port, said)
        text = "".join(said)
        vote, code = VOTE.search(text), CODE.search(text)
        if vote is None or code is None:
            message = f"The demo names no vote with codes:\n{text}"
            raise ScreenshotError(message)
        yield RunningDemo(address, vote["slug"], code["code"])
    finally:
        server.terminate()
        server.wait()
        listener.join()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(server: subprocess.Popen[str], port: int, said: list[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            message = f"The demo stopped:\n{''.join(said)}"
            raise ScreenshotError(message)
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = f"The demo did not answer within {START_SECONDS} seconds:\n{''.join(said)}"
    raise ScreenshotError(message)


def _phone(browser: Browser) -> Page:
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=SCALE, locale="nl-NL", color_scheme="light", reduced_motion="reduce"
    )
    return context.new_page()


def _home(browser: Browser, demo: RunningDemo) -> bytes:
    page = _phone(browser)
    page.goto(f"{demo.address}/")
    return page.screenshot()


def _ballot(browser: Browser, demo: RunningDemo) -> bytes:
    """Walk as a voter does, with the code of a letter, to a ballot with some plans ticked and added up."""
    page = _phone(browser)
    page.goto(f"{demo.address}/stemmen/{demo.voting_slug}")
    page.fill("input[name=code]", demo.code)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/kiezen")
    plans = page.locator("input[name=keuze]")
    for place in range(min(PLANS_TICKED, plans.count())):
        plans.nth(place).check()
    page.click("button[name=stap][value=bewaar]")
    page.wait_for_load_state()
    # The choices themselves tell more than the explanation above them.
    plans.first.evaluate("plan => scrollTo(0, plan.closest('ul').getBoundingClientRect().top + scrollY - 16)")
    return page.screenshot()


def _side_by_side(browser: Browser, phones: list[bytes]) -> bytes:
    images = "".join(f'<img alt="" src="data:image/png;base64,{base64.b64encode(phone).decode()}">' for phone in phones)
    # Pixel for pixel: a picture that is scaled once more is blurred, and twice as large.
    page = browser.new_page(viewport={"width": 1600, "height": 1400})
    page.set_content(SIDE_BY_SIDE + images, wait_until="load")
    return page.locator("body").screenshot()


if __name__ == "__main__":
    try:
        main()
    except ScreenshotError as error:
        sys.exit(str(error))
