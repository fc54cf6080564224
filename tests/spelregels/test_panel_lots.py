"""When a lot may be bound, what a number looks like, and which round of drand comes when."""

from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.buurtpanels.drand import comes_at, round_at
from participatie.spelregels.buurtpanels.lots import (
    ENTER_WITHIN,
    LATEST,
    SOONEST,
    LotKind,
    LotStatus,
    NumberSource,
    is_late,
    may_bind,
    may_enter_number,
    may_withdraw,
    plain_number,
)
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Refused

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def code_of(verdict: object) -> Refusal | None:
    return verdict.code if isinstance(verdict, Refused) else None


@pytest.mark.parametrize(
    "source, typed, plain",
    [
        (NumberSource.DRAND, " " + "AB" * 32 + "\n", "ab" * 32),
        (NumberSource.DRAND, "ab" * 31, None),
        (NumberSource.DRAND, "xy" * 32, None),
        (NumberSource.LOTTO, "45, 3, 12, 7, 30, 21", "3 7 12 21 30 45"),
        (NumberSource.LOTTO, "3 7 12 21 30", None),
        (NumberSource.LOTTO, "3 7 12 21 30 30", None),
        (NumberSource.LOTTO, "0 7 12 21 30 45", None),
        (NumberSource.LOTTO, "3 7 12 21 30 46", None),
        (NumberSource.LOTTO, "3 7 12 21 30 45 reserve", None),
        (NumberSource.DICE, "1 2 3 4 5 6 6 5 4 3", "1234566543"),
        (NumberSource.DICE, "1234565", None),
        (NumberSource.DICE, "1234567123", None),
    ],
)
def test_a_number_is_one_of_its_source_or_none(source: NumberSource, typed: str, plain: str | None) -> None:
    assert plain_number(source, typed) == plain


@pytest.mark.parametrize(
    "status, due_at, live, code",
    [
        (PanelStatus.REGISTERING, NOW + SOONEST, False, None),
        (PanelStatus.REGISTERING, NOW + LATEST, False, None),
        (PanelStatus.REGISTERING, NOW + SOONEST - SECOND, False, Refusal.NUMBER_TOO_SOON),
        (PanelStatus.REGISTERING, NOW + LATEST + SECOND, False, Refusal.NUMBER_TOO_FAR),
        (PanelStatus.REGISTERING, NOW + SOONEST, True, Refusal.LOT_ALREADY_BOUND),
        (PanelStatus.DRAFT, NOW + SOONEST, False, Refusal.REGISTRATION_NOT_OPEN),
        (PanelStatus.DRAWING, NOW + SOONEST, False, Refusal.POOL_FROZEN),
        (PanelStatus.SITTING, NOW + SOONEST, False, Refusal.POOL_FROZEN),
    ],
)
def test_a_lot_is_bound_ahead_of_its_number(
    status: PanelStatus, due_at: datetime, live: bool, code: Refusal | None
) -> None:
    assert code_of(may_bind(status, LotKind.SELECTION, NOW, due_at, has_live_lot=live)) is code


def test_a_number_comes_at_its_moment_or_later_and_once() -> None:
    assert code_of(may_enter_number(LotStatus.COMMITTED, NOW, NOW - SECOND)) is Refusal.NUMBER_TOO_EARLY
    assert may_enter_number(LotStatus.COMMITTED, NOW, NOW) == Allowed()
    assert may_enter_number(LotStatus.COMMITTED, NOW, NOW + timedelta(days=400)) == Allowed()
    assert code_of(may_enter_number(LotStatus.DRAWN, NOW, NOW)) is Refusal.NUMBER_ALREADY_ENTERED
    for status in (LotStatus.PREPARING, LotStatus.FAILED, LotStatus.WITHDRAWN):
        assert code_of(may_enter_number(status, NOW, NOW)) is Refusal.LOT_NOT_BOUND
    assert not is_late(NOW, None, NOW + ENTER_WITHIN)
    assert is_late(NOW, NOW + ENTER_WITHIN + SECOND, NOW)


def test_a_lot_is_withdrawn_until_the_number_is_there() -> None:
    assert may_withdraw(LotStatus.COMMITTED, NOW, NOW - SECOND, "Te weinig mensen") == Allowed()
    assert code_of(may_withdraw(LotStatus.COMMITTED, NOW, NOW, "Andere uitkomst")) is Refusal.NUMBER_EXISTS
    assert code_of(may_withdraw(LotStatus.DRAWN, NOW, NOW, "x")) is Refusal.NUMBER_ALREADY_ENTERED
    assert code_of(may_withdraw(LotStatus.PREPARING, NOW, NOW, "x")) is Refusal.LOT_NOT_BOUND
    assert code_of(may_withdraw(LotStatus.COMMITTED, NOW, NOW - SECOND, " ")) is Refusal.REASON_MISSING


def test_a_round_of_drand_is_the_first_at_or_after_a_moment() -> None:
    # Two rounds of the public chain quicknet, as others publish them.
    assert round_at(datetime(2026, 4, 20, tzinfo=UTC)) == 27946612
    assert round_at(datetime(2026, 4, 20, 12, 30, 45, tzinfo=UTC)) == 27961627
    assert comes_at(27946612) == datetime(2026, 4, 20, tzinfo=UTC)
    assert round_at(comes_at(27946612) + timedelta(microseconds=1)) == 27946613
