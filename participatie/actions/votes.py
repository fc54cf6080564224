"""How do codes go out and ballots come in: one per credential under any race, apart from the person?"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.votes import (
    CHANGE_BALLOT,
    DROP_DRAFT,
    FIND_BALLOT,
    LOCK_CREDENTIAL,
    MARK_USED,
    PUT_BALLOT,
    BallotDraft,
    CodeBatch,
    CodeGuess,
    VoterRoll,
    credential,
    failures_since,
    selectors_of,
)
from participatie.models.wijkbudget import HOLD_STATUS, Round
from participatie.spelregels.codes import ALPHABET, SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode, read_code
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused
from participatie.spelregels.votes import (
    Channel,
    RollStatus,
    check_choices,
    may_guess,
    may_use_credential,
    may_vote_now,
)
from participatie.spelregels.wijkbudget import RoundStatus, may_issue_codes

VOTER = Actor(is_voter=True)
#: Where wrong codes are counted that no letter could hold.
NO_SELECTOR = "-"
RECEIPT_LENGTH = 16  # characters of base 32: 80 bits


@dataclass(frozen=True, slots=True)
class CastBallot:
    """What a voter gets back: the receipt, and whether an earlier ballot was replaced."""

    receipt: str
    replaced: bool


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
        code = VotingCode(_random(SELECTOR_LENGTH), _random(VERIFIER_LENGTH))
        if code.selector not in taken:
            codes[code.selector] = code
    session.execute(
        insert(VoterRoll),
        [
            {
                "round_id": budget_round.id,
                "selector": code.selector,
                "verifier_hash": _verifier_hash(secret_key, budget_round.id, code),
                "batch_id": batch.id,
            }
            for code in codes.values()
        ],
    )
    record(session, actor.account_id, Do.ISSUE_CODES, batch, now, round=budget_round.id, count=count)
    return list(codes.values())


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
    given = _verifier_hash(secret_key, budget_round.id, code)
    known = line.verifier_hash if line is not None else "0" * len(given)
    if not hmac.compare_digest(known, given) or line is None:
        # Unknown selectors are counted together: guessing must not fill the table.
        return _wrong_code(session, budget_round, code.selector if line is not None else NO_SELECTOR, now)
    verdict = may_use_credential(line.status, line.channel, Channel.WEB)
    return verdict if isinstance(verdict, Refused) else code.selector


def save_draft(session: Session, budget_round: Round, selector: str, choices: Sequence[int], now: datetime) -> Verdict:
    """Keep what a voter chose so far, even when it breaks a limit: only casting asks for a valid ballot.

    Refused are plans that are not on this ballot, and anything outside voting time.
    """
    verdict = may_vote_now(budget_round.clock(), now)
    if isinstance(verdict, Refused):
        return verdict
    known = budget_round.plans_on_ballot()
    for number in choices:
        if number not in known:
            return refused(Refusal.CHOICE_UNKNOWN, plan=number)
    key = ballot_key(budget_round, selector)
    statement = _upserting(session)(BallotDraft).values(
        round_id=budget_round.id, ballot_key=key, choices=canonical(choices), saved_at=now
    )
    # Two tabs may save their first draft at once: the last one stays.
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[BallotDraft.round_id, BallotDraft.ballot_key],
            set_={"choices": statement.excluded.choices, "saved_at": statement.excluded.saved_at},
        )
    )
    return Allowed()


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
        receipt = _random(RECEIPT_LENGTH)
        ballot = {"ballot_key": mine["key"], "choices": written, "channel": Channel.WEB, "receipt": receipt}
        rows.execute(PUT_BALLOT, {"round_id": budget_round.id, "cast_hour": hour, **ballot})
        rows.execute(MARK_USED, {"line": line.id, "through": Channel.WEB})
    else:
        receipt = before.receipt
        of_it = {"of_round": budget_round.id, "of_key": mine["key"]}
        rows.execute(CHANGE_BALLOT, {"new_choices": written, "new_hour": hour, **of_it})
    rows.execute(DROP_DRAFT, mine)
    return CastBallot(receipt, replaced=before is not None and before.choices != written)


def ballot_key(budget_round: Round, selector: str) -> str:
    """Return the key of a credential's ballot: HMAC-SHA256 of the selector with the round's secret."""
    secret = (budget_round.ballot_secret or "").encode()
    return hmac.new(secret, selector.encode(), hashlib.sha256).hexdigest()


def canonical(choices: Sequence[int]) -> str:
    """Write the plan numbers of an approval ballot in the one form that is stored: sorted JSON."""
    return json.dumps(sorted(choices), separators=(",", ":"))


def whole_hour(now: datetime) -> datetime:
    """Round a moment down to the hour: all that is kept of when somebody voted."""
    return now.replace(minute=0, second=0, microsecond=0)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _verifier_hash(secret_key: str, round_id: int, code: VotingCode) -> str:
    text = f"code\n{round_id}\n{code.selector}\n{code.verifier}"
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _upserting(session: Session) -> Any:
    # Both databases can insert or update in one statement; SQLAlchemy has it per database.
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert


def _wrong_code(session: Session, budget_round: Round, selector: str, now: datetime) -> Refused:
    # The right code always passes (abuse case 19): who keeps guessing must not lock a voter out, and
    # with 50 bits to guess the limit only has to make trying dear.
    hour = whole_hour(now)
    guesses = session.scalar(failures_since(budget_round.id, selector, hour)) or 0
    _count_failure(session, budget_round.id, selector, hour)
    verdict = may_guess(guesses) if selector != NO_SELECTOR else Allowed()
    return verdict if isinstance(verdict, Refused) else refused(Refusal.VOTING_CODE_WRONG)


def _count_failure(session: Session, round_id: int, selector: str, hour: datetime) -> None:
    statement = _upserting(session)(CodeGuess).values(round_id=round_id, selector=selector, hour=hour, failures=1)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[CodeGuess.round_id, CodeGuess.selector, CodeGuess.hour],
            set_={"failures": CodeGuess.failures + 1},
        )
    )
