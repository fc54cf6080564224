"""One traject of seven phases of ten days, in which residents decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from tests.clock import MOMENT

DAY = timedelta(days=1)
KINDS = (
    PhaseKind.PROGRAMME, PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.VOTE, PhaseKind.DECIDE, PhaseKind.EXECUTE,
    PhaseKind.ACCOUNT,
)  # fmt: skip
PHASES = tuple(
    PhaseFacts(kind, Level.MEEBESLISSEN, MOMENT + 10 * place * DAY, MOMENT + 10 * (place + 1) * DAY)
    for place, kind in enumerate(KINDS)
)
END = PHASES[-1].ends_at


def closed(phases: Sequence[PhaseFacts]) -> tuple[PhaseFacts, ...]:
    """The same phases, closed at the end of the traject."""
    return tuple(replace(phase, closed_at=END) for phase in phases)
