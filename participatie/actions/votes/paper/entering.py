"""How is a sheet entered, twice, by two people who do not see each other's work?"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.ballots import ballot_key, canonical, random_signs
from participatie.actions.votes.casting import RECEIPT_LENGTH
from participatie.actions.votes.issuing import verifier_hash
from participatie.actions.votes.paper.holding import claim, hold_lines, hold_sheet, hold_stack, let_go_of
from participatie.models.votes import (
    DROP_DRAFT,
    Ballot,
    PaperEntry,
    PaperSheet,
    PaperStack,
    VoterRoll,
    credential,
)
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import (
    SEEN_ON_SHEET,
    Entry,
    SheetStatus,
    Why,
    code_on_sheet,
    hour_of,
    may_enter_sheet,
    may_take_back,
    why_not_counted,
)
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import Channel, Choices, RollStatus, check_choices


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a sheet: the code as typed with the choices, or `why` it is no vote."""

    code: str = ""
    choices: Choices = ()
    why: Why | None = None


def enter_sheet(
    session: Session, actor: Actor, stack: PaperStack, number: int, written: Written, secret_key: str
) -> PaperSheet | Refused:
    """Write down one sheet, as the first or as the second of two people; the returned sheet says what became of it.

    The first entry holds the code back from voting online. The second one is compared with it: when they are the same,
    the ballot is in with this transaction; otherwise nothing counts until the difference is settled. Refused are a
    code that does not exist, choices that no ballot can hold, and the same person twice.
    """
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack),
        may_enter_sheet(number, stack.sheets, SheetStatus.EMPTY, (), 0),
    )
    if isinstance(verdict, Refused):
        return verdict
    sheet, entries = hold_sheet(session, stack, number)
    who, by = actor.account_id or 0, [entry.entered_by_id for entry in entries]
    verdict = may_enter_sheet(number, stack.sheets, sheet.status, by, who)
    if isinstance(verdict, Refused):
        return verdict
    if written.why is not None:
        if written.why not in SEEN_ON_SHEET:
            return refused(Refusal.REASON_MISSING)
        return _write(session, sheet, entries, who, Entry(None, None, written.why), None)
    line = _line_of(session, stack.round, written.code, secret_key)
    if line is None:
        return refused(Refusal.PAPER_CODE_WRONG)
    if not entries and (why := why_not_counted(line.status, line.channel)) is not None:
        return _reject(session, sheet, who, why)
    limits = stack.round.limits()
    verdict = check_choices(written.choices, stack.round.plans_on_ballot(), limits)
    if isinstance(verdict, Refused):
        return verdict
    mine = Entry(ballot_key(stack.round, line.selector), canonical(written.choices, limits.ballot_kind), None)
    return _write(session, sheet, entries, who, mine, line)


def take_back(session: Session, actor: Actor, sheet: PaperSheet, now: datetime) -> PaperSheet | Refused:
    """Undo one's own first entry of a sheet, while nobody entered it a second time; the code works again."""
    stack = sheet.stack
    verdict = first_refusal(
        may(actor, Do.ENTER_PAPER, Place(stack.round.traject.area.path)),
        hold_stack(session, stack),
    )
    if isinstance(verdict, Refused):
        return verdict
    sheet, entries = hold_sheet(session, stack, sheet.number)
    by = [entry.entered_by_id for entry in entries]
    verdict = may_take_back(sheet.status, by, actor.account_id or 0)
    if isinstance(verdict, Refused):
        return verdict
    let_go_of(sheet, hold_lines(session, stack.round, {sheet.ballot_key}).get(sheet.ballot_key or ""))
    for entry in entries:
        session.delete(entry)
    sheet.status, sheet.why = SheetStatus.EMPTY, None
    record(session, actor.account_id, Do.ENTER_PAPER, stack, now, step="taken back", sheet=sheet.number)
    session.expire(sheet, ["entries"])
    return sheet


def put_ballot(session: Session, sheet: PaperSheet, key: str, choices: str) -> None:
    """Count a sheet: its ballot is in, and the sheet knows its code no longer. The key of the ballot is unique."""
    stack = sheet.stack
    ballot = Ballot(
        round_id=stack.round_id,
        ballot_key=key,
        choices=choices,
        channel=Channel.PAPER,
        receipt=random_signs(RECEIPT_LENGTH),
        cast_hour=hour_of(stack.received_on, stack.round.clock()),
    )
    sheet.ballot_key = None
    try:
        with session.begin_nested():
            session.add(ballot)
    except IntegrityError:  # the constraint decides, whatever was read before
        sheet.status, sheet.why = SheetStatus.REJECTED, Why.ON_OTHER_SHEET
        return
    session.execute(DROP_DRAFT, {"round_id": stack.round_id, "key": key})
    sheet.status, sheet.why = SheetStatus.COUNTED, None


def _write(
    session: Session,
    sheet: PaperSheet,
    entries: Sequence[PaperEntry],
    who: int,
    mine: Entry,
    line: VoterRoll | None,
) -> PaperSheet:
    """Keep an entry, and compare it if it is the second one."""
    kept = PaperEntry(
        sheet_id=sheet.id, place=len(entries) + 1, entered_by_id=who,
        ballot_key=mine.ballot_key, choices=mine.choices, why=mine.why,
    )  # fmt: skip
    session.add(kept)
    if not entries:
        sheet.status = SheetStatus.ENTERED
    elif entries[0].facts() != mine:
        sheet.status = SheetStatus.MISMATCH
    elif mine.ballot_key is None or mine.choices is None:
        sheet.status, sheet.why = SheetStatus.INVALID, mine.why
    elif line is None or line.status is RollStatus.REVOKED:
        sheet.ballot_key, sheet.status, sheet.why = None, SheetStatus.REJECTED, Why.REVOKED
    else:
        put_ballot(session, sheet, mine.ballot_key, mine.choices)
    if sheet.status in (SheetStatus.ENTERED, SheetStatus.MISMATCH):
        is_free = line is not None and why_not_counted(line.status, line.channel) is None
        if line is not None and mine.ballot_key is not None and sheet.ballot_key is None and is_free:
            claim(sheet, mine.ballot_key, line)
    else:  # they are the same, so nothing of what they say has to be kept
        for entry in (*entries, kept):
            entry.ballot_key = entry.choices = None
    session.flush()
    session.expire(sheet, ["entries"])
    return sheet


def _reject(session: Session, sheet: PaperSheet, who: int, why: Why) -> PaperSheet:
    """Keep that there is a sheet with a code that does not count any more; what it says does not matter."""
    session.add(PaperEntry(sheet_id=sheet.id, place=1, entered_by_id=who))
    sheet.status, sheet.why = SheetStatus.REJECTED, why
    session.flush()
    session.expire(sheet, ["entries"])
    return sheet


def _line_of(session: Session, budget_round: Round, typed: str, secret_key: str) -> VoterRoll | None:
    """Return the line of the code on a sheet behind a lock, or None when there is no such code."""
    code = code_on_sheet(typed)
    if code is None:
        return None
    again = {"populate_existing": True}
    locked = credential(budget_round.id, code.selector).with_for_update()
    line = session.scalar(locked, execution_options=again)
    given = verifier_hash(secret_key, budget_round.id, code)
    return line if line is not None and hmac.compare_digest(line.verifier_hash, given) else None
