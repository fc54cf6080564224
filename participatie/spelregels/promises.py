"""How does it stand with a promise (toezegging), and when is it silent for too long?"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: After so many days without news the owner is warned, where the rules of a traject say nothing else.
SILENT_AFTER_DAYS = 42
#: So many days after the warning the silence stands on the page: first the owner can still speak.
GRACE_DAYS = 7


class Source(StrEnum):
    """Where a promise was made."""

    MEETING = "bijeenkomst"
    BESLUIT = "besluit"
    ANSWER = "antwoord"


class PromiseState(StrEnum):
    """How it stands with a promise."""

    OPEN = "loopt"
    LATE = "te laat"
    KEPT = "nagekomen"
    KEPT_LATE = "te laat nagekomen"


class Said(StrEnum):
    """What a line under a promise is: news, another day, or that it was kept."""

    NEWS = "nieuws"
    MOVED = "andere dag"
    KEPT = "nagekomen"


def state_of(due_on: date, kept_on: date | None, today: date) -> PromiseState:
    """Return how it stands; `today` is a day in Amsterdam."""
    if kept_on is not None:
        return PromiseState.KEPT_LATE if kept_on > due_on else PromiseState.KEPT
    return PromiseState.LATE if due_on < today else PromiseState.OPEN


def silent_days(news_at: datetime, now: datetime) -> int:
    """Return for how many whole days nothing was said."""
    return (now - news_at) // timedelta(days=1)


def is_to_warn(news_at: datetime, kept_on: date | None, limit_days: int, now: datetime) -> bool:
    """Tell whether the owner has to be warned that nothing was said for so many days."""
    return kept_on is None and silent_days(news_at, now) >= limit_days


def shows_silence(news_at: datetime, kept_on: date | None, limit_days: int, now: datetime) -> bool:
    """Tell whether everybody reads for how long nothing was said: a week after the owner was warned."""
    return is_to_warn(news_at, kept_on, limit_days + GRACE_DAYS, now)


def may_promise(text: str, owner: str) -> Verdict:
    """Refuse a promise without words, or that is nobody's."""
    return Allowed() if text.strip() and owner.strip() else refused(Refusal.REASON_MISSING)


def may_move(before: date, after: date, reason: str, today: date) -> Verdict:
    """Refuse another day that is the same or over already, or without a reason."""
    if after == before or after < today:
        return refused(Refusal.EXTENSION_NOT_LATER)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_speak(kept_on: date | None, said: Said, text: str) -> Verdict:
    """Refuse any change of a promise that was kept, and a line without words."""
    if kept_on is not None:
        return refused(Refusal.PROMISE_KEPT)
    return Allowed() if text.strip() or said is Said.KEPT else refused(Refusal.REASON_MISSING)
