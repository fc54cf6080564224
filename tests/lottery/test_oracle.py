"""Is the smallest chance as large as sortition-algorithms makes it? On pools in its own data shapes, read by both."""

import pytest

from participatie.lottery import prepare
from tests.lottery.made_up import MadeUp, made_up
from tests.lottery.sortition_oracle import read_theirs, smallest_chance

#: The ideal chances are compared, so that the panels they are rounded to may be few.
FEW_PANELS = 10
#: Each with the smallest chance. A third is what everybody would have if all had the same.
POOLS = {
    "mirrors its quotas": (made_up(15, 5, (2, 3), 1), 1 / 3),
    "few of a kind": (made_up(24, 8, (2, 4, 3), 2, skew=0.8, slack=0.2), 2 / 7),
    "exact quotas": (made_up(24, 8, (2, 3, 3), 1, skew=0.5), 3 / 14),
    "lives together": (made_up(24, 8, (2, 3, 2), 2, skew=0.5, slack=0.1, homes=0.6), 1 / 4),
}


@pytest.mark.parametrize("pool, smallest", POOLS.values(), ids=POOLS)
def test_nobody_has_less_than_the_smallest_chance_that_others_find(pool: MadeUp, smallest: float) -> None:
    ours = prepare(pool.pool, pool.quotas, pool.size, panels=FEW_PANELS).lowest_optimum
    theirs = smallest_chance(*read_theirs(pool.pool_csv, pool.quotas_csv), pool.size)
    assert ours == pytest.approx(theirs, abs=1e-6)
    assert ours == pytest.approx(smallest, abs=1e-6), "the pool is another one than it was"
