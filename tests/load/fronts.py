"""How soon does somebody with a cheap phone see a page, and does it jump? In a real Chromium, and as Lighthouse scores it.

Slow 4G as the developer tools apply it to each request, and a processor four times slower than this one.
"""

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from participatie.settings import ROOT
from tests.browser.chromium import LAUNCH_ARGUMENTS, chromium_executable, font_environment
from tests.load.generator import HOST

FOLDER = ROOT / "tests" / "load" / "lighthouse"
VISITS = 3
SLOWER = 4
#: Slow 4G: milliseconds before each answer, bytes a second down and up.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}
PHONE = {"width": 360, "height": 740}
SEEN = """() => new Promise(done => {
  let seen = 0, jumped = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { seen = Math.max(seen, entry.startTime) }))
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) jumped += entry.value }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done([seen, jumped]), 500);
})"""


@dataclass(frozen=True, slots=True)
class Front:
    """What a visitor of a page sees: the medians of largest contentful paint and layout shift, and Lighthouse's scores.

    `scores` is empty where Lighthouse is not installed; `lost` names what cost points.
    """

    name: str
    paint_seconds: float
    shift: float
    scores: Mapping[str, int]
    lost: tuple[str, ...] = ()


def measure_fronts(port: int, paths: Mapping[str, str]) -> list[Front]:
    """Open each page a few times with nothing kept, on a slow line and a slow processor, and ask Lighthouse."""
    addresses = {name: f"http://{HOST}:{port}{path}" for name, path in paths.items()}
    with _chromium() as (browser, debugging_port):
        seen = {name: [_visit(browser, address) for _ in range(VISITS)] for name, address in addresses.items()}
        scored = _lighthouse(debugging_port, addresses)
    return [
        Front(
            name,
            paint_seconds=median(paint for paint, _ in seen[name]) / 1000,
            shift=median(shift for _, shift in seen[name]),
            scores=scored.get(address, ({}, ()))[0],
            lost=scored.get(address, ({}, ()))[1],
        )
        for name, address in addresses.items()
    ]


@contextmanager
def _chromium() -> Iterator[tuple[Browser, int]]:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="participatie-fonts-") as fonts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_executable(),
            args=[*LAUNCH_ARGUMENTS, f"--remote-debugging-port={port}"],
            env=font_environment(Path(fonts)),
        )
        yield browser, port
        browser.close()


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    paint, shift = page.evaluate(SEEN)
    context.close()
    return paint, shift


def _lighthouse(port: int, addresses: Mapping[str, str]) -> dict[str, tuple[dict[str, int], tuple[str, ...]]]:
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "lighthouse").is_dir():
        return {}
    told = subprocess.run(  # noqa: S603 - our own script and our own addresses
        [node, "audit.mjs", str(port), *addresses.values()], cwd=FOLDER, capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    return {line["address"]: (line["scores"], tuple(line["lost"])) for line in lines}
