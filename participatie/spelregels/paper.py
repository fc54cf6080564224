"""When does a vote on paper count? After two people wrote down the same, apart from each other."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.codes import SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode, read_code
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused
from participatie.spelregels.votes import BallotKind, Channel, Choice, RollStatus, RoundClock
from participatie.spelregels.wijkbudget import RoundStatus

#: A stack is what two people can count in one go.
MOST_SHEETS = 1000
#: Below this many, a number of ballots could point at people.
SHOWN_FROM = 10
LONGEST_NUMBER = 6  # digits of a plan or its points
SHOWN_OF_NONSENSE = 20  # characters


class SheetStatus(StrEnum):
    """What became of one sheet of a stack. The last three are settled for good."""

    EMPTY = "leeg"
    ENTERED = "één keer ingevoerd"
    MISMATCH = "verschil"
    COUNTED = "geteld"
    INVALID = "ongeldig"
    REJECTED = "afgewezen"


#: Nothing more has to be done with a sheet in one of these.
SETTLED = (SheetStatus.COUNTED, SheetStatus.INVALID, SheetStatus.REJECTED)


class Why(StrEnum):
    """Why a sheet is no vote: the first four people see on the sheet, the others the computer knows of its code."""

    UNREADABLE = "niet te lezen"
    EMPTY = "niets gekozen"
    OVER_LIMITS = "te veel of te weinig gekozen"
    NO_CODE = "geen goede stemcode"
    VOTED_ONLINE = "al online gestemd"
    ON_OTHER_SHEET = "stemcode op een ander vel"
    REVOKED = "stemcode ingetrokken"


#: What somebody who enters a sheet may say of it.
SEEN_ON_SHEET = (Why.UNREADABLE, Why.EMPTY, Why.OVER_LIMITS, Why.NO_CODE)


class Choose(StrEnum):
    """How a difference between two entries is settled."""

    FIRST = "de eerste invoer"
    SECOND = "de tweede invoer"
    INVALID = "ongeldig"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person wrote down of a sheet: the key of its code with the choices, or why it is no vote."""

    ballot_key: str | None
    choices: str | None
    why: Why | None


@dataclass(frozen=True, slots=True)
class StackFacts:
    """How far a stack is: `settled` of its `sheets`, and whether a second person signed that number."""

    label: str
    sheets: int
    settled: int
    is_signed: bool


def may_work_on_paper(status: RoundStatus, *, is_void: bool = False) -> Verdict:
    """Refuse before the opening and once the ballots are counted, and a stack of a vote that was done over.

    The close of the vote does not end it: what came in on paper before is entered until the count.
    """
    if is_void:
        return refused(Refusal.STACK_VOID)
    if status is RoundStatus.DRAFT:
        return refused(Refusal.VOTE_NOT_OPEN)
    return Allowed() if status is RoundStatus.OPEN else refused(Refusal.ALREADY_COUNTED)


def voting_days(clock: RoundClock) -> tuple[date, date]:
    """Return the first and the last day on which somebody can vote, by the calendar of Amsterdam."""
    last = clock.closes_at - timedelta(microseconds=1)
    return clock.opens_at.astimezone(AMSTERDAM).date(), last.astimezone(AMSTERDAM).date()


def may_be_received(clock: RoundClock, received_on: date, today: date) -> Verdict:
    """Refuse paper that came in before the vote opened, after it closed (abuse case 8), or on a day to come."""
    first, last = voting_days(clock)
    if not first <= received_on <= last:
        return refused(Refusal.PAPER_NOT_IN_TIME, first=f"{first:%d-%m-%Y}", last=f"{last:%d-%m-%Y}")
    return Allowed() if received_on <= today else refused(Refusal.DAY_TO_COME)


def hour_of(received_on: date, clock: RoundClock) -> datetime:
    """Return the hour that a ballot on paper gets: the same for a whole stack, and always within the vote.

    So neither when a voter handed it in nor when somebody entered it is kept.
    """
    noon = datetime.combine(received_on, time(12), AMSTERDAM).astimezone(UTC)
    last = clock.closes_at - timedelta(microseconds=1)
    return max(min(noon, last), clock.opens_at).replace(minute=0, second=0, microsecond=0)


def may_enter_sheet(number: int, sheets: int, status: SheetStatus, entered_by: Collection[int], who: int) -> Verdict:
    """Refuse a number that the stack does not have, a sheet that has its two entries, and one person twice."""
    if not 1 <= number <= sheets:
        return refused(Refusal.SHEET_UNKNOWN, sheet=number, sheets=sheets)
    if who in entered_by:
        return refused(Refusal.SHEET_ENTERED_BY_YOU, sheet=number)
    if status not in (SheetStatus.EMPTY, SheetStatus.ENTERED):
        return refused(Refusal.SHEET_SETTLED, sheet=number)
    return Allowed()


def next_sheet(sheets: int, seen: Mapping[int, tuple[SheetStatus, bool]], after: int) -> int | None:
    """Return the sheet that somebody can enter next: the first above `after`, or else the first of all; None when done.

    `seen` has the status of each sheet with a row, and whether this person entered it.
    """
    free = [
        number
        for number in range(1, sheets + 1)
        if seen.get(number, (SheetStatus.EMPTY, False)) in ((SheetStatus.EMPTY, False), (SheetStatus.ENTERED, False))
    ]
    return next((number for number in free if number > after), free[0] if free else None)


def why_not_counted(status: RollStatus, channel: Channel | None) -> Why | None:
    """Say why a sheet with this code is no vote, or None when the code is free (abuse case 57)."""
    if status is RollStatus.REVOKED:
        return Why.REVOKED
    if status is RollStatus.ISSUED:
        return None
    return Why.ON_OTHER_SHEET if channel is Channel.PAPER else Why.VOTED_ONLINE


def may_take_back(status: SheetStatus, entered_by: Sequence[int], who: int) -> Verdict:
    """Refuse taking back what somebody else entered, or what was compared with a second entry."""
    once = status in (SheetStatus.ENTERED, SheetStatus.REJECTED) and len(entered_by) == 1
    return Allowed() if once and who in entered_by else refused(Refusal.ENTRY_STAYS)


def may_settle(status: SheetStatus, motive: str, choose: Choose, why: Why | None) -> Verdict:
    """Refuse to settle where nothing differs, without a reason, and `invalid` without what is wrong with the sheet."""
    if status is not SheetStatus.MISMATCH:
        return refused(Refusal.NO_MISMATCH)
    if not motive.strip() or (choose is Choose.INVALID and why not in SEEN_ON_SHEET):
        return refused(Refusal.REASON_MISSING)
    return Allowed()


def may_decide(entered_by: Collection[int], who: int, proposed_by: int | None, *, is_same: bool) -> Verdict:
    """Refuse that one of the two who entered a sheet says the same twice; nobody of them decides alone (abuse case 58).

    `is_same` tells whether this is what `proposed_by` proposed.
    """
    alone = who in entered_by and proposed_by == who and is_same
    return refused(Refusal.SAME_PERSON) if alone else Allowed()


def may_sign(counted_by: int, who: int, sheets: int, counted: int) -> Verdict:
    """Refuse a signature by who counted the stack, and one under another number than was counted first."""
    if who == counted_by:
        return refused(Refusal.SAME_PERSON)
    if counted != sheets:
        return refused(Refusal.TOTALS_DIFFER, counted=counted, sheets=sheets)
    return Allowed()


def may_change_total(sheets: int, highest_entered: int) -> Verdict:
    """Refuse a total below a sheet that is entered already; a stack of no sheets goes away altogether."""
    return refused(Refusal.SHEETS_IN_USE, sheet=highest_entered) if sheets < highest_entered else Allowed()


def stacks_are_ready(stacks: Sequence[StackFacts]) -> Verdict:
    """Refuse counting while a stack has sheets that are not settled, or a total that nobody signed."""
    for stack in stacks:
        if stack.settled < stack.sheets:
            return refused(Refusal.STACK_INCOMPLETE, stack=stack.label, count=stack.sheets - stack.settled)
        if not stack.is_signed:
            return refused(Refusal.STACK_UNSIGNED, stack=stack.label)
    return Allowed()


def code_on_sheet(typed: str) -> VotingCode | None:
    """Return the code on a sheet, also with the mark of its batch before it; None when there is none."""
    code = read_code(typed)
    if code is None:
        signs = re.sub(r"[^0-9A-Za-z]", "", typed)
        code = read_code(signs[-(SELECTOR_LENGTH + VERIFIER_LENGTH + 1) :])
    return code


def choices_on_sheet(typed: str, kind: BallotKind) -> list[Choice] | Refused:
    """Read what somebody typed of the choices: numbers with spaces, commas or `+` between them.

    With points each number has its points behind a colon or `=`, as `3:5`; in a ranking the best stands first.
    Whether the plans are on the ballot is not asked here.
    """
    found: list[Choice] = []
    for part in re.split(r"[\s,;+]+", re.sub(r"\s*([:=])\s*", r"\1", typed.strip())):
        number, sign, points = re.sub("=", ":", part).partition(":")
        if not part:
            continue
        if not _is_number(number):
            return refused(Refusal.CHOICE_UNKNOWN, plan=part[:SHOWN_OF_NONSENSE])
        if (kind is BallotKind.POINTS) != bool(sign) or (sign and not _is_number(points)):
            return refused(Refusal.POINTS_WRONG, plan=int(number))
        found.append((int(number), int(points)) if sign else int(number))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


class Shown(StrEnum):
    """How a number of ballots is shown to everybody."""

    EXACT = "precies"
    FEW = "minder dan tien"
    MANY = "tien of meer"


def shown_as(count: int, others: int = 0) -> Shown:
    """Say how to show a number, so that neither it nor the `others` that make up a public total are few and known.

    Who knows the total takes one from the other (abuse case 53).
    """
    if 0 < count < SHOWN_FROM:
        return Shown.FEW
    return Shown.MANY if 0 < others < SHOWN_FROM else Shown.EXACT


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """How many ballots came in on paper and how many did not; `not_counted` is by reason, without those that are zero."""

    counted: int
    others: int
    not_counted: Mapping[Why, int]
