"""With which letters is paper printed? Noto Sans in all scripts of our languages, out of the built assets.

A browser gets a script at a time, so that is how the fonts come; paper needs Latin, its accents and Cyrillic in one.
They are put together at first use, in a folder of this process that goes with it.
"""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from participatie.web.assets import DIST, read_manifest

LATIN = "noto-sans"
ARABIC = "noto-sans-arabic"
SCRIPTS = {LATIN: ("latin", "latin-ext", "cyrillic"), ARABIC: ("arabic",)}
REGULAR, BOLD = 400, 700

_making = Lock()


def font_file(family: str, weight: int) -> Path:
    """Return a TrueType file of `LATIN` or `ARABIC`, in `REGULAR` or `BOLD`. Raises AssetsMissingError before the build."""
    with _making:  # two requests at once in one process make it once
        return _font_file(family, weight)


def unprintable(text: str) -> str:
    """Return the characters of a text that our fonts do not have, in order, each once."""
    known = _known()
    return "".join(dict.fromkeys(sign for sign in text if not sign.isspace() and ord(sign) not in known))


@lru_cache(maxsize=1)
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="participatie-fonts-")


@lru_cache(maxsize=8)
def _font_file(family: str, weight: int) -> Path:
    names = read_manifest()
    folder = Path(_folder().name)
    parts = []
    for script in SCRIPTS[family]:
        font = TTFont(DIST / names[f"{family}-{script}-{weight}.woff"])
        font.flavor = None  # unpacked: what shapes the text reads no WOFF
        if len(SCRIPTS[family]) > 1:
            for table in ("GDEF", "GPOS", "GSUB"):  # kerning, which takes more than half of the time to put together
                del font[table]
        parts.append(folder / f"{family}-{script}-{weight}.ttf")
        font.save(parts[-1])
    if len(parts) == 1:
        return parts[0]
    whole = folder / f"{family}-{weight}.ttf"
    Merger().merge([str(part) for part in parts]).save(whole)
    return whole


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset(sign for family in SCRIPTS for sign in TTFont(font_file(family, REGULAR)).getBestCmap())
