"""May two ideas become one? Only when both authors want it, and before either has its answer."""

from datetime import datetime, timedelta
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: So long a proposal stands.
MERGE_TERM = timedelta(days=21)


class MergeStatus(StrEnum):
    """How a proposal ended, or that it has not."""

    OPEN = "voorgesteld"
    MERGED = "samengevoegd"
    DECLINED = "afgewezen"
    EXPIRED = "verlopen"


def may_propose_merge(*, same_idea: bool, same_traject: bool, both_wait: bool, pending: bool, reason: str) -> Verdict:
    """Refuse an idea with itself or with one of another traject, one that has its answer, and a second proposal at a time."""
    if same_idea or not same_traject:
        return refused(Refusal.MERGE_UNLIKE)
    if not both_wait:
        return refused(Refusal.IDEA_NOT_OPEN)
    if pending:
        return refused(Refusal.MERGE_PENDING)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_answer_merge(
    status: MergeStatus, expires_at: datetime, now: datetime, *, is_author: bool, both_wait: bool
) -> Verdict:
    """Refuse an answer by others than the two authors, to what is over, and once one of the ideas has its answer."""
    if not is_author:
        return refused(Refusal.NOT_THE_AUTHOR)
    if status is not MergeStatus.OPEN or now > expires_at:
        return refused(Refusal.MERGE_OVER)
    return Allowed() if both_wait else refused(Refusal.IDEA_NOT_OPEN)
