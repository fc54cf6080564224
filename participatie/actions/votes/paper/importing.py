"""How do the entries of one person come in from a file, all of them or none?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.lines import LineError, rows_of
from participatie.actions.record import record
from participatie.actions.votes.paper.entering import Written, enter_sheet
from participatie.actions.votes.paper.holding import hold_stack
from participatie.models.votes import PaperStack
from participatie.spelregels.paper import MOST_SHEETS, SEEN_ON_SHEET, SheetStatus, choices_on_sheet
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused

COLUMNS = ("vel", "code", "keuze")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many sheets of a file were entered, and how many this person had entered already."""

    entered: int
    same: int
    differ: int


@dataclass(frozen=True, slots=True)
class WrongLines:
    """The lines of a file that cannot be entered, by number, each with its reason; nothing came in."""

    lines: Mapping[int, Refused]


def import_entries(
    session: Session, actor: Actor, stack: PaperStack, source: bytes, secret_key: str, now: datetime
) -> Imported | WrongLines | Refused:
    """Enter the sheets of a CSV file as this person: `vel,code,keuze`, with choices as they are typed on the screen.

    In place of the choices may stand why a sheet is no vote. A sheet that this person entered before is passed over,
    so that the same file twice changes nothing (abuse case 59).
    """
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack, alone=True),
    )
    if isinstance(verdict, Refused):
        return verdict
    wrong: dict[int, Refused] = {}
    entered = same = differ = 0
    savepoint = session.begin_nested()
    try:
        for line, cells in rows_of(source, "vellen.csv", COLUMNS):
            outcome = _enter(session, actor, stack, cells, secret_key)
            if not isinstance(outcome, Refused):
                entered += 1
                differ += outcome is SheetStatus.MISMATCH
            elif outcome.code is Refusal.SHEET_ENTERED_BY_YOU:
                same += 1
            else:
                wrong[line] = outcome
    except LineError as error:
        wrong[error.line] = refused(Refusal.LINE_UNREADABLE)
    if wrong:
        savepoint.rollback()
        return WrongLines(wrong)
    savepoint.commit()
    if entered:
        record(session, actor.account_id, Do.ENTER_PAPER, stack, now, step="imported", sheets=entered)
    return Imported(entered, same, differ)


def _enter(
    session: Session, actor: Actor, stack: PaperStack, cells: list[str], secret_key: str
) -> SheetStatus | Refused:
    number, code, typed = cells
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST_SHEETS))):
        return refused(Refusal.SHEET_UNKNOWN, sheet=number[:20], sheets=stack.sheets)
    why = next((each for each in SEEN_ON_SHEET if each.value == typed.lower()), None)
    choices = choices_on_sheet(typed, stack.round.limits().ballot_kind) if why is None else []
    if isinstance(choices, Refused):
        return choices
    outcome = enter_sheet(session, actor, stack, int(number), Written(code, choices, why), secret_key)
    return outcome if isinstance(outcome, Refused) else outcome.status
