"""What stands out in a vote, and may a batch of codes be revoked? Marks are for people to judge, never to act on by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import WRONG_CODES_PER_HOUR
from participatie.spelregels.wijkbudget import RoundStatus

FEWEST_SHOWN = 5  # a smaller number is shown as "fewer than five"
FEWEST_PUBLIC = 10  # the same, for what everybody reads
FEWEST_OF_NETWORK = 10  # casts; networks with fewer are shown together
FEWEST_OF_BATCH = 10  # used codes
TIMES_MEDIAN = 5
TIMES_OTHERS = 2
NETWORKS_KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """One bar: how many, of how many if there is a whole, and whether it stands out."""

    count: int
    size: int | None
    stands_out: bool


def marked_networks(casts: Sequence[int]) -> list[Measured]:
    """Mark networks with at least ten casts and at least five times the median network."""
    usual = median(casts) if casts else 0
    return [
        Measured(count, None, count >= FEWEST_OF_NETWORK and count >= TIMES_MEDIAN * usual and len(casts) > 1)
        for count in casts
    ]


def marked_hours(counts: Sequence[int]) -> list[Measured]:
    """Mark hours with at least ten ballots and at least five times the median of the hours in which somebody voted."""
    return marked_networks(counts)


def marked_wrong_codes(counts: Sequence[int]) -> list[Measured]:
    """Mark hours like those of ballots, and every hour in which the limit of the round was reached."""
    return [
        Measured(each.count, None, each.stands_out or each.count >= WRONG_CODES_PER_HOUR)
        for each in marked_networks(counts)
    ]


def marked_batches(batches: Sequence[tuple[int, int]]) -> list[Measured]:
    """Mark batches of (used, size) with at least ten used codes, of which twice the share was used as of all others together.

    Where the others hold fewer codes together, they say nothing of what is usual.
    """
    all_used, all_codes = (sum(batch[part] for batch in batches) for part in (0, 1))
    marked = []
    for used, size in batches:
        other_used, other_codes = all_used - used, all_codes - size
        # Shares compared without dividing: used / size >= twice other_used / other_codes.
        more = 0 < size <= other_codes and used * other_codes >= TIMES_OTHERS * other_used * size
        marked.append(Measured(used, size, used >= FEWEST_OF_BATCH and more))
    return marked


def networks_forgotten_at(closes_at: datetime) -> datetime:
    """Return when the counts per network of a round go: thirty days after the close."""
    return closes_at + timedelta(days=NETWORKS_KEPT_DAYS)


def may_revoke_batch(status: RoundStatus, reason: str, *, has_secret: bool, is_revoked: bool) -> Verdict:
    """Refuse a second time, after the besluit, without the secret that finds the ballots, and without a public reason."""
    if is_revoked:
        return refused(Refusal.BATCH_REVOKED)
    if status is RoundStatus.PUBLISHED:
        return refused(Refusal.REVOKING_TOO_LATE)
    if status is not RoundStatus.DRAFT and not has_secret:
        return refused(Refusal.SECRET_GONE)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
