"""Who deletes what was known of a pool when its day has come? The worker, by the terms that each panel published."""

from datetime import datetime

from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.buurtpanels import (
    PanelHousehold,
    PanelInterest,
    PanelLot,
    PanelNoThanks,
    PanelPerson,
    terms_running,
)
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.buurtpanels.registration import is_past

#: Those who never sat down: nothing hangs on them. Of who had a seat only name and contacts go.
NEVER_SEATED = (MemberStatus.REGISTERED, MemberStatus.TAKEN_BACK, MemberStatus.DECLINED)
_EMPTY = {"name": "", "email": "", "phone": "", "address": "", "postcode": "", "place": "", "household": None}


def forget_due_pools(session: Session, now: datetime) -> int:
    """Delete the pools and empty the names of members whose day has come, and return of how many panels.

    A pool goes a term after the lot of its members was drawn, or after the panel closed, whichever is first; members
    are emptied a term after the panel closed. Nothing is done twice: who is gone is not counted again.
    """
    done = 0
    for panel, drawn_at, closed_at in session.execute(terms_running()).all():
        counts: dict[str, int] = {}
        if is_past(panel.kept_days, drawn_at, now) or is_past(panel.kept_days, closed_at, now):
            counts |= _forget_pool(session, panel.id)
        if is_past(panel.kept_days, closed_at, now):
            counts |= _forget_members(session, panel.id)
        if any(counts.values()):
            record(session, None, "buurtpanel vergeten", panel, now, traject=panel.traject_id, **counts)
            done += 1
    return done


def _forget_pool(session: Session, panel_id: int) -> dict[str, int]:
    never = PanelPerson.panel_id == panel_id, PanelPerson.status.in_(NEVER_SEATED)
    left = PanelPerson.panel_id == panel_id, PanelPerson.status == MemberStatus.LEFT, PanelPerson.name != ""
    return {
        "people": _count(session, delete(PanelPerson).where(*never)),
        "left": _count(session, update(PanelPerson).where(*left).values(**_EMPTY)),
        "households": _count(session, delete(PanelHousehold).where(PanelHousehold.panel_id == panel_id)),
        "reasons": _count(session, delete(PanelNoThanks).where(PanelNoThanks.panel_id == panel_id)),
        "lots": _count(
            session,
            update(PanelLot).where(PanelLot.panel_id == panel_id, PanelLot.sealed.is_not(None)).values(sealed=None),
        ),
    }


def _forget_members(session: Session, panel_id: int) -> dict[str, int]:
    named = PanelPerson.panel_id == panel_id, PanelPerson.name != ""
    private = PanelInterest.panel_id == panel_id, PanelInterest.is_public.is_(False), PanelInterest.text != ""
    return {
        "members": _count(session, update(PanelPerson).where(*named).values(**_EMPTY)),
        "interests": _count(session, update(PanelInterest).where(*private).values(text="")),
    }


def _count(session: Session, statement: Delete | Update) -> int:
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
