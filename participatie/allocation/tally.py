"""How many votes and points does every plan have, and which ballots are the same?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from participatie.allocation.terms import AllocationRules, BallotGroup, Plan


def ranked(choices: Sequence[str], count: int = 1, weight: int | Fraction = 1) -> BallotGroup:
    """Return a ranking as points: the last choice 1, each one above it 1 more (Borda).

    The number of choices on *this* ballot counts, as in Pabulib (Faliszewski et
    al., IJCAI 2023), whose stored scores agree; not the most the rules allow.
    """
    return BallotGroup(tuple(choices), count, tuple(range(len(choices), 0, -1)), weight)


def group_ballots(ballots: Iterable[BallotGroup]) -> tuple[BallotGroup, ...]:
    """Merge identical ballots and put the groups in one fixed order.

    The order of the ballots, and of the choices on a ballot, disappears here, so
    that neither can ever matter. A choice with 0 points is no choice, and points
    that are all 1 are an approval (`points` None).
    """
    counts: defaultdict[tuple[tuple[str, ...], tuple[int, ...], int | Fraction], int] = defaultdict(int)
    for ballot in ballots:
        counts[*_in_fixed_order(ballot), ballot.weight] += ballot.count
    return tuple(
        BallotGroup(choices, count, points or None, weight)
        for (choices, points, weight), count in sorted(counts.items())
    )


def _in_fixed_order(ballot: BallotGroup) -> tuple[tuple[str, ...], tuple[int, ...]]:
    if ballot.points is None:
        return tuple(sorted(ballot.choices)), ()
    chosen = sorted(pair for pair in zip(ballot.choices, ballot.points, strict=True) if pair[1] > 0)
    points = tuple(point for _, point in chosen)
    return tuple(plan_id for plan_id, _ in chosen), points if any(point != 1 for point in points) else ()


def points_of(group: BallotGroup) -> tuple[int, ...]:
    """Return the points of each choice: 1 for every choice of an approval."""
    return (1,) * len(group.choices) if group.points is None else group.points


@dataclass(frozen=True, slots=True)
class Tally:
    """Per plan id: how many voters chose it, and the weighted points they gave."""

    votes: dict[str, int]
    scores: dict[str, int | Fraction]
    voters: int


def tally(plans: Sequence[Plan], groups: Iterable[BallotGroup]) -> Tally:
    """Count votes and scores of every plan over grouped ballots."""
    votes = {plan.id: 0 for plan in plans}
    scores: dict[str, int | Fraction] = {plan.id: 0 for plan in plans}
    voters = 0
    for group in groups:
        voters += group.count
        count = group.count
        weight = count * group.weight
        for plan_id, points in zip(group.choices, points_of(group), strict=True):
            votes[plan_id] += count
            scores[plan_id] += weight * points
    return Tally(votes, scores, voters)


def refuse_nonsense(
    plans: Sequence[Plan], ballots: Sequence[BallotGroup], rules: AllocationRules, order: Sequence[str]
) -> None:
    """Raise ValueError for input that no election can have: such a caller has a bug."""
    ids = {plan.id for plan in plans}
    if len(ids) != len(plans):
        raise ValueError("a plan id occurs twice")
    if any(plan.cost_cents < 0 for plan in plans):
        raise ValueError("a plan costs less than nothing")
    if rules.pot_cents < 0 or rules.raise_cents <= 0 or any(cap < 0 for cap in rules.category_caps.values()):
        raise ValueError("a pot, raise or cap is negative")
    if rules.seats < 1:
        raise ValueError("nothing can be won")
    if len(order) != len(plans) or set(order) != ids:
        raise ValueError("the tie order must name every plan once")
    for ballot in ballots:
        _refuse_ballot(ballot, ids)


def _refuse_ballot(ballot: BallotGroup, ids: set[str]) -> None:
    if ballot.count <= 0 or ballot.weight <= 0:
        raise ValueError("a group of ballots without ballots or weight")
    if len(set(ballot.choices)) != len(ballot.choices):
        raise ValueError("a ballot names a plan twice")
    if not ids.issuperset(ballot.choices):
        raise ValueError("a ballot names an unknown plan")
    if ballot.points is not None and (
        len(ballot.points) != len(ballot.choices) or any(point < 0 for point in ballot.points)
    ):
        raise ValueError("a ballot's points do not match its choices")
