"""The other side of `drawing`: the same by sortition-algorithms (maximin), as it comes, until the chances are known.

Of rounding them to panels it has none that gives the same, so that is left out, to its advantage.
"""

from pathlib import Path

from sortition_algorithms.committee_generation import find_distribution_maximin
from sortition_algorithms.features import FeatureCollection
from sortition_algorithms.people import People

from tests.load.timing import take_time
from tests.lottery.made_up import POOL_FILE, QUOTAS_FILE
from tests.lottery.sortition_oracle import HOUSEHOLD, read_theirs

Lot = tuple[FeatureCollection, People]


def read(folder: Path) -> Lot:
    """Read the two files."""
    return read_theirs(
        (folder / POOL_FILE).read_text(encoding="utf-8"), (folder / QUOTAS_FILE).read_text(encoding="utf-8")
    )


def count(lot: Lot, size: str) -> object:
    """Find the chances."""
    return find_distribution_maximin(*lot, int(size), HOUSEHOLD)


if __name__ == "__main__":
    take_time(read, count)
