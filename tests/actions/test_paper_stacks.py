"""Stacks of ballots on paper: when they come in, who vouches for them, and files of a whole stack."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes.paper import (
    change_total,
    import_entries,
    make_stack,
    remove_stack,
    sign_stack,
    take_back,
)
from participatie.actions.votes.paper.importing import Imported, WrongLines
from participatie.actions.wijkbudget import count_round, open_vote, restart_vote
from participatie.models.accounts import Account
from participatie.models.votes import Ballot, PaperStack
from participatie.spelregels.paper import Why
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.actions.paper_rows import cast_choices, entries, roll_status
from tests.clock import TurnableClock
from tests.factories import (
    SECRET_KEY,
    a_resident,
    a_round,
    a_wijkmanager,
    an_account,
    codes,
    count_it,
    done,
    runs_all,
)
from tests.factories.paper import RECEIVED, a_helper, a_stack, entered, entered_twice, signed


def test_a_stack_comes_in_on_a_day_of_the_vote(session: Session, clock: TurnableClock) -> None:
    """Abuse case 8, on paper: what came in before the close is entered after it, until the count."""
    budget_round, helper = a_round(session), a_helper(session).actor()
    first = budget_round.clock().opens_at.date()
    clock.turn_to(budget_round.clock().closes_at)
    last_day = clock.now.date()

    def stack_of(day: date) -> object:
        return make_stack(session, helper, budget_round, f"{day}", day, 1, last_day, clock.now)

    for day in (first.replace(day=first.day - 1), last_day.replace(day=last_day.day + 1)):
        late = stack_of(day)
        assert isinstance(late, Refused)
        assert late.code is Refusal.PAPER_NOT_IN_TIME
    stack = done(stack_of(last_day))
    assert isinstance(stack, PaperStack)
    [code] = codes(session, budget_round, 1)
    entered_twice(session, stack, [(code, [1])])
    signed(session, stack)
    ballot = session.scalars(select(Ballot)).one()
    assert ballot.cast_hour < budget_round.clock().closes_at
    assert count_it(session, budget_round).ballots == 1
    assert stack_of(last_day) == refused(Refusal.ALREADY_COUNTED)
    assert entered(session, a_helper(session), stack, 1, code, [1]) == refused(Refusal.ALREADY_COUNTED)


def test_a_day_to_come_and_a_name_that_is_there_are_refused(session: Session, clock: TurnableClock) -> None:
    budget_round, helper = a_round(session), a_helper(session).actor()
    today = clock.now.date()
    tomorrow = make_stack(session, helper, budget_round, "A", today.replace(day=5), 1, today, clock.now)
    assert tomorrow == refused(Refusal.DAY_TO_COME)
    done(make_stack(session, helper, budget_round, "A", today, 1, today, clock.now))
    again = make_stack(session, helper, budget_round, "A", today, 1, today, clock.now)
    assert again == refused(Refusal.STACK_NAME_TAKEN)


def test_a_round_waits_for_every_sheet_and_for_two_signatures(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round, sheets=2)
    entered_twice(session, stack, [(code, [1])])
    clock.turn_to(budget_round.clock().closes_at)
    manager = runs_all(a_wijkmanager(session))

    def count() -> object:
        return count_round(session, manager, budget_round, clock.now)

    assert count() == refused(Refusal.STACK_INCOMPLETE, stack=stack.label, count=1)
    for clerk in (a_helper(session), a_helper(session)):
        done(entered(session, clerk, stack, 2, why=Why.EMPTY))
    assert count() == refused(Refusal.STACK_UNSIGNED, stack=stack.label)
    signed(session, stack)
    done(count())


def test_a_total_is_signed_by_a_second_person_who_counted_the_same(session: Session, clock: TurnableClock) -> None:
    budget_round, manager = a_round(session), a_wijkmanager(session)
    own = a_stack(session, budget_round, by=manager)
    assert sign_stack(session, manager.actor(), own, 3, clock.now) == refused(Refusal.SAME_PERSON)
    stack, helper = a_stack(session, budget_round), a_helper(session)
    differs = sign_stack(session, manager.actor(), stack, 4, clock.now)
    assert differs == refused(Refusal.TOTALS_DIFFER, counted=4, sheets=3)
    assert isinstance(sign_stack(session, helper.actor(), stack, 3, clock.now), Refused)
    signed(session, stack)
    done(change_total(session, helper.actor(), stack, 4, clock.now))
    assert (stack.counted_by_id, stack.signed_by_id, stack.sheets) == (helper.id, None, 4)


def test_a_stack_never_gets_smaller_than_what_was_entered(session: Session, clock: TurnableClock) -> None:
    stack = a_stack(session, a_round(session))
    helper, manager = a_helper(session), a_wijkmanager(session).actor()
    sheet = done(entered(session, helper, stack, 2, why=Why.EMPTY))
    in_use = refused(Refusal.SHEETS_IN_USE, sheet=2)
    assert change_total(session, helper.actor(), stack, 1, clock.now) == in_use
    assert remove_stack(session, manager, stack, clock.now) == in_use
    done(take_back(session, helper.actor(), sheet, clock.now))
    done(remove_stack(session, manager, stack, clock.now))
    assert session.scalars(select(PaperStack)).all() == []


def test_whoever_has_no_role_touches_no_paper(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    stack, resident = a_stack(session, budget_round), a_resident(session)
    raad = an_account(session, role=Role.RAAD)
    for who in (resident, raad):
        assert isinstance(entered(session, who, stack, 1, why=Why.EMPTY), Refused)
        made = make_stack(session, who.actor(), budget_round, "B", RECEIVED, 1, RECEIVED, clock.now)
        assert isinstance(made, Refused)
        assert isinstance(remove_stack(session, who.actor(), stack, clock.now), Refused)


def test_a_vote_that_is_done_over_voids_its_stacks(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    code, waiting = codes(session, budget_round, 2)
    stack = a_stack(session, budget_round)
    entered_twice(session, stack, [(code, [1])])
    done(entered(session, a_helper(session), stack, 2, waiting, [1]))
    manager = runs_all(a_wijkmanager(session))
    done(restart_vote(session, manager, budget_round, "Het bedrag klopte niet.", clock.now))
    assert roll_status(session, code) == roll_status(session, waiting) == (RollStatus.ISSUED, None)
    assert (entries(session), stack.is_void()) == ([], True)
    assert entered(session, a_helper(session), stack, 3, code, [1]) == refused(Refusal.STACK_VOID)
    done(open_vote(session, manager, budget_round, clock.now))
    assert entered(session, a_helper(session), stack, 3, code, [1]) == refused(Refusal.STACK_VOID)
    helper = a_helper(session).actor()
    anew = done(make_stack(session, helper, budget_round, stack.label, RECEIVED, 1, RECEIVED, clock.now))
    session.commit()
    entered_twice(session, anew, [(code, [2])])
    signed(session, anew)
    clock.turn_to(budget_round.clock().closes_at)
    assert count_it(session, budget_round).ballots == 1  # the old stack holds nothing up


def test_a_file_comes_in_whole_or_not_at_all(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    one, other = codes(session, budget_round, 2)
    stack, clerk = a_stack(session, budget_round), a_helper(session)

    def read(text: str, who: Account = clerk) -> object:
        outcome = import_entries(session, who.actor(), stack, text.encode(), SECRET_KEY, clock.now)
        session.commit()
        return outcome

    wrong = f"vel,code,keuze\n1,{one},1+2\n2,{other},9\n9,,niets gekozen\n"
    refusals = {
        3: refused(Refusal.CHOICE_UNKNOWN, plan=9),
        4: refused(Refusal.SHEET_UNKNOWN, sheet=9, sheets=3),
    }
    assert read(wrong) == WrongLines(refusals)
    assert (entries(session), roll_status(session, one)) == ([], (RollStatus.ISSUED, None))
    for unreadable, line in (("sheet,code\n", 1), ("vel,code,keuze\n1,2\n", 2)):
        assert read(unreadable) == WrongLines({line: refused(Refusal.LINE_UNREADABLE)})
    good = f"\ufeffvel;code;keuze\r\n3;;niets gekozen\r\n1;{one};1+2\r\n2;{other};3\r\n"
    assert read(good) == Imported(entered=3, same=0, differ=0)
    assert read(good.replace(";3\r", ";1\r"), a_helper(session)) == Imported(entered=3, same=0, differ=1)
    assert cast_choices(session) == ["[1,2]"]


def test_a_file_that_comes_in_twice_changes_nothing(session: Session, clock: TurnableClock) -> None:
    """Abuse case 59: also when the sheets were settled meanwhile."""
    budget_round = a_round(session)
    one, other = codes(session, budget_round, 2)
    stack, clerk, second = a_stack(session, budget_round), a_helper(session), a_helper(session)
    source = f"vel,code,keuze\n1,{one},1 2\n2,{other},3\n".encode()
    for who in (clerk, clerk, second, second, clerk):
        done(import_entries(session, who.actor(), stack, source, SECRET_KEY, clock.now))
        session.commit()
    again = import_entries(session, clerk.actor(), stack, source, SECRET_KEY, clock.now)
    assert again == Imported(entered=0, same=2, differ=0)
    assert cast_choices(session) == ["[1,2]", "[3]"]
    assert len(entries(session)) == 4
