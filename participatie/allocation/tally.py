"""How many votes and points does every plan have?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from participatie.allocation.columns import Columns
from participatie.allocation.terms import AllocationRules, BallotGroup, Plan


def ranked(choices: Sequence[str], count: int = 1, weight: int | Fraction = 1) -> BallotGroup:
    """Return a ranking as points: the last choice 1, each one above it 1 more (Borda).

    The number of choices on *this* ballot counts, as in Pabulib (Faliszewski et
    al., IJCAI 2023), whose stored scores agree; not the most the rules allow.
    """
    return BallotGroup(tuple(choices), count, tuple(range(len(choices), 0, -1)), weight)


@dataclass(frozen=True, slots=True)
class Tally:
    """Per plan id: how many voters chose it, and the weighted points they gave."""

    votes: dict[str, int]
    scores: dict[str, int | Fraction]
    voters: int


def tally(ballots: Columns) -> Tally:
    """Count votes and scores of every plan. The sums are whole numbers below 2**53, so a column of floats is exact."""
    plans = len(ballots.plan_ids)
    counts = np.repeat(ballots.counts, ballots.lengths)
    weighed = np.repeat(ballots.counts * ballots.weights, ballots.lengths) * ballots.points
    votes = np.bincount(ballots.chosen, weights=counts, minlength=plans).astype(np.int64).tolist()
    scores = np.bincount(ballots.chosen, weights=weighed, minlength=plans).astype(np.int64).tolist()
    unit = ballots.unit
    return Tally(
        dict(zip(ballots.plan_ids, votes, strict=True)),
        {
            plan_id: score if unit == 1 else Fraction(score, unit)
            for plan_id, score in zip(ballots.plan_ids, scores, strict=True)
        },
        ballots.voters,
    )


def refuse_nonsense(plans: Sequence[Plan], rules: AllocationRules, order: Sequence[str]) -> None:
    """Raise ValueError for input that no election can have: such a caller has a bug."""
    ids = {plan.id for plan in plans}
    if len(ids) != len(plans):
        raise ValueError("a plan id occurs twice")
    if any(plan.cost_cents < 0 for plan in plans):
        raise ValueError("a plan costs less than nothing")
    caps = (*rules.category_caps.values(), *rules.area_caps.values())
    if rules.pot_cents < 0 or rules.raise_cents <= 0 or any(cap < 0 for cap in caps):
        raise ValueError("a pot, raise or cap is negative")
    if rules.seats < 1:
        raise ValueError("nothing can be won")
    if len(order) != len(plans) or set(order) != ids:
        raise ValueError("the tie order must name every plan once")
    if any(not ids.issuperset(group) for group in rules.incompatible):
        raise ValueError("an unknown plan is named as incompatible")
