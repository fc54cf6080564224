"""When may a lot be bound, when does its public number come, and what is a number that nobody could steer?

The order is the proof: first everything is bound by a hash in public, then the moment comes at which the number
arises elsewhere, then it is entered. Nothing can be chosen after that (abuse case 60).
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class LotKind(StrEnum):
    """What is drawn: addresses that get an invitation, or the panel from those who registered."""

    INVITATION = "uitnodigen"
    SELECTION = "samenstellen"


class LotStatus(StrEnum):
    """How far a lot is. COMMITTED: everything is bound and public, the number is not there yet."""

    PREPARING = "wordt voorbereid"
    FAILED = "niet gelukt"
    COMMITTED = "ligt vast"
    DRAWN = "getrokken"
    WITHDRAWN = "ingetrokken"


class NumberSource(StrEnum):
    """Where the number comes from that nobody controls."""

    DRAND = "drand"
    LOTTO = "Lotto"
    DICE = "dobbelstenen"


#: From binding to the moment of the number: long enough to be read and kept by others.
SOONEST = timedelta(minutes=15)
LATEST = timedelta(days=60)
#: So long after its moment the number should stand here; after that the page says that it is late.
ENTER_WITHIN = timedelta(hours=48)

FEWEST_THROWS = 10
_BALLS, _HIGHEST_BALL = 6, 45


def plain_number(source: NumberSource, typed: str) -> str | None:
    """Return the number as it is bound into the seed, or None where it cannot be one of this source.

    A drand round has 64 hexadecimal digits; the Lotto six different numbers of 1 to 45, in rising order; dice at
    least ten throws of 1 to 6, in the order in which they fell (26 bits, as many as the Lotto has about).
    """
    text = typed.strip().lower()
    match source:
        case NumberSource.DRAND:
            return text if re.fullmatch(r"[0-9a-f]{64}", text) else None
        case NumberSource.LOTTO:
            balls = sorted({int(ball) for ball in re.findall(r"[0-9]{1,3}", text)})
            said = re.findall(r"[0-9]+", text)
            fits = len(balls) == len(said) == _BALLS and balls[0] >= 1 and balls[-1] <= _HIGHEST_BALL
            return " ".join(map(str, balls)) if fits and re.fullmatch(r"[0-9\s,;.-]+", text) else None
        case NumberSource.DICE:
            throws = re.sub(r"[\s,;.-]", "", text)
            return throws if len(throws) >= FEWEST_THROWS and re.fullmatch(r"[1-6]+", throws) else None


def may_bind(status: PanelStatus, kind: LotKind, now: datetime, due_at: datetime, *, has_live_lot: bool) -> Verdict:
    """Refuse to bind a lot outside registration, a second one beside one that is live, and a moment too near or too far."""
    if status is not PanelStatus.REGISTERING:
        return refused(Refusal.REGISTRATION_NOT_OPEN if status is PanelStatus.DRAFT else Refusal.POOL_FROZEN)
    if has_live_lot:
        return refused(Refusal.LOT_ALREADY_BOUND, kind=kind)
    if due_at < now + SOONEST:
        return refused(Refusal.NUMBER_TOO_SOON, minutes=SOONEST // timedelta(minutes=1))
    if due_at > now + LATEST:
        return refused(Refusal.NUMBER_TOO_FAR, days=LATEST.days)
    return Allowed()


def may_enter_number(status: LotStatus, due_at: datetime, now: datetime) -> Verdict:
    """Refuse a number before its moment, a second one, and one for a lot that is not bound.

    One that comes late is not refused: the lot would have to be done over then, and whoever did not like the outcome
    would only have to wait. That it was late is shown (`is_late`).
    """
    if status is LotStatus.DRAWN:
        return refused(Refusal.NUMBER_ALREADY_ENTERED)
    if status is not LotStatus.COMMITTED:
        return refused(Refusal.LOT_NOT_BOUND)
    return Allowed() if now >= due_at else refused(Refusal.NUMBER_TOO_EARLY)


def is_late(due_at: datetime, entered_at: datetime | None, now: datetime) -> bool:
    """Tell whether the number came, or still has to come, later than it should."""
    return (entered_at or now) > due_at + ENTER_WITHIN


def may_withdraw(status: LotStatus, due_at: datetime | None, now: datetime, reason: str) -> Verdict:
    """Refuse to withdraw a lot that was drawn, one whose number is there by now, and to do so without a public reason.

    Once the number exists the outcome can be worked out: taking the lot back then would be choosing.
    """
    if status is LotStatus.DRAWN:
        return refused(Refusal.NUMBER_ALREADY_ENTERED)
    if status not in (LotStatus.COMMITTED, LotStatus.FAILED):
        return refused(Refusal.LOT_NOT_BOUND)
    if status is LotStatus.COMMITTED and due_at is not None and now >= due_at:
        return refused(Refusal.NUMBER_EXISTS)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
