"""How is a vote sealed at its close, by a machine, and does the count find what was sealed?"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.models.votes import VoteSeal, online_ballots, online_receipts, seal_of
from participatie.models.wijkbudget import Round, unsealed_votes
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused
from participatie.spelregels.wijkbudget import may_seal
from participatie.verification import receipts_sha256, sealed_sha256
from participatie.verification.hashes import in_order

SALT_BYTES = 32


def seal_vote(session: Session, budget_round: Round, now: datetime) -> VoteSeal | Refused:
    """Fix which ballots came in online, once the vote is closed; sealing twice changes nothing (abuse case 69).

    The row of the round is locked and written, so a ballot that is coming in is in before this or is refused. Only a
    hash with a salt gets out before the result: of few ballots a bare one can be guessed back. Refused before the
    close, and where the vote is not open.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    sealed = session.scalar(seal_of(budget_round.id))
    if sealed is not None:
        return sealed
    verdict = may_seal(budget_round.status, budget_round.clock().closes_at, now)
    if isinstance(verdict, Refused):
        return verdict
    salt = secrets.token_hex(SALT_BYTES)
    groups = _online(session, budget_round.id)
    seal = VoteSeal(
        round_id=budget_round.id,
        opening=budget_round.opening,
        ballots=sum(count for _, count in groups),
        ballots_sha256=sealed_sha256(groups, salt),
        receipts_sha256=receipts_sha256(session.scalars(online_receipts(budget_round.id))),
        salt=salt,
        sealed_at=now,
    )
    session.add(seal)
    budget_round.sealed = True
    budget_round.traject.touch()
    record(session, None, "stemmen verzegeld", budget_round, now, ballots=seal.ballots)
    return seal


def holds(session: Session, budget_round: Round, seal: VoteSeal, now: datetime) -> Verdict:
    """Refuse when the online ballots are not those that were sealed, and write that in the log (abuse case 40).

    The caller must let the transaction commit.
    """
    if is_whole(session, seal):
        return Allowed()
    found = sum(count for _, count in _online(session, seal.round_id))
    record(session, None, "zegel klopt niet", budget_round, now, sealed=seal.ballots, found=found)
    return refused(Refusal.SEAL_BROKEN, sealed=seal.ballots, found=found)


def is_whole(session: Session, seal: VoteSeal) -> bool:
    """Tell whether the online ballots are those that were sealed."""
    groups = _online(session, seal.round_id)
    return (
        sum(count for _, count in groups) == seal.ballots
        and sealed_sha256(groups, seal.salt) == seal.ballots_sha256
        and receipts_sha256(session.scalars(online_receipts(seal.round_id))) == seal.receipts_sha256
    )


def votes_to_seal(session: Session, now: datetime) -> Sequence[Round]:
    """Return the rounds whose vote is over by the clock and that were not sealed yet."""
    return [each for each in session.scalars(unsealed_votes()) if now >= each.clock().closes_at]


def _online(session: Session, round_id: int) -> list[tuple[str, int]]:
    return in_order((choices, count) for choices, count in session.execute(online_ballots(round_id)))
