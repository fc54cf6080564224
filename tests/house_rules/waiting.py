"""How does a list of cases say that one of them waits?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waits:
    """Why a case cannot be tested yet."""

    reason: str


def waits(reason: str) -> Waits:
    """Read aloud: this case waits for that."""
    return Waits(reason)
