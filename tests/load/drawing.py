"""How fast is a panel drawn, beside sortition-algorithms on the same machine in the same run?

Each measurement is a process of its own; the start of Python and of the libraries is not counted, reading the files
is. Ours is leximin and includes the thousand panels; theirs is maximin, because its leximin wants a solver that is not
free, and it is stopped after PATIENCE seconds. Medians of RUNS; what was stopped once is not tried again.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low

import click

from participatie.settings import ROOT
from tests.load.dividing import PATIENCE, Took
from tests.lottery.made_up import MadeUp, made_up

RUNS = 3
#: How many values each feature has. Of 500 people with those five features, about 250 are different.
FOUR, FIVE, SIX = (2, 6, 5, 4), (2, 6, 5, 4, 2), (2, 6, 5, 4, 3, 3)


def pools() -> dict[str, MadeUp]:
    """Make the pools that are measured; they are the same in every run."""
    return {
        "1,000 people, 100 seats, 4 features": made_up(1000, 100, FOUR, 1, skew=0.6, slack=0.05),
        "2,000 people, 150 seats, 6 features": made_up(2000, 150, SIX, 1, skew=0.6, slack=0.05),
        "10,000, 150, as their quotas are": made_up(10_000, 150, SIX, 1, slack=0.05),
        "500, 50, who came by themselves": made_up(500, 50, FIVE, 1, skew=0.85, slack=0.02),
    }


def print_drawing() -> None:
    """Measure and print."""
    click.echo(f"\n  {'reading and drawing':<34}{'ours':>9}{'':>7}{'sortition-algs':>14}{'':>6}{'ratio':>8}")
    for name, pool in pools().items():
        ours, theirs = measured("us", pool), measured("sortition", pool)
        assert ours is not None, f"ours takes more than {PATIENCE} s"
        click.echo(f"  {name:<34}{_beside(ours, theirs)}")


def measured(side: str, pool: MadeUp, runs: int = RUNS) -> Took | None:
    """Return the median run, each in a process of its own; None where it was stopped."""
    found = []
    with tempfile.TemporaryDirectory(prefix="participatie-bench-") as folder:
        pool.write(Path(folder))
        for _ in range(runs):
            try:
                # Our own program with our own arguments.
                done = subprocess.run(  # noqa: S603
                    [sys.executable, "-m", f"tests.load.drawing_by_{side}", str(pool.size), folder],
                    cwd=Path(ROOT), check=True, capture_output=True, text=True, timeout=PATIENCE,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                return None
            # sortition-algorithms tells what it does before that.
            found.append(Took(**json.loads(done.stdout.splitlines()[-1])))
    middle = median_low(one.seconds for one in found)
    return next(one for one in found if one.seconds == middle)


def _beside(ours: Took, theirs: Took | None) -> str:
    mine = f"{ours.seconds:>7.2f} s{ours.peak:>5.0f}MB"
    if theirs is None:
        return f"{mine}  stopped after {PATIENCE} s{f'> {PATIENCE / ours.seconds:,.0f}':>10}"
    return f"{mine}{theirs.seconds:>11.2f} s{theirs.peak:>5.0f}MB{theirs.seconds / ours.seconds:>8,.0f}"
