"""Which plans just missed, and how are the steps of the money drawn?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from participatie.models.wijkbudget import AllocationLine

#: How many plans are shown as those that just missed.
SHOWN = 3
#: With more plans than this without money, what became of them is told on a page of its own.
MOST_ON_PAGE = 20


@dataclass(frozen=True, slots=True)
class WithoutMoney:
    """The lines without money: those that just missed, nearest first, and the others as they were counted."""

    near: Sequence[AllocationLine]
    others: Sequence[AllocationLine]

    @property
    def fits(self) -> bool:
        """Tell whether the others can stand on the page of the result."""
        return len(self.others) <= MOST_ON_PAGE


def without_money(lines: Iterable[AllocationLine]) -> WithoutMoney:
    """Return the lines without money; a few of them are not told apart."""
    lines = [line for line in lines if line.step is None]
    missed = [(distance, line) for line in lines if (distance := _distance(line)) is not None]
    near = [line for _distance_, line in sorted(missed, key=lambda each: (each[0], each[1].position))[:SHOWN]]
    return WithoutMoney(near, [line for line in lines if line not in near])


def _distance(line: AllocationLine) -> Fraction | None:
    """Return how far a plan was from its money, as a part of what it needed: votes or cents, the lesser of the two."""
    found = []
    votes, cents = int(line.facts.get("votes_short", 0)), int(line.facts.get("short_cents", 0))
    if votes > 0:
        found.append(votes / (Fraction(line.score) + votes))
    if cents > 0 and line.plan.cost_cents:
        found.append(Fraction(cents, line.plan.cost_cents))
    return min(found, default=None) if line.votes else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the money, in hundredths of the pot: what a plan took, and what was left under it."""

    taken: float
    left: float


def steps_of(funded: Iterable[AllocationLine], pot_cents: int) -> list[Step]:
    """Return the steps in their order; nothing where there is no pot to draw."""
    if pot_cents <= 0:
        return []
    return [
        Step(round(100 * line.funded_cents / pot_cents, 2), round(100 * line.balance_after_cents / pot_cents, 2))
        for line in funded
    ]
