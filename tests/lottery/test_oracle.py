"""Is the smallest chance as large as sortition-algorithms makes it? On pools in its own data shapes, read by both."""

import pytest

from participatie.lottery import prepare
from tests.lottery.made_up import MadeUp
from tests.lottery.oracle_pools import POOLS, answers, digest_of

#: The ideal chances are compared, so that the panels they are rounded to may be few.
FEW_PANELS = 10


@pytest.mark.parametrize("name, pool", POOLS.items(), ids=POOLS)
def test_nobody_has_less_than_the_smallest_chance_that_others_find(name: str, pool: MadeUp) -> None:
    theirs = answers()[name]
    assert theirs["files"] == digest_of(pool), "the pool is another one than it was: run `make oracle`"
    ours = prepare(pool.pool, pool.quotas, pool.size, panels=FEW_PANELS).lowest_optimum
    assert ours == pytest.approx(theirs["smallest"], abs=1e-6)
