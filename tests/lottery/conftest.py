"""One lot that many tests look at: preparing takes a moment, and changes nothing."""

import pytest

from participatie.lottery import Portfolio, Progress, prepare
from tests.lottery.made_up import MadeUp, small


@pytest.fixture(scope="session")
def lot() -> MadeUp:
    """Thirty people for eight seats, some of whom live together."""
    return small()


@pytest.fixture(scope="session")
def prepared(lot: MadeUp) -> tuple[Portfolio, list[Progress]]:
    """A thousand panels of them, and what was told meanwhile."""
    told: list[Progress] = []
    return prepare(lot.pool, lot.quotas, lot.size, progress=told.append), told


@pytest.fixture(scope="session")
def portfolio(prepared: tuple[Portfolio, list[Progress]]) -> Portfolio:
    """A thousand panels of them."""
    return prepared[0]
