"""On which pools is our smallest chance compared with that of sortition-algorithms, and what did it say?

The library brings 400 MB of solvers, so it is asked by `make oracle` alone, and its answers stand in
`sortition_answers.json`, each with the digest of the two files it was given.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

from tests.lottery.made_up import MadeUp, made_up

ANSWERS = Path(__file__).with_name("sortition_answers.json")
POOLS = {
    "mirrors its quotas": made_up(15, 5, (2, 3), 1),
    "few of a kind": made_up(24, 8, (2, 4, 3), 2, skew=0.8, slack=0.2),
    "exact quotas": made_up(24, 8, (2, 3, 3), 1, skew=0.5),
    "lives together": made_up(24, 8, (2, 3, 2), 2, skew=0.5, slack=0.1, homes=0.6),
    "one feature": made_up(30, 6, (3,), 4, skew=0.6, slack=0.1),
    "a tenth is drawn": made_up(60, 6, (2, 3), 5, skew=0.4, slack=0.2),
    "half is drawn": made_up(24, 12, (2, 3, 2), 6, skew=0.3, slack=0.2),
    "many features": made_up(40, 8, (2, 2, 2, 3, 2), 8, skew=0.5, slack=0.3),
    "very skewed": made_up(48, 10, (2, 4), 9, skew=0.9, slack=0.1),
    "families": made_up(36, 8, (3, 2), 10, skew=0.4, slack=0.2, homes=0.9),
}


class Answer(TypedDict):
    """What the library gave: `files` is the digest of what it read, `smallest` the smallest chance."""

    files: str
    smallest: float


def digest_of(pool: MadeUp) -> str:
    """Return the digest of a pool, its quotas and its size: a changed pool has no answer."""
    return sha256(f"{pool.size}\n{pool.quotas_csv}\n{pool.pool_csv}".encode()).hexdigest()


def answers() -> dict[str, Answer]:
    """Return the answers that are written down, by the name of the pool."""
    found: dict[str, Answer] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return found
