"""In which cells of level and phase is an act tried, so that every answer of the table is seen?"""

from collections.abc import Sequence

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refused

CELLS = [(level, kind) for level in Level for kind in PhaseKind]
#: In so many cells an act is tried for each way in which it is refused.
EACH_WAY = 5


def cells_to_try(answers: Sequence[Refused | None], turn: int) -> frozenset[int]:
    """Return every cell where it is allowed (None) and some of each refusal, others each turn; none where all are alike."""
    by_answer: dict[str, list[int]] = {}
    for cell, answer in enumerate(answers):
        by_answer.setdefault(repr(answer), []).append(cell)
    if len(by_answer) == 1:
        return frozenset()
    chosen = set(by_answer.pop(repr(None), []))
    for cells in by_answer.values():
        chosen |= {cells[(turn + step) % len(cells)] for step in range(0, len(cells), -(-len(cells) // EACH_WAY))}
    return frozenset(chosen)
