"""How does one public number choose the panel? With hashes that anybody can make again, and nothing else."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from participatie.lottery.faults import Fault, Problem, RequestError
from participatie.lottery.portfolio import Portfolio
from participatie.lottery.preparing import prepare
from participatie.lottery.terms import Pool, Progress, Quotas

#: How many values a SHA-256 has.
_ALL = 1 << 256
_SEED = re.compile(r"[0-9a-f]{1,128}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draw:
    """What the lot says: which panel of the portfolio, its members by id, and all others in the order of the lot."""

    panel: tuple[str, ...]
    reserves: tuple[str, ...]
    portfolio: Portfolio
    commitment: str
    seed: str
    index: int


def commitment(pool: Pool, quotas: Quotas, size: int, portfolio: Portfolio) -> str:
    """Return the SHA-256 (hex) of pool, quotas, size and panels: who holds it knows that none of them changed since."""
    return sha256("\n".join([committed_text(pool, quotas, size), portfolio.as_text()]).encode()).hexdigest()


def committed_text(pool: Pool, quotas: Quotas, size: int) -> str:
    """Write down size, quotas and people in one way only: sorted, a JSON array a line."""
    features = sorted(quotas.features)
    return "\n".join(
        [
            f"size {size}",
            *sorted(_line(quota.feature, quota.value, quota.minimum, quota.maximum) for quota in quotas),
            _line("people", *features),
            *(
                _line(person.id, person.household, *(person.features[name] for name in features))
                for person in pool.people
            ),
        ]
    )


def seed_from(commitment: str, number: str) -> str:
    r"""Return the seed: the SHA-256 (hex) of the commitment, a newline and the public number as it was published.

    `printf '%s\n%s' COMMITMENT NUMBER | sha256sum` gives the same.
    """
    return sha256(f"{commitment}\n{number}".encode()).hexdigest()


def panel_index(seed: str, panels: int) -> int:
    """Return which panel (0 is the first) a seed chooses, each exactly as likely.

    The hash of the seed, `panel` and a count, each on a line, is a number. The few highest numbers, which would make
    the first panels a little more likely, are passed over and the count goes up.
    """
    if panels < 1:
        raise ValueError("there is no panel to choose from")
    fair = _ALL - _ALL % panels
    count = 0
    while (number := int(_hash(seed, "panel", str(count)), 16)) >= fair:
        count += 1
    return number % panels


def reserves(seed: str, pool: Pool, panel: Sequence[int]) -> tuple[int, ...]:
    """Return the positions of all who do not sit on the panel, in the order in which they are asked when a seat opens.

    By the hash of the seed, `reserve` and the id, each on a line, the lowest first. Who shares a household with a member
    comes after all others: nobody brings in a housemate by stepping back.
    """
    drawn = frozenset(panel)
    homes = {pool.homes[at] for at in drawn}
    return tuple(
        sorted(
            (at for at in range(len(pool)) if at not in drawn),
            key=lambda at: (pool.homes[at] in homes, _hash(seed, "reserve", pool.people[at].id)),
        )
    )


def draw(
    pool: Pool,
    quotas: Quotas,
    size: int,
    seed: str,
    *,
    portfolio: Portfolio | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Draw:
    """Draw a panel and its reserves from a seed (hex, lower case). A portfolio that is there already is used as it is.

    Raises RequestError for a bad seed and for what `check` finds, and NotPossibleError where no panel meets the quotas.
    """
    if not _SEED.fullmatch(seed):
        raise RequestError([Problem(Fault.SEED_INVALID, {"found": seed})])
    chosen = prepare(pool, quotas, size, progress=progress) if portfolio is None else portfolio
    index = panel_index(seed, len(chosen.panels))
    panel = chosen.panels[index]
    return Draw(
        tuple(pool.people[at].id for at in panel),
        tuple(pool.people[at].id for at in reserves(seed, pool, panel)),
        chosen,
        commitment(pool, quotas, size, chosen),
        seed,
        index,
    )


def _hash(*lines: str) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def _line(*values: str | int | None) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
