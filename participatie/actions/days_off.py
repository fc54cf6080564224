"""On which days does no term end? The recognised holidays, of a library that knows when Easter is."""

from datetime import date, datetime
from functools import lru_cache

from holidays import country_holidays

from participatie.spelregels.objections import objection_until


def last_day_to_object(published_at: datetime) -> date:
    """Return the last day on which somebody can object to what is published at a moment."""
    return objection_until(published_at, is_holiday)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a recognised holiday. Good Friday and 5 May are, each year (Algemene termijnenwet, article 3).

    Other days that the government declares equal to a holiday are not known here.
    """
    return day in _holidays_in(day.year)


@lru_cache(maxsize=64)
def _holidays_in(year: int) -> frozenset[date]:
    return frozenset(country_holidays("NL", years=year, categories=("public", "optional")))
