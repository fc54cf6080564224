"""What stands out by the plain rules of the page, and when a batch of codes can be revoked."""

from datetime import UTC, datetime

import pytest

from participatie.spelregels.anomalies import (
    marked_batches,
    marked_hours,
    marked_networks,
    marked_wrong_codes,
    may_revoke_batch,
    networks_forgotten_at,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.wijkbudget import RoundStatus


@pytest.mark.parametrize(
    "casts, marked",
    [
        ([10, 2, 2], [True, False, False]),
        ([9, 1, 1], [False, False, False]),
        ([10, 3, 2], [False, False, False]),
        ([40, 30, 30], [False, False, False]),
        ([50], [False]),
        ([], []),
    ],
)
def test_a_network_stands_out_from_ten_casts_and_five_times_the_median(casts: list[int], marked: list[bool]) -> None:
    assert [each.stands_out for each in marked_networks(casts)] == marked
    assert [each.stands_out for each in marked_hours(casts)] == marked


def test_an_hour_in_which_the_limit_was_reached_stands_out_also_alone() -> None:
    assert [each.stands_out for each in marked_wrong_codes([500])] == [True]
    assert [each.stands_out for each in marked_wrong_codes([499])] == [False]


@pytest.mark.parametrize(
    "batches, marked",
    [
        ([(20, 100), (10, 100)], [True, False]),
        ([(20, 100), (11, 100)], [False, False]),
        ([(10, 10), (0, 100)], [True, False]),
        ([(9, 9), (0, 100)], [False, False]),
        ([(20, 20)], [False]),
        ([(200, 460), (0, 5)], [False, False]),
        ([(20, 20), (0, 0)], [False, False]),
    ],
)
def test_a_batch_stands_out_that_was_used_twice_as_much(batches: list[tuple[int, int]], marked: list[bool]) -> None:
    assert [each.stands_out for each in marked_batches(batches)] == marked


@pytest.mark.parametrize(
    "status, reason, has_secret, is_revoked, verdict",
    [
        (RoundStatus.DRAFT, "Gestolen.", False, False, Allowed()),
        (RoundStatus.OPEN, "Gestolen.", True, False, Allowed()),
        (RoundStatus.COUNTED, "Gestolen.", True, False, Allowed()),
        (RoundStatus.COUNTED, "Gestolen.", False, False, refused(Refusal.SECRET_GONE)),
        (RoundStatus.PUBLISHED, "Gestolen.", True, False, refused(Refusal.REVOKING_TOO_LATE)),
        (RoundStatus.OPEN, " ", True, False, refused(Refusal.REASON_MISSING)),
        (RoundStatus.OPEN, "Gestolen.", True, True, refused(Refusal.BATCH_REVOKED)),
    ],
)
def test_a_batch_is_revoked_until_the_besluit_and_with_a_reason(
    status: RoundStatus, reason: str, has_secret: bool, is_revoked: bool, verdict: Verdict
) -> None:
    assert may_revoke_batch(status, reason, has_secret=has_secret, is_revoked=is_revoked) == verdict


def test_networks_are_known_for_thirty_days_after_the_close() -> None:
    assert networks_forgotten_at(datetime(2026, 5, 20, 22, tzinfo=UTC)) == datetime(2026, 6, 19, 22, tzinfo=UTC)
