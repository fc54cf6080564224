"""How do codes go out and ballots come in: one per credential under any race, apart from the person?"""

from participatie.actions.votes.ballots import ballot_key, canonical, random_signs, read_canonical, whole_hour
from participatie.actions.votes.by_account import cast_by_account
from participatie.actions.votes.casting import RECEIPT_LENGTH, VOTER, CastBallot, Remembered, cast_ballot, new_cast_key
from participatie.actions.votes.drafts import Sent, may_still_vote, save_draft
from participatie.actions.votes.issuing import draw_codes, issue_at_desk, issue_codes, may_issue, verifier_hash
from participatie.actions.votes.networks import add_networks, forget_due_networks, forget_networks, write_networks
from participatie.actions.votes.presenting import present_code
from participatie.actions.votes.proxies import let_another_vote, let_another_vote_on_paper
from participatie.actions.votes.replacing import replace_code, revoke_code
from participatie.actions.votes.revoking import may_revoke_now, revoke_batch
from participatie.actions.votes.visits import end_visit, end_visits, start_visit

__all__ = [
    "RECEIPT_LENGTH",
    "VOTER",
    "CastBallot",
    "Remembered",
    "Sent",
    "add_networks",
    "ballot_key",
    "canonical",
    "cast_ballot",
    "cast_by_account",
    "draw_codes",
    "end_visit",
    "end_visits",
    "forget_due_networks",
    "forget_networks",
    "issue_at_desk",
    "issue_codes",
    "let_another_vote",
    "let_another_vote_on_paper",
    "may_issue",
    "may_revoke_now",
    "may_still_vote",
    "new_cast_key",
    "present_code",
    "random_signs",
    "read_canonical",
    "replace_code",
    "revoke_batch",
    "revoke_code",
    "save_draft",
    "start_visit",
    "verifier_hash",
    "whole_hour",
    "write_networks",
]
