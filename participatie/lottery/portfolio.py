"""The panels among which the lot chooses, what chance each person has, and the one text that says it all."""

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from participatie.lottery.faults import Fault, PortfolioError, Problem

#: Digits after the point of a chance as it is written down; the calculation itself is good to about seven.
DIGITS = 9
_HEAD = "buurtpanel portfolio 1"
_CHANCE = re.compile(rf"[01]\.[0-9]{{{DIGITS}}}", re.ASCII)
_PANEL = re.compile(r"[0-9]+(?: [0-9]+)*", re.ASCII)


@dataclass(frozen=True)
class Portfolio:
    """Equally likely panels, each the sorted positions of its members in `pool.people`.

    `optimum` is for each person the chance in the fairest distribution there is, before it was rounded to these panels;
    equal for people with the same features (in the same kind of household). In nine digits.
    """

    panels: tuple[tuple[int, ...], ...]
    optimum: tuple[float, ...]

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """On how many panels each person sits."""
        seats = Counter(at for panel in self.panels for at in panel)
        return tuple(seats[at] for at in range(len(self.optimum)))

    @cached_property
    def chances(self) -> tuple[Fraction, ...]:
        """The chance of each person, exactly: the panels with them of all panels."""
        return tuple(Fraction(count, len(self.panels)) for count in self.counts)

    @cached_property
    def lowest(self) -> Fraction:
        """The smallest chance that anybody has."""
        return min(self.chances)

    @cached_property
    def highest(self) -> Fraction:
        """The largest chance that anybody has."""
        return max(self.chances)

    @cached_property
    def lowest_optimum(self) -> float:
        """The smallest chance before rounding: no distribution gives everybody more."""
        return min(self.optimum)

    @cached_property
    def highest_optimum(self) -> float:
        """The largest chance before rounding."""
        return max(self.optimum)

    def as_text(self) -> str:
        """Write it in the one way in which it is hashed: a heading, the chances before rounding, then a panel a line."""
        return "\n".join(
            [
                _HEAD,
                " ".join(f"{chance:.{DIGITS}f}" for chance in self.optimum),
                *(" ".join(map(str, panel)) for panel in self.panels),
                "",
            ]
        )


def read_portfolio(text: str) -> Portfolio:
    """Read what `as_text` wrote. Raises PortfolioError for anything else, down to a space."""
    head, _, rest = text.partition("\n")
    chances, _, body = rest.partition("\n")
    lines = body.split("\n")
    if head != _HEAD or lines.pop() or not lines:
        raise PortfolioError([Problem(Fault.PORTFOLIO_INVALID, {}, (1,))])
    words = chances.split(" ")
    if not all(map(_CHANCE.fullmatch, words)):
        raise PortfolioError([Problem(Fault.PORTFOLIO_INVALID, {}, (2,))])
    panels = []
    for number, line in enumerate(lines, start=3):
        panel = tuple(map(int, line.split(" "))) if _PANEL.fullmatch(line) else ()
        in_order = all(one < other for one, other in pairwise(panel)) and panel[-1:] < (len(words),)
        if not panel or not in_order or " ".join(map(str, panel)) != line:
            raise PortfolioError([Problem(Fault.PORTFOLIO_INVALID, {}, (number,))])
        panels.append(panel)
    portfolio = Portfolio(tuple(panels), tuple(map(float, words)))
    if portfolio.as_text() != text:
        raise PortfolioError([Problem(Fault.PORTFOLIO_INVALID, {}, (2,))])
    return portfolio
