"""Points, rankings and limits of a category: what may stand on a ballot of each kind, and nothing else."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.actions.votes import canonical, read_canonical
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import (
    MOST_POINTS,
    BallotKind,
    BallotLimits,
    Choices,
    PlanOnBallot,
    check_choices,
    check_form,
    numbers_in,
)

PLANS = {
    1: PlanOnBallot(100_00, "groen"),
    2: PlanOnBallot(200_00, "groen"),
    3: PlanOnBallot(300_00, "sport"),
    4: PlanOnBallot(0, None),
}
TEN_POINTS = BallotLimits(ballot_kind=BallotKind.POINTS, points_total=10, points_per_plan=6)
THREE_PLACES = BallotLimits(ballot_kind=BallotKind.RANKING, max_choices=3)
EACH_CATEGORY = BallotLimits(min_per_category=1)


@pytest.mark.parametrize(
    "choices, limits, verdict",
    [
        ([(1, 6), (2, 4)], TEN_POINTS, Allowed()),
        ([(4, 1)], TEN_POINTS, Allowed()),
        ([(1, 6), (2, 5)], TEN_POINTS, refused(Refusal.TOO_MANY_POINTS, given=11, over=1, maximum=10)),
        ([(1, 7)], TEN_POINTS, refused(Refusal.TOO_MANY_POINTS_ON_PLAN, plan=1, maximum=6)),
        ([(1, 0)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, -3)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, 10**9)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, 1.5)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, math.nan)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, True)], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([1], TEN_POINTS, refused(Refusal.POINTS_WRONG, plan=1)),
        ([(1, 2), (1, 3)], TEN_POINTS, refused(Refusal.CHOICE_TWICE)),
        ([(9, 2)], TEN_POINTS, refused(Refusal.CHOICE_UNKNOWN, plan=9)),
        ([(1, 2, 3)], TEN_POINTS, refused(Refusal.CHOICE_UNKNOWN, plan="(1, 2, 3)")),
        ([], TEN_POINTS, refused(Refusal.TOO_FEW_CHOICES, chosen=0, minimum=1)),
        ([3, 1, 2], THREE_PLACES, Allowed()),
        ([3, 1, 2, 4], THREE_PLACES, refused(Refusal.TOO_MANY_CHOICES, chosen=4, maximum=3)),
        ([3, 3], THREE_PLACES, refused(Refusal.CHOICE_TWICE)),
        ([(3, 1)], THREE_PLACES, refused(Refusal.POINTS_WRONG, plan=3)),
        ([1.0], THREE_PLACES, refused(Refusal.CHOICE_UNKNOWN, plan="1.0")),
        ([True], THREE_PLACES, refused(Refusal.CHOICE_UNKNOWN, plan="True")),
        ([1, 3], EACH_CATEGORY, Allowed()),
        ([1, 2, 4], EACH_CATEGORY, refused(Refusal.TOO_FEW_IN_CATEGORY, category="sport", minimum=1)),
        ([4], EACH_CATEGORY, refused(Refusal.TOO_FEW_IN_CATEGORY, category="groen", minimum=1)),
        (
            [1, 2],
            BallotLimits(ballot_kind=BallotKind.CHOOSE_ONE),
            refused(Refusal.TOO_MANY_CHOICES, chosen=2, maximum=1),
        ),
    ],
)
def test_each_limit_of_points_places_and_categories_holds(choices: Any, limits: BallotLimits, verdict: Verdict) -> None:
    """Abuse cases 5, 6 and 7, for every kind of ballot."""
    assert check_choices(choices, PLANS, limits) == verdict


whole = st.integers(-3, 12) | st.sampled_from([10**9, -(10**9)])
anything = whole | st.floats() | st.booleans() | st.text(max_size=3) | st.none()
junk = st.lists(anything | st.tuples(anything, anything) | st.tuples(whole, whole, whole), max_size=6)
limits_of_any_kind = st.builds(
    BallotLimits,
    min_choices=st.integers(0, 3),
    max_choices=st.none() | st.integers(0, 4),
    max_sum_cents=st.none() | st.integers(0, 700_00),
    max_per_category=st.none() | st.integers(0, 2),
    min_per_category=st.none() | st.integers(0, 2),
    category_sums_cents=st.dictionaries(st.sampled_from(["groen", "sport"]), st.integers(0, 400_00)),
    ballot_kind=st.sampled_from(list(BallotKind)),
    points_total=st.none() | st.integers(1, 20),
    points_per_plan=st.none() | st.integers(1, 12),
)


@given(choices=junk, limits=limits_of_any_kind)
def test_what_is_allowed_keeps_to_every_limit_and_can_be_written_down(choices: Any, limits: BallotLimits) -> None:
    """Whatever a machine sends: either a refusal, or a ballot that holds the limits when they are worked out anew."""
    verdict = check_choices(choices, PLANS, limits)
    if not verdict:
        return
    assert holds(choices, limits)
    written = canonical(choices, limits.ballot_kind)
    assert canonical(read_canonical(written), limits.ballot_kind) == written
    assert check_choices(read_canonical(written), PLANS, limits) == Allowed()
    assert all(
        isinstance(number, int)
        for entry in json.loads(written)
        for number in ([entry] if isinstance(entry, int) else entry)
    )


@given(
    numbers=st.lists(st.sampled_from(sorted(PLANS)), unique=True, max_size=4),
    points=st.lists(st.integers(1, 9), min_size=4, max_size=4),
    limits=limits_of_any_kind,
)
def test_what_keeps_to_every_limit_is_allowed(numbers: list[int], points: list[int], limits: BallotLimits) -> None:
    with_points = limits.ballot_kind is BallotKind.POINTS
    choices: Choices = list(zip(numbers, points, strict=False)) if with_points else numbers
    assert bool(check_choices(choices, PLANS, limits)) == holds(choices, limits)
    # A draft may break every limit: it is a ballot all the same.
    assert check_form(choices, PLANS, limits.ballot_kind)


def holds(choices: Choices, limits: BallotLimits) -> bool:
    """The rules of a ballot once more, in one go."""
    numbers = numbers_in(choices)
    points = [choice[1] for choice in choices if isinstance(choice, tuple)]
    by_category = {name: [n for n in numbers if PLANS[n].category == name] for name in ("groen", "sport")}

    def at_most(value: int, most: int | None) -> bool:
        return most is None or value <= most

    return (
        len(set(numbers)) == len(numbers)
        and set(numbers) <= set(PLANS)
        and limits.min_choices <= len(numbers)
        and at_most(len(numbers), 1 if limits.ballot_kind is BallotKind.CHOOSE_ONE else limits.max_choices)
        and at_most(sum(PLANS[n].cost_cents for n in numbers), limits.max_sum_cents)
        and at_most(sum(points), limits.points_total)
        and all(0 < given <= MOST_POINTS and at_most(given, limits.points_per_plan) for given in points)
        and (len(points) == len(numbers) if limits.ballot_kind is BallotKind.POINTS else not points)
        and all(at_most(len(some), limits.max_per_category) for some in by_category.values())
        and all((limits.min_per_category or 0) <= len(some) for some in by_category.values())
        and all(
            at_most(sum(PLANS[n].cost_cents for n in some), limits.category_sums_cents.get(name))
            for name, some in by_category.items()
        )
    )


def test_only_a_ranking_keeps_its_order() -> None:
    assert canonical([3, 1, 2], BallotKind.RANKING) == "[3,1,2]"
    assert canonical([3, 1, 2], BallotKind.APPROVAL) == "[1,2,3]"
    assert canonical([(3, 1), (1, 9)], BallotKind.POINTS) == "[[1,9],[3,1]]"
