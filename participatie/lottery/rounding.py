"""How do a thousand equally likely panels come as near to the ideal chances as can be?

Panels are taken one after the other, each so that what groups are still short of becomes as small as possible ("error
diffusion"): most of them from the panels that are known, which is quick, and the last ones anew, which is precise. At the
end panels that do harm make place for better ones. All of it counts in whole millionths of a seat, and by person: a seat
too few hurts two people more than a hundred.
"""

from collections.abc import Callable

import numpy as np

from participatie.lottery.diving import UNIT, Diver
from participatie.lottery.groups import Counts, Ground
from participatie.lottery.programs import Floats, Whole

#: How many of the thousand are made anew; after about a hundred, what was short is as small as it gets.
ANEW = 150
#: A group that misses more seats than this, or has more too many, is not served by panels near the chances.
DRIFT = 3
#: So many times at most a panel is replaced after that, while anybody is still a whole panel off.
MENDED = 60


class Rounder:
    """Chooses panels for some chances, and keeps what groups are short of."""

    def __init__(self, ground: Ground, chances: Floats, diver: Diver) -> None:
        """Begin with no panel; `chances` are of a person in each group."""
        self._sizes = ground.sizes
        self._chances = chances
        self._diver = diver
        self._due: Whole = np.rint(chances * ground.sizes * UNIT).astype(np.int64)
        self._by_person: Whole = UNIT // ground.sizes
        self.short: Whole = np.zeros_like(self._due)

    def different(self, count: int, progress: Callable[[int], None]) -> list[Counts]:
        """Return new panels that together come near the chances; none when there is no panel at all."""
        found: list[Counts] = []
        for at in range(count):
            self.short += self._due
            if self.drifts():
                self._diver.widen()
            panel = self._diver.panel(self.short)
            if panel is None:
                return []
            self.short -= panel * UNIT
            found.append(panel)
            progress(at + 1)
        return found

    def drifts(self) -> bool:
        """Tell whether groups stay behind, or ahead, more than the choice among panels explains."""
        return int(np.abs(self.short).max()) > DRIFT * UNIT

    def rounded(
        self, known: list[Counts], mix: Floats | None, count: int, progress: Callable[[int], None]
    ) -> list[Counts]:
        """Return exactly `count` panels, some of them alike, which give each person a chance near the ideal one.

        `mix` says which part of all panels each known one is in a mix that gives the ideal chances. Without it, panels
        are chosen one by one.
        """
        panels = np.array(known, np.int64)
        again = max(count - ANEW, 0)
        if mix is None:
            chosen = self._pursued(panels, again)
        else:
            times = np.floor(np.maximum(mix, 0.0) * again).astype(np.int64)
            chosen = list(np.repeat(panels, times, axis=0))
            again = len(chosen)
        done = sum(chosen, np.zeros_like(self._due)) * UNIT
        left, steps = self._due * count - done, count - again
        taken = np.zeros_like(left)
        for step in range(1, steps + 1):
            panel = self._taken(panels, left * step // steps - taken)
            taken += panel * UNIT
            chosen.append(panel)
            progress(again + step)
        self.short = left - taken
        return self._mended(np.array(chosen), panels)

    def _pursued(self, panels: Whole, count: int) -> list[Counts]:
        """Choose from panels, again and again, the one that leaves least short."""
        weighed = panels * self._by_person
        worth = 2 * (weighed @ self._due)
        overlap = 2 * UNIT * (weighed @ panels.T)
        growth = self._growth(panels, np.zeros_like(self._due))
        chosen: list[Counts] = []
        for _ in range(count):
            growth -= worth
            best = int(np.argmin(growth))
            growth += overlap[best]
            chosen.append(panels[best])
        return chosen

    def _taken(self, panels: Whole, short: Whole) -> Counts:
        """Return a new panel, or the best of those that are known where that leaves less short."""
        growth = self._growth(panels, short)
        best: Counts = panels[int(np.argmin(growth))]
        new = self._diver.panel(short)
        return best if new is None or self._growth(new[None, :], short)[0] >= growth.min() else new

    def _growth(self, panels: Whole, short: Whole) -> Whole:
        """Return by how much each panel makes the sum of squares of what is short, by person, grow or shrink."""
        growth: Whole = (panels * panels) @ self._by_person * UNIT - 2 * (panels @ (short * self._by_person))
        return growth

    def _mended(self, chosen: Whole, panels: Whole) -> list[Counts]:
        """Replace panels while anybody is a whole panel off, as long as it helps."""
        few, many = self._off(chosen)
        for turn in range(MENDED):
            wrong = np.nonzero(np.maximum(few, many) >= UNIT)[0]
            if not len(wrong):
                break
            group = int(wrong[turn % len(wrong)])
            lacks = bool(few[group] > many[group])
            size = int(self._sizes[group])
            # The panel that is missed least, of those that can do something about it: taking away is adding backwards.
            useful = np.nonzero(chosen[:, group] < size if lacks else chosen[:, group] > 0)[0]
            order = np.argsort(self._growth(-chosen[useful], self.short), kind="stable")
            place = int(useful[order[turn // len(wrong) % len(useful)]])
            short = self.short + chosen[place] * UNIT
            pushed = short.copy()
            pushed[group] += UNIT * size if lacks else -UNIT * size
            other = chosen.copy()
            other[place] = self._taken(panels, pushed)
            fewer, more = self._off(other)
            if _sum_of_wrong(fewer, more) < _sum_of_wrong(few, many):
                chosen, few, many = other, fewer, more
                self.short = short - other[place] * UNIT
        return list(chosen)

    def _off(self, chosen: Whole) -> tuple[Whole, Whole]:
        """Return how many millionths of a panel people of each group, taking turns, have too few and too many at most."""
        seats = chosen.sum(axis=0)
        ideal = np.rint(self._chances * (UNIT * len(chosen))).astype(np.int64)
        return ideal - seats // self._sizes * UNIT, -(-seats // self._sizes) * UNIT - ideal


def _sum_of_wrong(few: Whole, many: Whole) -> int:
    off = np.maximum(few, many)
    return int(off[off >= UNIT].sum())
