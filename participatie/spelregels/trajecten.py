"""May a traject open? Only with a complete trajectkaart and real room for input (spelregels 2 and 4, seed 004 from 1272)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Place
from participatie.spelregels.phases import PhaseFacts, may_plan_phases, phase_at
from participatie.spelregels.verdicts import Refusal, Verdict, first_refusal, refused


class TrajectStatus(StrEnum):
    """Draft is seen by staff only; open and closed are public."""

    DRAFT = "concept"
    OPEN = "open"
    CLOSED = "afgesloten"


@dataclass(frozen=True, slots=True)
class ProcessCard:
    """The trajectkaart: what the gemeente promises beforehand. Every field is shown to residents."""

    question: str
    goal: str
    fixed: str
    open: str
    decision_maker: str
    contact: str
    use_of_input: str
    results_back: str


@dataclass(frozen=True, slots=True)
class TrajectFacts:
    """What the rules need to know of a traject. `area_path` is the place in the tree of areas."""

    status: TrajectStatus
    area_path: str
    phases: tuple[PhaseFacts, ...]

    def place_at(self, now: datetime) -> Place:
        """Return where and when an act at `now` would be; a traject that is not open has no running phase."""
        phase = phase_at(self.phases, now) if self.status is TrajectStatus.OPEN else None
        if phase is None:
            return Place(self.area_path)
        return Place(self.area_path, phase.kind, phase.level)


def missing_on(card: ProcessCard) -> tuple[str, ...]:
    """Name the fields of the card that are still empty, in the order of the card."""
    return tuple(field.name for field in fields(card) if not getattr(card, field.name).strip())


def may_open_traject(card: ProcessCard, phases: Sequence[PhaseFacts], status: TrajectStatus) -> Verdict:
    """Refuse opening without a complete card, without phases, or with say where nothing is open.

    Spelregel 4: with no room for input only meeweten may be promised. The card says
    so in `open`; an empty `open` is therefore allowed at meeweten alone.
    """
    if status is not TrajectStatus.DRAFT:
        return refused(Refusal.ALREADY_OPEN)
    missing = missing_on(card)
    only_informs = bool(phases) and all(phase.level is Level.MEEWETEN for phase in phases)
    if "open" in missing and not only_informs:
        return refused(Refusal.LEVEL_WITHOUT_ROOM)
    still_missing = tuple(name for name in missing if name != "open" or not only_informs)
    if still_missing or not phases:
        return refused(Refusal.CARD_INCOMPLETE, missing=", ".join(still_missing or ("phases",)))
    return first_refusal(may_plan_phases(phases))


def may_change_card(status: TrajectStatus, phases: Sequence[PhaseFacts]) -> Verdict:
    """Refuse to change a card that is a promise already, or to plan phases that cannot be."""
    if status is not TrajectStatus.DRAFT:
        return refused(Refusal.ALREADY_OPEN)
    return may_plan_phases(phases)
