"""How does a ballot come in: one per credential under any race, apart from the person?"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row
from sqlalchemy.orm import Session

from participatie.actions.votes.ballots import ballot_key, canonical, random_signs, whole_hour
from participatie.actions.votes.fallen import with_reason
from participatie.models.votes import CHANGE_BALLOT, DROP_DRAFT, FIND_BALLOT, HOLD_AND_LOCK, PUT_FIRST
from participatie.models.wijkbudget import Round
from participatie.spelregels.cast_keys import kept_with, may_be_cast_key, was_cast_with
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refusal, Refused, first_refusal, refused
from participatie.spelregels.votes import (
    Channel,
    Choices,
    RollStatus,
    check_choices,
    may_use_credential,
    may_vote_in,
    may_vote_now,
)
from participatie.spelregels.wijkbudget import RoundStatus

VOTER = Actor(is_voter=True)
RECEIPT_LENGTH = 16  # characters of base 32: 80 bits
BYTES_OF_KEY = 18


@dataclass(frozen=True, slots=True)
class CastBallot:
    """What a voter gets back: the receipt, and whether an earlier ballot was replaced."""

    receipt: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a worker took from its memory and did not look up: the version of the round, and that a visit goes on.

    `visit` is the hash of its token, empty where nobody needs one.
    """

    version: int
    visit: str = ""

    def still_holds(self, version: int, visited_round: int | None, round_id: int) -> bool:
        """Tell whether the database says the same of a round and of the visit of a browser to it."""
        return self.version == version and (not self.visit or visited_round == round_id)


def new_cast_key() -> str:
    """Return the key of one page that casts: whoever sends that page twice, casts once."""
    return secrets.token_urlsafe(BYTES_OF_KEY)


def cast_ballot(
    session: Session,
    budget_round: Round,
    selector: str,
    choices: Choices,
    now: datetime,
    key: str = "",
    remembered: Remembered | None = None,
    seen: int | None = None,
) -> CastBallot | Refused:
    """Count a ballot. Voting again through the same channel replaces it and keeps the receipt.

    The credential's row is locked first, so two casts with one code come one after
    the other; the unique key of the ballot stands behind that. `key` names this very
    request: when it comes in again it changes nothing and gives the same receipt, also
    when something else was cast meanwhile (abuse cases 1 to 4). Refused is a key that cannot be kept,
    a page of an earlier opening (`seen`), and what a worker `remembered` that is so no more: who asks has to look and ask again.
    """
    verdict = first_refusal(
        may_vote_now(budget_round.clock(), now),
        may(VOTER, budget_round.act(Do.CAST_BALLOT), budget_round.traject.facts().place_at(now)),
        may_be_cast_key(key),
        may_vote_in(seen, budget_round.opening),
    )
    if isinstance(verdict, Refused):
        return verdict
    rows = session.connection()
    # The clock was read before the lock was ours; whether the count has begun is asked behind it.
    asked = {"round_id": budget_round.id, "selector": selector, "token_hash": remembered.visit if remembered else ""}
    line = rows.execute(HOLD_AND_LOCK, asked).first()
    if line is None:
        return refused(Refusal.VOTING_CODE_WRONG)
    if line.sealed or line.round_status is not RoundStatus.OPEN:
        return refused(Refusal.VOTE_CLOSED)
    if remembered is not None and not remembered.still_holds(line.version, line.visits, budget_round.id):
        return refused(Refusal.VOTING_CODE_GONE)
    limits = budget_round.limits()
    verdict = first_refusal(
        may_use_credential(line.status, line.channel, Channel.WEB),
        check_choices(choices, budget_round.plans_on_ballot(), limits),
    )
    if isinstance(verdict, Refused):
        return with_reason(session, budget_round.id, selector, verdict)
    hung_on = ballot_key(budget_round, selector)
    written = {"new_choices": canonical(choices, limits.ballot_kind), "new_hour": whole_hour(now)}
    mine = {"round_id": budget_round.id, "key": hung_on}
    # Asked only now that the line of the credential is ours: nobody else changes this ballot.
    before = rows.execute(FIND_BALLOT, mine).first() if line.status is RollStatus.USED else None
    if before is not None:
        return _cast_again(rows, before, mine, written, key)
    receipt = random_signs(RECEIPT_LENGTH)
    written |= {
        "of_round": budget_round.id, "of_key": hung_on, "through": Channel.WEB,
        "new_receipt": receipt, "new_keys": kept_with("", key), "line": line.id,
    }  # fmt: skip
    for statement in PUT_FIRST[rows.dialect.name]:
        rows.execute(statement, written)
    return CastBallot(receipt, replaced=False)


def _cast_again(
    rows: Connection, before: Row[str, str, str], mine: Mapping[str, object], written: Mapping[str, object], key: str
) -> CastBallot:
    if was_cast_with(before.cast_keys, key):
        return CastBallot(before.receipt, replaced=False)
    of_it = {"of_round": mine["round_id"], "of_key": mine["key"], "new_keys": kept_with(before.cast_keys, key)}
    rows.execute(CHANGE_BALLOT, {**written, **of_it})
    rows.execute(DROP_DRAFT, mine)
    return CastBallot(before.receipt, replaced=before.choices != written["new_choices"])
