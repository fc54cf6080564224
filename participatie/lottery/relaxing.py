"""When no panel meets the quotas: which of them must give way, and by how little?"""

from collections.abc import Mapping

import numpy as np

from participatie.lottery.groups import Counts, Ground
from participatie.lottery.programs import INFINITE, Program
from participatie.lottery.terms import Relaxation


def smallest_relaxation(ground: Ground, seated: Mapping[int, int] | None = None) -> tuple[Relaxation, ...]:
    """Return the quotas that must give way, by the fewest members in all; nothing when a panel is possible as it is.

    `seated` says of which groups at least so many must sit. Size and households never give way. Where several ways are
    equally small, one of them is told, always the same.
    """
    return ground.broken(nearest_panel(ground, seated))


def nearest_panel(ground: Ground, seated: Mapping[int, int] | None = None) -> Counts:
    """Return the counts that break quotas by the fewest members in all."""
    groups, quotas = len(ground.sizes), len(ground.names)
    program = Program()
    lowest = np.zeros(groups)
    for group, people in (seated or {}).items():
        lowest[group] = people
    program.add_columns(np.zeros(groups), lowest, ground.places)
    program.add_columns(-np.ones(2 * quotas), np.zeros(2 * quotas), np.full(2 * quotas, INFINITE))
    give = np.eye(len(ground.rows), quotas)
    program.add_rows(ground.least, ground.most, np.hstack([ground.rows, give, -give]))
    program.add_rows([ground.size], [ground.size], np.hstack([np.ones(groups), np.zeros(2 * quotas)])[None, :])
    program.make_whole()
    if not program.solve():
        raise ArithmeticError("there are fewer households than seats")
    counts: Counts = np.rint(program.answer[:groups]).astype(np.int64)
    return counts
