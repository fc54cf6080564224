"""How are the ballots of a round counted, into an outcome that anybody can count again?"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.actions.votes.paper import forget_entries, paper_is_ready
from participatie.actions.wijkbudget.comparing import keep_other_rules
from participatie.actions.wijkbudget.sealing import holds, seal_vote
from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Outcome,
    Plan,
    allocate,
    canonical_json,
    tie_order,
    trace_of,
)
from participatie.models.votes import BallotDraft, forget_cast_keys, grouped_ballots
from participatie.models.wijkbudget import Allocation, AllocationLine, Round
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus, may_count, tie_seed
from participatie.verification.hashes import ballots_sha256, in_order
from participatie.verification.rulebook import ballots_for_count, plans_of, references_of, rules_of


def count_round(session: Session, actor: Actor, budget_round: Round, now: datetime) -> Allocation | Refused:
    """Count a closed round by its frozen rulebook and write down what became of every plan.

    The row is locked first, so that a round is counted once. Ties are broken by a
    seed made of the hashes of the rulebook and of the ballots. A vote that was not
    sealed yet is sealed first; refused is one whose ballots changed since (abuse case 40).
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, Do.COUNT_ROUND, Place(budget_round.traject.area.path)),
        may_count(budget_round.status, budget_round.clock().closes_at, now),
        paper_is_ready(session, budget_round),
    )
    if isinstance(verdict, Refused):
        return verdict
    seal = seal_vote(session, budget_round, now)
    verdict = seal if isinstance(seal, Refused) else holds(session, budget_round, seal, now)
    if isinstance(verdict, Refused):
        return verdict
    allocation = write_outcome(session, budget_round, now)
    # What was not cast by now never will be, and nothing that comes in again has to be known.
    session.execute(delete(BallotDraft).where(BallotDraft.round_id == budget_round.id))
    session.execute(forget_cast_keys(budget_round.id))
    forget_entries(session, budget_round)
    budget_round.status = RoundStatus.COUNTED
    budget_round.traject.touch()
    record(session, actor.account_id, Do.COUNT_ROUND, budget_round, now, ballots_sha256=allocation.ballots_sha256)
    return allocation


@dataclass(frozen=True, slots=True)
class Counted:
    """What the ballots that count give now: the outcome, the hash of the ballots, and the seed of the lots."""

    outcome: Outcome
    ballots_sha256: str
    seed: str

    def trace(self) -> dict[str, Any]:
        """Return the outcome as it is stored and published."""
        written: dict[str, Any] = json.loads(canonical_json(trace_of(self.outcome)))
        return written


@dataclass(frozen=True, slots=True)
class _Counting:
    """What a count is made of: the plans, the ballots, the rules, and the lots that go with their hash."""

    plans: list[Plan]
    groups: list[BallotGroup]
    rules: AllocationRules
    ballots_sha256: str
    seed: str

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(tie_order([plan.id for plan in self.plans], self.seed))

    def counted(self) -> Counted:
        return Counted(allocate(self.plans, self.groups, self.rules, self.order), self.ballots_sha256, self.seed)


def counted_now(session: Session, budget_round: Round) -> Counted:
    """Count the stored ballots by the frozen rulebook; this reads only."""
    return _to_count(session, budget_round).counted()


def _to_count(session: Session, budget_round: Round) -> _Counting:
    rulebook = budget_round.frozen_rulebook()
    rows = in_order((choices, count) for choices, count in session.execute(grouped_ballots(budget_round.id)))
    hashed = ballots_sha256(rows)
    references = references_of(rulebook)
    kind = BallotKind(rulebook["ballot_kind"])
    return _Counting(
        plans=plans_of(rulebook),
        groups=[ballots_for_count(kind, choices, count, references) for choices, count in rows],
        rules=rules_of(rulebook),
        ballots_sha256=hashed,
        seed=tie_seed(budget_round.rulebook_sha256 or "", hashed),
    )


def write_outcome(session: Session, budget_round: Round, now: datetime) -> Allocation:
    """Count, and write down what became of every plan, and would have under other rules. The caller holds the round."""
    counting = _to_count(session, budget_round)
    counted = counting.counted()
    allocation = Allocation(
        round_id=budget_round.id,
        ballots=counted.outcome.voters,
        ballots_sha256=counted.ballots_sha256,
        seed=counted.seed,
        spent_cents=counted.outcome.spent_cents,
        left_cents=counted.outcome.left_cents,
        trace=counted.trace(),
        counted_at=now,
    )
    session.add(allocation)
    _write_lines(session, budget_round, counted.outcome)
    keep_other_rules(session, budget_round.id, counting.plans, counting.groups, counting.rules, counting.order)
    return allocation


def _write_lines(session: Session, budget_round: Round, outcome: Outcome) -> None:
    ids = {plan.reference: plan.id for plan in budget_round.plans}
    session.execute(
        insert(AllocationLine),
        [
            {
                "plan_id": ids[line.plan_id],
                "round_id": budget_round.id,
                "votes": line.votes,
                "score": str(line.score),
                "step": line.step,
                "funded_cents": line.funded_cents,
                "balance_after_cents": line.balance_after_cents,
                "position": position,
                "reason": line.reason.value,
                "facts": dict(line.facts),
            }
            for position, line in enumerate(outcome.lines, start=1)
        ],
    )
