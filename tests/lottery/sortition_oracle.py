"""What does sortition-algorithms give for a pool? The smallest chance in its maximin distribution.

`python -m tests.lottery.sortition_oracle` (`make oracle`) asks it anew for each of `oracle_pools` and writes that down.
It works by person, and stops when it is within half a thousandth of the best. To compare in millionths it is asked to
go on longer (`EXACTLY`) and to solve its integer programs to the end.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import StringIO
from math import fsum
from unittest.mock import patch

from sortition_algorithms import Settings, read_in_features, read_in_people
from sortition_algorithms.committee_generation import common, find_distribution_maximin, maximin
from sortition_algorithms.committee_generation.solver import create_solver
from sortition_algorithms.features import FeatureCollection
from sortition_algorithms.people import People

from tests.lottery.oracle_pools import ANSWERS, POOLS, Answer, digest_of

#: How near the best it must come. HiGHS answers linear programs there in ten-millionths.
EXACTLY = 5e-7
HOUSEHOLD = ["household"]


def read_theirs(pool_csv: str, quotas_csv: str) -> tuple[FeatureCollection, People]:
    """Read both files as the library does."""
    quotas, pool = csv.DictReader(StringIO(quotas_csv)), csv.DictReader(StringIO(pool_csv))
    features, _, _ = read_in_features(list(quotas.fieldnames or ()), quotas)
    people, _ = read_in_people(list(pool.fieldnames or ()), pool, features, Settings("id", HOUSEHOLD))
    return features, people


def smallest_chance(features: FeatureCollection, people: People, size: int) -> float:
    """Return the smallest chance that anybody has, 0.0 where somebody fits in no panel at all."""
    with _to_the_end():
        panels, parts, _ = find_distribution_maximin(features, people, size, HOUSEHOLD)
    return min(fsum(part for panel, part in zip(panels, parts, strict=True) if one in panel) for one in people)


@contextmanager
def _to_the_end() -> Iterator[None]:
    exact = partial(create_solver, mip_gap=0.0, seed=1)
    with (
        patch.object(maximin, "EPS", EXACTLY),
        patch.object(common, "create_solver", exact),
        patch.object(maximin, "create_solver", exact),
    ):
        yield


def _ask_all() -> dict[str, Answer]:
    return {
        name: Answer(
            files=digest_of(pool), smallest=smallest_chance(*read_theirs(pool.pool_csv, pool.quotas_csv), pool.size)
        )
        for name, pool in POOLS.items()
    }


if __name__ == "__main__":
    ANSWERS.write_text(json.dumps(_ask_all(), indent=1) + "\n", encoding="utf-8")
