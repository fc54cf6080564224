"""Who may vote (as credentials, not names), and which ballots are in?"""

from participatie.models.votes.ballots import Ballot, BallotDraft, ballot_of, draft_of, grouped_ballots, receipts_of
from participatie.models.votes.casting import (
    CHANGE_BALLOT,
    DROP_DRAFT,
    FIND_BALLOT,
    LOCK_CREDENTIAL,
    MARK_USED,
    PUT_BALLOT,
)
from participatie.models.votes.roll import (
    CodeBatch,
    CodeGuess,
    VoterRoll,
    credential,
    failures_since,
    selectors_of,
    voters_on_roll,
)

__all__ = [
    "CHANGE_BALLOT",
    "DROP_DRAFT",
    "FIND_BALLOT",
    "LOCK_CREDENTIAL",
    "MARK_USED",
    "PUT_BALLOT",
    "Ballot",
    "BallotDraft",
    "CodeBatch",
    "CodeGuess",
    "VoterRoll",
    "ballot_of",
    "credential",
    "draft_of",
    "failures_since",
    "grouped_ballots",
    "receipts_of",
    "selectors_of",
    "voters_on_roll",
]
