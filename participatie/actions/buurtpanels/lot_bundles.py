"""How does everything that checks a lot become one file? Made anew when it is asked for: what was bound never changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import PanelLot, changes_of, outcome_of_lot, people_of
from participatie.spelregels.buurtpanels.lots import LotKind
from participatie.spelregels.buurtpanels.members import SEATED, MemberStatus
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.verification.lots.contents import LotOutcome, SeatChange, lot_files
from participatie.verification.packing import pack


def lot_bundle(session: Session, lot: PanelLot) -> bytes | None:
    """Return the bundle of a lot as it stands now; None where nothing was bound. It holds no name, feature or salt."""
    if not lot.document:
        return None
    return pack(lot_files(lot.document, lot.leaves, lot.panels, outcome_of(session, lot)))


def outcome_of(session: Session, lot: PanelLot) -> LotOutcome | None:
    """Return what the number of a lot gave, with the seats that changed since; None before the number."""
    drawn = session.scalar(outcome_of_lot(lot.id))
    if drawn is None or lot.entered_at is None or lot.seed is None:
        return None
    changes, gone, otherwise = _since(session, lot, drawn.reserves.split())
    return LotOutcome(
        number=lot.public_number,
        entered_at=lot.entered_at,
        seed=lot.seed,
        members=drawn.members.split(),
        panel=lot.drawn_panel,
        reserves=drawn.reserves.split(),
        last=drawn.last,
        lowest=lot.lowest_chance,
        highest=lot.highest_chance,
        changes=changes,
        gone=gone,
        otherwise=otherwise,
    )


def sealed_list(session: Session, actor: Actor, lot: PanelLot, now: datetime) -> str | Refused:
    """Give the private list behind the leaves to an auditor, which leaves a row in the log. Refused once it is gone."""
    allowed = may(actor, Do.ENTER_NUMBER, lot.panel.traject.facts().place_at(now))
    if isinstance(allowed, Refused):
        return allowed
    if lot.sealed is None:
        return refused(Refusal.LOT_NOT_BOUND)
    record(session, actor.account_id, "verzegelde lijst opgehaald", lot, now)
    return lot.sealed


def _since(session: Session, lot: PanelLot, reserves: Sequence[str]) -> tuple[list[SeatChange], list[str], int]:
    if lot.kind is not LotKind.SELECTION:
        return [], [], 0
    changes = [
        SeatChange(each.left_leaf, each.reason.value, each.at, each.joined_leaf, each.replaced_at, each.breaks)
        for each in session.scalars(changes_of(lot.panel_id))
    ]
    listed, people = set(lot.leaves.split()), session.scalars(people_of(lot.panel_id)).all()
    waiting = set(reserves)
    gone = [each.leaf for each in people if each.status is MemberStatus.TAKEN_BACK and each.leaf in waiting]
    outside = {each.left for each in changes} | {each.leaf for each in people if each.status in SEATED}
    return changes, gone, len(outside - listed)
