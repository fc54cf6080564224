"""Made-up ballots keep to every limit of a ballot, and the same text gives the same ones."""

from typing import Any

import pytest

from participatie.spelregels.made_up_votes import made_up_ballots
from participatie.spelregels.verdicts import Allowed
from participatie.spelregels.votes import BallotKind, BallotLimits, PlanOnBallot, check_choices, numbers_in

PLANS = {number: PlanOnBallot(number * 1000, ("groen", "spelen", None)[number % 3]) for number in range(1, 10)}


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"min_choices": 3, "max_choices": 3},
        {"ballot_kind": BallotKind.KNAPSACK, "max_sum_cents": 9000},
        {"ballot_kind": BallotKind.CHOOSE_ONE},
        {"ballot_kind": BallotKind.POINTS, "points_total": 7, "points_per_plan": 2},
        {"ballot_kind": BallotKind.RANKING, "max_choices": 4},
        {"min_per_category": 1, "max_per_category": 2, "category_sums_cents": {"groen": 9000}},
        {"min_choices": 0},
    ],
)
def test_made_up_ballots_may_be_cast(limits: dict[str, Any]) -> None:
    of_one = BallotLimits(**limits)
    made = made_up_ballots(PLANS, of_one, "proef", 40)
    assert len(made) > 20
    assert all(check_choices(ballot, PLANS, of_one) == Allowed() for ballot in made)
    assert made == made_up_ballots(PLANS, of_one, "proef", 40)
    assert made != made_up_ballots(PLANS, of_one, "anders", 40)
    assert len({tuple(numbers_in(ballot)) for ballot in made}) > 4


def test_where_nothing_may_be_cast_nothing_is_made_up() -> None:
    assert made_up_ballots({}, BallotLimits(), "proef") == []
    assert made_up_ballots(PLANS, BallotLimits(min_choices=10), "proef") == []
