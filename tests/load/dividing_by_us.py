"""Our side of `dividing`: read a file and count it, without caps and minimum, as pabutools knows none."""

from pathlib import Path

from participatie.allocation import AllocationRules, Outcome, Rule, allocate
from participatie.allocation.pabulib import Election, read_pabulib
from tests.load.timing import take_time


def read(path: Path) -> Election:
    """Read a file."""
    return read_pabulib(path.read_bytes(), path.name)


def count(election: Election, rule: str) -> Outcome:
    """Count by a rule."""
    return allocate(election.plans, election.ballots, AllocationRules(election.pot_cents, Rule(rule)))


if __name__ == "__main__":
    take_time(read, count)
