"""How is a lot fixed in public: which texts, which hash, and is what stands in the database still what was bound?"""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import PanelLot
from participatie.spelregels.buurtpanels.lots import SOONEST, LotKind, LotStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.verification.lots.contents import LotTerms, document_text, hash_of, stamp

#: Why a lot failed, where it was not the engine that said so.
TOO_LATE, CRASHED = "too-late", "crashed"


def is_too_late(lot: PanelLot, now: datetime) -> bool:
    """Tell whether nothing may be bound any more: others must be able to keep the hash before the number is there."""
    return now > lot.due_at - SOONEST


def bind(session: Session, lot: PanelLot, choice: str, now: datetime, weights: Mapping[str, int] | None = None) -> None:
    """Fix a lot: `choice` holds the panels, or the addresses with their buurten, from which the number will choose.

    The commitment is the SHA-256 of a text with the hashes of everything that must not change any more.
    """
    rules = lot.panel.facts()
    quotas = rules.quotas if lot.kind is LotKind.SELECTION else ()
    terms = LotTerms(
        kind=lot.kind,
        panel=lot.panel.slug,
        number=lot.number,
        rules_sha256=lot.panel.rules_sha256 or rules.sha256(),
        seats=lot.seats,
        source=lot.source,
        source_text=lot.source_text,
        due_at=lot.due_at,
        engine=f"participatie {version('participatie')}, highspy {version('highspy')}",
        quotas=[(each.feature, each.value, each.minimum, each.maximum) for each in quotas],
        weights=weights or {},
    )
    lot.panels = choice
    lot.document = document_text(terms, lot.leaves, choice, lot.sealed, now)
    lot.commitment = hash_of(lot.document)
    lot.committed_at = now
    lot.status = LotStatus.COMMITTED
    lot.panel.traject.touch()
    record(session, None, "loting vastgelegd", lot, now, commitment=lot.commitment)


def fail(session: Session, lot: PanelLot, why: list[dict[str, Any]], now: datetime) -> None:
    """Give a lot up that could not be prepared, and let people register again. What was frozen of them goes."""
    lot.status, lot.failure, lot.sealed, lot.leaves = LotStatus.FAILED, why, None, ""
    let_register_again(lot)
    record(session, None, "loting niet gelukt", lot, now, why=[each.get("fault", "quota") for each in why])


def let_register_again(lot: PanelLot) -> None:
    """Let the pool go that was frozen for this lot."""
    if lot.kind is LotKind.SELECTION and lot.panel.status is PanelStatus.DRAWING:
        lot.panel.status = PanelStatus.REGISTERING
    lot.panel.traject.touch()


def is_as_bound(lot: PanelLot) -> bool:
    """Tell whether all that was bound stands in the database as it did then."""
    if hash_of(lot.document) != lot.commitment:
        return False
    said = json.loads(lot.document)
    return (
        said["leaves_sha256"] == hash_of(lot.leaves)
        and said["drawn_from_sha256"] == hash_of(lot.panels)
        and said["sealed_sha256"] == (hash_of(lot.sealed) if lot.sealed is not None else None)
        and (said["seats"], said["source"], said["due_at"]) == (lot.seats, lot.source.value, stamp(lot.due_at))
    )
