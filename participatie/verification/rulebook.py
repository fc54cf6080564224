"""How does the engine read a frozen rulebook and stored ballots, and how do the two become an open data file?

Who counts and who checks read them here, so that both mean the same by them.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from participatie.allocation import AllocationRules, BallotGroup, Leftover, Plan, Rule, Utility, ranked
from participatie.allocation.pabulib import BallotKind as FileKind
from participatie.allocation.pabulib import Election, Vote, meta_of_rules
from participatie.allocation.pabulib.amounts import money
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


def plans_of(rulebook: Mapping[str, Any]) -> list[Plan]:
    """Return the plans of a frozen rulebook as the engine takes them, in the order of the ballot."""
    return [Plan(plan["reference"], plan["cost_cents"], plan["name"], plan["category"]) for plan in rulebook["plans"]]


def rules_of(rulebook: Mapping[str, Any]) -> AllocationRules:
    """Return the rules of a frozen rulebook as the engine takes them; an older one lacks what was not asked yet."""
    references = references_of(rulebook)
    return AllocationRules(
        pot_cents=rulebook["pot_cents"],
        rule=Rule(rulebook["rule"]),
        leftover=Leftover(rulebook["leftover"]),
        category_caps=rulebook["category_caps_cents"],
        minimum_votes=rulebook["minimum_votes"],
        seats=rulebook.get("seats", 1),
        utility=Utility(rulebook.get("utility", Utility.COST)),
        incompatible=tuple(tuple(references[number] for number in group) for group in rulebook.get("incompatible", ())),
    )


def ballots_for_count(kind: BallotKind, choices: str, count: int, references: Mapping[int, str]) -> BallotGroup:
    """Return stored choices as the engine takes them: plan numbers, or pairs of number and points, become references."""
    read: Sequence[int | Sequence[int]] = json.loads(choices)
    numbers = [entry if isinstance(entry, int) else entry[0] for entry in read]
    named = tuple(references[number] for number in numbers)
    if kind is BallotKind.RANKING:
        return ranked(named, count)
    points = tuple(entry[1] for entry in read if not isinstance(entry, int))
    return BallotGroup(named, count, points or None)


def references_of(rulebook: Mapping[str, Any]) -> dict[int, str]:
    """Return the reference of each plan by its number on the ballot."""
    return {plan["number"]: plan["reference"] for plan in rulebook["plans"]}


def election_from(
    slug: str,
    unit: str,
    rulebook: Mapping[str, Any],
    grouped: Iterable[tuple[str, int]],
    funded: Collection[str],
) -> Election:
    """Return a round as an election: its frozen rules and its ballots (choices and how many cast them so).

    The voters are numbered in the order of what they chose, so their numbers say
    neither who they are nor when they voted. `unit` is the area, and `funded` are
    the references of the plans that got money.
    """
    rules = _with_every_category(rules_of(rulebook), rulebook)
    meta = {
        "description": rulebook["title"],
        "country": "Netherlands",
        "unit": unit,
        "instance": slug,
        "currency": rulebook["currency"],
        "date_begin": _day(rulebook["opens_at"]),
        "date_end": _day(rulebook["closes_at"]),
    }
    kind = BallotKind(rulebook["ballot_kind"])
    # Points with a total are what the format calls cumulative.
    has_total = kind is BallotKind.POINTS and rulebook.get("points_total") is not None
    return Election(
        name=f"{slug}.pb",
        meta=meta | _limits_in(rulebook) | meta_of_rules(rules),
        kind=FileKind.CUMULATIVE if has_total else KINDS[kind],
        pot_cents=rules.pot_cents,
        plans=tuple(plans_of(rulebook)),
        votes=tuple(_votes(rulebook, grouped)),
        rule=rules.rule,
        leftover=rules.leftover,
        minimum_votes=rules.minimum_votes,
        seats=rules.seats,
        category_caps=rules.category_caps,
        area_caps=rules.area_caps,
        utility=rules.utility,
        incompatible=rules.incompatible,
        selected=frozenset(funded),
    )


def _with_every_category(rules: AllocationRules, rulebook: Mapping[str, Any]) -> AllocationRules:
    """Return the rules with a cap for every category, as the format wants it: one that has none may get the whole pot."""
    if not rules.category_caps:
        return rules
    names = {plan["category"] for plan in rulebook["plans"] if plan["category"]}
    every = sorted(names.union(rules.category_caps))
    return replace(rules, category_caps={name: rules.category_caps.get(name, rules.pot_cents) for name in every})


def _limits_in(rulebook: Mapping[str, Any]) -> dict[str, str]:
    limits = {
        "min_length": rulebook["min_choices"],
        "max_length": rulebook["max_choices"],
        "max_points": rulebook.get("points_per_plan"),
        "max_sum_points": rulebook.get("points_total"),
    }
    meta = {name: str(limit) for name, limit in limits.items() if limit is not None}
    if rulebook["max_sum_cents"] is not None:
        meta["max_sum_cost"] = money(rulebook["max_sum_cents"])
    categories = sorted({plan["category"] for plan in rulebook["plans"] if plan["category"]})
    of_each = {
        "min_length_per_category": rulebook.get("min_per_category"),
        "max_length_per_category": rulebook["max_per_category"],
    }
    found = {name: str(limit) for name, limit in of_each.items() if limit is not None}
    if found and categories:
        meta |= {"categories": ",".join(categories), **found}
    return meta


def _votes(rulebook: Mapping[str, Any], grouped: Iterable[tuple[str, int]]) -> Iterator[Vote]:
    references = references_of(rulebook)
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
