"""What does a page show about a lot at this moment, and after how many seconds does it look again?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from participatie.blueprints.panel_lots.reasons import failures_of
from participatie.blueprints.panel_lots.sites import named
from participatie.lottery import Step
from participatie.models.buurtpanels import PanelLot, outcome_of_lot
from participatie.spelregels.buurtpanels.drand import address_of, round_at
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource, is_late
from participatie.web.transaction import db

#: How long before its moment a lot is looked at more often.
SOON = timedelta(minutes=10)
PREPARING_SECONDS, SOON_SECONDS, LATER_SECONDS = 5, 15, 120
PANELS = 1000


@dataclass(frozen=True, slots=True)
class ShownLot:
    """A lot as it stands. Chances are on how many of the thousand panels somebody stands; `even` if all had the same."""

    lot: PanelLot
    name: str
    people: int
    is_due: bool
    is_late: bool
    failures: Sequence[str]
    even: int | None = None
    drand_round: int | None = None
    look_up_at: str = ""
    step: int = 0
    steps: int = len(Step)
    members: Sequence[str] = ()
    reserves: Sequence[str] = ()
    refresh: int | None = None

    @property
    def is_selection(self) -> bool:
        """Tell whether members are drawn, and not addresses."""
        return self.lot.kind is LotKind.SELECTION


def shown_lot(lot: PanelLot, now: datetime) -> ShownLot:
    """Return what there is to show of a lot, with its outcome once it is there."""
    is_drand = lot.source is NumberSource.DRAND
    number = round_at(lot.due_at) if is_drand else None
    people = lot.leaves.count("\n")
    outcome = db().scalar(outcome_of_lot(lot.id)) if lot.status is LotStatus.DRAWN else None
    order = {step.value: place for place, step in enumerate(Step, start=1)}
    return ShownLot(
        lot=lot,
        name=named(lot),
        people=people,
        is_due=now >= lot.due_at,
        is_late=is_late(lot.due_at, lot.entered_at, now) and lot.status in (LotStatus.COMMITTED, LotStatus.DRAWN),
        failures=failures_of(lot),
        even=lot.seats * PANELS // people if people and lot.lowest_chance is not None else None,
        drand_round=number,
        look_up_at=address_of(number) if number is not None else "",
        step=order.get(lot.step, 1),
        members=outcome.members.split() if outcome is not None else (),
        reserves=outcome.reserves.split() if outcome is not None else (),
        refresh=_refresh(lot, now),
    )


def _refresh(lot: PanelLot, now: datetime) -> int | None:
    """Return after how many seconds there may be something new; None where nothing comes any more."""
    if lot.status is LotStatus.PREPARING:
        return PREPARING_SECONDS
    if lot.status is not LotStatus.COMMITTED:
        return None
    return SOON_SECONDS if now > lot.due_at - SOON else LATER_SECONDS
