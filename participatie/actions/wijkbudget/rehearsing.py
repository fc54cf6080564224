"""What do the rules of a round do with ballots that are none of this round: made up, or those of last year? It reads only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from participatie.allocation import AllocationRules, BallotGroup, Outcome, Plan, Rule, allocate, tie_order
from participatie.allocation.pabulib import Election
from participatie.spelregels.made_up_votes import made_up_ballots
from participatie.spelregels.votes import BallotKind, PlanOnBallot
from participatie.verification.reading import limits_of
from participatie.verification.rulebook import ballots_for_count, plans_of, references_of, rules_of

#: The rules that the round's own is laid beside: the first two that are others.
BESIDES = (Rule.GREEDY, Rule.EQUAL_SHARES_ADD1, Rule.PHRAGMEN)
#: Equal shares grow in this many steps, or by a euro where that is more: a rehearsal takes no minutes.
STEPS = 20
ONE_EURO = 100


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the rules of a round did with ballots, and two other rules with the same ones; `seed` drew the lots."""

    plans: Sequence[Plan]
    outcome: Outcome
    others: Sequence[Outcome]
    seed: str

    @property
    def in_large_steps(self) -> bool:
        """Tell whether the equal shares grew by more than a euro at a time."""
        return self.outcome.rules.raise_cents > ONE_EURO


def rehearse_made_up(slug: str, rulebook: str) -> Rehearsal | None:
    """Count made-up ballots by a rulebook (as JSON); None where no ballot can be made up. The slug is what they are made from."""
    return _made_up(f"proef-{slug}", rulebook)


def rehearse_file(election: Election, rulebook: str) -> Rehearsal | None:
    """Count the ballots and plans of an open data file by the rule of a round; the pot and the caps are those of the file.

    None for a file without ballots or plans, and for one in which people chose among options.
    """
    if election.rule is Rule.MOST_VOTES or not len(election.ballots) or not election.plans:
        return None
    document = json.loads(rulebook)
    own = rules_of({**document, "incompatible": ()})
    rules = replace(election.rules(own.rule, own.leftover), utility=own.utility, minimum_votes=own.minimum_votes)
    return _rehearsed(election.plans, election.ballots, rules, election.name)


@lru_cache(maxsize=32)
def _made_up(seed: str, rulebook: str) -> Rehearsal | None:
    # The same rulebook gives the same ballots, and everybody may ask for them.
    document: dict[str, Any] = json.loads(rulebook)
    plans = {plan["number"]: PlanOnBallot(plan["cost_cents"], plan["category"]) for plan in document["plans"]}
    references, kind = references_of(document), BallotKind(document["ballot_kind"])
    ballots = [
        ballots_for_count(kind, json.dumps(choices), 1, references)
        for choices in made_up_ballots(plans, limits_of(document), seed)
    ]
    # In preparation a rule may name a plan that is not there yet; opening refuses that.
    groups = [group for group in document.get("incompatible", ()) if references.keys() >= set(group)]
    rules = rules_of({**document, "incompatible": groups})
    return _rehearsed(plans_of(document), ballots, rules, seed) if ballots else None


def _rehearsed(plans: Sequence[Plan], ballots: Sequence[BallotGroup], rules: AllocationRules, seed: str) -> Rehearsal:
    voters = sum(ballot.count for ballot in ballots)
    rules = replace(rules, raise_cents=max(ONE_EURO, rules.pot_cents // (voters * STEPS)))
    order = tie_order([plan.id for plan in plans], seed)
    others = [rule for rule in BESIDES if rule is not rules.rule][:2]
    return Rehearsal(
        plans,
        allocate(plans, ballots, rules, order),
        [allocate(plans, ballots, replace(rules, rule=rule), order) for rule in others],
        seed,
    )
