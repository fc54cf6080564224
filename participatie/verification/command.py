"""How is a bundle checked from a command line, also where nothing but Python and NumPy is installed?"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from participatie.verification.checking import verify
from participatie.verification.packing import MOST_BYTES, NotABundleError

RIGHT, WRONG, NO_BUNDLE = 0, 1, 2


def main(words: Sequence[str] | None = None) -> int:
    """Check the bundle that `words` name and say what was found; return 0, 1 for a difference, 2 for no bundle."""
    parser = argparse.ArgumentParser(
        prog="python -m participatie.verification", description="Controleer de bundel van een uitslag: reken alles na."
    )
    parser.add_argument("bundle", type=Path, help="het bestand bundel.zip van de pagina van de uitslag")
    parser.add_argument("--json", action="store_true", dest="as_json", help="schrijf één JSON-object")
    given = parser.parse_args(words)
    status, said = check(given.bundle, as_json=given.as_json)
    print(said, file=sys.stderr if status == NO_BUNDLE and not given.as_json else sys.stdout)
    return status


def check(bundle: Path, *, as_json: bool) -> tuple[int, str]:
    """Return the exit code for a file and what to say. A file that is too large is refused before it is read."""
    try:
        report = verify(_bytes_of(bundle))
    except NotABundleError as error:
        sentence = f"{bundle.name}: dit is geen bundel die te controleren is: {error}."
        return NO_BUNDLE, json.dumps({"ok": False, "error": sentence}, ensure_ascii=False) if as_json else sentence
    return (RIGHT if report.is_right else WRONG), report.as_json() if as_json else report.as_text()


def _bytes_of(bundle: Path) -> bytes:
    try:
        if not bundle.is_file():
            raise NotABundleError("dit bestand bestaat niet")
        with bundle.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotABundleError("het bestand kan niet gelezen worden") from error
