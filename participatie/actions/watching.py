"""How does an act that takes long let somebody see how far it is? By walking its steps through a function of the caller."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

#: Takes all steps and yields them one by one; a command draws a bar meanwhile.
Watch = Callable[[Sequence[Any]], Iterable[Any]]


def unwatched(steps: Sequence[Any]) -> Iterable[Any]:
    """Walk the steps while nobody looks."""
    return steps
