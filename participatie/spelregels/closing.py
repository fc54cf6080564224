"""May a phase or a traject close, and what may be published on the way: a document, the final report, more time?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from participatie.spelregels.duties import FROM_LEVEL, OF_PHASE, Duty, DutyState, Obligation
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: No more time can be taken for these: a report is what closing is, and a panel knew its term before it began.
NEVER_EXTENDED = frozenset({Duty.REPORT, Duty.ADVICE})
#: What is owed can still be done in a traject that is closed, but for a document; and nobody is left without an answer.
#: More time for one of these lets a phase close, and keeps the traject open.
NOT_AFTER_CLOSING = frozenset({Duty.PRODUCT, Duty.ANSWERS, Duty.DISPUTES, Duty.ADVICE})
_NO_WAY_ROUND = NEVER_EXTENDED | NOT_AFTER_CLOSING


def _stands_in_the_way(obligation: Obligation) -> bool:
    if obligation.state is DutyState.KEPT:
        return False
    return not obligation.extended or obligation.duty in NEVER_EXTENDED


def in_the_way_of_phase(phase: PhaseFacts, duties: Sequence[Obligation]) -> tuple[Obligation, ...]:
    """Return the duties of a phase that are open and were not extended in public. Its level is the highest promised."""
    of_phase = (each for each in duties if each.duty in OF_PHASE[phase.kind])
    return tuple(each for each in of_phase if phase.level.reaches(FROM_LEVEL[each.duty]) and _stands_in_the_way(each))


def in_the_way_of_traject(duties: Sequence[Obligation]) -> tuple[Obligation, ...]:
    """Return the duties that keep a traject open. The duty to give news ends with the traject, so it is not one."""
    owed = (each for each in duties if each.duty is not Duty.NEWS and each.state is not DutyState.KEPT)
    return tuple(each for each in owed if each.duty in NOT_AFTER_CLOSING or _stands_in_the_way(each))


def may_close_phase(
    phase: PhaseFacts, before: Sequence[PhaseFacts], duties: Sequence[Obligation], now: datetime
) -> Verdict:
    """Refuse to close a phase twice, before its end, before an earlier one, or while a duty of it stands in the way.

    `before` are the phases before it, `duties` what is owed for this phase.
    """
    if phase.closed_at is not None:
        return refused(Refusal.PHASE_ALREADY_CLOSED)
    if now < phase.ends_at:
        return refused(Refusal.PHASE_STILL_RUNS)
    still_open = _first_open(before)
    if not still_open:
        return still_open
    return _duty_open(in_the_way_of_phase(phase, duties))


def may_close_traject(phases: Sequence[PhaseFacts], duties: Sequence[Obligation]) -> Verdict:
    """Refuse to close a traject with a phase or a duty still open; without its report or an answer it never closes."""
    still_open = _first_open(phases)
    return still_open if not still_open else _duty_open(in_the_way_of_traject(duties), _NO_WAY_ROUND)


def _first_open(phases: Sequence[PhaseFacts]) -> Verdict:
    for position, phase in enumerate(phases, start=1):
        if phase.closed_at is None:
            return refused(Refusal.PHASE_NOT_CLOSED, position=position, phases=phase.kind)
    return Allowed()


def _duty_open(duties: Sequence[Obligation], no_way_round: frozenset[Duty] = NEVER_EXTENDED) -> Verdict:
    """Refuse by the first of these duties; whether more time would help is another refusal."""
    if not duties:
        return Allowed()
    first = duties[0]
    if first.duty in no_way_round:
        return refused(Refusal.DUTY_FIRST, duty=first.duty, count=first.open)
    return refused(Refusal.DUTY_OPEN, duty=first.duty, count=first.open)


def can_be_extended(obligation: Obligation) -> bool:
    """Tell whether more time can be taken for a duty: it is open, and it is one that can wait."""
    return obligation.state is not DutyState.KEPT and obligation.duty not in NEVER_EXTENDED


def may_extend_duty(duties: Sequence[Obligation], duty: Duty, until: datetime, reason: str, now: datetime) -> Verdict:
    """Refuse more time for a duty that is kept or cannot wait, without a reason, or until a moment before the one promised."""
    found = next((each for each in duties if each.duty is duty and can_be_extended(each)), None)
    if found is None:
        return refused(Refusal.NO_SUCH_DUTY)
    if until <= max(now, found.due_at or now):
        return refused(Refusal.EXTENSION_NOT_LATER)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_draft_product(phase: PhaseFacts, adopted_at: datetime | None, now: datetime) -> Verdict:
    """Refuse a draft in a phase that ends in no document or did not begin, or of one that was adopted."""
    if phase.kind not in WITH_PRODUCT:
        return refused(Refusal.NO_PRODUCT_HERE)
    if now < phase.starts_at:
        return refused(Refusal.WRONG_PHASE, phases=phase.kind)
    return refused(Refusal.ALREADY_PUBLISHED) if adopted_at is not None else Allowed()


def react_until(drafted_at: datetime, reaction_days: int) -> datetime:
    """Return until when residents can react to a draft."""
    return drafted_at + timedelta(days=reaction_days)


def may_adopt_product(
    kind: PhaseKind, drafted_at: datetime | None, adopted_at: datetime | None, reaction_days: int, now: datetime
) -> Verdict:
    """Refuse to adopt a document that residents could not react to for the time promised (Delft, fixture D1 of seed 004)."""
    if kind not in WITH_PRODUCT:
        return refused(Refusal.NO_PRODUCT_HERE)
    if drafted_at is None:
        return refused(Refusal.PRODUCT_MISSING)
    if adopted_at is not None:
        return refused(Refusal.ALREADY_PUBLISHED)
    until = react_until(drafted_at, reaction_days)
    if now < until:
        return refused(Refusal.REACTION_TIME_RUNS, until=f"{until:%d-%m-%Y}")
    return Allowed()


def may_publish_report(phases: Sequence[PhaseFacts], used: str, not_used: str, *, published: bool) -> Verdict:
    """Refuse a second report, one that leaves out what was or was not used, and one of a traject that still goes on.

    Every phase that the report tells of is closed first; the phase of accounting for it is where it is written.
    """
    if published:
        return refused(Refusal.ALREADY_PUBLISHED)
    for position, phase in enumerate(phases, start=1):
        if phase.kind is not PhaseKind.ACCOUNT and phase.closed_at is None:
            return refused(Refusal.PHASE_NOT_CLOSED, position=position, phases=phase.kind)
    return Allowed() if used.strip() and not_used.strip() else refused(Refusal.REASON_MISSING)
