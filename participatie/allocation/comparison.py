"""Do more voters prefer the plans of greedy to those of equal shares?"""

from collections.abc import Collection

import numpy as np

from participatie.allocation.columns import Columns


def preferences(ballots: Columns, ours: Collection[str], theirs: Collection[str]) -> tuple[int, int]:
    """Return how many voters have more of their choices in `ours`, and how many in `theirs`.

    Counted in plans, not in money, as the comparison step of Pabulib's checker
    and of equalshares.net ('satisfaction') does. Each voter counts once, whatever
    the weight of the ballot.
    """
    worth = np.array([(plan_id in ours) - (plan_id in theirs) for plan_id in ballots.plan_ids], dtype=np.int64)
    differences = np.bincount(ballots.group_of_choice(), weights=worth[ballots.chosen], minlength=len(ballots))
    return int(ballots.counts[differences > 0].sum()), int(ballots.counts[differences < 0].sum())
