"""Is this a code of a letter? Wrong ones are counted, and the right one always passes."""

import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.actions.votes.ballots import whole_hour
from participatie.actions.votes.issuing import verifier_hash
from participatie.models.votes import CodeGuess, credential, failures_since
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import read_code
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, refused
from participatie.spelregels.votes import Channel, may_guess, may_use_credential, may_vote_now

#: Where wrong codes are counted that no letter could hold.
NO_SELECTOR = "-"


def present_code(session: Session, budget_round: Round, typed: str, secret_key: str, now: datetime) -> str | Refused:
    """Return the selector of a valid code. Unknown, foreign and wrong codes all get the same answer.

    A wrong guess is counted, so the caller must let the transaction commit.
    """
    verdict = may_vote_now(budget_round.clock(), now)
    if isinstance(verdict, Refused):
        return verdict
    code = read_code(typed)
    if code is None:
        return refused(Refusal.VOTING_CODE_WRONG)
    line = session.scalar(credential(budget_round.id, code.selector))
    given = verifier_hash(secret_key, budget_round.id, code)
    known = line.verifier_hash if line is not None else "0" * len(given)
    if not hmac.compare_digest(known, given) or line is None:
        # Unknown selectors are counted together: guessing must not fill the table.
        return _wrong_code(session, budget_round, code.selector if line is not None else NO_SELECTOR, now)
    verdict = may_use_credential(line.status, line.channel, Channel.WEB)
    return verdict if isinstance(verdict, Refused) else code.selector


def _wrong_code(session: Session, budget_round: Round, selector: str, now: datetime) -> Refused:
    # The right code always passes (abuse case 19): who keeps guessing must not lock a voter out, and
    # with 50 bits to guess the limit only has to make trying dear.
    hour = whole_hour(now)
    guesses = session.scalar(failures_since(budget_round.id, selector, hour)) or 0
    _count_failure(session, budget_round.id, selector, hour)
    verdict = may_guess(guesses) if selector != NO_SELECTOR else Allowed()
    return verdict if isinstance(verdict, Refused) else refused(Refusal.VOTING_CODE_WRONG)


def _count_failure(session: Session, round_id: int, selector: str, hour: datetime) -> None:
    statement = upserting(session)(CodeGuess).values(round_id=round_id, selector=selector, hour=hour, failures=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[CodeGuess.round_id, CodeGuess.selector, CodeGuess.hour],
            set_={"failures": CodeGuess.failures + 1},
        )
    )
