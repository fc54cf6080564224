"""The app served over HTTP with a real mail server behind it, and one Chromium: for the browser tests and the journeys.

The fixtures are known to all tests (`tests/conftest.py`), because a process can hold one Chromium and not two.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from participatie.settings import Settings
from tests.browser.chromium import LAUNCH_ARGUMENTS, chromium_executable, font_environment
from tests.clock import TurnableClock
from tests.post_office import PostOffice

PHONE = {"width": 360, "height": 740}
#: The narrowest screen that WCAG asks for.
NARROW = {"width": 320, "height": 640}


@dataclass
class Site:
    """The app as residents reach it, with its clock and its mail."""

    url: str
    app: Flask
    clock: TurnableClock
    engine: Engine
    settings: Settings
    post: PostOffice

    def post_comes(self) -> None:
        """Let the worker send what is in the outbox."""
        self.post.collect(self.engine, self.settings)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for this test process."""
    fonts = tmp_path_factory.mktemp("fonts")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_executable(), args=LAUNCH_ARGUMENTS, env=font_environment(fonts)
        )
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask, clock: TurnableClock, engine: Engine, settings: Settings) -> Iterator[Site]:
    """The app on a free port, served by threads."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with PostOffice() as post:
        yield Site(
            f"http://127.0.0.1:{server.server_port}", app, clock, engine, replace(settings, smtp_url=post.url), post
        )
    server.shutdown()
    thread.join()
    server.server_close()
