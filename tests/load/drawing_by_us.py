"""Our side of `drawing`: read a pool and its quotas, and prepare the thousand panels (leximin)."""

from pathlib import Path

from participatie.lottery import Pool, Portfolio, Quotas, prepare, read_pool, read_quotas
from tests.load.timing import take_time
from tests.lottery.made_up import POOL_FILE, QUOTAS_FILE

Lot = tuple[Pool, Quotas]


def read(folder: Path) -> Lot:
    """Read the two files."""
    quotas = read_quotas((folder / QUOTAS_FILE).read_bytes())
    return read_pool((folder / POOL_FILE).read_bytes(), quotas), quotas


def count(lot: Lot, size: str) -> Portfolio:
    """Prepare the panels."""
    return prepare(*lot, int(size))


if __name__ == "__main__":
    take_time(read, count)
