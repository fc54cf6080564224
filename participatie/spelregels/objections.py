"""Until which day can somebody object? Six weeks after publication, and never ending on a day off."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from participatie.spelregels.besluiten import AMSTERDAM

OBJECTION_TERM_DAYS = 42  # six weeks, Awb article 6:7; they begin on the day after publication, article 6:8
SATURDAY = 5


def objection_until(published_at: datetime, is_holiday: Callable[[date], bool]) -> date:
    """Return the last day on which somebody can object, by the calendar of Amsterdam.

    A term that ends on a Saturday, a Sunday or a recognised holiday runs on until the first day that is none of these
    (Algemene termijnenwet, article 1).
    """
    last = published_at.astimezone(AMSTERDAM).date() + timedelta(days=OBJECTION_TERM_DAYS)
    while last.weekday() >= SATURDAY or is_holiday(last):
        last += timedelta(days=1)
    return last
