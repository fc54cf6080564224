"""Ballots on paper, one act after another; test_paper_races.py lets them come at once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot, present_code, save_draft
from participatie.actions.votes.paper import (
    take_back,
)
from participatie.models.audit import AuditRow
from participatie.models.votes import Ballot, BallotDraft, PaperSheet, VoterRoll
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.paper import SheetStatus, Why
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.votes import BallotKind, Channel, RollStatus
from tests.actions.paper_rows import cast_choices, entries, roll_status
from tests.clock import TurnableClock
from tests.factories import (
    SECRET_KEY,
    a_round,
    codes,
    count_it,
    done,
)
from tests.factories.paper import RECEIVED, a_helper, a_stack, entered, entered_twice, signed


def test_two_people_who_wrote_the_same_make_one_ballot(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(save_draft(session, budget_round, code.selector, [3], clock.now))
    stack, first, second = a_stack(session, budget_round), a_helper(session), a_helper(session)
    sheet = done(entered(session, first, stack, 1, code, [3, 1]))
    assert (sheet.status, cast_choices(session)) == (SheetStatus.ENTERED, [])
    sheet = done(entered(session, second, stack, 1, str(code).lower(), [1, 3]))
    ballot = session.scalars(select(Ballot)).one()
    assert (sheet.status, ballot.choices, ballot.channel) == (SheetStatus.COUNTED, "[1,3]", Channel.PAPER)
    assert len(ballot.receipt) == 16
    # The day it came in, and neither the hour of the desk nor that of the clerk.
    assert (ballot.cast_hour.date(), ballot.cast_hour.hour) == (RECEIVED, 10)
    assert roll_status(session, code) == (RollStatus.USED, Channel.PAPER)
    assert session.scalars(select(BallotDraft)).all() == []


def test_nothing_of_what_a_sheet_says_stays_once_two_agree(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round)
    done(entered(session, a_helper(session), stack, 1, code, [2]))
    [(_place, key, choices)] = entries(session)
    assert choices == "[2]"
    assert key not in (None, code.selector)
    done(entered(session, a_helper(session), stack, 1, code, [2]))
    assert entries(session) == [(1, None, None), (2, None, None)]
    assert session.scalars(select(PaperSheet.ballot_key)).all() == [None]
    kept = [str(row.facts) for row in session.scalars(select(AuditRow))]
    assert not any(code.selector in facts or "[2]" in facts for facts in kept)


def test_from_the_first_entry_on_nobody_votes_online_with_that_code(session: Session, clock: TurnableClock) -> None:
    """Abuse case 57: paper first, then online."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(entered(session, a_helper(session), a_stack(session, budget_round), 1, code, [1]))
    elsewhere = refused(Refusal.CODE_USED_ELSEWHERE)
    assert present_code(session, budget_round, str(code), SECRET_KEY, clock.now) == elsewhere
    assert cast_ballot(session, budget_round, code.selector, [2], clock.now) == elsewhere
    assert cast_choices(session) == []


def test_a_sheet_of_somebody_who_voted_online_is_kept_and_rejected(session: Session, clock: TurnableClock) -> None:
    """Abuse case 57: online first, then paper."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    done(cast_ballot(session, budget_round, code.selector, [2], clock.now))
    stack = a_stack(session, budget_round, sheets=1)
    sheet = done(entered(session, a_helper(session), stack, 1, code, [1]))
    assert (sheet.status, sheet.why) == (SheetStatus.REJECTED, Why.VOTED_ONLINE)
    assert cast_choices(session) == ["[2]"]
    assert entries(session) == [(1, None, None)]
    assert roll_status(session, code) == (RollStatus.USED, Channel.WEB)
    done(cast_ballot(session, budget_round, code.selector, [3], clock.now))  # and online it can still be changed
    signed(session, stack)
    clock.turn_to(budget_round.clock().closes_at)
    assert count_it(session, budget_round).ballots == 1


def test_one_code_on_two_sheets_counts_once(session: Session) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round)
    clerks = entered_twice(session, stack, [(code, [1])])
    again = done(entered(session, clerks[0], stack, 2, code, [2]))
    assert (again.status, again.why) == (SheetStatus.REJECTED, Why.ON_OTHER_SHEET)
    assert cast_choices(session) == ["[1]"]


def test_nobody_enters_a_sheet_twice(session: Session) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack, clerk = a_stack(session, budget_round), a_helper(session)
    done(entered(session, clerk, stack, 1, code, [1]))
    assert entered(session, clerk, stack, 1, code, [1]) == refused(Refusal.SHEET_ENTERED_BY_YOU, sheet=1)
    done(entered(session, a_helper(session), stack, 1, code, [1]))
    assert entered(session, a_helper(session), stack, 1, code, [1]) == refused(Refusal.SHEET_SETTLED, sheet=1)
    assert entered(session, clerk, stack, 4, code, [1]) == refused(Refusal.SHEET_UNKNOWN, sheet=4, sheets=3)
    assert entered(session, clerk, stack, 0, code, [1]) == refused(Refusal.SHEET_UNKNOWN, sheet=0, sheets=3)


def test_a_code_that_does_not_exist_and_choices_that_cannot_be_are_not_entered(session: Session) -> None:
    budget_round = a_round(session, max_choices=1)
    [code] = codes(session, budget_round, 1)
    stack, clerk = a_stack(session, budget_round), a_helper(session)
    wrong = refused(Refusal.PAPER_CODE_WRONG)
    for typed in ("", "geen code", VotingCode(code.selector, "0" * 10), VotingCode("000000", "0" * 10)):
        assert entered(session, clerk, stack, 1, typed, [1]) == wrong
    too_many = entered(session, clerk, stack, 1, code, [1, 2])
    assert too_many == refused(Refusal.TOO_MANY_CHOICES, chosen=2, maximum=1)
    assert roll_status(session, code) == (RollStatus.ISSUED, None)
    done(entered(session, clerk, stack, 1, f"{code.selector} {code}", [1]))  # the kenmerk stands before it


def test_a_sheet_that_both_call_invalid_leaves_the_code_free(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round)
    for clerk in (a_helper(session), a_helper(session)):
        sheet = done(entered(session, clerk, stack, 1, why=Why.UNREADABLE))
    assert (sheet.status, sheet.why) == (SheetStatus.INVALID, Why.UNREADABLE)
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    no_reason = entered(session, a_helper(session), stack, 2, why=Why.VOTED_ONLINE)
    assert no_reason == refused(Refusal.REASON_MISSING)  # that is what the computer says, and nobody else


def test_taking_back_an_entry_lets_the_code_work_again(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack, clerk, other = a_stack(session, budget_round), a_helper(session), a_helper(session)
    sheet = done(entered(session, clerk, stack, 1, code, [1]))
    assert take_back(session, other.actor(), sheet, clock.now) == refused(Refusal.ENTRY_STAYS)
    done(take_back(session, clerk.actor(), sheet, clock.now))
    assert roll_status(session, code) == (RollStatus.ISSUED, None)
    assert entries(session) == []
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now))
    rejected = done(entered(session, clerk, stack, 1, code, [1]))
    assert rejected.status is SheetStatus.REJECTED
    done(take_back(session, clerk.actor(), rejected, clock.now))  # it was the wrong sheet
    assert roll_status(session, code) == (RollStatus.USED, Channel.WEB)


def test_a_code_that_was_revoked_between_two_entries_does_not_count(session: Session, clock: TurnableClock) -> None:
    """Abuse case 11, on paper."""
    budget_round = a_round(session)
    code, revoked = codes(session, budget_round, 2)
    stack = a_stack(session, budget_round)
    done(entered(session, a_helper(session), stack, 1, code, [1]))
    for line in session.scalars(select(VoterRoll)):
        line.status = RollStatus.REVOKED
    session.commit()
    sheet = done(entered(session, a_helper(session), stack, 1, code, [1]))
    assert (sheet.status, sheet.why) == (SheetStatus.REJECTED, Why.REVOKED)
    assert done(entered(session, a_helper(session), stack, 2, revoked, [1])).why is Why.REVOKED
    assert cast_choices(session) == []


@pytest.mark.parametrize(
    "kind, choices, kept",
    [(BallotKind.CHOOSE_ONE, [2], "[2]"), (BallotKind.KNAPSACK, [3, 1], "[1,3]")],
)
def test_paper_goes_with_every_kind_of_ballot(
    session: Session, kind: BallotKind, choices: list[int], kept: str
) -> None:
    budget_round = a_round(session, ballot_kind=kind)
    [code] = codes(session, budget_round, 1)
    entered_twice(session, a_stack(session, budget_round), [(code, choices)])
    assert cast_choices(session) == [kept]
