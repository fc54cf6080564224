"""May this besluit be published? At meebeslissen it equals the outcome, or names the ground for deviating."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.wijkbudget import RoundStatus

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OBJECTION_TERM_DAYS = 42  # six weeks, Awb article 6:7


class DeviationGround(StrEnum):
    """The only grounds on which a gemeente may depart from what residents decided."""

    LAW = "de wet staat het niet toe"
    SAFETY = "gevaar voor mensen"
    MONEY_GONE = "het geld is er niet meer"
    PLAN_WITHDRAWN = "de bedenkers trokken het plan terug"


class AdviceUse(StrEnum):
    """What a besluit did with the advice of residents. It binds nobody, but it is answered, for ever to be read."""

    FOLLOWED = "gevolgd"
    PARTLY = "deels gevolgd"
    NOT_FOLLOWED = "niet gevolgd"


def objection_until(published_at: datetime) -> date:
    """Return the last day on which somebody can object: six weeks after publication, by the calendar of Amsterdam."""
    return published_at.astimezone(AMSTERDAM).date() + timedelta(days=OBJECTION_TERM_DAYS)


def may_publish_besluit(
    status: RoundStatus,
    *,
    motivation: str,
    deviates: bool,
    ground: DeviationGround | None,
    is_advice: bool = False,
    advice_use: AdviceUse | None = None,
) -> Verdict:
    """Refuse a besluit before the count, a second one, one without reasons, or a deviation without a listed ground.

    After advice (`is_advice`) no ground is asked: that besluit is free, and refused only while it does not say what was
    done with the advice.
    """
    if status is RoundStatus.PUBLISHED:
        return refused(Refusal.ALREADY_DECIDED)
    if status is not RoundStatus.COUNTED:
        return refused(Refusal.NOT_COUNTED)
    if not motivation.strip():
        return refused(Refusal.REASON_MISSING)
    if is_advice:
        return Allowed() if advice_use is not None else refused(Refusal.ADVICE_UNANSWERED)
    if deviates and ground is None:
        return refused(Refusal.DEVIATION_WITHOUT_GROUND)
    return Allowed()
