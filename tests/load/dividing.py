"""How fast is the pot divided, beside pabutools on the same machine in the same run, and how does time grow with voters?

Each measurement is a process of its own, so that its peak of memory is its own; the start of Python and of the
libraries is not counted, reading the file is. pabutools gets its ballots grouped, which is its quickest way, and is
stopped after PATIENCE seconds.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from participatie.allocation import Rule
from participatie.settings import ROOT
from tests.load.made_up_election import made_up_election

FOLDER = ROOT.parent / "shared" / "pabulib"
PATIENCE = 180
LODZ = ["Poland_Lodz_2022"]
SIZES = (10_000, 100_000, 1_000_000)
PLANS = 500
GROWING = (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds to read, seconds to count by each rule that was asked, and the peak of memory in MB."""

    reading: float
    counting: dict[str, float]
    peak: float

    @property
    def seconds(self) -> float:
        """Reading and counting together."""
        return self.reading + sum(self.counting.values())


def print_dividing() -> None:
    """Measure and print; without the real elections beside the checkout those lines are skipped, and said so."""
    dutch = sorted(path.stem for path in FOLDER.glob("Netherlands_*.pb"))
    click.echo(f"\n  {'reading and counting':<34}{'ours':>9}{'':>7}{'pabutools':>13}{'':>7}{'ratio':>8}")
    if not dutch:
        click.echo(f"  SKIPPED: there are no real elections in {FOLDER.parent.name}/{FOLDER.name}")
    else:
        lodz = (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_ADD1)
        for name, files, rule in [
            *((f"Lodz 2022, {rule.value}", LODZ, rule) for rule in lodz),
            (f"{len(dutch)} Dutch files, equal-shares", dutch, Rule.EQUAL_SHARES),
        ]:
            paths = [FOLDER / f"{file}.pb" for file in files]
            ours, theirs = _measured("us", [rule], paths), _measured("pabutools", [rule], paths)
            click.echo(f"  {name:<34}{_beside(ours, theirs)}")
    click.echo(
        f"\n  {f'made up, {PLANS} plans':<20}{'read':>9}{''.join(f'{rule.value:>15}' for rule in GROWING)}{'peak':>10}"
    )
    with tempfile.TemporaryDirectory(prefix="participatie-bench-") as folder:
        for voters in SIZES:
            path = Path(folder) / f"{voters}.pb"
            path.write_bytes(made_up_election(voters, PLANS))
            took = _measured("us", GROWING, [path])
            assert took is not None
            each = "".join(f"{seconds:>13.2f} s" for seconds in took.counting.values())
            click.echo(f"  {f'{voters:,} voters':<20}{took.reading:>7.2f} s{each}{took.peak:>7.0f} MB")


def _beside(ours: Took | None, theirs: Took | None) -> str:
    assert ours is not None
    mine = f"{ours.seconds:>7.2f} s{ours.peak:>5.0f}MB"
    if theirs is None:
        return f"{mine}  stopped after {PATIENCE} s{f'> {PATIENCE / ours.seconds:,.0f}':>10}"
    return f"{mine}{theirs.seconds:>11.2f} s{theirs.peak:>5.0f}MB{theirs.seconds / ours.seconds:>8,.0f}"


def _measured(side: str, rules: Sequence[Rule], paths: list[Path]) -> Took | None:
    """Measure in a process of its own; None where it was stopped."""
    arguments = [",".join(rules), *map(str, paths)]
    try:
        # Our own program with our own arguments.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"tests.load.dividing_by_{side}", *arguments],
            cwd=Path(ROOT), check=True, capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return Took(**json.loads(done.stdout))
