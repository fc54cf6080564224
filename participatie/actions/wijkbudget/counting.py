"""How are the ballots of a round counted, into an outcome that anybody can count again?"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from participatie.actions.record import record
from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Leftover,
    Outcome,
    Plan,
    Rule,
    allocate,
    canonical_json,
    ranked,
    tie_order,
    trace_of,
)
from participatie.models.votes import BallotDraft, grouped_ballots
from participatie.models.wijkbudget import Allocation, AllocationLine, Round
from participatie.spelregels.permissions import Actor, Do, Place, may
from participatie.spelregels.rulesets import may_vote_here
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus, may_count, sha256_of, tie_seed


def count_round(session: Session, actor: Actor, budget_round: Round, now: datetime) -> Allocation | Refused:
    """Count a closed round by its frozen rulebook and write down what became of every plan.

    The row is locked first, so that a round is counted once. Ties are broken by a
    seed made of the hashes of the rulebook and of the ballots.
    """
    session.refresh(budget_round, with_for_update={"of": Round})
    verdict = first_refusal(
        may_vote_here(budget_round.traject.ruleset()),
        may(actor, Do.COUNT_ROUND, Place(budget_round.traject.area.path)),
        may_count(budget_round.status, budget_round.clock().closes_at, now),
    )
    if isinstance(verdict, Refused):
        return verdict
    rulebook = budget_round.frozen_rulebook()
    # Sorted here, by code point: two databases may sort a text each in its own way, and the hash is for everybody.
    rows = sorted((choices, count) for choices, count in session.execute(grouped_ballots(budget_round.id)))
    ballots_sha256 = sha256_of("\n".join(f"{count} {choices}" for choices, count in rows))
    seed = tie_seed(budget_round.rulebook_sha256 or "", ballots_sha256)
    references = {plan["number"]: plan["reference"] for plan in rulebook["plans"]}
    kind = BallotKind(rulebook["ballot_kind"])
    groups = [ballots_for_count(kind, choices, count, references) for choices, count in rows]
    plans = plans_of(rulebook)
    outcome = allocate(plans, groups, rules_of(rulebook), tie_order([plan.id for plan in plans], seed))
    allocation = Allocation(
        round_id=budget_round.id,
        ballots=outcome.voters,
        ballots_sha256=ballots_sha256,
        seed=seed,
        spent_cents=outcome.spent_cents,
        left_cents=outcome.left_cents,
        trace=json.loads(canonical_json(trace_of(outcome))),
        counted_at=now,
    )
    session.add(allocation)
    _write_lines(session, budget_round, outcome)
    # What was not cast by now never will be.
    session.execute(delete(BallotDraft).where(BallotDraft.round_id == budget_round.id))
    budget_round.status = RoundStatus.COUNTED
    budget_round.traject.touch()
    record(session, actor.account_id, Do.COUNT_ROUND, budget_round, now, ballots_sha256=ballots_sha256)
    return allocation


def plans_of(rulebook: Mapping[str, Any]) -> list[Plan]:
    """Return the plans of a frozen rulebook as the engine takes them, in the order of the ballot."""
    return [Plan(plan["reference"], plan["cost_cents"], plan["name"], plan["category"]) for plan in rulebook["plans"]]


def rules_of(rulebook: Mapping[str, Any]) -> AllocationRules:
    """Return the rules of a frozen rulebook as the engine takes them."""
    return AllocationRules(
        pot_cents=rulebook["pot_cents"],
        rule=Rule(rulebook["rule"]),
        leftover=Leftover(rulebook["leftover"]),
        category_caps=rulebook["category_caps_cents"],
        minimum_votes=rulebook["minimum_votes"],
    )


def ballots_for_count(kind: BallotKind, choices: str, count: int, references: dict[int, str]) -> BallotGroup:
    """Return stored choices as the engine takes them: plan numbers, or pairs of number and points, become references."""
    read: Sequence[int | Sequence[int]] = json.loads(choices)
    numbers = [entry if isinstance(entry, int) else entry[0] for entry in read]
    named = tuple(references[number] for number in numbers)
    if kind is BallotKind.RANKING:
        return ranked(named, count)
    points = tuple(entry[1] for entry in read if not isinstance(entry, int))
    return BallotGroup(named, count, points or None)


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
