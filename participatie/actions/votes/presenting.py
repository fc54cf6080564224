"""Is this a code of a letter? Wrong ones are counted, and the right one always passes."""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import whole_hour
from participatie.actions.votes.fallen import with_reason
from participatie.actions.votes.issuing import verifier_hash
from participatie.models.votes import FIND_CREDENTIAL, WHOLE_ROUND, CodeGuess
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import read_code
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import Channel, may_guess, may_use_credential, may_vote_now


def present_code(session: Session, budget_round: Round, typed: str, secret_key: str, now: datetime) -> str | Refused:
    """Return the selector of a valid code. Unknown, foreign and wrong codes all get the same answer, after the same work.

    The right code always passes (abuse case 19): who keeps guessing must not lock a voter out, and with 50 bits to
    guess the limits only have to make trying dear. A wrong one is counted, so the caller must let the transaction commit.
    """
    verdict = first_refusal(may_use_letters(budget_round.method()), may_vote_now(budget_round.clock(), now))
    if isinstance(verdict, Refused):
        return verdict
    code = read_code(typed)
    if code is None:
        return refused(Refusal.VOTING_CODE_WRONG)
    # Columns and not a row of the session: making one would tell by its time that the selector is known.
    line = session.connection().execute(
        FIND_CREDENTIAL, {"round_id": budget_round.id, "selector": code.selector}
    ).first()  # fmt: skip
    given = verifier_hash(secret_key, budget_round.id, code)
    known = line.verifier_hash if line is not None else "0" * len(given)
    if not hmac.compare_digest(known, given) or line is None:
        return _wrong_code(session, budget_round.id, _counted_as(code.selector, is_known=line is not None), now)
    verdict = may_use_credential(line.status, line.channel, Channel.WEB)
    if isinstance(verdict, Refused):
        return with_reason(session, budget_round.id, code.selector, verdict)
    return code.selector


def _wrong_code(session: Session, round_id: int, counted_as: str, now: datetime) -> Refused:
    """Count a wrong code, for the round and for its selector; counting also tells how many there are."""
    # The line of the round comes first everywhere, so that two guessers wait for each other and never lock up.
    of_round = _count(session, round_id, WHOLE_ROUND, now)
    verdict = may_guess(_count(session, round_id, counted_as, now) - 1, of_round - 1)
    return verdict if isinstance(verdict, Refused) else refused(Refusal.VOTING_CODE_WRONG)


def _count(session: Session, round_id: int, line: str, now: datetime) -> int:
    statement = (
        upserting(session)(CodeGuess)
        .values(round_id=round_id, selector=line, hour=whole_hour(now), failures=1)
        .on_conflict_do_update(
            index_elements=["round_id", "selector", "hour"], set_={"failures": CodeGuess.failures + 1}
        )
        .returning(CodeGuess.failures)
    )
    return int(session.connection().execute(statement).scalar_one())


def _counted_as(selector: str, *, is_known: bool) -> str:
    """Return the line on which a wrong code is counted: its own, or one of 256 for all that no letter holds.

    So an unknown selector is refused after ten tries like a known one, and ever new ones do not fill the table.
    """
    shared = f"-{hashlib.sha256(selector.encode()).hexdigest()[:2]}"
    return selector if is_known else shared
