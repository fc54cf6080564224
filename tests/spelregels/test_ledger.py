"""The ledger: what a plan got is committed, paid, given back or free; a surplus is divided to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.ledger import (
    Sums,
    may_pay_out,
    may_publish_result,
    may_reverse,
    may_settle,
    may_take,
    may_write,
    receipt_type,
    split_evenly,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused


def test_what_is_committed_cannot_be_committed_or_paid_to_others() -> None:
    sums = Sums(100_00, committed=60_00, paid=30_00)
    assert sums.free == 10_00
    assert may_take(sums, 10_00) == Allowed()
    assert may_take(sums, 10_01) == refused(Refusal.OVER_FREE, over_cents=1)
    assert may_pay_out(sums, 100_00, 10_01) == refused(Refusal.OVER_FREE, over_cents=1)
    assert may_pay_out(sums, 100_00, 60_00, 60_00) == Allowed()
    assert may_pay_out(sums, 100_00, 60_01, 60_00) == refused(Refusal.OVER_COMMITMENT, over_cents=1)
    assert may_pay_out(sums, 100_00, 70_01, 60_00) == refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1)
    assert may_pay_out(sums, 40_00, 10_01, 60_00) == refused(Refusal.PART_NOT_EARNED, payable_cents=10_00)


def test_no_plan_ends_in_silence_or_with_money_that_nobody_accounts_for() -> None:
    assert may_settle(Sums(100, paid=100), has_result=False) == refused(Refusal.RESULT_MISSING)
    assert may_settle(Sums(100, paid=99), has_result=True) == refused(Refusal.ACCOUNT_OPEN, open_cents=1)
    assert may_settle(Sums(100, committed=1, paid=99), has_result=True) == refused(Refusal.ACCOUNT_OPEN, open_cents=1)
    assert may_settle(Sums(100, paid=60, returned=40), has_result=True) == Allowed()
    assert may_write(is_settled=True) == refused(Refusal.ACCOUNT_CLOSED)


@pytest.mark.parametrize(
    "line, code",
    [
        ({"is_reversal": True}, Refusal.ALREADY_REVERSED), ({"is_reversed": True}, Refusal.ALREADY_REVERSED),
        ({"open_cents": 0}, Refusal.ALREADY_REVERSED), ({"reason": " "}, Refusal.REASON_MISSING),
    ],
)  # fmt: skip
def test_a_line_is_reversed_once_and_with_a_reason(line: dict[str, object], code: Refusal) -> None:
    usual = {"is_reversal": False, "is_reversed": False, "open_cents": 1, "reason": "Dubbel."}
    assert may_reverse(**usual) == Allowed()
    assert may_reverse(**usual | line) == refused(code)


def test_makers_are_thanked_by_name_once_they_agreed() -> None:
    assert may_publish_result("Klaar.", ["Fatma"], consent=False, is_published=False) == refused(
        Refusal.MAKERS_NOT_ASKED
    )
    assert may_publish_result("Klaar.", [], consent=False, is_published=False) == Allowed()
    assert may_publish_result("Klaar.", ["Fatma"], consent=True, is_published=False) == Allowed()
    assert may_publish_result(" ", [], consent=True, is_published=False) == refused(Refusal.REASON_MISSING)
    assert may_publish_result("Klaar.", [], consent=True, is_published=True) == refused(Refusal.ALREADY_PUBLISHED)


def test_a_receipt_is_what_its_first_bytes_say() -> None:
    assert receipt_type(b"%PDF-1.7 ...") == "application/pdf"
    assert receipt_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert receipt_type(b"<html>%PDF-") is None
    assert receipt_type(b"%PDF-" + b"x" * 5_000_000) is None


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=12))
def test_parts_are_together_the_whole_and_none_is_a_cent_off(cents: int, weights: list[int]) -> None:
    parts = split_evenly(cents, weights)
    assert sum(parts) == cents
    whole = sum(weights)
    assert all(abs(part * whole - cents * weight) < whole for part, weight in zip(parts, weights, strict=True))


def test_the_cents_left_go_to_the_largest_remainder_and_then_to_who_was_named_first() -> None:
    assert split_evenly(100, [1, 1, 1]) == (34, 33, 33)
    assert split_evenly(100, [1, 2, 4]) == (14, 29, 57)
    assert split_evenly(2, [1, 1, 1]) == (1, 1, 0)
