"""The other side of `dividing`: the same by pabutools, with alike ballots grouped after reading."""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.allocation.pabutools_oracle import election_of, rules_for
from tests.load.timing import take_time

Counts = dict[str, Callable[[], list[object]]]


def read(path: Path) -> Counts:
    """Read a file, group its ballots, and return how it is counted by each rule."""
    instance, profile, points = election_of(path)
    return rules_for(instance, profile.as_multiprofile(), points=points)


def count(counts: Counts, rule: str) -> list[object]:
    """Count by a rule."""
    return counts[rule]()


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    take_time(read, count)
