"""How many voted in each buurt, without telling anything about few people?

By the codes of letters whose batch names a buurt. Abuse case 53: every number that is shown is about ten voters
and ten who did not vote at least, so that taking one from another tells nothing either.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from participatie.spelregels.representation import SMALLEST_GROUP

#: With one buurt there is nothing to compare.
FEWEST_BUURTEN = 2
NO_BUURT = ""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many codes of a buurt work and how many of them voted; `buurten` has more than one where they were put together.

    NO_BUURT among them: codes of the counter, in the place of a lost letter, or in letters without a buurt.
    """

    buurten: tuple[str, ...]
    codes: int
    ballots: int

    @property
    def names(self) -> tuple[str, ...]:
        """The buurten that have a name."""
        return tuple(name for name in self.buurten if name != NO_BUURT)

    @property
    def has_unnamed(self) -> bool:
        """Tell whether codes of no buurt are among them."""
        return NO_BUURT in self.buurten

    def is_small(self) -> bool:
        """Tell whether its numbers could point at people."""
        return self.ballots < SMALLEST_GROUP or self.codes - self.ballots < SMALLEST_GROUP

    def with_other(self, other: "Turnout") -> "Turnout":
        """Return the two put together."""
        names = tuple(sorted((*self.buurten, *other.buurten)))
        return Turnout(names, self.codes + other.codes, self.ballots + other.ballots)


def shown_turnout(groups: Iterable[Turnout]) -> tuple[Turnout, ...]:
    """Return what can be shown: large buurten by name, and everything small put together, last.

    Where that would be small itself, the smallest buurten go into it too. Nothing is shown where
    fewer than two buurten stay that can be told apart.
    """
    counted = sorted((group for group in groups if group.codes), key=lambda group: (-group.codes, group.buurten))
    apart = [group for group in counted if group.names and not group.is_small()]
    together = [group for group in counted if group not in apart]
    if sum(len(group.names) for group in counted) < FEWEST_BUURTEN:
        return ()
    rest = Turnout((), 0, 0)
    for group in together:
        rest = rest.with_other(group)
    while rest.codes and rest.is_small() and apart:
        rest = rest.with_other(apart.pop())
    shown = (*sorted(apart, key=lambda group: group.buurten), *((rest,) if rest.codes else ()))
    return shown if len(apart) >= FEWEST_BUURTEN or (apart and rest.names) else ()
