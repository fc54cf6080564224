"""Which Chromium do the browser tests drive, and with which fonts?"""

import os
import shutil
import struct
import subprocess
import zlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The package's own default arguments switch web security off, so we name ours.
LAUNCH_ARGUMENTS = [
    "--headless=shell",
    "--no-sandbox",
    "--disable-gpu",
    "--no-zygote",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]

INSTALLED_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PRINT_PATH = """
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
"""

FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


@cache
def chromium_executable() -> str:
    """The path of a Chromium: CHROMIUM if set, else the npm one, else an installed one.

    The npm one goes first, so that every machine tests with the same browser.
    """
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen
    node = shutil.which("node")
    if node and (ROOT / "node_modules/@sparticuz/chromium").is_dir():
        unpacked = subprocess.run(  # noqa: S603 - our own constant, no shell
            [node, "--input-type=module", "-e", PRINT_PATH],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return unpacked.stdout.strip()
    installed = next(filter(None, map(shutil.which, INSTALLED_NAMES)), None)
    if installed is None:
        message = "No Chromium: run `npm ci`, install chromium, or set CHROMIUM to its path"
        raise RuntimeError(message)
    return installed


def font_environment(folder: Path) -> dict[str, str]:
    """Environment for the browser in which Latin, Cyrillic and Arabic letters have a font.

    `folder` is a temporary folder for the fonts. The machine's own fonts are left out, so
    that screenshots look the same everywhere, also on a machine that has none.
    """
    for face in _font_faces():
        (folder / face.with_suffix(".ttf").name).write_bytes(_unpacked_woff(face.read_bytes()))
    settings = folder / "fonts.conf"
    settings.write_text(FONT_SETTINGS.format(folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}


def _font_faces() -> list[Path]:
    """The faces a screenshot needs, plain and bold."""
    fonts = ROOT / "node_modules/@fontsource"
    scripts = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
    names = [f"noto-sans/files/noto-sans-{script}" for script in scripts]
    names.append("noto-sans-arabic/files/noto-sans-arabic-arabic")
    return [fonts / f"{name}-{weight}-normal.woff" for name in names for weight in (400, 700)]


def _unpacked_woff(packed: bytes) -> bytes:
    """The TrueType font inside a WOFF 1.0 file, which Chromium cannot use as a system font.

    Layout: W3C WOFF File Format 1.0, sections 3 to 5, and OpenType's table directory.
    """
    flavor: bytes
    count: int
    flavor, count = struct.unpack(">4x4s4xH", packed[:14])
    power = count.bit_length() - 1
    directory = flavor + struct.pack(">4H", count, 16 << power, power, 16 * (count - (1 << power)))
    body = b""
    for index in range(count):
        entry = packed[44 + 20 * index : 64 + 20 * index]
        tag, start, packed_size, size, checksum = struct.unpack(">4s4I", entry)
        table = packed[start : start + packed_size]
        if packed_size < size:
            table = zlib.decompress(table)
        directory += struct.pack(">4s3I", tag, checksum, 12 + 16 * count + len(body), size)
        body += table + bytes(-size % 4)
    return directory + body
