"""All panels of a tiny pool, and the fairest chances over them, with nothing of our own engine."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import highspy
import numpy as np

from participatie.lottery import Pool, Quotas

Panel = tuple[int, ...]
#: How exactly HiGHS answers here: a hundred times better than what is compared.
_EXACT = 1e-10
#: Who can get no more than this above the smallest chance gets that.
_MORE = 1e-8


def households_apart(pool: Pool, size: int) -> list[Panel]:
    """Return every set of so many people, no two of one household."""
    every = combinations(range(len(pool)), size)
    return [panel for panel in every if len({pool.homes[at] for at in panel}) == size]


def missed(pool: Pool, quotas: Quotas, panel: Sequence[int]) -> int:
    """Return by how many members the quotas are broken in all."""
    members = Counter((name, pool.people[at].features[name]) for at in panel for name in quotas.features)
    return sum(
        max(quota.minimum - members[quota.feature, quota.value], 0)
        + max(members[quota.feature, quota.value] - quota.maximum, 0)
        for quota in quotas
    )


def all_panels(pool: Pool, quotas: Quotas, size: int) -> list[Panel]:
    """Return every panel that meets the quotas."""
    return [panel for panel in households_apart(pool, size) if not missed(pool, quotas, panel)]


def leximin(people: int, panels: Sequence[Panel]) -> list[float]:
    """Return for each person the chance in the fairest mix of these panels.

    The smallest chance is made as large as possible; whoever can have no more, which is asked for each person apart, is
    settled; and so on with the others.
    """
    settled: dict[int, float] = {}
    while len(settled) < people:
        smallest = _largest(people, panels, settled, None, 0.0)
        rest = [one for one in range(people) if one not in settled]
        stuck = [one for one in rest if _largest(people, panels, settled, one, smallest) < smallest + _MORE]
        assert stuck, "somebody always has the smallest chance"
        settled |= dict.fromkeys(stuck, smallest)
    return [settled[one] for one in range(people)]


def _largest(people: int, panels: Sequence[Panel], settled: dict[int, float], whose: int | None, floor: float) -> float:
    """Return the largest chance for one person while all others who are not settled have `floor`; or for all of those."""
    seats = np.zeros((people, len(panels)))
    for column, panel in enumerate(panels):
        seats[list(panel), column] = 1.0
    aim = np.zeros((people, 1))
    least = np.full(people, floor)
    for one in range(people):
        least[one] = max(settled.get(one, floor) - _EXACT, 0.0)
        if whose == one or (whose is None and one not in settled):
            aim[one], least[one] = -1.0, 0.0
    rows = np.vstack([np.hstack([seats, aim]), np.append(np.ones(len(panels)), 0.0)])
    low, high = np.append(least, 1.0), np.append(np.full(people, highspy.kHighsInf), 1.0)
    highs = highspy.Highs()
    for name, value in (("primal_feasibility_tolerance", _EXACT), ("dual_feasibility_tolerance", _EXACT)):
        highs.setOptionValue(name, value)
    highs.setOptionValue("output_flag", False)
    columns = rows.shape[1]
    nothing = np.array([], np.int32)
    costs = np.append(np.zeros(len(panels)), 1.0)
    highs.addCols(columns, costs, np.zeros(columns), np.ones(columns), 0, nothing, nothing, np.array([], np.float64))
    line, place = np.nonzero(rows)
    starts = np.searchsorted(line, np.arange(len(rows))).astype(np.int32)
    highs.addRows(len(rows), low, high, len(line), starts, place.astype(np.int32), rows[line, place])
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)
