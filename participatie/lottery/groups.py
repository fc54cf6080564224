"""Who are alike? People with the same features in the same kind of household have the same chance, so they are one group.

A panel is then a number for each group. A home is everybody of one household in the pool, and at most one of them sits on
a panel; homes whose people have the same features are of one kind. Nobody is set aside beforehand: which of two
housemates may be drawn is decided by the same lot as all else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from participatie.lottery.terms import Bound, Pool, Quotas, Relaxation

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kind:
    """Homes with the same people: `homes` holds for each home, for each of its groups, the positions of its people."""

    groups: tuple[int, ...]
    homes: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True)
class Ground:
    """The groups and the rows that every panel obeys.

    `sizes`: people in each group. `places`: the most of them on one panel, a home giving one. `rows` x panel lies between
    `least` and `most`: first a row for each quota (in the order of `names`), then one for each kind with several groups.
    """

    size: int
    kinds: tuple[Kind, ...]
    sizes: Counts
    places: Counts
    rows: NDArray[np.int8]
    least: Counts
    most: Counts
    names: tuple[tuple[str, str], ...]
    group_of: tuple[int, ...]

    def is_panel(self, counts: Counts) -> bool:
        """Tell, in whole numbers, whether these counts are a panel: size, quotas and households."""
        sums = self.rows @ counts
        return bool(
            counts.sum() == self.size
            and (counts >= 0).all()
            and (counts <= self.places).all()
            and (sums >= self.least).all()
            and (sums <= self.most).all()
        )

    def broken(self, counts: Counts) -> tuple[Relaxation, ...]:
        """Return which quotas these counts break, and by how many members."""
        sums = self.rows @ counts
        found = []
        for at, (feature, value) in enumerate(self.names):
            if sums[at] < self.least[at]:
                found.append(Relaxation(feature, value, Bound.MINIMUM, int(self.least[at] - sums[at])))
            if sums[at] > self.most[at]:
                found.append(Relaxation(feature, value, Bound.MAXIMUM, int(sums[at] - self.most[at])))
        return tuple(found)


def ground_of(pool: Pool, quotas: Quotas, size: int) -> Ground:
    """Group the people. The order of quotas and of rows of the pool has no influence: all is sorted."""
    features = sorted(quotas.features)
    types = [tuple(person.features[name] for name in features) for person in pool.people]
    homes: dict[str, list[int]] = {}
    for at, home in enumerate(pool.homes):
        homes.setdefault(home, []).append(at)
    kinds: dict[tuple[tuple[str, ...], ...], list[list[int]]] = {}
    for people in homes.values():
        kinds.setdefault(tuple(sorted(types[at] for at in people)), []).append(people)
    group_of = [0] * len(pool)
    made: list[Kind] = []
    group_types: list[tuple[str, ...]] = []
    sizes: list[int] = []
    places: list[int] = []
    for members, alike in sorted(kinds.items()):
        first = len(group_types)
        inside = sorted(set(members))
        by_type = [tuple(tuple(at for at in people if types[at] == one) for one in inside) for people in alike]
        made.append(Kind(tuple(range(first, first + len(inside))), tuple(by_type)))
        for offset, one in enumerate(inside):
            group_types.append(one)
            sizes.append(len(alike) * members.count(one))
            places.append(len(alike))
            for at in (at for home in by_type for at in home[offset]):
                group_of[at] = first + offset
    ordered = sorted(quotas, key=lambda quota: (quota.feature, quota.value))
    shared = [kind for kind in made if len(kind.groups) > 1]
    rows = np.zeros((len(ordered) + len(shared), len(group_types)), np.int8)
    for at, quota in enumerate(ordered):
        column = features.index(quota.feature)
        rows[at] = [one[column] == quota.value for one in group_types]
    for at, kind in enumerate(shared, start=len(ordered)):
        rows[at, list(kind.groups)] = 1
    return Ground(
        size,
        tuple(made),
        _whole(sizes),
        _whole(places),
        rows,
        _whole([*(quota.minimum for quota in ordered), *(0 for _ in shared)]),
        _whole([*(min(quota.maximum, size) for quota in ordered), *(len(kind.homes) for kind in shared)]),
        tuple((quota.feature, quota.value) for quota in ordered),
        tuple(group_of),
    )


def _whole(numbers: Sequence[int]) -> Counts:
    return np.array(numbers, np.int64)
