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
#: A panel that is less of the mix than this is none of it.
SOME = 1e-9
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
            progress(at + 1)
            panel = self._diver.panel(self.short)
            if panel is None and not found:
                panel = self._diver.any_panel(self.short)
                if panel is None:
                    return []
            # Where diving finds nothing, the next ones look for what is short now as well.
            if panel is not None:
                self.short -= panel * UNIT
                found.append(panel)
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
            return self._completed(self._pursued(panels, again), panels, count, progress)
        chosen = self._completed(_repeated(panels, mix, again), panels, count, progress)
        if self._wrong(chosen):
            # Where few panels are possible at all, the mix itself says better which ones than what is short.
            other = self._completed(_repeated(panels, mix, count), panels[mix > SOME], count, progress)
            if self._wrong(other) < self._wrong(chosen):
                return other
        return chosen

    def _completed(
        self, chosen: list[Counts], panels: Whole, count: int, progress: Callable[[int], None]
    ) -> list[Counts]:
        """Add panels until there are `count`, and mend what is still wrong."""
        left = self._due * count - sum(chosen, np.zeros_like(self._due)) * UNIT
        taken = np.zeros_like(left)
        begun = len(chosen)
        for at in range(begun, count):
            panel = self._taken(panels, left * (at + 1 - begun) // (count - begun) - taken)
            taken += panel * UNIT
            chosen.append(panel)
            progress(at + 1)
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
        wrong_now = self._wrong(chosen)
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
            if (wrong_then := self._wrong(other)) < wrong_now:
                chosen, wrong_now = other, wrong_then
                few, many = self._off(chosen)
                self.short = short - other[place] * UNIT
        return list(chosen)

    def _wrong(self, chosen: Whole | list[Counts]) -> int:
        """Sum up how far groups are off in which anybody is a whole panel off; 0 when nobody is."""
        off = np.maximum(*self._off(np.asarray(chosen)))
        return int(off[off >= UNIT].sum())

    def _off(self, chosen: Whole) -> tuple[Whole, Whole]:
        """Return how many millionths of a panel people of each group, taking turns, have too few and too many at most."""
        seats = chosen.sum(axis=0)
        ideal = np.rint(self._chances * (UNIT * len(chosen))).astype(np.int64)
        return ideal - seats // self._sizes * UNIT, -(-seats // self._sizes) * UNIT - ideal


def _repeated(panels: Whole, mix: Floats, count: int) -> list[Counts]:
    """Return each panel as often as it is a whole number of times in the mix of so many."""
    times = np.floor(np.maximum(mix, 0.0) * count).astype(np.int64)
    return list(np.repeat(panels, times, axis=0))
