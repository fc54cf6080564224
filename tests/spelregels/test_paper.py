"""The rules of ballots on paper that are easier asked than acted out."""

from datetime import UTC, date, datetime

import pytest

from participatie.spelregels.codes import VotingCode
from participatie.spelregels.paper import (
    SheetStatus,
    Shown,
    StackFacts,
    choices_on_sheet,
    code_on_sheet,
    hour_of,
    next_sheet,
    shown_as,
    stacks_are_ready,
)
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, refused
from participatie.spelregels.votes import BallotKind, RoundClock

CODE = VotingCode("ABCDEF", "0123456789")
CLOCK = RoundClock(True, datetime(2026, 4, 26, 22, tzinfo=UTC), datetime(2026, 5, 10, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "typed, kind, found",
    [
        ("1 3 4", BallotKind.APPROVAL, [1, 3, 4]),
        (" 1+3, 4;", BallotKind.KNAPSACK, [1, 3, 4]),
        ("", BallotKind.APPROVAL, []),
        ("3 1", BallotKind.RANKING, [3, 1]),
        ("3:5 4 = 2", BallotKind.POINTS, [(3, 5), (4, 2)]),
        ("1 1", BallotKind.APPROVAL, [1, 1]),  # what is on the sheet twice, the rules of the ballot refuse
    ],
)
def test_choices_are_read_as_people_type_them(typed: str, kind: BallotKind, found: object) -> None:
    assert choices_on_sheet(typed, kind) == found


@pytest.mark.parametrize(
    "typed, kind, code",
    [
        ("een", BallotKind.APPROVAL, Refusal.CHOICE_UNKNOWN),
        ("-1", BallotKind.APPROVAL, Refusal.CHOICE_UNKNOWN),
        ("1234567", BallotKind.APPROVAL, Refusal.CHOICE_UNKNOWN),
        ("²", BallotKind.APPROVAL, Refusal.CHOICE_UNKNOWN),
        ("3:5", BallotKind.APPROVAL, Refusal.POINTS_WRONG),
        ("3", BallotKind.POINTS, Refusal.POINTS_WRONG),
        ("3:", BallotKind.POINTS, Refusal.POINTS_WRONG),
        ("3:5:1", BallotKind.POINTS, Refusal.POINTS_WRONG),
    ],
)
def test_what_is_no_choice_is_refused(typed: str, kind: BallotKind, code: Refusal) -> None:
    verdict = choices_on_sheet(typed, kind)
    assert isinstance(verdict, Refused)
    assert verdict.code is code


@pytest.mark.parametrize("before", ["", "ABCDEF ", "kenmerk ABCDEF, code ", "brief-12/"])
def test_a_code_is_read_with_its_mark_before_it(before: str) -> None:
    assert code_on_sheet(f"{before}{CODE}") == CODE
    assert code_on_sheet(before) is None


@pytest.mark.parametrize(
    "received, hour",
    [(date(2026, 5, 3), 10), (date(2026, 5, 10), 7), (date(2026, 4, 26), 22)],
)
def test_the_hour_of_a_stack_lies_within_the_vote(received: date, hour: int) -> None:
    found = hour_of(received, CLOCK)
    assert CLOCK.opens_at <= found < CLOCK.closes_at
    assert found.hour == hour


@pytest.mark.parametrize(
    "count, others, shown",
    [
        (0, 0, Shown.EXACT),
        (1, 0, Shown.FEW),
        (9, 500, Shown.FEW),
        (10, 0, Shown.EXACT),
        (10, 10, Shown.EXACT),
        (200, 9, Shown.MANY),
        (200, 1, Shown.MANY),
    ],
)
def test_a_number_that_tells_a_small_one_is_not_shown(count: int, others: int, shown: Shown) -> None:
    assert shown_as(count, others) is shown


def test_after_a_sheet_comes_the_next_one_that_this_person_can_enter() -> None:
    seen = {
        1: (SheetStatus.ENTERED, True),
        2: (SheetStatus.ENTERED, False),
        3: (SheetStatus.COUNTED, False),
        4: (SheetStatus.EMPTY, False),
    }
    assert [next_sheet(5, seen, after) for after in range(6)] == [2, 2, 4, 4, 5, 2]
    assert next_sheet(1, seen, 0) is None


def test_a_round_is_held_up_by_the_first_stack_that_is_not_ready() -> None:
    ready, unsigned = StackFacts("A", 2, 2, is_signed=True), StackFacts("B", 2, 2, is_signed=False)
    half = StackFacts("C", 3, 1, is_signed=True)
    assert stacks_are_ready([]) == stacks_are_ready([ready]) == Allowed()
    assert stacks_are_ready([ready, unsigned]) == refused(Refusal.STACK_UNSIGNED, stack="B")
    assert stacks_are_ready([ready, half, unsigned]) == refused(Refusal.STACK_INCOMPLETE, stack="C", count=2)
