"""How is a bundle checked from a command line, also where nothing but Python and NumPy is installed?"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from participatie.verification.checking import verify
from participatie.verification.lots.checking import check_lot, is_lot
from participatie.verification.packing import MOST_BYTES, NotABundleError
from participatie.verification.report import Report

RIGHT, WRONG, NO_BUNDLE = 0, 1, 2


def main(words: Sequence[str] | None = None) -> int:
    """Check the bundle that `words` name and say what was found; return 0, 1 for a difference, 2 for no bundle."""
    parser = argparse.ArgumentParser(
        prog="python -m participatie.verification",
        description="Controleer de bundel van een uitslag of van een loting: reken alles na.",
    )
    parser.add_argument("bundle", type=Path, help="het bestand van de pagina van de uitslag of van de loting")
    parser.add_argument("--json", action="store_true", dest="as_json", help="schrijf één JSON-object")
    parser.add_argument("--proof", help="bij een loting: staat dit bewijs op de lijst?")
    parser.add_argument("--pool", type=Path, help="bij een loting: de verzegelde lijst, om alles na te rekenen")
    given = parser.parse_args(words)
    status, said = check(given.bundle, as_json=given.as_json, proof=given.proof, pool=given.pool)
    print(said, file=sys.stderr if status == NO_BUNDLE and not given.as_json else sys.stdout)
    return status


def check(bundle: Path, *, as_json: bool, proof: str | None = None, pool: Path | None = None) -> tuple[int, str]:
    """Return the exit code for a file and what to say. A file that is too large is refused before it is read.

    `proof` and `pool` (the sealed list) go with the bundle of a lot.
    """
    try:
        package = _bytes_of(bundle)
        report = _of_a_lot(package, proof, pool) if is_lot(package) else _of_a_result(package, proof, pool)
    except NotABundleError as error:
        sentence = f"{bundle.name}: dit is geen bundel die te controleren is: {error}."
        return NO_BUNDLE, json.dumps({"ok": False, "error": sentence}, ensure_ascii=False) if as_json else sentence
    return (RIGHT if report.is_right else WRONG), report.as_json() if as_json else report.as_text()


def _of_a_result(package: bytes, proof: str | None, pool: Path | None) -> Report:
    if proof is not None or pool is not None:
        raise NotABundleError("een bewijs of een verzegelde lijst hoort bij een loting, en dit is een uitslag")
    return verify(package)


def _of_a_lot(package: bytes, proof: str | None, pool: Path | None) -> Report:
    check = check_lot(package)
    if pool is not None:
        try:
            replaying = import_module("participatie.verification.lots.replaying")
        except ImportError as error:
            raise NotABundleError("voor de verzegelde lijst is het hele programma nodig, met highspy") from error
        replaying.replay(check, _bytes_of(pool))
    else:
        check.report.notes.append(
            "dat elk panel aan de quota voldoet, is alleen met de verzegelde lijst na te rekenen."
        )
    if proof is not None:
        check.prove(proof)
    return check.report


def _bytes_of(bundle: Path) -> bytes:
    try:
        if not bundle.is_file():
            raise NotABundleError("dit bestand bestaat niet")
        with bundle.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotABundleError("het bestand kan niet gelezen worden") from error
