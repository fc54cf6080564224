"""What is locked while somebody works on a stack, and in which order?

First the round (with all who vote, against the count), then the stack, then the sheet, then the lines of codes: everybody
in this order, so that no two wait for each other.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import ballot_key
from participatie.models.votes import PaperEntry, PaperSheet, PaperStack, VoterRoll, entries_of_sheet, sheet_by_number
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import SheetStatus, may_work_on_paper
from participatie.spelregels.verdicts import Verdict
from participatie.spelregels.votes import Channel, RollStatus

READ_AGAIN = {"populate_existing": True}


def hold_round(session: Session, budget_round: Round) -> None:
    """Read a round again behind a lock that many may share; counting and doing over wait for it."""
    session.refresh(budget_round, with_for_update={"of": Round, "read": True})


def hold_stack(session: Session, stack: PaperStack, *, alone: bool = False) -> Verdict:
    """Read a stack and its round again behind a lock; refused when nothing can be entered any more.

    `alone` is for what concerns the whole stack.
    """
    hold_round(session, stack.round)
    columns = ["sheets", "opening", "counted_by_id", "signed_by_id"]
    session.refresh(stack, columns, with_for_update={"of": PaperStack, "read": not alone})
    return may_work_on_paper(stack.round.status, is_void=stack.is_void())


def hold_sheet(session: Session, stack: PaperStack, number: int) -> tuple[PaperSheet, list[PaperEntry]]:
    """Return one sheet behind a lock, made if nobody entered it yet, with its entries."""
    row = {"stack_id": stack.id, "round_id": stack.round_id, "number": number, "status": SheetStatus.EMPTY}
    made = upserting(session)(PaperSheet).values(row)
    session.execute(made.on_conflict_do_nothing(index_elements=[PaperSheet.stack_id, PaperSheet.number]))
    locked = sheet_by_number(stack.id, number).with_for_update(of=PaperSheet)
    sheet = session.scalars(locked, execution_options=READ_AGAIN).one()
    return sheet, list(session.scalars(entries_of_sheet(sheet.id), execution_options=READ_AGAIN))


def hold_lines(session: Session, budget_round: Round, keys: Collection[str | None]) -> dict[str, VoterRoll]:
    """Return the lines of the roll behind some keys, locked in a fixed order.

    A key tells its code only to who tries every code of the round with the round's secret, as here.
    """
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    selectors = session.scalars(select(VoterRoll.selector).where(VoterRoll.round_id == budget_round.id))
    found = {selector: key for selector in selectors if (key := ballot_key(budget_round, selector)) in wanted}
    lines = (
        select(VoterRoll)
        .where(VoterRoll.round_id == budget_round.id, VoterRoll.selector.in_(found))
        .order_by(VoterRoll.id)
        .with_for_update()
    )
    return {found[line.selector]: line for line in session.scalars(lines, execution_options=READ_AGAIN)}


def claim(sheet: PaperSheet, key: str, line: VoterRoll) -> None:
    """Hold a code back for a sheet: from now on nobody votes online with it."""
    sheet.ballot_key = key
    line.status, line.channel = RollStatus.USED, Channel.PAPER


def let_go_of(sheet: PaperSheet, line: VoterRoll | None) -> None:
    """Let the code of a sheet work again; one that was revoked meanwhile stays revoked."""
    sheet.ballot_key = None
    if line is not None and line.status is RollStatus.USED and line.channel is Channel.PAPER:
        line.status, line.channel = RollStatus.ISSUED, None
