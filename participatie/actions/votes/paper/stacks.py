"""How does a stack of ballots on paper come in, and who vouches for the number of sheets in it?"""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.paper.holding import hold_round, hold_stack
from participatie.models.votes import PaperSheet, PaperStack, highest_entered
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import may_be_received, may_change_total, may_sign, may_work_on_paper
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused


def make_stack(
    session: Session,
    actor: Actor,
    budget_round: Round,
    label: str,
    received_on: date,
    sheets: int,
    today: date,
    now: datetime,
) -> PaperStack | Refused:
    """Write down that a stack came in, with the number of sheets that this person counted. `today` is in Amsterdam.

    Refused for paper that came in outside the days of the vote, once the ballots are counted, and where there are no codes.
    """
    hold_round(session, budget_round)
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, Place(budget_round.traject.area.path)),
        may_use_letters(budget_round.method()),
        may_work_on_paper(budget_round.status),
        may_be_received(budget_round.clock(), received_on, today),
    )
    if isinstance(verdict, Refused):
        return verdict
    stack = PaperStack(
        round=budget_round,
        opening=budget_round.opening,
        label=label.strip(),
        received_on=received_on,
        sheets=sheets,
        counted_by_id=actor.account_id or 0,
    )
    try:
        with session.begin_nested():
            session.add(stack)
    except IntegrityError:
        return refused(Refusal.STACK_NAME_TAKEN)
    record(session, actor.account_id, Do.ENTER_PAPER, stack, now, step="made", sheets=sheets)
    return stack


def change_total(session: Session, actor: Actor, stack: PaperStack, sheets: int, now: datetime) -> PaperStack | Refused:
    """Write down another number of sheets, counted anew by this person; it has to be signed again."""
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack, alone=True),
    )
    if isinstance(verdict, Refused):
        return verdict
    verdict = may_change_total(sheets, session.scalar(highest_entered(stack.id)) or 0)
    if isinstance(verdict, Refused):
        return verdict
    before, stack.sheets = stack.sheets, sheets
    stack.counted_by_id, stack.signed_by_id = actor.account_id or 0, None
    record(session, actor.account_id, Do.ENTER_PAPER, stack, now, step="counted again", sheets=sheets, before=before)
    return stack


def sign_stack(session: Session, actor: Actor, stack: PaperStack, counted: int, now: datetime) -> PaperStack | Refused:
    """Sign the number of sheets of a stack: a second person counted it too, and found the same."""
    verdict = first_refusal(
        may(actor, Do.SETTLE_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack, alone=True),
    )
    if isinstance(verdict, Refused):
        return verdict
    verdict = may_sign(stack.counted_by_id, actor.account_id or 0, stack.sheets, counted)
    if isinstance(verdict, Refused):
        return verdict
    stack.signed_by_id = actor.account_id
    record(session, actor.account_id, Do.SETTLE_PAPER, stack, now, step="signed", sheets=stack.sheets)
    return stack


def remove_stack(session: Session, actor: Actor, stack: PaperStack, now: datetime) -> bool | Refused:
    """Take away a stack that was written down by mistake; refused once a sheet of it was entered."""
    verdict = first_refusal(
        may(actor, Do.SETTLE_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack, alone=True),
    )
    if isinstance(verdict, Refused):
        return verdict
    verdict = may_change_total(0, session.scalar(highest_entered(stack.id)) or 0)
    if isinstance(verdict, Refused):
        return verdict
    record(session, actor.account_id, Do.SETTLE_PAPER, stack, now, step="removed", sheets=stack.sheets)
    session.execute(delete(PaperSheet).where(PaperSheet.stack_id == stack.id))
    session.execute(delete(PaperStack).where(PaperStack.id == stack.id))
    return True
