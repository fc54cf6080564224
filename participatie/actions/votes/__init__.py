"""How do codes go out and ballots come in: one per credential under any race, apart from the person?"""

from participatie.actions.votes.ballots import ballot_key, canonical, random_signs, whole_hour
from participatie.actions.votes.casting import RECEIPT_LENGTH, VOTER, CastBallot, cast_ballot
from participatie.actions.votes.drafts import save_draft
from participatie.actions.votes.issuing import issue_codes, verifier_hash
from participatie.actions.votes.presenting import present_code

__all__ = [
    "RECEIPT_LENGTH",
    "VOTER",
    "CastBallot",
    "ballot_key",
    "canonical",
    "cast_ballot",
    "issue_codes",
    "present_code",
    "random_signs",
    "save_draft",
    "verifier_hash",
    "whole_hour",
]
