"""Pools and quotas that nobody said yes to, in the CSV shapes of sortition-algorithms, always the same for a seed."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from math import ceil, floor, prod
from pathlib import Path
from random import Random

from participatie.lottery import Person, Pool, Quota, Quotas, read_pool, read_quotas

POOL_FILE, QUOTAS_FILE = "pool.csv", "quotas.csv"
#: What a number in a sum of fractions may be off by.
_OFF = 1e-9


@dataclass(frozen=True)
class MadeUp:
    """Two files and the number of seats."""

    pool_csv: str
    quotas_csv: str
    size: int

    @cached_property
    def quotas(self) -> Quotas:
        """The quotas as we read them."""
        return read_quotas(self.quotas_csv.encode())

    @cached_property
    def pool(self) -> Pool:
        """The people as we read them."""
        return read_pool(self.pool_csv.encode(), self.quotas)

    def write(self, folder: Path) -> None:
        """Write both files."""
        (folder / POOL_FILE).write_text(self.pool_csv, encoding="utf-8")
        (folder / QUOTAS_FILE).write_text(self.quotas_csv, encoding="utf-8")


def made_up(
    people: int,
    size: int,
    values: Sequence[int],
    seed: int,
    *,
    skew: float = 0.0,
    slack: float = 0.0,
    homes: float = 0.0,
) -> MadeUp:
    """Make a pool in which feature number `i` has `values[i]` values.

    Without `skew` the quotas are those of the pool itself, rounded down and up, and `slack` (a part of them) wider. With
    it they are those of a town in which some kinds of people answer far less often than others: down to 1 - skew as
    often for each feature. About a part `homes` of the people share a household with somebody.
    """
    chance = Random(seed)
    features = [f"f{number}" for number in range(len(values))]
    town = [_parts(chance, count) for count in values]
    answering = [[chance.uniform(1 - skew, 1) for _ in range(count)] for count in values]
    rows: list[list[int]] = []
    while len(rows) < people:
        row = [chance.choices(range(count), parts)[0] for count, parts in zip(values, town, strict=True)]
        if chance.random() < prod(answering[feature][value] for feature, value in enumerate(row)):
            rows.append(row)
    pool = StringIO()
    writer = csv.writer(pool)
    writer.writerow(["id", "name", "household", *features])
    for number, row in enumerate(rows):
        shared = chance.randrange(max(1, int(people * (1 - homes / 2))))
        home = f"h{shared}" if chance.random() < homes else f"alone{number}"
        writer.writerow([f"p{number:05}", f"Bewoner {number}", home, *(f"v{value}" for value in row)])
    quotas = StringIO()
    writer = csv.writer(quotas)
    writer.writerow(["feature", "value", "min", "max"])
    for at, feature in enumerate(features):
        found = Counter(row[at] for row in rows)
        for value in range(values[at]):
            due = size * (town[at][value] if skew else found[value] / people)
            least, most = floor(due * (1 - slack) + _OFF), ceil(due * (1 + slack) - _OFF)
            writer.writerow([feature, f"v{value}", least, most])
    return MadeUp(pool.getvalue(), quotas.getvalue(), size)


def tiny(seed: int) -> tuple[Pool, Quotas, int]:
    """Make a pool of at most eleven people around one panel that meets the quotas; half of these pools have households."""
    chance = Random(seed)
    people = chance.randint(7, 11)
    size = chance.randint(2, min(5, people - 1))
    features = {f"f{number}": chance.randint(2, 3) for number in range(chance.randint(1, 3))}
    shares = chance.random() < 0.5
    pool = Pool(
        tuple(
            Person(
                f"p{number:02}",
                {name: f"v{chance.randrange(count)}" for name, count in features.items()},
                f"h{chance.randrange(people)}" if shares and chance.random() < 0.6 else None,
            )
            for number in range(people)
        ),
        tuple(features),
    )
    tight = chance.random()
    homes = list(dict.fromkeys(pool.homes))
    size = min(size, len(homes))
    panel = [pool.homes.index(home) for home in chance.sample(homes, size)]
    quotas = []
    for name, count in features.items():
        for value in (f"v{number}" for number in range(count)):
            members = sum(pool.people[at].features[name] == value for at in panel)
            least = members - (chance.random() > tight)
            quotas.append(Quota(name, value, max(0, least), members + (chance.random() > tight)))
    return pool, Quotas(tuple(quotas)), size


def small(seed: int = 1) -> MadeUp:
    """Thirty people for eight seats, of whom some live together: done in a moment, and unequal enough to be interesting."""
    return made_up(30, 8, (2, 3, 2), seed, skew=0.4, slack=0.1, homes=0.3)


def _parts(chance: Random, count: int) -> list[float]:
    weights = [chance.random() + 0.4 for _ in range(count)]
    return [weight / sum(weights) for weight in weights]
