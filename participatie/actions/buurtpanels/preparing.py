"""How does the worker prepare a lot? From the frozen text to panels that are bound; another worker may do the same.

Every write is for a lot that is still being prepared: of two workers one binds, and the other finds it done.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.binding import TOO_LATE, bind, fail, is_too_late
from participatie.actions.buurtpanels.lottery_input import quotas_of
from participatie.lottery import LotteryError, NotPossibleError, Pool, Portfolio, Progress, Quotas
from participatie.models.buurtpanels import PanelLot, lots_to_prepare
from participatie.spelregels.buurtpanels.lots import LotStatus
from participatie.verification.lots.contents import SEALED_HEAD, rows_in
from participatie.verification.lots.engine_input import pool_from


@dataclass(frozen=True, slots=True)
class LotInput:
    """What the engine needs for a lot, and the lot as it was read."""

    lot: PanelLot
    pool: Pool
    quotas: Quotas
    seats: int


def lot_input(session: Session, lot_id: int) -> LotInput | None:
    """Return what a lot is prepared from; None where it is not being prepared any more."""
    lot = session.scalar(lots_to_prepare().where(PanelLot.id == lot_id))
    if lot is None or lot.sealed is None:
        return None
    return LotInput(lot, pool_in(lot.sealed), quotas_of(lot.panel), lot.seats)


def pool_in(sealed: str) -> Pool:
    """Return the pool of a sealed list."""
    rows = rows_in(sealed, SEALED_HEAD)
    return pool_from((leaf, json.loads(features), household or None) for leaf, _salt, household, features in rows)


def note_progress(session: Session, lot_id: int, progress: Progress) -> bool:
    """Write how far preparing is, for the page; False where somebody else finished it meanwhile."""
    result = session.execute(
        update(PanelLot)
        .where(PanelLot.id == lot_id, PanelLot.status == LotStatus.PREPARING)
        .values(step=progress.step.value, done=progress.done, of=progress.of)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def commit_lot(session: Session, lot_id: int, portfolio: Portfolio, now: datetime) -> PanelLot | None:
    """Bind the panels that were made, or give the lot up where it is too late for that; None where it was done already."""
    lot = _locked(session, lot_id)
    if lot is None:
        return None
    if is_too_late(lot, now):
        fail(session, lot, [{"fault": TOO_LATE}], now)
        return lot
    lot.lowest_chance, lot.highest_chance = min(portfolio.counts), max(portfolio.counts)
    bind(session, lot, portfolio.as_text(), now)
    return lot


def fail_lot(session: Session, lot_id: int, why: list[dict[str, Any]], now: datetime) -> PanelLot | None:
    """Give a lot up, with the reasons; None where it was done already."""
    lot = _locked(session, lot_id)
    if lot is not None:
        fail(session, lot, why, now)
    return lot


def reasons_of(error: LotteryError) -> list[dict[str, Any]]:
    """Return why the engine made no panels: which quotas have to give way and by how much, or what else was wrong."""
    if isinstance(error, NotPossibleError):
        return [
            {"feature": each.feature, "value": each.value, "bound": each.bound.value, "by": each.by}
            for each in error.relaxations
        ]
    return [{"fault": each.fault.value, "facts": dict(each.facts)} for each in error.problems]


def _locked(session: Session, lot_id: int) -> PanelLot | None:
    wanted = lots_to_prepare().where(PanelLot.id == lot_id).with_for_update(of=PanelLot)
    lot: PanelLot | None = session.scalar(wanted.execution_options(populate_existing=True))
    return lot
