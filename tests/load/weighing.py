"""How many bytes does a visitor get? As sent to a browser that asks for gzip."""

import gzip
import json
from dataclasses import dataclass

from participatie.settings import ROOT
from tests.load.generator import fetch, get
from tests.load.world import World


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer: its bytes on the line, and unpacked."""

    name: str
    sent: int
    unpacked: int
    encoding: str


def weigh(world: World, port: int) -> list[Weight]:
    """Return the weights of home, list, detail and stylesheet."""
    names = json.loads((ROOT / "static" / "dist" / "manifest.json").read_text())
    paths = {
        "home": "/",
        "idea list": world.list_path,
        "idea detail": world.detail_path,
        "stylesheet": f"/static/dist/{names['app.css']}",
    }
    return [_weigh(name, port, path) for name, path in paths.items()]


def _weigh(name: str, port: int, path: str) -> Weight:
    head, body = fetch(port, get(path))
    is_packed = b"content-encoding: gzip" in head.lower()
    unpacked = gzip.decompress(body) if is_packed else body
    return Weight(name, len(body), len(unpacked), "gzip" if is_packed else "not compressed")
