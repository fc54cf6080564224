"""Where are the built stylesheet and scripts? The manifest that the build wrote names them by content."""

import json
from pathlib import Path

from flask import Flask, url_for

from participatie.settings import ROOT

DIST = ROOT / "static" / "dist"


class AssetsMissingError(Exception):
    """The assets were not built; the message says how."""


def read_manifest(folder: Path = DIST) -> dict[str, str]:
    """Return built names by logical name. Raises AssetsMissingError before the first build."""
    try:
        names: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError as error:
        message = "De opmaak is nog niet gebouwd: voer `make assets` uit."
        raise AssetsMissingError(message) from error
    return names


def set_up_assets(app: Flask) -> None:
    """Give templates `asset('app.css')`."""
    names = read_manifest()

    def asset(name: str) -> str:
        return url_for("static", filename=f"dist/{names[name]}")

    app.jinja_env.globals["asset"] = asset
