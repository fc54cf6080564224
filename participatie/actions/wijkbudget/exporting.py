"""How does a counted round go out as an open data file, for whoever wants to count it again?"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from participatie.actions.wijkbudget.counting import plans_of, rules_of
from participatie.allocation.pabulib import BallotKind as FileKind
from participatie.allocation.pabulib import Election, Vote, meta_of_rules
from participatie.allocation.pabulib.amounts import money
from participatie.models.wijkbudget import Round
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.votes import BallotKind

#: A knapsack is an approval with a most that it may cost.
KINDS = {
    BallotKind.APPROVAL: FileKind.APPROVAL,
    BallotKind.KNAPSACK: FileKind.APPROVAL,
    BallotKind.CHOOSE_ONE: FileKind.CHOOSE_1,
    BallotKind.POINTS: FileKind.SCORING,
    BallotKind.RANKING: FileKind.ORDINAL,
}


def election_of(budget_round: Round, grouped: Iterable[tuple[str, int]], funded: Collection[str]) -> Election:
    """Return a round as an election: its frozen rules and its ballots (choices and how many cast them so).

    The voters are numbered in the order of what they chose, so their numbers say
    neither who they are nor when they voted. `funded` are the references of the
    plans that got money.
    """
    rulebook = budget_round.frozen_rulebook()
    rules = rules_of(rulebook)
    meta = {
        "description": rulebook["title"],
        "unit": budget_round.traject.area.name,
        "currency": rulebook["currency"],
        "date_begin": _day(rulebook["opens_at"]),
        "date_end": _day(rulebook["closes_at"]),
        "min_length": str(rulebook["min_choices"]),
    }
    if rulebook["max_choices"] is not None:
        meta["max_length"] = str(rulebook["max_choices"])
    if rulebook["max_sum_cents"] is not None:
        meta["max_sum_cost"] = money(rulebook["max_sum_cents"])
    return Election(
        name=f"{budget_round.slug}.pb",
        meta=meta | meta_of_rules(rules),
        kind=KINDS[BallotKind(rulebook["ballot_kind"])],
        pot_cents=rules.pot_cents,
        plans=tuple(plans_of(rulebook)),
        votes=tuple(_votes(rulebook, grouped)),
        rule=rules.rule,
        leftover=rules.leftover,
        minimum_votes=rules.minimum_votes,
        category_caps=rules.category_caps,
        selected=frozenset(funded),
    )


def _votes(rulebook: Mapping[str, Any], grouped: Iterable[tuple[str, int]]) -> Iterator[Vote]:
    references = {plan["number"]: plan["reference"] for plan in rulebook["plans"]}
    in_points = rulebook["ballot_kind"] == BallotKind.POINTS
    voter = 0
    for choices, count in sorted(grouped):
        read = json.loads(choices)
        chosen = tuple(references[entry if isinstance(entry, int) else entry[0]] for entry in read)
        points = tuple(entry[1] for entry in read) if in_points else None
        for _ in range(count):
            voter += 1
            yield Vote(str(voter), chosen, points)


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(AMSTERDAM):%d.%m.%Y}"
