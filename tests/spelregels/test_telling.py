"""When a digest is due, and what a token in a mail can say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.telling import About, Cadence, Stop, is_signed, last_due, read_stop, stop_token

STOP = Stop(12, About.TRAJECT, 7)


@pytest.mark.parametrize(
    ("moment", "daily", "weekly"),
    [
        # A Monday in summer: eight o'clock in Amsterdam is six in UTC.
        ("2026-05-04T05:59:59Z", "2026-05-03T06:00Z", "2026-04-27T06:00Z"),
        ("2026-05-04T06:00:00Z", "2026-05-04T06:00Z", "2026-05-04T06:00Z"),
        ("2026-05-06T12:00:00Z", "2026-05-06T06:00Z", "2026-05-04T06:00Z"),
        # The Sunday on which summer time begins, and the one on which it ends.
        ("2026-03-29T05:59:59Z", "2026-03-28T07:00Z", "2026-03-23T07:00Z"),
        ("2026-03-29T06:00:00Z", "2026-03-29T06:00Z", "2026-03-23T07:00Z"),
        ("2026-10-25T06:59:59Z", "2026-10-24T06:00Z", "2026-10-19T06:00Z"),
        ("2026-10-25T07:00:00Z", "2026-10-25T07:00Z", "2026-10-19T06:00Z"),
        ("2026-10-26T07:00:00Z", "2026-10-26T07:00Z", "2026-10-26T07:00Z"),
    ],
)
def test_a_digest_is_due_at_eight_in_amsterdam_also_when_the_clock_changes(
    moment: str, daily: str, weekly: str
) -> None:
    now = datetime.fromisoformat(moment)
    assert last_due(Cadence.DAILY, now) == datetime.fromisoformat(daily)
    assert last_due(Cadence.WEEKLY, now) == datetime.fromisoformat(weekly)


@given(
    st.integers(0, 4 * 366 * 24 * 3600).map(
        lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    )
)
def test_the_last_digest_is_never_in_the_future_nor_long_ago(now: datetime) -> None:
    for cadence, days in ((Cadence.DAILY, 1), (Cadence.WEEKLY, 7)):
        due = last_due(cadence, now)
        assert timedelta() <= now - due.astimezone(UTC) < timedelta(days=days, hours=2)
        assert (due.astimezone(AMSTERDAM).hour, due.minute) == (8, 0)
        assert cadence is Cadence.DAILY or due.weekday() == 0


def test_a_token_says_what_it_stops_and_belongs_to_one_secret() -> None:
    token = stop_token("secret", STOP)
    assert read_stop(token) == STOP
    assert is_signed(token, "secret", STOP)
    assert not is_signed(token, "another secret", STOP)


@pytest.mark.parametrize("other", [Stop(13, About.TRAJECT, 7), Stop(12, About.IDEA, 7), Stop(12, About.EVERYTHING, 0)])
def test_a_token_for_one_thing_is_none_for_another(other: Stop) -> None:
    signs = stop_token("secret", STOP).rpartition("-")[2]
    forged = stop_token("secret", other).rpartition("-")[0] + f"-{signs}"
    assert read_stop(forged) == other
    assert not is_signed(forged, "secret", other)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "traject-1-2",
        "besluit-1-2-abc",
        "traject-x-2-abc",
        "traject-²-2-abc",
        "traject-1-9999999999-a",
        "a-" * 50,
    ],
)
def test_what_is_no_token_says_nothing(token: str) -> None:
    assert read_stop(token) is None
