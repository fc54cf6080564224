"""How do voting codes go out? They can be read once, when they are made."""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.ballots import random_signs
from participatie.models.votes import CodeBatch, VoterRoll, selectors_of
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.wijkbudget import may_issue_codes


def issue_codes(
    session: Session, actor: Actor, budget_round: Round, count: int, label: str, secret_key: str, now: datetime
) -> list[VotingCode] | Refused:
    """Make `count` credentials and return their codes. This is the only time that they can be read."""
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, Do.ISSUE_CODES, Place(budget_round.traject.area.path)),
        may_issue_codes(budget_round.status),
    )
    if isinstance(verdict, Refused):
        return verdict
    batch = CodeBatch(round_id=budget_round.id, label=label, size=count, created_at=now)
    session.add(batch)
    session.flush()
    taken = set(session.scalars(selectors_of(budget_round.id)))
    codes: dict[str, VotingCode] = {}
    while len(codes) < count:
        code = VotingCode(random_signs(SELECTOR_LENGTH), random_signs(VERIFIER_LENGTH))
        if code.selector not in taken:
            codes[code.selector] = code
    session.execute(
        insert(VoterRoll),
        [
            {
                "round_id": budget_round.id,
                "selector": code.selector,
                "verifier_hash": verifier_hash(secret_key, budget_round.id, code),
                "batch_id": batch.id,
            }
            for code in codes.values()
        ],
    )
    record(session, actor.account_id, Do.ISSUE_CODES, batch, now, round=budget_round.id, count=count)
    return list(codes.values())


def verifier_hash(secret_key: str, round_id: int, code: VotingCode) -> str:
    """Return what is kept of a code: HMAC-SHA256 with the secret key of the installation."""
    text = f"code\n{round_id}\n{code.selector}\n{code.verifier}"
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
