"""How are ballots counted again before the outcome is public, and does a stored outcome still stand?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.wijkbudget.counting import counted_now, write_outcome
from participatie.actions.wijkbudget.sealing import holds, is_whole
from participatie.models.votes import seal_of
from participatie.models.wijkbudget import (
    Allocation,
    AllocationLine,
    Round,
    WithdrawnCount,
    allocation_of,
    withdrawn_counts,
)
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, first_refusal, refused
from participatie.spelregels.wijkbudget import may_recount


def recount_round(
    session: Session, actor: Actor, budget_round: Round, reason: str, now: datetime
) -> Allocation | Refused:
    """Count again what was counted and is not public yet; what the former count said is kept, with the public reason.

    Refused once the outcome is published, without a reason, and when the ballots are not those that were sealed.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    former = session.scalar(allocation_of(budget_round.id))
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, Do.COUNT_ROUND, Place(budget_round.traject.area.path)),
        may_recount(budget_round.status, reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    if former is None:
        return refused(Refusal.NOT_COUNTED)
    seal = session.scalar(seal_of(budget_round.id))
    sealed = holds(session, budget_round, seal, now) if seal is not None else Allowed()
    if isinstance(sealed, Refused):
        return sealed
    number = len(session.scalars(withdrawn_counts(budget_round.id)).all()) + 1
    session.add(
        WithdrawnCount(
            round_id=budget_round.id,
            number=number,
            ballots=former.ballots,
            ballots_sha256=former.ballots_sha256,
            trace=former.trace,
            reason=reason.strip(),
            counted_at=former.counted_at,
            withdrawn_at=now,
            withdrawn_by_id=actor.account_id,
        )
    )
    session.execute(delete(AllocationLine).where(AllocationLine.round_id == budget_round.id))
    session.delete(former)
    session.flush()
    again = write_outcome(session, budget_round, now)
    budget_round.traject.touch()
    record(
        session, actor.account_id, "stemmen opnieuw geteld", budget_round, now,
        number=number, same=is_same(former.trace, again.trace),
    )  # fmt: skip
    return again


def is_same(former: dict[str, object], later: dict[str, object]) -> bool:
    """Tell whether two counts gave the same plans the same money."""
    return _money(former) == _money(later)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stored outcome beside what the stored ballots give now: the same ballots, the same money, the same seal?

    `sealed` is None where the vote was not sealed.
    """

    ballots: int
    same_ballots: bool
    same_outcome: bool
    sealed: bool | None


def compare_outcome(session: Session, budget_round: Round) -> Comparison | Refused:
    """Count the stored ballots and lay the result beside what is stored; this reads only. Refused before the count."""
    stored = session.scalar(allocation_of(budget_round.id))
    if stored is None:
        return refused(Refusal.NOT_COUNTED)
    now = counted_now(session, budget_round)
    seal = session.scalar(seal_of(budget_round.id))
    return Comparison(
        ballots=now.outcome.voters,
        same_ballots=stored.ballots_sha256 == now.ballots_sha256,
        same_outcome=stored.seed == now.seed and stored.trace == now.trace(),
        # After the objection term ballots that were set aside are gone, and the bundle alone has them.
        sealed=is_whole(session, seal) if seal is not None and budget_round.ballot_secret is not None else None,
    )


def _money(trace: dict[str, object]) -> object:
    plans = trace["plans"]
    assert isinstance(plans, list)
    return sorted((plan["id"], plan["fundedCents"], plan["step"] is not None) for plan in plans)
