"""Is the outcome that of the ballots that count now? Codes may have been revoked since."""

from sqlalchemy.orm import Session

from participatie.models.votes import grouped_ballots
from participatie.models.wijkbudget import Round, allocation_of
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.verification.hashes import ballots_sha256, in_order


def count_holds(session: Session, budget_round: Round) -> Verdict:
    """Refuse an outcome whose ballots are not those that count now: it has to be counted again first."""
    allocation = session.scalar(allocation_of(budget_round.id))
    if allocation is None or not budget_round.is_voted():
        return Allowed()
    rows = session.execute(grouped_ballots(budget_round.id))
    found = ballots_sha256(in_order((choices, count) for choices, count in rows))
    return Allowed() if found == allocation.ballots_sha256 else refused(Refusal.COUNT_OUTDATED)
