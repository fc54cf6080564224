"""Clerks and voters at once: the database decides, one ballot is in, and the others hear why. Run on both databases."""

from collections import Counter

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, cast_ballot
from participatie.actions.votes.paper import Written, enter_sheet, import_entries, settle_sheet
from participatie.models.votes import Ballot, PaperSheet, sheet_of_stack, stack_of_round
from participatie.models.wijkbudget import round_for_voting
from participatie.spelregels.paper import Choose, SheetStatus, Why
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import Channel
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_round, a_wijkmanager, codes
from tests.factories.paper import a_helper, a_mismatch, a_stack


def test_a_clerk_and_a_voter_at_once_leave_one_ballot_and_the_other_hears_why(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    """Abuse case 57: whoever is first; the second entry of each sheet comes at the same moment too."""
    budget_round = a_round(session)
    letters = codes(session, budget_round, 4)
    stack = a_stack(session, budget_round, sheets=4)
    slug, stack_id = budget_round.slug, stack.id
    clerks = [a_helper(session).actor(), a_helper(session).actor()]
    session.commit()

    def act(own: Session, place: int) -> PaperSheet | CastBallot | Refused:
        code, part = letters[place // 3], place % 3
        if part == 2:
            its_round = own.scalars(round_for_voting(slug)).one()
            return cast_ballot(own, its_round, code.selector, [2], clock.now)
        its_stack = own.scalars(stack_of_round(slug, stack_id)).one()
        written = Written(str(code), [1])
        return enter_sheet(own, clerks[part], its_stack, 1 + place // 3, written, SECRET_KEY)

    answers = all_at_once(engine, act, times=12)
    sheets = {sheet.number: sheet for sheet in session.scalars(select(PaperSheet))}
    found = Counter(session.scalars(select(Ballot.channel)))
    assert found.total() == 4
    for place in range(4):
        first, second, online = answers[3 * place : 3 * place + 3]
        sheet = sheets[1 + place]
        if isinstance(online, CastBallot):
            assert (sheet.status, sheet.why) == (SheetStatus.REJECTED, Why.VOTED_ONLINE)
            told = [answer.code for answer in (first, second) if isinstance(answer, Refused)]
            assert told == [Refusal.SHEET_SETTLED]
        else:
            assert isinstance(online, Refused)
            assert online.code is Refusal.CODE_USED_ELSEWHERE
            assert sheet.status is SheetStatus.COUNTED
    by_paper = sum(sheet.status is SheetStatus.COUNTED for sheet in sheets.values())
    assert found[Channel.PAPER] == by_paper


def test_one_sheet_entered_by_many_at_once_has_two_entries_and_one_ballot(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round, sheets=2)
    slug, stack_id = budget_round.slug, stack.id
    clerks = [a_helper(session).actor() for _ in range(6)]
    session.commit()

    def act(own: Session, place: int) -> PaperSheet | Refused:
        its_stack = own.scalars(stack_of_round(slug, stack_id)).one()
        return enter_sheet(own, clerks[place // 2], its_stack, 1, Written(str(code), [1]), SECRET_KEY)

    answers = all_at_once(engine, act, times=12)  # and each of them twice
    assert sum(isinstance(answer, PaperSheet) for answer in answers) == 2
    assert {answer.code for answer in answers if isinstance(answer, Refused)} <= {
        Refusal.SHEET_SETTLED,
        Refusal.SHEET_ENTERED_BY_YOU,
    }
    assert session.scalars(select(Ballot.choices)).all() == ["[1]"]


def test_one_code_on_many_sheets_at_once_is_held_by_one(engine: Engine, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round, sheets=6)
    slug, stack_id = budget_round.slug, stack.id
    clerk = a_helper(session).actor()
    session.commit()

    def act(own: Session, place: int) -> object:
        its_stack = own.scalars(stack_of_round(slug, stack_id)).one()
        return enter_sheet(own, clerk, its_stack, 1 + place, Written(str(code), [1]), SECRET_KEY)

    all_at_once(engine, act, times=6)
    found = Counter((sheet.status, sheet.why) for sheet in session.scalars(select(PaperSheet)))
    assert found == {(SheetStatus.ENTERED, None): 1, (SheetStatus.REJECTED, Why.ON_OTHER_SHEET): 5}


def test_a_difference_is_settled_once_and_a_file_sent_twice_comes_in_once(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    budget_round = a_round(session)
    sheet = a_mismatch(session, budget_round)
    letters = codes(session, budget_round, 3)
    stack = a_stack(session, budget_round)
    slug, stack_id, other_id = budget_round.slug, stack.id, sheet.stack_id
    manager, clerk = a_wijkmanager(session).actor(), a_helper(session).actor()
    source = "vel,code,keuze\n" + "".join(f"{place},{code},1\n" for place, code in enumerate(letters, start=1))
    session.commit()

    def act(own: Session, place: int) -> object:
        if place % 2:
            its_stack = own.scalars(stack_of_round(slug, stack_id)).one()
            return import_entries(own, clerk, its_stack, source.encode(), SECRET_KEY, clock.now)
        its_sheet = own.scalars(sheet_of_stack(slug, other_id, 1)).one()
        return settle_sheet(own, manager, its_sheet, Choose.FIRST, None, "Zo staat het er.", clock.now)

    answers = all_at_once(engine, act, times=6)
    settled, imported = answers[::2], answers[1::2]
    assert sum(isinstance(answer, PaperSheet) for answer in settled) == 1
    assert sorted(getattr(answer, "entered", -1) for answer in imported) == [0, 0, 3]
    assert session.scalars(select(Ballot.choices)).all() == ["[1]"]
