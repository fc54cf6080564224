"""Six weeks to object, that never end on a day off."""

from datetime import UTC, date, datetime

import pytest

from participatie.actions.days_off import is_holiday, last_day_to_object


@pytest.mark.parametrize(
    "published, until",
    [
        (datetime(2026, 5, 4, 10, tzinfo=UTC), date(2026, 6, 15)),  # six weeks to the day
        (datetime(2026, 5, 4, 22, 30, tzinfo=UTC), date(2026, 6, 16)),  # past midnight in Amsterdam
        (datetime(2026, 5, 2, 10, tzinfo=UTC), date(2026, 6, 15)),  # a Saturday
        (datetime(2026, 4, 13, 10, tzinfo=UTC), date(2026, 5, 26)),  # Whit Monday
        (datetime(2026, 2, 20, 10, tzinfo=UTC), date(2026, 4, 7)),  # Good Friday, a weekend and Easter Monday
        (datetime(2026, 3, 24, 10, tzinfo=UTC), date(2026, 5, 6)),  # 5 May, also in a year that is no lustrum
        (datetime(2026, 3, 16, 10, tzinfo=UTC), date(2026, 4, 28)),  # Koningsdag
        (datetime(2026, 4, 2, 10, tzinfo=UTC), date(2026, 5, 15)),  # Ascension Day
        (datetime(2026, 11, 13, 10, tzinfo=UTC), date(2026, 12, 28)),  # Christmas before a weekend
        (datetime(2026, 11, 20, 10, tzinfo=UTC), date(2027, 1, 4)),  # New Year
    ],
)
def test_the_term_ends_on_the_first_day_that_is_no_day_off(published: datetime, until: date) -> None:
    assert last_day_to_object(published) == until


def test_koningsdag_is_a_day_early_when_it_would_be_a_sunday() -> None:
    assert is_holiday(date(2025, 4, 26))
    assert not is_holiday(date(2025, 4, 28))
    assert not is_holiday(date(2026, 6, 15))
