"""When does a seat on a panel come free, who may fill it, and when may a panel say that it was drawn?"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from participatie.spelregels.buurtpanels.members import LeaveReason, MemberStatus, Recruitment, may_step
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused


class SeatChannel(StrEnum):
    """How somebody let know whether they take a seat."""

    WEB = "web"
    PHONE = "telefoon"
    PAPER = "papier"
    DESK = "balie"


class Composed(StrEnum):
    """What a panel may say of how it came about."""

    DRAWN = "geloot"
    PARTLY = "deels geloot"
    NOT_DRAWN = "niet geloot"


#: How staff came to hear it.
BY_STAFF = (SeatChannel.PHONE, SeatChannel.DESK, SeatChannel.PAPER)
#: What a member can give as a reason; only the gemeente can say that it heard nothing.
OF_MEMBERS = tuple(reason for reason in LeaveReason if reason is not LeaveReason.NO_ANSWER)
#: So long somebody who was drawn has to say yes or no. After that the gemeente may ask the next reserve.
ANSWER_WITHIN = timedelta(days=14)


def answer_by(drawn_at: datetime) -> datetime:
    """Return until when somebody who was drawn can answer before the seat may go to another."""
    return drawn_at + ANSWER_WITHIN


def may_confirm(status: MemberStatus, panel: PanelStatus) -> Verdict:
    """Refuse to take a seat that was not given, and one of a panel that is done."""
    return may_step(status, MemberStatus.CONFIRMED) if panel is PanelStatus.SITTING else _not_now()


def may_give_up(
    status: MemberStatus, panel: PanelStatus, reason: LeaveReason, until: datetime | None, now: datetime
) -> Verdict:
    """Refuse to free a seat that nobody has, and for want of an answer before the term for it is over, or after an answer.

    Otherwise whoever wants another member could say a minute after the lot that this one did not answer.
    """
    if panel is not PanelStatus.SITTING:
        return _not_now()
    to = left_as(status)
    if to is None:
        return _not_now()
    if reason is LeaveReason.NO_ANSWER:
        if status is not MemberStatus.DRAWN:
            return _not_now()
        if until is None or now < until:
            return refused(Refusal.STILL_TIME_TO_ANSWER, days=ANSWER_WITHIN.days)
    return may_step(status, to)


def left_as(status: MemberStatus) -> MemberStatus | None:
    """Return what somebody becomes who gives up a seat: declined before it was confirmed, left after that."""
    return {MemberStatus.DRAWN: MemberStatus.DECLINED, MemberStatus.CONFIRMED: MemberStatus.LEFT}.get(status)


def may_fill(panel: PanelStatus, *, is_open: bool, reserves: int) -> Verdict:
    """Refuse to fill a seat that is not free any more, and where no reserve is left."""
    if panel is not PanelStatus.SITTING or not is_open:
        return _not_now()
    return Allowed() if reserves else refused(Refusal.NO_RESERVE_LEFT)


def may_begin_without_lot(panel: PanelStatus, reason: str) -> Verdict:
    """Refuse to begin without a lot where one is bound or was drawn, and without a public reason."""
    if panel is not PanelStatus.REGISTERING:
        return _not_now()
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_seat_without_lot(
    panel: PanelStatus, source: Recruitment, seats: int, seated: int, *, reserves: int, has_lot: bool
) -> Verdict:
    """Refuse to seat somebody without a lot as if they were drawn, above the seats, and past reserves who were drawn."""
    if panel is not PanelStatus.SITTING or (has_lot and source is Recruitment.LOT):
        return _not_now()
    if seated >= seats:
        return refused(Refusal.SEATS_TAKEN, seats=seats)
    if has_lot and reserves:
        return refused(Refusal.RESERVES_FIRST)
    return Allowed()


def may_close(panel: PanelStatus, statuses: Collection[MemberStatus]) -> Verdict:
    """Refuse to close a panel that does not sit, and while somebody who was drawn still has to answer."""
    if panel is not PanelStatus.SITTING:
        return _not_now()
    waiting = sum(status is MemberStatus.DRAWN for status in statuses)
    return refused(Refusal.SEATS_UNANSWERED, waiting=waiting) if waiting else Allowed()


def composed(drawn: int, seated: int) -> Composed:
    """Return what a panel may say: that it was drawn only where everybody on it was."""
    if not drawn:
        return Composed.NOT_DRAWN
    return Composed.DRAWN if drawn == seated else Composed.PARTLY


def _not_now() -> Refused:
    return refused(Refusal.MEMBER_NOT_THERE)
