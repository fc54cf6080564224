"""Which chances would be fairest if a panel could hold parts of people? The first answer, and never too low.

Leximin: the smallest chance as large as possible, then the next, and so on (Flanigan, Gölz, Gupta, Hennig and Procaccia,
"Fair algorithms for selecting citizens' assemblies", Nature 2021). Over parts of people that is a row of small linear
programs. No lot over whole panels can be fairer, so when whole panels reach these chances they are the best there are.
Where they do not, `proving` finds what whole panels cannot do; that is a cut here, and the row is done again.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from participatie.lottery.groups import Counts, Ground
from participatie.lottery.programs import INFINITE, Floats, Program

#: How exactly HiGHS must answer.
EXACT = 1e-9
#: How far a chance that is settled may sink in later steps, so that a sum that is a hair off does not make the next step
#: impossible. The first is nearly always enough; all are well below the millionth that is promised.
SINKS = (1e-9, 1e-8, 1e-7)
#: A group whose dual is above this share of all cannot get a larger chance. The duals of all groups together are 1.
WEIGHS = 1e-7


#: How much room a cut leaves for what HiGHS is off.
MARGIN = 1e-9


@dataclass(frozen=True)
class Cut:
    """What holds for all whole panels: the counts times `weights` are at most `most`."""

    weights: Floats
    most: float


def ideal_chances(ground: Ground, cuts: list[Cut]) -> Floats | None:
    """Return for each group the chance of a person in it, or None when not even parts of people make a panel."""
    for sinks in SINKS:
        try:
            return _leximin(ground, cuts, sinks)
        except ArithmeticError:
            if sinks == SINKS[-1]:
                raise
    return None


def _leximin(ground: Ground, cuts: list[Cut], sinks: float) -> Floats | None:
    groups = len(ground.sizes)
    program = Program(tolerance=EXACT)
    program.add_columns(np.zeros(groups), np.zeros(groups), ground.places)
    program.add_columns([1.0], [0.0], [INFINITE])
    program.add_rows(ground.least, ground.most, _with_nothing(ground.rows))
    program.add_rows([ground.size], [ground.size], _with_nothing(np.ones((1, groups))))
    for cut in cuts:
        program.add_rows([-INFINITE], [cut.most], _with_nothing(cut.weights[None, :]))
    first = program.rows
    shares = np.hstack([np.eye(groups), -ground.sizes[:, None].astype(np.float64)])
    program.add_rows(np.zeros(groups), np.full(groups, INFINITE), shares)
    chances = np.zeros(groups)
    is_open = np.ones(groups, np.bool_)
    while is_open.any():
        if not program.solve():
            if is_open.all():
                return None
            raise ArithmeticError("chances that were possible a step ago are not any more")
        duals = np.abs(program.prices[first:]) * ground.sizes
        settled = np.nonzero(is_open & (duals > WEIGHS))[0]
        if not len(settled):
            raise ArithmeticError("HiGHS does not tell whose chance cannot grow")
        chances[settled] = min(max(program.value, 0.0), 1.0)
        is_open[settled] = False
        for group in settled:
            row = first + int(group)
            program.set_entry(row, groups, 0.0)
            program.set_row(row, float((chances[group] - sinks) * ground.sizes[group]), INFINITE)
    return chances


def product(weights: Floats, counts: Floats | Counts) -> float:
    """Return a sum of products that is the same on every machine."""
    return fsum((weights * counts).tolist())


def _with_nothing(matrix: Floats | NDArray[np.int8]) -> Floats:
    """Add a column of zeros: the smallest chance plays no part in these rows."""
    return np.hstack([matrix.astype(np.float64), np.zeros((matrix.shape[0], 1))])
