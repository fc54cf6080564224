"""How is the money of a plan written down: committed, paid, given back, reversed, and settled at the end?"""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.wijkbudget.execution import earned_by, hold_line, money_for
from participatie.models.wijkbudget import (
    LedgerEntry,
    Plan,
    Purse,
    Receipt,
    milestones,
    open_cents_of,
    plan_result,
    purse_of,
    receipt_of,
    reversal_of,
)
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.ledger import (
    MOST_RECEIPT_MEGABYTES,
    EntryKind,
    may_pay_out,
    may_reverse,
    may_settle,
    may_take,
    may_write,
    receipt_type,
    split_evenly,
)
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import payable_cents
from participatie.spelregels.verdicts import Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.wijkbudget import may_be_done, may_carry_out


def commit_money(
    session: Session,
    actor: Actor,
    plan: Plan,
    amount_cents: int,
    to_whom: str,
    purpose: str,
    now: datetime,
    *,
    names_person: bool = False,
) -> LedgerEntry | Refused:
    """Write down that money was agreed with somebody, for something. Refused above what is free; cents."""
    purse = _hold(session, plan)
    verdict = first_refusal(_may(session, actor, plan, purse), may_take(purse.sums(), amount_cents))
    if isinstance(verdict, Refused):
        return verdict
    session.add(purse)
    purse.committed_cents += amount_cents
    return _write(
        session, actor, plan, now, kind=EntryKind.COMMITTED, amount_cents=amount_cents, on_day=_day(now),
        to_whom=to_whom.strip(), names_person=names_person, purpose=purpose.strip(),
    )  # fmt: skip


def pay(
    session: Session,
    actor: Actor,
    plan: Plan,
    amount_cents: int,
    paid_on: date,
    purpose: str,
    now: datetime,
    commitment: LedgerEntry | None = None,
) -> LedgerEntry | Refused:
    """Write down a payment in cents, of a commitment or without one.

    Refused for a day that has not come, above what was allocated or committed, and before the part it belongs to was
    earned where the traject pays in parts.
    """
    today = _day(now)
    purse = _hold(session, plan)
    earned = earned_by(session.scalars(milestones(plan.id)).all(), today)
    payable = payable_cents(purse.allocated_cents, plan.round.traject.ruleset().payout, earned)
    committed = None if commitment is None else _open_cents(session, commitment)
    verdict = first_refusal(
        _may(session, actor, plan, purse),
        may_be_done(paid_on, today),
        may_pay_out(purse.sums(), payable, amount_cents, committed),
    )
    if isinstance(verdict, Refused):
        return verdict
    of = None if commitment is None else commitment.id
    session.add(purse)
    purse.paid_cents += amount_cents
    if commitment is not None:
        purse.committed_cents -= amount_cents
        _add(
            session, actor, plan, now, kind=EntryKind.COMMITTED, amount_cents=-amount_cents, on_day=paid_on,
            to_whom=commitment.to_whom, names_person=commitment.names_person, purpose=purpose.strip(), commitment_id=of,
        )  # fmt: skip
    return _write(
        session, actor, plan, now, kind=EntryKind.PAID, amount_cents=amount_cents, on_day=paid_on,
        to_whom="" if commitment is None else commitment.to_whom,
        names_person=commitment is not None and commitment.names_person, purpose=purpose.strip(), commitment_id=of,
    )  # fmt: skip


def give_back(
    session: Session, actor: Actor, plan: Plan, amount_cents: int, parties: Sequence[str], purpose: str, now: datetime
) -> LedgerEntry | Refused:
    """Give back what is left over: to the pot, or in equal parts to the parties that were named. Refused above what is free.

    Parts that do not come out are rounded down, and the cents that are left go to who was named first.
    """
    purse = _hold(session, plan)
    verdict = first_refusal(_may(session, actor, plan, purse), may_take(purse.sums(), amount_cents))
    if isinstance(verdict, Refused):
        return verdict
    session.add(purse)
    purse.returned_cents += amount_cents
    named = [party.strip() for party in parties if party.strip()] or [""]
    parts = [
        (party, cents)
        for party, cents in zip(named, split_evenly(amount_cents, [1] * len(named)), strict=True)
        if cents
    ]
    for party, cents in parts[1:]:
        _add(
            session, actor, plan, now, kind=EntryKind.RETURNED, amount_cents=cents, on_day=_day(now), to_whom=party,
            purpose=purpose.strip(),
        )  # fmt: skip
    party, cents = parts[0]
    return _write(
        session, actor, plan, now, kind=EntryKind.RETURNED, amount_cents=cents, on_day=_day(now), to_whom=party,
        purpose=purpose.strip(),
    )  # fmt: skip


def reverse(
    session: Session, actor: Actor, plan: Plan, entry: LedgerEntry, reason: str, now: datetime
) -> LedgerEntry | Refused:
    """Undo a line by another one with the reason; what was written stays. Of a commitment, what is still open goes.

    A payment of a commitment opens that again. Refused for what was reversed already, and for a reversal itself.
    """
    purse = _hold(session, plan)
    is_commitment = entry.kind is EntryKind.COMMITTED
    cents = _open_cents(session, entry) if is_commitment else entry.amount_cents
    verdict = first_refusal(
        _may(session, actor, plan, purse),
        may_reverse(
            is_reversal=entry.reverses_id is not None or entry.amount_cents < 0,
            is_reversed=session.scalar(reversal_of(entry.id)) is not None,
            open_cents=cents,
            reason=reason,
        ),
    )
    if isinstance(verdict, Refused):
        return verdict
    session.add(purse)
    commitment = None
    if is_commitment:
        purse.committed_cents -= cents
        commitment = entry.id
    elif entry.kind is EntryKind.PAID:
        purse.paid_cents -= cents
        commitment = entry.commitment_id
    else:
        purse.returned_cents -= cents
    same = {"on_day": _day(now), "to_whom": entry.to_whom, "names_person": entry.names_person, "purpose": entry.purpose}
    if entry.kind is EntryKind.PAID and commitment is not None:
        purse.committed_cents += cents
        _add(
            session, actor, plan, now, kind=EntryKind.COMMITTED, amount_cents=cents, commitment_id=commitment,
            reason=reason.strip(), **same,
        )  # fmt: skip
    return _write(
        session, actor, plan, now, kind=entry.kind, amount_cents=-cents, commitment_id=commitment,
        reverses_id=entry.id, reason=reason.strip(), **same,
    )  # fmt: skip


def keep_receipt(
    session: Session, actor: Actor, plan: Plan, entry: LedgerEntry, content: bytes, now: datetime
) -> Receipt | Refused:
    """Keep the file of a receipt with a payment. Refused for what is no PDF or JPG, or too large, and for a second one."""
    verdict = may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path))
    if isinstance(verdict, Refused):
        return verdict
    kind = receipt_type(content)
    if kind is None:
        return refused(Refusal.RECEIPT_UNREADABLE, megabytes=MOST_RECEIPT_MEGABYTES)
    _hold(session, plan)
    if session.scalar(receipt_of(entry.id)) is not None:
        return refused(Refusal.ALREADY_PUBLISHED)
    receipt = Receipt(
        entry_id=entry.id, media_type=kind, sha256=sha256(content).hexdigest(), content=content, at=now,
        by_id=actor.account_id,
    )  # fmt: skip
    session.add(receipt)
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, entry, now, plan=plan.id, receipt=True)
    return receipt


def settle(session: Session, actor: Actor, plan: Plan, now: datetime) -> Purse | Refused:
    """Make the final account: what was allocated is paid or given back, to the cent, and the result is public.

    From then on nothing in the ledger changes. Refused otherwise: no plan ends in silence.
    """
    purse = _hold(session, plan)
    has_result = session.scalar(plan_result(plan.id)) is not None
    verdict = first_refusal(_may(session, actor, plan, purse), may_settle(purse.sums(), has_result=has_result))
    if isinstance(verdict, Refused):
        return verdict
    purse.settled_at = now
    plan.round.traject.touch()
    record(session, actor.account_id, Do.RECORD_EXECUTION, plan.round, now, plan=plan.id, settled=True)
    return purse


def _hold(session: Session, plan: Plan) -> Purse:
    """Return the sums of a plan behind a lock: of two who write in one ledger, the second sees what the first wrote."""
    hold_line(session, plan)
    purse = session.scalar(purse_of(plan.id), execution_options={"populate_existing": True})
    if purse is None:
        purse = Purse(
            plan_id=plan.id, allocated_cents=money_for(session, plan), committed_cents=0, paid_cents=0, returned_cents=0
        )
    return purse


def _may(session: Session, actor: Actor, plan: Plan, purse: Purse) -> Verdict:
    return first_refusal(
        may(actor, Do.RECORD_EXECUTION, Place(plan.round.traject.area.path)),
        may_carry_out(plan.round.status, money_for(session, plan)),
        may_write(is_settled=purse.settled_at is not None),
    )


def _write(session: Session, actor: Actor, plan: Plan, now: datetime, **line: object) -> LedgerEntry:
    """Add a line, and leave its trace."""
    entry = _add(session, actor, plan, now, **line)
    plan.round.traject.touch()
    record(
        session, actor.account_id, Do.RECORD_EXECUTION, entry, now,
        plan=plan.id, kind=str(entry.kind), amount_cents=entry.amount_cents,
    )  # fmt: skip
    return entry


def _add(session: Session, actor: Actor, plan: Plan, now: datetime, **line: object) -> LedgerEntry:
    entry = LedgerEntry(plan_id=plan.id, by_id=actor.account_id, at=now, **line)
    session.add(entry)
    return entry


def _open_cents(session: Session, commitment: LedgerEntry) -> int:
    # PostgreSQL adds whole numbers up to a decimal one.
    return int(session.scalar(open_cents_of(commitment.id)) or 0)


def _day(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()
