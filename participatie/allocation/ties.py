"""In which order do equal plans come? By lots anybody can draw again from a published seed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import groupby

from participatie.allocation.terms import Plan, Tie


def tie_order(plan_ids: Iterable[str], seed: str) -> tuple[str, ...]:
    r"""Return the plan ids in drawn order: by the SHA-256 of the seed, a newline and the id.

    Who has the seed can repeat the draw with any tool:
    `printf '%s\n%s' SEED ID | sha256sum`; the lowest hash comes first.
    """
    return tuple(sorted(plan_ids, key=lambda plan_id: (sha256(f"{seed}\n{plan_id}".encode()).hexdigest(), plan_id)))


def ties_in_order(
    ordered: Sequence[Plan], key: Callable[[Plan], int | Fraction], funded: Collection[str]
) -> tuple[Tie, ...]:
    """Return the runs of plans with an equal key in an ordered list, each with whether it decided."""
    runs = (tuple(plan.id for plan in run) for _, run in groupby(ordered, key))
    return tuple(tie_between(run, funded) for run in runs if len(run) > 1)


def tie_between(plan_ids: tuple[str, ...], funded: Collection[str]) -> Tie:
    """Return the tie, decisive when some of its plans are funded and some are not."""
    return Tie(plan_ids, decisive=len({plan_id in funded for plan_id in plan_ids}) > 1)
