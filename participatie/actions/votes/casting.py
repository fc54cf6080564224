"""How does a ballot come in: one per credential under any race, apart from the person?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.votes.ballots import ballot_key, canonical, random_signs, whole_hour
from participatie.models.votes import CHANGE_BALLOT, DROP_DRAFT, FIND_BALLOT, LOCK_CREDENTIAL, MARK_USED, PUT_BALLOT
from participatie.models.wijkbudget import HOLD_STATUS, Round
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import Channel, RollStatus, check_choices, may_use_credential, may_vote_now
from participatie.spelregels.wijkbudget import RoundStatus

VOTER = Actor(is_voter=True)
RECEIPT_LENGTH = 16  # characters of base 32: 80 bits


@dataclass(frozen=True, slots=True)
class CastBallot:
    """What a voter gets back: the receipt, and whether an earlier ballot was replaced."""

    receipt: str
    replaced: bool


def cast_ballot(
    session: Session, budget_round: Round, selector: str, choices: Sequence[int], now: datetime
) -> CastBallot | Refused:
    """Count a ballot. Voting again through the same channel replaces it and keeps the receipt.

    The credential's row is locked first, so two casts with one code come one after
    the other; the unique key of the ballot stands behind that. Resending the same
    ballot changes nothing and gives the same receipt (abuse cases 1 to 4).
    """
    place = budget_round.traject.facts().place_at(now)
    verdict = first_refusal(
        may_vote_now(budget_round.clock(), now),
        may(VOTER, Do.CAST_BALLOT, place),
    )
    if isinstance(verdict, Refused):
        return verdict
    rows = session.connection()
    # The clock was read before the lock was ours; whether the count has begun is asked behind it.
    if rows.execute(HOLD_STATUS, {"round_id": budget_round.id}).scalar() is not RoundStatus.OPEN:
        return refused(Refusal.VOTE_CLOSED)
    line = rows.execute(LOCK_CREDENTIAL, {"round_id": budget_round.id, "selector": selector}).first()
    if line is None:
        return refused(Refusal.VOTING_CODE_WRONG)
    verdict = first_refusal(
        may_use_credential(line.status, line.channel, Channel.WEB),
        check_choices(choices, budget_round.plans_on_ballot(), budget_round.limits()),
    )
    if isinstance(verdict, Refused):
        return verdict
    mine = {"round_id": budget_round.id, "key": ballot_key(budget_round, selector)}
    written, hour = canonical(choices), whole_hour(now)
    before = rows.execute(FIND_BALLOT, mine).first() if line.status is RollStatus.USED else None
    if before is None:
        receipt = random_signs(RECEIPT_LENGTH)
        ballot = {"ballot_key": mine["key"], "choices": written, "channel": Channel.WEB, "receipt": receipt}
        rows.execute(PUT_BALLOT, {"round_id": budget_round.id, "cast_hour": hour, **ballot})
        rows.execute(MARK_USED, {"line": line.id, "through": Channel.WEB})
    else:
        receipt = before.receipt
        of_it = {"of_round": budget_round.id, "of_key": mine["key"]}
        rows.execute(CHANGE_BALLOT, {"new_choices": written, "new_hour": hour, **of_it})
    rows.execute(DROP_DRAFT, mine)
    return CastBallot(receipt, replaced=before is not None and before.choices != written)
