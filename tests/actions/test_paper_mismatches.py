"""Two people read one sheet differently: nothing counts until it is settled, and by whom."""

import pytest
from sqlalchemy.orm import Session

from participatie.actions.votes import cast_ballot
from participatie.actions.votes.paper import (
    settle_sheet,
    take_back,
)
from participatie.models.accounts import Account
from participatie.models.votes import PaperSheet
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.paper import Choose, SheetStatus, Why
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import Channel, RollStatus
from tests.actions.paper_rows import cast_choices, entries, roll_status
from tests.clock import TurnableClock
from tests.factories import (
    a_round,
    a_wijkmanager,
    codes,
    count_it,
    done,
)
from tests.factories.paper import a_helper, a_stack, entered, signed


def a_mismatch(session: Session, budget_round: Round) -> tuple[PaperSheet, VotingCode, list[Account]]:
    """A sheet of which two helpers read different choices."""
    [code] = codes(session, budget_round, 1)
    stack, clerks = a_stack(session, budget_round, sheets=1), [a_helper(session), a_helper(session)]
    done(entered(session, clerks[0], stack, 1, code, [1]))
    sheet = done(entered(session, clerks[1], stack, 1, code, [2]))
    return sheet, code, clerks


def test_two_clerks_who_disagree_count_nothing_and_both_entries_stay(session: Session, clock: TurnableClock) -> None:
    """Abuse case 58."""
    budget_round = a_round(session)
    sheet, code, _clerks = a_mismatch(session, budget_round)
    assert sheet.status is SheetStatus.MISMATCH
    assert cast_choices(session) == []
    assert [choices for _place, _key, choices in entries(session)] == ["[1]", "[2]"]
    assert isinstance(cast_ballot(session, budget_round, code.selector, [1], clock.now), Refused)
    manager = a_wijkmanager(session).actor()
    no_reason = settle_sheet(session, manager, sheet, Choose.SECOND, None, " ", clock.now)
    assert no_reason == refused(Refusal.REASON_MISSING)
    done(settle_sheet(session, manager, sheet, Choose.SECOND, None, "Het kruisje staat bij 2.", clock.now))
    assert (sheet.status, cast_choices(session)) == (SheetStatus.COUNTED, ["[2]"])
    assert (sheet.settled_by_id, sheet.settled_with_id) == (manager.account_id, None)
    assert [choices for _place, _key, choices in entries(session)] == ["[1]", "[2]"]
    signed(session, sheet.stack)
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    assert entries(session) == [(1, None, None), (2, None, None)]


def test_one_of_the_two_does_not_settle_alone_and_both_together_do(session: Session, clock: TurnableClock) -> None:
    """Abuse case 58."""
    sheet, _code, clerks = a_mismatch(session, a_round(session))
    first, second = (clerk.actor() for clerk in clerks)
    done(settle_sheet(session, first, sheet, Choose.FIRST, None, "Ik lees 1.", clock.now))
    assert sheet.status is SheetStatus.MISMATCH
    alone = settle_sheet(session, first, sheet, Choose.FIRST, None, "Ik lees 1.", clock.now)
    assert alone == refused(Refusal.SAME_PERSON)
    done(settle_sheet(session, second, sheet, Choose.SECOND, None, "Ik lees 2.", clock.now))
    assert sheet.status is SheetStatus.MISMATCH
    done(settle_sheet(session, first, sheet, Choose.SECOND, None, "Het is toch 2.", clock.now))
    assert (sheet.status, cast_choices(session)) == (SheetStatus.COUNTED, ["[2]"])
    assert (sheet.settled_by_id, sheet.settled_with_id) == (clerks[1].id, clerks[0].id)
    after = settle_sheet(session, first, sheet, Choose.FIRST, None, "Toch 1.", clock.now)
    assert after == refused(Refusal.NO_MISMATCH)


def test_a_wijkmanager_who_entered_the_sheet_is_one_of_the_two(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack, manager = a_stack(session, budget_round), a_wijkmanager(session)
    done(entered(session, manager, stack, 1, code, [1]))
    sheet = done(entered(session, a_helper(session), stack, 1, why=Why.UNREADABLE))
    done(settle_sheet(session, manager.actor(), sheet, Choose.FIRST, None, "Ik lees 1.", clock.now))
    assert (sheet.status, cast_choices(session)) == (SheetStatus.MISMATCH, [])
    third = settle_sheet(session, a_helper(session).actor(), sheet, Choose.FIRST, None, "Ik ook.", clock.now)
    assert third == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")


def test_a_mismatch_that_is_settled_as_invalid_frees_the_code(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    sheet, code, _clerks = a_mismatch(session, budget_round)
    manager = a_wijkmanager(session).actor()
    bare = settle_sheet(session, manager, sheet, Choose.INVALID, None, "Alles is doorgestreept.", clock.now)
    assert bare == refused(Refusal.REASON_MISSING)
    done(settle_sheet(session, manager, sheet, Choose.INVALID, Why.UNREADABLE, "Alles is doorgestreept.", clock.now))
    assert (sheet.status, sheet.why) == (SheetStatus.INVALID, Why.UNREADABLE)
    done(cast_ballot(session, budget_round, code.selector, [3], clock.now))


@pytest.mark.parametrize("second_first", [False, True])
def test_two_codes_read_from_one_sheet(session: Session, clock: TurnableClock, second_first: bool) -> None:
    """The code that is chosen votes, the other one is free; one that voted meanwhile is not taken from its voter."""
    budget_round = a_round(session)
    one, other = codes(session, budget_round, 2)
    stack = a_stack(session, budget_round)
    done(entered(session, a_helper(session), stack, 1, one, [1]))
    sheet = done(entered(session, a_helper(session), stack, 1, other, [1]))
    assert roll_status(session, other) == (RollStatus.ISSUED, None)
    if second_first:
        done(cast_ballot(session, budget_round, other.selector, [3], clock.now))
    manager = a_wijkmanager(session).actor()
    done(settle_sheet(session, manager, sheet, Choose.SECOND, None, "Zo staat het er.", clock.now))
    if second_first:
        assert (sheet.status, sheet.why) == (SheetStatus.REJECTED, Why.VOTED_ONLINE)
        assert cast_choices(session) == ["[3]"]
    else:
        assert (sheet.status, cast_choices(session)) == (SheetStatus.COUNTED, ["[1]"])
        assert roll_status(session, other) == (RollStatus.USED, Channel.PAPER)
    assert roll_status(session, one) == (RollStatus.ISSUED, None)


def test_after_the_second_entry_nothing_is_taken_back(session: Session, clock: TurnableClock) -> None:
    sheet, _code, clerks = a_mismatch(session, a_round(session))
    assert take_back(session, clerks[0].actor(), sheet, clock.now) == refused(Refusal.ENTRY_STAYS)
