"""Promises: kept, late, moved in public, and silent for too long."""

from datetime import UTC, date, datetime, timedelta

from participatie.spelregels.promises import (
    PromiseState,
    Said,
    is_to_warn,
    may_move,
    may_promise,
    may_speak,
    shows_silence,
    state_of,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

DAY, TODAY = timedelta(days=1), date(2026, 5, 4)
MOMENT = datetime(2026, 5, 4, 10, tzinfo=UTC)


def test_a_promise_is_late_from_the_day_after() -> None:
    assert state_of(TODAY, None, TODAY) is PromiseState.OPEN
    assert state_of(TODAY - DAY, None, TODAY) is PromiseState.LATE
    assert state_of(TODAY, TODAY, TODAY) is PromiseState.KEPT
    assert state_of(TODAY - DAY, TODAY, TODAY) is PromiseState.KEPT_LATE


def test_the_owner_is_warned_a_week_before_everybody_reads_it() -> None:
    for days, warned, shown in ((41, False, False), (42, True, False), (48, True, False), (49, True, True)):
        since = MOMENT - days * DAY
        assert is_to_warn(since, None, 42, MOMENT) is warned, days
        assert shows_silence(since, None, 42, MOMENT) is shown, days
    assert not is_to_warn(MOMENT - 100 * DAY, TODAY, 42, MOMENT), "it was kept"


def test_another_day_takes_a_reason_and_is_still_to_come() -> None:
    assert may_move(TODAY, TODAY + DAY, "Te nat.", TODAY) == Allowed()
    assert may_move(TODAY, TODAY + DAY, " ", TODAY) == refused(Refusal.REASON_MISSING)
    assert may_move(TODAY, TODAY, "Te nat.", TODAY) == refused(Refusal.EXTENSION_NOT_LATER)
    assert may_move(TODAY, TODAY - DAY, "Te nat.", TODAY) == refused(Refusal.EXTENSION_NOT_LATER)


def test_a_promise_is_somebodys_and_once_kept_it_is_kept() -> None:
    assert may_promise("Een bankje.", " ") == refused(Refusal.REASON_MISSING)
    assert may_speak(TODAY, Said.NEWS, "Nog iets.") == refused(Refusal.PROMISE_KEPT)
    assert may_speak(None, Said.NEWS, " ") == refused(Refusal.REASON_MISSING)
    assert may_speak(None, Said.KEPT, "") == Allowed()
