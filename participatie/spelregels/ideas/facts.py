"""What is an idea, to the rules: its state, who proposes it, who takes part?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IdeaStatus(StrEnum):
    """The steps of an idea's life that are stored; what follows from a round is read from its plan."""

    PUBLISHED = "gepubliceerd"
    ADMITTED = "toegelaten"
    NOT_ADMITTED = "niet toegelaten"
    WITHDRAWN = "ingetrokken"


class Proposer(StrEnum):
    """For whom somebody puts in an idea."""

    RESIDENT = "bewoner"
    RESIDENTS = "bewonersorganisatie"
    PROFESSIONAL = "professionele organisatie"


class Party(StrEnum):
    """As whom somebody takes part in carrying out an idea (the driehoek of Heerlen, seed 000:1095)."""

    RESIDENT = "bewoner"
    ORGANISATION = "organisatie"
    GEMEENTE = "gemeente"


@dataclass(frozen=True, slots=True)
class IdeaFacts:
    """What the rules need to know of an idea. `cost_cents` is None until it was assessed.

    `parties` are those of its project group, an entry for everybody in it; `carriers` are the accounts in it that
    are not there for the gemeente. `ready_on` is the day on which the assessor expects it to be done.
    """

    status: IdeaStatus
    hidden: bool
    author_id: int
    support: int
    cost_cents: int | None
    proposer: Proposer = Proposer.RESIDENT
    own_contribution: bool = True
    third_party_asked: bool = False
    partner: bool = False
    overhead_cents: int = 0
    ready_on: date | None = None
    parties: tuple[Party, ...] = ()
    carriers: frozenset[int] = frozenset()

    def members(self) -> int:
        """Return how many carry it out: officials stand beside a project group and do not fill it (seed 000:738)."""
        return sum(party is not Party.GEMEENTE for party in self.parties)
