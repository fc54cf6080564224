"""What are the rules of a round, as one document?

It is canonical: whoever has the same parameters writes the same bytes, so that
its SHA-256 can be published at opening and checked by anyone.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from participatie.spelregels.options import MOST_VOTES
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import BallotKind

#: What a plan is worth to whoever chose it, unless a round says otherwise; only these rules ask after it.
COST = "cost"
EQUAL_SHARES = frozenset(
    {"equal-shares", "equal-shares-greedy", "equal-shares-add1", "equal-shares-add1u", "equal-shares-add1-comparison"}
)

#: What was not asked of the first rounds: a rulebook that says nothing else is written as theirs were, to the byte.
LATER = {
    "min_per_category": None,
    "points_total": None,
    "points_per_plan": None,
    "seats": 1,
    "is_advice": False,
    "voting_method": VotingMethod.LETTER,
    "utility": COST,
    "incompatible": (),
}
LATER_OF_A_PLAN = {"description": "", "cost_text": ""}


@dataclass(frozen=True, slots=True)
class RulebookPlan:
    """A plan as frozen: its number on the ballot, what it is called, what it costs (cents), and its category.

    Of an option it holds what it is too, and what it is said to cost, in words: an option costs 0 in the count.
    """

    number: int
    reference: str
    name: str
    cost_cents: int
    category: str | None
    description: str = ""
    cost_text: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All parameters of a vote and its allocation. Amounts in cents of `currency`, moments in UTC.

    `rules` are the spelregels of the traject as it opened with them, and `opening` counts how often
    the vote was opened: 1, or more after a public restart. `seats` is how many options win where nothing is
    divided, and `is_advice` that the outcome does not bind. `utility` is what a plan is worth to who chose it, for equal
    shares; of the plan numbers in one group of `incompatible` one gets money at most.
    """

    title: str
    currency: str
    pot_cents: int
    ballot_kind: BallotKind
    min_choices: int
    max_choices: int | None
    max_sum_cents: int | None
    max_per_category: int | None
    category_sums_cents: Mapping[str, int]
    rule: str
    leftover: str
    category_caps_cents: Mapping[str, int]
    minimum_votes: int
    assurance: str
    assurance_reason: str
    opens_at: datetime
    closes_at: datetime
    plans: tuple[RulebookPlan, ...]
    rules: Mapping[str, Any]
    opening: int
    min_per_category: int | None = None
    points_total: int | None = None
    points_per_plan: int | None = None
    seats: int = 1
    is_advice: bool = False
    voting_method: VotingMethod = VotingMethod.LETTER
    utility: str = COST
    incompatible: tuple[tuple[int, ...], ...] = ()

    def canonical_json(self) -> str:
        """Write the rulebook as one line of JSON: sorted keys, no spaces, moments in UTC as ISO 8601."""
        document = _without(LATER, asdict(self))
        document["plans"] = [_without(LATER_OF_A_PLAN, plan) for plan in document["plans"]]
        return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text)


def _without(usual: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in usual or value != usual[name]}


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    message = f"a rulebook holds no {type(value).__name__}"
    raise TypeError(message)


def contradiction_in(rulebook: Rulebook) -> Verdict:
    """Refuse parameters that cannot both hold, and name the pair."""
    checks: Sequence[tuple[bool, str, str]] = (
        (
            rulebook.max_choices is not None and rulebook.min_choices > rulebook.max_choices,
            "min_choices",
            "max_choices",
        ),
        (rulebook.min_choices > max(len(rulebook.plans), 1), "min_choices", "plans"),
        (any(cap > rulebook.pot_cents for cap in rulebook.category_caps_cents.values()), "category_caps", "pot"),
        (rulebook.opens_at >= rulebook.closes_at, "opens_at", "closes_at"),
        (rulebook.ballot_kind is BallotKind.KNAPSACK and rulebook.max_sum_cents is None, "ballot_kind", "max_sum"),
        *_contradictions_in_points(rulebook),
        *_contradictions_in_categories(rulebook),
        *_contradictions_in_plans(rulebook),
    )
    for broken, one, other in checks:
        if broken:
            return refused(Refusal.RULEBOOK_CONTRADICTS, one=one, other=other)
    return Allowed()


def _contradictions_in_points(rulebook: Rulebook) -> Iterator[tuple[bool, str, str]]:
    if rulebook.ballot_kind is BallotKind.POINTS:
        yield rulebook.points_total is None, "ballot_kind", "points_total"
        # Every plan that is chosen gets one point at least.
        yield (rulebook.points_total or 0) < rulebook.min_choices, "min_choices", "points_total"


def _contradictions_in_categories(rulebook: Rulebook) -> Iterator[tuple[bool, str, str]]:
    least, most = rulebook.min_per_category, rulebook.max_per_category
    if least is not None:
        plans = Counter(plan.category for plan in rulebook.plans if plan.category is not None)
        yield most is not None and least > most, "min_per_category", "max_per_category"
        yield any(count < least for count in plans.values()), "min_per_category", "plans"
        needed = least * len(plans)
        yield rulebook.max_choices is not None and needed > rulebook.max_choices, "min_per_category", "max_choices"


def _contradictions_in_plans(rulebook: Rulebook) -> Iterator[tuple[bool, str, str]]:
    """Look for rules about plans that are not there: nobody would notice that such a rule does nothing."""
    categories = {plan.category for plan in rulebook.plans}
    yield not categories.issuperset(rulebook.category_caps_cents), "category_caps", "plans"
    numbers = {plan.number for plan in rulebook.plans}
    yield any(not numbers.issuperset(group) for group in rulebook.incompatible), "incompatible", "plans"
    yield bool(rulebook.incompatible) and rulebook.rule == MOST_VOTES, "incompatible", "rule"
