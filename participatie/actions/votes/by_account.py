"""How does somebody vote who is logged in? With a credential that is made on the spot and stored beside no account."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from participatie.actions.votes.casting import CastBallot, cast_ballot
from participatie.models.residence import Residence
from participatie.models.votes import PUT_ON_ROLL, TAKE_OFF_ROLL, CodeBatch, VoterRoll, account_batches
from participatie.models.wijkbudget import Round
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.residence import account_selector, may_vote_by_account
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import Choices, RollStatus


def cast_by_account(
    session: Session, budget_round: Round, residence: Residence, choices: Choices, now: datetime, **more: Any
) -> CastBallot | Refused:
    """Count the ballot of somebody with a verified residence; `more` goes on to `cast_ballot`.

    The line on the roll is made in the same transaction, and the unique key of round and selector makes it one line
    however many browsers and accounts come at once. A ballot that is refused leaves no line. Should the residence go
    at this very moment, the ballot stays: it was cast by somebody who lived there.
    """
    verdict = may_vote_by_account(budget_round.method(), residence.facts(), budget_round.traject.area.path)
    if isinstance(verdict, Refused):
        return verdict
    selector = account_selector(budget_round.ballot_secret or "", residence.key_hash)
    rows = session.connection()
    put = rows.execute(PUT_ON_ROLL[rows.dialect.name], {"round_id": budget_round.id, "selector": selector})
    outcome = cast_ballot(session, budget_round, selector, choices, now, **more)
    if isinstance(outcome, Refused) and put.rowcount:
        rows.execute(TAKE_OFF_ROLL, {"of_round": budget_round.id, "of_selector": selector})
    return outcome


def settle_roll(session: Session, budget_round: Round, now: datetime) -> None:
    """Make the roll ready for the way of voting that is about to be frozen.

    For accounts there must be a batch that their lines belong to, and codes that went out before vote no more.
    """
    if not budget_round.method().by_account:
        return
    unused = (VoterRoll.round_id == budget_round.id) & (VoterRoll.status == RollStatus.ISSUED)
    session.execute(update(VoterRoll).where(unused).values(status=RollStatus.REVOKED))
    if session.scalar(account_batches(budget_round.id)) is None:
        purpose = BatchPurpose.ACCOUNT
        session.add(CodeBatch(round_id=budget_round.id, label=purpose.value, size=0, created_at=now, purpose=purpose))


def forget_accounts(session: Session, budget_round: Round) -> None:
    """Take everybody off the roll who voted with an account, when a vote is done over: casting puts them there again."""
    of_accounts = VoterRoll.batch_id.in_(account_batches(budget_round.id))
    session.execute(delete(VoterRoll).where(VoterRoll.round_id == budget_round.id, of_accounts))
