"""How is a batch of codes revoked in public, with the ballots that were cast with them?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.record import record
from participatie.actions.votes.ballots import ballot_key
from participatie.models.votes import (
    Ballot,
    BallotSetAside,
    CodeBatch,
    CodeRevocation,
    VoterRoll,
    revocation_of_batch,
    that_counts,
)
from participatie.models.wijkbudget import Round
from participatie.spelregels.anomalies import may_revoke_batch
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.trajecten import Announced, may_begin_anew
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.spelregels.votes import RollStatus

KEYS_AT_ONCE = 500


def revoke_batch(
    session: Session, actor: Actor, budget_round: Round, batch: CodeBatch, reason: str, now: datetime
) -> CodeRevocation | Refused:
    """Let no code of a batch vote any more, and set the ballots aside that were cast with them; none is deleted.

    The key of a ballot is made of its selector, so this asks for nobody's code. The round is locked first, as at the
    count: a ballot that is coming in is in before this or hears that its code was revoked (abuse case 11). There is no
    way back; new letters are. `reason` is public.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may(actor, Do.REVOKE_BATCH, Place(budget_round.traject.area.path)),
        may_begin_anew(budget_round.traject.status),
        may_revoke_now(session, budget_round, batch, reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    works = (VoterRoll.batch_id == batch.id) & (VoterRoll.status != RollStatus.REVOKED)
    used = list(session.scalars(select(VoterRoll.selector).where(works, VoterRoll.status == RollStatus.USED)))
    codes = session.scalar(select(func.count()).select_from(VoterRoll).where(works)) or 0
    session.execute(update(VoterRoll).where(works).values(status=RollStatus.REVOKED))
    aside = _ballots_with(session, budget_round, used)
    if aside:
        # In the order of their numbers, which says nothing of the order of the codes.
        session.execute(insert(BallotSetAside), [{"ballot_id": ballot_id} for ballot_id in sorted(aside)])
    revocation = CodeRevocation(
        round_id=budget_round.id,
        batch_id=batch.id,
        reason=reason.strip(),
        codes=codes,
        ballots=len(aside),
        opening=budget_round.opening,
        revoked_at=now,
        revoked_by_id=actor.account_id,
    )
    session.add(revocation)
    budget_round.traject.touch()
    if budget_round.has_been_open():
        announce(
            session, actor, budget_round.traject, Announced.REVOKED, reason, now, round=budget_round.slug, codes=codes
        )
    record(
        session, actor.account_id, Do.REVOKE_BATCH, revocation, now,
        round=budget_round.id, batch=batch.id, codes=codes, ballots=len(aside),
    )  # fmt: skip
    return revocation


def may_revoke_now(session: Session, budget_round: Round, batch: CodeBatch, reason: str) -> Verdict:
    """Refuse a batch that cannot be revoked any more; asked before the form as well as behind the lock."""
    return may_revoke_batch(
        budget_round.status,
        reason,
        has_secret=budget_round.ballot_secret is not None,
        is_revoked=session.scalar(revocation_of_batch(batch.id)) is not None,
    )


def _ballots_with(session: Session, budget_round: Round, selectors: Sequence[str]) -> list[int]:
    keys = [ballot_key(budget_round, selector) for selector in selectors]
    found: list[int] = []
    for first in range(0, len(keys), KEYS_AT_ONCE):
        some = Ballot.ballot_key.in_(keys[first : first + KEYS_AT_ONCE])
        found += session.scalars(select(Ballot.id).where(Ballot.round_id == budget_round.id, some, that_counts()))
    return found
