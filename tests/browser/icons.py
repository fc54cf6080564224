"""Draw the icons for the home screen of a phone anew from the mark: `python -m tests.browser.icons`, after a change of it."""

from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from participatie.settings import ROOT
from tests.browser.chromium import LAUNCH_ARGUMENTS, chromium_executable, font_environment

IMAGES = ROOT / "static" / "img"
#: A phone may cut away all that lies outside a circle of four fifths of the icon.
WHOLE, SAFE = 1.0, 0.62
ICONS = {"icon-192.png": (192, WHOLE), "icon-512.png": (512, WHOLE), "icon-mask-512.png": (512, SAFE)}
PAGE = """<body style="margin:0;background:{background};display:grid;place-items:center;height:100vh">
<img src="data:image/svg+xml;base64,{mark}" style="width:{percent}%"></body>"""


def main() -> None:
    """Write the three pictures."""
    mark = (IMAGES / "mark.svg").read_bytes()
    with TemporaryDirectory() as fonts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_executable(), args=LAUNCH_ARGUMENTS, env=font_environment(Path(fonts))
        )
        for name, (size, share) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            background = "transparent" if share == WHOLE else "#00568b"
            page.set_content(PAGE.format(mark=b64encode(mark).decode(), percent=share * 100, background=background))
            page.screenshot(path=IMAGES / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
