"""How long does a real election take to come in, by the real command and into a new database?"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, func, select

from participatie.models.votes import Ballot
from participatie.settings import ROOT

FILE = ROOT.parent / "shared" / "pabulib" / "Netherlands_Amsterdam_309.pb"


@dataclass(frozen=True, slots=True)
class Import:
    """The seconds of a whole command, its start and the migration included, and the ballots it brought in."""

    seconds: float
    ballots: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The seconds of `participatie allocate`, and what it funded."""

    seconds: float
    funded: int
    spent_cents: int


def import_real_file(url: str) -> Import | None:
    """Import West Begroot into an empty database; None where the file is absent."""
    if not FILE.exists():
        return None
    with tempfile.TemporaryDirectory(prefix="participatie-bench-") as folder:
        settings = {"PARTICIPATIE_INSTANCE_DIR": folder, "PARTICIPATIE_DATABASE_URL": url}
        seconds, _ = _run(["rounds", "import", str(FILE)], settings)
    engine = create_engine(url)
    with engine.connect() as connection:
        ballots = connection.scalar(select(func.count()).select_from(Ballot)) or 0
    engine.dispose()
    return Import(seconds, ballots)


def allocate_real_file() -> Allocation | None:
    """Allocate West Begroot without a database; None where the file is absent."""
    if not FILE.exists():
        return None
    seconds, output = _run(["allocate", str(FILE), "--json"], {})
    outcome = json.loads(output)
    return Allocation(seconds, len(outcome["funded"]), outcome["spentCents"])


def _run(arguments: list[str], settings: dict[str, str]) -> tuple[float, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARTICIPATIE_")}
    began = time.perf_counter()
    # Our own program with our own arguments.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "participatie.commands", *arguments],
        cwd=Path(ROOT), env={**kept, **settings}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        message = f"participatie {' '.join(arguments)}: {done.stderr.strip()}"
        raise RuntimeError(message)
    return seconds, done.stdout
