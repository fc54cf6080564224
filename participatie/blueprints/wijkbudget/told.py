"""What do the sentences about a plan need: the facts of its line, with amounts written out and plans called by name?"""

from collections.abc import Mapping
from dataclasses import dataclass

from participatie.models.wijkbudget import AllocationLine
from participatie.web.formats import euros


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences need of a line: its facts, with amounts written out and plans called by their names."""

    line: AllocationLine
    currency: str
    names: Mapping[str, str]
    in_points: bool
    is_advice: bool = False

    def money(self, fact: str) -> str:
        """Write an amount among the facts."""
        return euros(int(self.line.facts.get(fact, 0)), self.currency)

    def count(self, fact: str) -> int:
        """Return a number among the facts, 0 when it is not there."""
        return int(self.line.facts.get(fact, 0))

    def text(self, fact: str) -> str:
        """Return a name among the facts: of a category or an area."""
        return str(self.line.facts.get(fact, ""))

    def plan(self, fact: str) -> str:
        """Return the name of a plan among the facts."""
        reference = str(self.line.facts.get(fact, ""))
        return self.names.get(reference, reference)
