"""How is a difference between two entries settled: by a third person, or by the two together?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.paper.entering import put_ballot
from participatie.actions.votes.paper.holding import claim, hold_lines, hold_sheet, hold_stack, let_go_of
from participatie.models.votes import PaperEntry, PaperSheet
from participatie.spelregels.paper import Choose, SheetStatus, Why, may_decide, may_settle, why_not_counted
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.votes import RollStatus


def settle_sheet(
    session: Session, actor: Actor, sheet: PaperSheet, choose: Choose, why: Why | None, motive: str, now: datetime
) -> PaperSheet | Refused:
    """Choose one of two entries that differ, or say that the sheet is invalid and why.

    A wijkmanager who entered neither decides at once. One of the two who did proposes, and the other one agrees by
    choosing the same; until then nothing is settled. Both entries stay to be compared until the count.
    """
    stack, why = sheet.stack, why if choose is Choose.INVALID else None
    sheet_is_mine = actor.account_id in [entry.entered_by_id for entry in sheet.entries]
    place = Place(stack.round.traject.area.path)
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, place) if sheet_is_mine else may(actor, Do.SETTLE_PAPER, place),
        hold_stack(session, stack),
    )
    if isinstance(verdict, Refused):
        return verdict
    sheet, entries = hold_sheet(session, stack, sheet.number)
    who, by = actor.account_id or 0, [entry.entered_by_id for entry in entries]
    proposed_by = sheet.settled_by_id
    is_same = proposed_by is not None and (sheet.choose, sheet.why) == (choose, why)
    verdict = first_refusal(
        may_settle(sheet.status, motive, choose, why),
        may_decide(by, who, proposed_by, is_same=is_same),
    )
    if isinstance(verdict, Refused):
        return verdict
    agrees = is_same and who in by
    if agrees:
        sheet.settled_with_id = who
    else:
        sheet.choose, sheet.why, sheet.motive = choose, why, motive.strip()
        sheet.settled_by_id = who
    if agrees or who not in by:
        _finish(session, sheet, entries, choose)
    done_by = Do.ENTER_PAPER if sheet_is_mine else Do.SETTLE_PAPER
    record(
        session, actor.account_id, done_by, stack, now,
        step=sheet.status.value, sheet=sheet.number, choose=choose.value,
    )  # fmt: skip
    return sheet


def _finish(session: Session, sheet: PaperSheet, entries: Sequence[PaperEntry], choose: Choose) -> None:
    """Let the sheet be what was chosen."""
    budget_round = sheet.stack.round
    chosen = None if choose is Choose.INVALID else entries[0 if choose is Choose.FIRST else 1]
    key = chosen.ballot_key if chosen is not None else None
    held = sheet.ballot_key
    lines = hold_lines(session, budget_round, {held, key})
    if held is not None and held != key:
        let_go_of(sheet, lines.get(held))
    if chosen is None or key is None or chosen.choices is None:
        sheet.status, sheet.why = SheetStatus.INVALID, chosen.why if chosen is not None else sheet.why
        return
    line = lines.get(key)
    if line is None or line.status is RollStatus.REVOKED:
        sheet.ballot_key, sheet.status, sheet.why = None, SheetStatus.REJECTED, Why.REVOKED
        return
    if held != key:
        taken = why_not_counted(line.status, line.channel)
        if taken is not None:
            sheet.status, sheet.why = SheetStatus.REJECTED, taken
            return
        claim(sheet, key, line)
    put_ballot(session, sheet, key, chosen.choices)
