"""Which whole panel suits these weights? Nearly always the best or close to it, in a few milliseconds.

A linear program over the few groups that come into question, of which the last parts of people are rounded one after the
other ("diving"). Only panels near given counts are looked at first: in every group, and for every quota, one up or down.
Where that leads nowhere a wider search follows, and at the very end an integer program, which always finds one.
"""

import numpy as np
from numpy.typing import NDArray

from participatie.lottery.groups import Counts, Ground
from participatie.lottery.programs import NEARLY, Floats, Program, Whole

#: Weights are whole numbers of this size, so that no machine rounds them differently.
UNIT = 1_000_000
#: How many groups come into question first; a panel of 150 rarely needs more.
FIRST_LOOK = 300
#: Around how many groups the last parts are rounded first.
LAST_PARTS = 40
#: An integer program that need not prove anything stops when it is within this part of what may be the best.
GOOD = 0.2
#: A part this near to a whole is rounded together with others that are; else only the nearest is.
TOGETHER = 0.25


class Diver:
    """Finds panels near some counts (in parts of people)."""

    def __init__(self, ground: Ground, near: Floats) -> None:
        """Prepare the bounds."""
        self._ground = ground
        self._rows = np.vstack([ground.rows.astype(np.int64), np.ones((1, len(ground.sizes)), np.int64)])
        self._limits = np.append(ground.least, ground.size), np.append(ground.most, ground.size)
        self._exact: Program | None = None
        self._narrow(near, 0)

    def _narrow(self, near: Floats, wider: int) -> None:
        ground = self._ground
        self._near, self._wider = near, wider
        self._low = np.maximum(np.floor(near + NEARLY).astype(np.int64) - wider, 0)
        self._high = np.minimum(np.ceil(near - NEARLY).astype(np.int64) + wider, ground.places)
        self._least, self._most = self._limits
        if not wider:
            # What a quota sums up to is a sum of products, so it is taken in whole millionths.
            sums = self._rows @ np.rint(near * UNIT).astype(np.int64)
            slack = len(near)
            self._least = np.maximum(self._least, (sums + slack) // UNIT)
            self._most = np.minimum(self._most, -((slack - sums) // UNIT))
        self._free = np.nonzero(self._high > self._low)[0]
        self._prices: Whole | None = None

    def panel(self, short: Whole) -> Counts | None:
        """Return a panel for groups that are `short` so many millionths of a seat, or None when diving found none.

        Who is short of much comes first, counted by person: a seat too few hurts two people more than a hundred.
        """
        found = self.best(self._weights(short))
        if found is None and not self._wider:
            self.widen()
            found = self.best(self._weights(short))
        return found

    def any_panel(self, short: Whole) -> Counts | None:
        """Return the same, and where diving finds none a panel that is far from the best; None when there is no panel."""
        found = self.panel(short)
        return self._by_program(short / self._ground.sizes, GOOD) if found is None else found

    def _weights(self, short: Whole) -> Whole:
        weights: Whole = (2 * short - (2 * self._low + 1) * UNIT) // self._ground.sizes
        return weights

    def widen(self) -> None:
        """From now on look in a wider ring, in which every quota is what it is."""
        if not self._wider:
            self._narrow(self._near, 1)

    def best(self, weights: Whole) -> Counts | None:
        """Return a panel near the counts that weighs much, or None when diving found none."""
        looks = (FIRST_LOOK, 4 * FIRST_LOOK, len(self._free))
        for look in looks:
            found = self._look(weights, min(look, len(self._free)))
            if found is not None and self._ground.is_panel(found):
                return found
            if look >= len(self._free):
                break
        return None

    def exact(self, weights: Floats | Whole) -> Counts | None:
        """Return the panel that weighs most of all, near or not, by an integer program; None when there is no panel."""
        return self._by_program(weights, 0.0)

    def _by_program(self, weights: Floats | Whole, gap: float) -> Counts | None:
        if self._exact is None:
            groups = len(self._ground.sizes)
            self._exact = Program()
            self._exact.add_columns(np.zeros(groups), np.zeros(groups), self._ground.places)
            self._exact.add_rows(*self._limits, self._rows)
            self._exact.make_whole()
        largest = float(np.abs(weights).max()) or 1.0
        self._exact.set_costs(weights / largest)
        self._exact.set_gap(gap)
        if not self._exact.solve():
            return None
        found = np.rint(self._exact.answer).astype(np.int64)
        return found if self._ground.is_panel(found) else None

    def _look(self, weights: Whole, look: int) -> Counts | None:
        """Look among so many free groups; all others stay as low as they may."""
        chosen = self._free
        if self._prices is not None and look < len(chosen):
            worth = weights - self._prices @ self._rows
            chosen = np.sort(chosen[np.argsort(-worth[chosen], kind="stable")[:look]])
        panel = self._low.copy()
        if not len(chosen):
            return panel
        program = self._program(weights, chosen, panel)
        if not program.solve():
            return None
        self._prices = np.rint(program.prices * UNIT).astype(np.int64)
        answer = program.answer
        panel[chosen] += np.rint(answer).astype(np.int64)
        parts = _is_part(answer)
        if not parts.any():
            return panel
        worth = np.abs(weights - self._prices @ self._rows)[chosen]
        worth[parts] = -1
        order = np.argsort(worth, kind="stable")
        for around, dives in ((LAST_PARTS, True), (4 * LAST_PARTS, True), (4 * LAST_PARTS, False)):
            last = np.sort(chosen[order[: max(around, int(parts.sum()))]])
            tried = panel.copy()
            tried[last] = self._low[last]
            around_them = self._program(weights, last, tried)
            rounded = self._dive(around_them) if dives else _whole_answer(around_them)
            if rounded is not None:
                tried[last] += rounded
                return tried
        return None

    def _program(self, weights: Whole, chosen: NDArray[np.int64], panel: Counts) -> Program:
        """Return the program over some groups, with the others as they are in the panel."""
        program = Program()
        room = self._high[chosen] - self._low[chosen]
        program.add_columns(weights[chosen] / UNIT, np.zeros(len(chosen)), room)
        rest = self._rows @ panel
        program.add_rows(self._least - rest, self._most - rest, self._rows[:, chosen])
        return program

    def _dive(self, program: Program) -> Counts | None:
        possible = program.solve()
        while possible:
            answer = program.answer
            whole = np.rint(answer)
            parts = np.nonzero(_is_part(answer))[0]
            if not len(parts):
                return whole.astype(np.int64)
            away = np.abs(answer - whole)[parts]
            fixed = parts[away < TOGETHER]
            if not len(fixed):
                fixed = parts[[int(np.argmin(away))]]
            program.set_bounds(fixed, whole[fixed], whole[fixed])
            possible = program.solve()
            if not possible and len(fixed) == 1:
                other = np.floor(answer[fixed]) + np.ceil(answer[fixed]) - whole[fixed]
                program.set_bounds(fixed, other, other)
                possible = program.solve()
        return None


def _whole_answer(program: Program) -> Counts | None:
    program.make_whole()
    program.set_gap(GOOD)
    return np.rint(program.answer).astype(np.int64) if program.solve() else None


def _is_part(answer: Floats) -> NDArray[np.bool_]:
    return np.abs(answer - np.rint(answer)) > NEARLY
