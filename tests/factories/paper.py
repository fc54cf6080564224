"""Stacks of ballots on paper, and the people who enter them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from participatie.actions.votes.paper import Written, enter_sheet, make_stack, sign_stack
from participatie.models.accounts import Account
from participatie.models.votes import PaperSheet, PaperStack
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import Why
from participatie.spelregels.permissions import Role
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import Choices
from tests.factories.people import a_wijkmanager, an_account, done, next_number, now_of
from tests.factories.rounds import SECRET_KEY, codes

RECEIVED = date(2026, 5, 3)  # the day before the usual moment


def a_helper(session: Session) -> Account:
    """Somebody who may enter ballots on paper, another one each time."""
    return an_account(session, role=Role.HELPER)


def a_stack(session: Session, budget_round: Round, sheets: int = 3, by: Account | None = None) -> PaperStack:
    """A stack that came in on the first day of the vote that was a whole one, counted by a helper of its own."""
    who = by or a_helper(session)
    stack = done(
        make_stack(
            session, who.actor(), budget_round, f"Stapel {next_number()}", RECEIVED, sheets,
            now_of(session).date(), now_of(session),
        )
    )  # fmt: skip
    session.commit()
    return stack


def entered(
    session: Session,
    who: Account,
    stack: PaperStack,
    number: int,
    code: object = "",
    choices: Choices = (),
    why: Why | None = None,
) -> PaperSheet | Refused:
    """Enter one sheet, and keep it."""
    sheet = enter_sheet(session, who.actor(), stack, number, Written(str(code), choices, why), SECRET_KEY)
    session.commit()
    return sheet


def entered_twice(
    session: Session, stack: PaperStack, sheets: Sequence[tuple[object, Choices]], first: int = 1
) -> list[Account]:
    """Let two helpers enter the same of some sheets, from number `first` on; return them."""
    clerks = [a_helper(session), a_helper(session)]
    for number, (code, choices) in enumerate(sheets, start=first):
        for clerk in clerks:
            done(entered(session, clerk, stack, number, code, choices))
    return clerks


def signed(session: Session, stack: PaperStack) -> PaperStack:
    """The stack with its total signed by the wijkmanager."""
    done(sign_stack(session, a_wijkmanager(session).actor(), stack, stack.sheets, now_of(session)))
    session.commit()
    return stack


def a_mismatch(session: Session, budget_round: Round) -> PaperSheet:
    """The first sheet of a stack, of which two helpers read different choices."""
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round, sheets=2)
    for plan in (1, 2):
        sheet = done(entered(session, a_helper(session), stack, 1, code, [plan]))
    return sheet
