"""Which phase is it now, and what is a phase for?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from participatie.spelregels.levels import Level
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class PhaseKind(StrEnum):
    """What a phase is for; the table in `permissions.py` opens acts by kind.

    ANALYSE, AGENDA, PROGRAMME and ACCOUNT are steps of a wijk's year (Delft, seed 004:539): each ends
    in a public document. A POLL is a vote whose outcome is advice; a VOTE binds.
    """

    ANALYSE = "analyseren"
    AGENDA = "agenderen"
    PROGRAMME = "programmeren"
    COLLECT = "inzamelen"
    ASSESS = "toetsen"
    POLL = "peilen"
    VOTE = "stemmen"
    DECIDE = "besluiten"
    EXECUTE = "uitvoeren"
    ACCOUNT = "verantwoorden"


#: The phases in which residents can put something in.
OPEN_TO_INPUT = frozenset({PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.PROGRAMME, PhaseKind.COLLECT})
#: The phases that end in a public document.
WITH_PRODUCT = frozenset({PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.PROGRAMME, PhaseKind.ACCOUNT})
#: The phases in which ballots are cast: for a result that binds, or for advice.
WITH_BALLOTS = frozenset({PhaseKind.VOTE, PhaseKind.POLL})
#: How much say an advisory poll can have: with less nobody is asked, with more the outcome would have to bind.
POLL_LEVELS = frozenset({Level.MEEDENKEN, Level.MEEDOEN})


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """A dated step of a traject. `starts_at` belongs to it, `ends_at` no longer does; all moments in UTC.

    Residents' rights follow these dates. `closed_at` is when the gemeente closed the phase: it may
    do so once it did what that phase obliges it to.
    """

    kind: PhaseKind
    level: Level
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Tell whether the moment `now` lies in this phase."""
        return self.starts_at <= now < self.ends_at


def phase_at(phases: Sequence[PhaseFacts], now: datetime) -> PhaseFacts | None:
    """Return the phase that runs at `now`, or None between, before and after phases."""
    return next((phase for phase in phases if phase.holds(now)), None)


def phase_of_kind(phases: Sequence[PhaseFacts], kind: PhaseKind) -> PhaseFacts | None:
    """Return the first phase of that kind, whenever it runs."""
    return next((phase for phase in phases if phase.kind is kind), None)


def ballot_phase(phases: Sequence[PhaseFacts]) -> PhaseFacts | None:
    """Return the first phase in which ballots are cast, whenever it runs: a vote or an advisory poll."""
    return next((phase for phase in phases if phase.kind in WITH_BALLOTS), None)


def asks_advice(phases: Sequence[PhaseFacts]) -> bool:
    """Tell whether the ballots of these phases are advice, and do not bind."""
    return phase_of_kind(phases, PhaseKind.POLL) is not None


def may_plan_phases(phases: Sequence[PhaseFacts]) -> Verdict:
    """Refuse phases that end before they start, overlap, vote without meebeslissen, or poll at a level that is not advice.

    Phases are given in their order; `position` in a refusal counts from 1.
    """
    for position, phase in enumerate(phases, start=1):
        if phase.ends_at <= phase.starts_at:
            return refused(Refusal.PHASES_OUT_OF_ORDER, position=position)
        if phase.kind is PhaseKind.VOTE and phase.level is not Level.MEEBESLISSEN:
            return refused(Refusal.VOTE_NEEDS_MEEBESLISSEN, position=position)
        if phase.kind is PhaseKind.POLL and phase.level not in POLL_LEVELS:
            return refused(Refusal.POLL_IS_ADVICE, position=position)
    for position, (before, after) in enumerate(pairwise(phases), start=2):
        if after.starts_at < before.ends_at:
            return refused(Refusal.PHASES_OUT_OF_ORDER, position=position)
    return Allowed()
