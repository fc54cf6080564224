"""How are grouped ballots held, so that a city of a million voters is counted in arrays?

The outcome never depends on the order of ballots, nor on how they are grouped: everything
here is whole numbers, and sums of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import overload

import numpy as np
from numpy.typing import NDArray

from participatie.allocation.terms import BallotGroup

Whole = NDArray[np.int64]
#: Sums up to here fit a column of 64 bits with room to spare; beyond it ballots are refused.
MOST = 1 << 53


@dataclass(frozen=True, slots=True)
class Columns(Sequence[BallotGroup]):
    """Groups of identical ballots as columns; to others a sequence of `BallotGroup`.

    Group g chose the plans `plan_ids[chosen[k]]` with `points[k]` for k from `starts[g]` to
    `starts[g + 1]`; `counts[g]` ballots say so, each of which weighs `weights[g] / unit`.
    """

    plan_ids: tuple[str, ...]
    starts: Whole
    chosen: Whole
    points: Whole
    counts: Whole
    weights: Whole
    unit: int = 1
    _lengths: Whole = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Reckon once how long each ballot is."""
        object.__setattr__(self, "_lengths", np.diff(self.starts))

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.counts)

    @overload
    def __getitem__(self, index: int) -> BallotGroup: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[BallotGroup, ...]: ...
    def __getitem__(self, index: int | slice) -> BallotGroup | tuple[BallotGroup, ...]:
        """Return a group as others know it."""
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        at = slice(int(self.starts[index]), int(self.starts[index] + self.lengths[index])) if index >= 0 else None
        if at is None:
            return self[index + len(self)]
        points = tuple(self.points[at].tolist())
        weight = Fraction(int(self.weights[index]), self.unit)
        return BallotGroup(
            tuple(self.plan_ids[each] for each in self.chosen[at].tolist()),
            int(self.counts[index]),
            None if set(points) <= {1} else points,
            int(weight) if weight.denominator == 1 else weight,
        )

    def __iter__(self) -> Iterator[BallotGroup]:
        """Go over the groups."""
        return (self[index] for index in range(len(self)))

    @property
    def lengths(self) -> Whole:
        """How many plans each group chose."""
        return self._lengths

    @property
    def voters(self) -> int:
        """How many ballots there are."""
        return int(self.counts.sum())

    @property
    def weighted_voters(self) -> Fraction:
        """What all ballots weigh together."""
        return Fraction(int((self.counts * self.weights).sum()), self.unit)

    def group_of_choice(self) -> Whole:
        """Return for each choice the group that made it."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)

    def for_plans(self, plan_ids: Sequence[str]) -> "Columns":
        """Return the same ballots by the positions of these plans, which are the same plans in another order."""
        if tuple(plan_ids) == self.plan_ids:
            return self
        place = {plan_id: position for position, plan_id in enumerate(plan_ids)}
        moved = np.array([place[plan_id] for plan_id in self.plan_ids], dtype=np.int64)
        return Columns(
            tuple(plan_ids), self.starts, moved[self.chosen], self.points, self.counts, self.weights, self.unit
        )


def columns_of(plan_ids: Sequence[str], ballots: Sequence[BallotGroup]) -> Columns:
    """Return ballots as columns. A choice with 0 points is no choice; ballots that are alike are one group.

    Raises ValueError for a ballot that names a plan twice or an unknown one, for points that
    do not match their choices or are negative, for a group of no ballots or without weight, and
    for numbers of more than 53 bits.
    """
    if isinstance(ballots, Columns):
        return ballots.for_plans(plan_ids)
    place = {plan_id: position for position, plan_id in enumerate(plan_ids)}
    unit = lcm(*(Fraction(ballot.weight).denominator for ballot in ballots))
    alike: defaultdict[tuple[tuple[tuple[int, int], ...], int], int] = defaultdict(int)
    for ballot in ballots:
        alike[_in_fixed_order(ballot, place), int(ballot.weight * unit)] += ballot.count
    lengths = [len(choices) for choices, _ in alike]
    flat = [pair for choices, _ in alike for pair in choices]
    numbers = chain(chain.from_iterable(flat), alike.values(), (weight for _, weight in alike))
    if any(number > MOST for number in numbers):
        raise ValueError("ballots with numbers beyond reason")
    columns = Columns(
        tuple(plan_ids),
        np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64),
        np.array([position for position, _ in flat], dtype=np.int64),
        np.array([points for _, points in flat], dtype=np.int64),
        np.array(list(alike.values()), dtype=np.int64),
        np.array([weight for _, weight in alike], dtype=np.int64),
        unit,
    )
    refuse_beyond_reason(columns)
    return columns


def refuse_beyond_reason(columns: Columns) -> None:
    """Raise ValueError where a sum over all ballots would not fit 53 bits, in which a float is exact."""
    heaviest = int(columns.weights.max(initial=0)) * int(columns.points.max(initial=0))
    if float(columns.counts.sum(dtype=np.float64)) * heaviest > MOST:
        raise ValueError("ballots with numbers beyond reason")


def _in_fixed_order(ballot: BallotGroup, place: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    if ballot.count <= 0 or ballot.weight <= 0:
        raise ValueError("a group of ballots without ballots or weight")
    if len(set(ballot.choices)) != len(ballot.choices):
        raise ValueError("a ballot names a plan twice")
    if not place.keys() >= set(ballot.choices):
        raise ValueError("a ballot names an unknown plan")
    points = ballot.points
    if points is not None and (len(points) != len(ballot.choices) or any(point < 0 for point in points)):
        raise ValueError("a ballot's points do not match its choices")
    given = points if points is not None else (1,) * len(ballot.choices)
    pairs = zip((place[choice] for choice in ballot.choices), given, strict=True)
    return tuple(sorted(pair for pair in pairs if pair[1] > 0))
