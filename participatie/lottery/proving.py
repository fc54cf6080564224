"""Do whole panels reach the ideal chances? If they do that is proven; if not, what they cannot do comes out as a cut.

Column generation: a linear program mixes the panels found so far so that all groups get as large a part as possible of
what they should get, its duals say which panel would help, and the search goes on until all get everything, or until an
integer program proves that no panel helps any more. The duals are then a cut: no mix of whole panels does better.
"""

from collections.abc import Callable

import numpy as np

from participatie.lottery.diving import UNIT, Diver
from participatie.lottery.groups import Counts, Ground
from participatie.lottery.ideal import EXACT, MARGIN, Cut, product
from participatie.lottery.programs import INFINITE, Floats, Program, Whole

#: What is missing of the chances may be at most this part of them. Chances are at most 1, so this is well within the
#: millionth that is promised, and well above the 1e-9 in which HiGHS is asked to answer.
ENOUGH = 2e-7
#: A panel that improves the mix by less than this does not help.
HELPS = 1e-8
#: How many panels are looked for at a time: the mix is quick to make, but not for nothing.
AT_A_TIME = 24


class Mixer:
    """The mix, with all panels found so far; it stays alive when the chances change."""

    def __init__(self, ground: Ground, panels: list[Counts]) -> None:
        """Begin with some panels."""
        self._ground = ground
        self._seen: set[bytes] = set()
        groups = len(ground.sizes)
        self._program = Program(tolerance=EXACT)
        self._program.add_columns([1.0], [0.0], [1.0])
        self._program.add_rows(np.zeros(groups), np.full(groups, INFINITE), np.zeros((groups, 1)))
        self._program.add_rows([1.0], [1.0], np.zeros((1, 1)))
        self.panels: list[Counts] = []
        self._add(panels)

    def cut(self, due: Floats, diver: Diver, progress: Callable[[float], None]) -> Cut | None:
        """Return None when the panels, mixed, give every group what is due (in seats), else a cut that says why not.

        New panels are kept in `panels`. `progress` is told how much of the chances is reached.
        """
        for group, seats in enumerate(due):
            self._program.set_entry(group, 0, -float(seats))
        while True:
            self._program.solve()
            reached = self._program.value
            progress(reached)
            if reached >= 1 - ENOUGH:
                return None
            prices = self._program.prices
            weights, bar = np.maximum(-prices[:-1], 0.0), float(prices[-1])
            helping = [one for one in self._near(weights, diver) if product(weights, one) > bar + HELPS]
            if not self._add(helping):
                best = diver.exact(weights)
                assert best is not None
                most = product(weights, best)
                if most <= bar + HELPS or not self._add([best]):
                    return Cut(weights, most + MARGIN)

    def parts(self) -> Floats:
        """Return which part of the last mix each of the panels is."""
        return self._program.answer[1:]

    def _near(self, weights: Floats, diver: Diver) -> list[Counts]:
        """Look for panels that weigh much: by the weights, and by weights that are a little different each time."""
        largest = float(weights.max()) or 1.0
        whole = np.rint(weights / largest * UNIT).astype(np.int64)
        usual = int(whole.sum()) // len(whole)
        found = []
        for turn in range(AT_A_TIME):
            shifted = whole if not turn else whole + (3 * whole + 2 * usual) * _shift(len(whole), turn) // (10 * UNIT)
            panel = diver.best(shifted)
            if panel is not None:
                found.append(panel)
        return found

    def _add(self, panels: list[Counts]) -> int:
        new = []
        for panel in panels:
            if (key := panel.tobytes()) not in self._seen:
                self._seen.add(key)
                new.append(panel)
        if new:
            count = len(new)
            matrix = np.vstack([np.array(new, np.float64).T, np.ones((1, count))])
            self._program.add_columns(np.zeros(count), np.zeros(count), np.full(count, INFINITE), matrix)
            self.panels += new
        return len(new)


def _shift(count: int, turn: int) -> Whole:
    """Return numbers between -UNIT and UNIT that look like chance, and are the same always (Weyl's sequence)."""
    spread: Whole = (np.arange(1, count + 1) * 2_654_435_761 * (2 * turn + 1)) % 2**32
    return (spread * UNIT >> 31) - UNIT
