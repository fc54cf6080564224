"""Who left a seat and who came in place, in the order in which it happened: can that have been?"""

from collections.abc import Mapping, Sequence
from typing import Any


def first_wrong_change(outcome: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the first replacement that cannot be, and whose leaf it is about: only members leave, only reserves come in.

    Which of the reserves it should have been, only the sealed list tells.
    """
    if outcome["seats_filled_otherwise"]:
        return None
    seated, waiting = set(outcome["members"]), set(outcome["reserves"]) - set(outcome["reserves_gone"])
    for what, leaf in in_time(outcome["changes"]):
        if what == "left":
            if leaf not in seated:
                return "een vervanging klopt niet: wie wegging, had geen plaats", leaf
            seated.discard(leaf)
        else:
            if leaf not in waiting:
                return "een vervanging klopt niet: wie erbij kwam, was geen reserve", leaf
            waiting.discard(leaf)
            seated.add(leaf)
    return None


def in_time(changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return who left and who joined, in the order in which it happened."""
    happened = [
        (change["at" if what == "left" else "replaced_at"], number, what == "joined", what, change[what])
        for number, change in enumerate(changes)
        for what in ("left", "joined")
        if change[what] is not None
    ]
    return [(what, leaf) for _at, _number, _joins, what, leaf in sorted(happened)]
