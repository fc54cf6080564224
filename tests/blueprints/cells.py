"""In which cells of level and phase is an act tried, so that every answer of the table is seen?"""

from collections.abc import Iterable

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused

CELLS = [(level, kind) for level in Level for kind in PhaseKind]


def differ(answers: Iterable[Refused | None]) -> bool:
    """Tell whether an act is answered in another way in one cell than in another."""
    return len({repr(answer) for answer in answers}) > 1


def is_sampled(turn: int, cell: int) -> bool:
    """Tell whether what is the same everywhere is asked in this cell: in two, other ones each turn."""
    return cell in (turn % len(CELLS), (turn + len(CELLS) // 2 + 1) % len(CELLS))
