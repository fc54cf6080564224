"""May this be written in the ledger of a plan? What it got is committed, paid, given back or free, to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused
from participatie.spelregels.wijkbudget import may_pay

#: The largest file of a receipt, in megabytes.
MOST_RECEIPT_MEGABYTES = 5
#: How the files begin that a receipt may be.
RECEIPTS: dict[str, bytes] = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff"}


class EntryKind(StrEnum):
    """What a line of the ledger is about."""

    PAID = "betaling"
    COMMITTED = "verplichting"
    RETURNED = "teruggegeven"


@dataclass(frozen=True, slots=True)
class Sums:
    """What became of the money of a plan, or of several together. Cents; what is not named is still free."""

    allocated: int
    committed: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def free(self) -> int:
        """Return what is not committed, not paid and not given back."""
        return self.allocated - self.committed - self.paid - self.returned

    def __add__(self, other: "Sums") -> "Sums":
        """Return the sums of both together."""
        return Sums(
            self.allocated + other.allocated,
            self.committed + other.committed,
            self.paid + other.paid,
            self.returned + other.returned,
        )


def may_take(sums: Sums, amount_cents: int) -> Verdict:
    """Refuse to commit or give back more than is free."""
    over = amount_cents - sums.free
    return refused(Refusal.OVER_FREE, over_cents=over) if over > 0 else Allowed()


def may_pay_out(sums: Sums, payable_cents: int, amount_cents: int, committed_cents: int | None = None) -> Verdict:
    """Refuse a payment above what was allocated, before its part was earned, above its commitment, or above what is free.

    `committed_cents` is what is open of the commitment that is paid, None for a payment that nothing was committed for.
    """
    verdict = may_pay(payable_cents, sums.allocated, sums.paid, amount_cents)
    if isinstance(verdict, Refused):
        return verdict
    if committed_cents is None:
        return may_take(sums, amount_cents)
    over = amount_cents - committed_cents
    return refused(Refusal.OVER_COMMITMENT, over_cents=over) if over > 0 else Allowed()


def may_reverse(*, is_reversal: bool, is_reversed: bool, open_cents: int, reason: str) -> Verdict:
    """Refuse to reverse a reversal, a line twice, a commitment of which all is paid, and without a reason."""
    if is_reversal or is_reversed or open_cents <= 0:
        return refused(Refusal.ALREADY_REVERSED)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_write(*, is_settled: bool) -> Verdict:
    """Refuse any change after the final account."""
    return refused(Refusal.ACCOUNT_CLOSED) if is_settled else Allowed()


def may_settle(sums: Sums, *, has_result: bool) -> Verdict:
    """Refuse to end a plan in silence, or with money that was neither paid nor given back."""
    if not has_result:
        return refused(Refusal.RESULT_MISSING)
    still_open = sums.allocated - sums.paid - sums.returned
    return refused(Refusal.ACCOUNT_OPEN, open_cents=still_open) if still_open else Allowed()


def may_publish_result(text: str, makers: Sequence[str], *, consent: bool, is_published: bool) -> Verdict:
    """Refuse a second result, one without words, and names of people who were not asked."""
    if is_published:
        return refused(Refusal.ALREADY_PUBLISHED)
    if not text.strip():
        return refused(Refusal.REASON_MISSING)
    return refused(Refusal.MAKERS_NOT_ASKED) if makers and not consent else Allowed()


def receipt_type(content: bytes) -> str | None:
    """Return the type of a receipt by how the file begins; None for what is no receipt, or too large."""
    if len(content) > MOST_RECEIPT_MEGABYTES * 1_000_000:
        return None
    return next((kind for kind, start in RECEIPTS.items() if content.startswith(start)), None)


def split_evenly(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount in proportion to whole weights, so that the parts are together exactly the amount.

    Each gets its part rounded down; the cents that are left go one by one to the largest remainders, and among
    equal ones to who was named first (Ruwaard, fixture F15 of seed 001).
    """
    whole = sum(weights)
    parts = [cents * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(cents * weights[place] % whole), place))
    for place in by_remainder[: cents - sum(parts)]:
        parts[place] += 1
    return tuple(parts)
