"""What are the rules of this round, and may it open, be counted, be paid out?

The rulebook is one canonical document: whoever has the same parameters writes the
same bytes, so that its SHA-256 can be published at opening and checked by anyone.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from participatie.spelregels.options import MOST_VOTES, may_open_choice
from participatie.spelregels.phases import PhaseFacts, ballot_phase
from participatie.spelregels.residence import VotingMethod
from participatie.spelregels.rulesets import may_award
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import BallotKind


class RoundStatus(StrEnum):
    """The life of a round. From OPEN on, its rulebook is frozen."""

    DRAFT = "concept"
    OPEN = "geopend"
    COUNTED = "geteld"
    PUBLISHED = "gepubliceerd"


#: What was not asked of the first rounds: a rulebook that says nothing else is written as theirs were, to the byte.
LATER = {
    "min_per_category": None,
    "points_total": None,
    "points_per_plan": None,
    "seats": 1,
    "is_advice": False,
    "voting_method": VotingMethod.LETTER,
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
    divided, and `is_advice` that the outcome does not bind.
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


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text (UTF-8) in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def tie_seed(rulebook_sha256: str, ballots_sha256: str) -> str:
    """Return the seed that breaks ties: nobody knows it before the last ballot is in.

    Both hashes are published, so that anybody can make the seed again.
    """
    return sha256_of(f"{rulebook_sha256}\n{ballots_sha256}")


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


def may_have_round(
    phases: Sequence[PhaseFacts], *, by_vote: bool, min_choices: int, max_choices: int | None
) -> Verdict:
    """Refuse a round of votes in a traject without a voting phase, or one with a minimum above its maximum."""
    if by_vote and ballot_phase(phases) is None:
        return refused(Refusal.NO_VOTING_PHASE)
    if max_choices is not None and min_choices > max_choices:
        return refused(Refusal.RULEBOOK_CONTRADICTS, one="min_choices", other="max_choices")
    return Allowed()


def may_open_round(rulebook: Rulebook, status: RoundStatus, voters: int) -> Verdict:
    """Refuse opening twice, without plans, assurance or voter roll, or with rules that contradict each other.

    Where one votes with an account, everybody comes on the roll at the moment of casting.
    """
    if status is not RoundStatus.DRAFT:
        return refused(Refusal.ROUND_NOT_DRAFT)
    if rulebook.rule == MOST_VOTES:
        enough = may_open_choice(len(rulebook.plans), rulebook.seats)
        if not enough:
            return enough
    if not rulebook.plans:
        return refused(Refusal.NO_PLANS)
    for plan in rulebook.plans:
        if plan.cost_cents > rulebook.pot_cents:
            return refused(Refusal.PLAN_OVER_POT, plan=plan.name)
    if not rulebook.assurance.strip() or not rulebook.assurance_reason.strip():
        return refused(Refusal.CARD_INCOMPLETE, missing="assurance, assurance_reason")
    if voters == 0 and not rulebook.voting_method.by_account:
        return refused(Refusal.NO_VOTER_ROLL)
    return contradiction_in(rulebook)


def may_change_round(status: RoundStatus) -> Verdict:
    """Refuse to change a round once its rules are frozen."""
    return Allowed() if status is RoundStatus.DRAFT else refused(Refusal.ROUND_NOT_DRAFT)


def may_award_round(rulebook: Rulebook, status: RoundStatus) -> Verdict:
    """Refuse to award twice, without plans, or more than the pot holds."""
    if status is not RoundStatus.DRAFT:
        return refused(Refusal.ALREADY_COUNTED)
    if not rulebook.plans:
        return refused(Refusal.NO_PLANS)
    return holds_plans(rulebook.pot_cents, rulebook.plans)


def holds_plans(pot_cents: int, plans: Sequence[RulebookPlan]) -> Verdict:
    """Refuse a pot that does not hold every plan: where money is awarded, each was admitted on the promise that it does."""
    return may_award(pot_cents, sum(plan.cost_cents for plan in plans), 0)


def may_restart(status: RoundStatus, reason: str) -> Verdict:
    """Refuse to do a vote over without a public reason, before it opened, or once it was counted: then the outcome is known."""
    if status is RoundStatus.DRAFT:
        return refused(Refusal.VOTE_NOT_OPEN)
    if status is not RoundStatus.OPEN:
        return refused(Refusal.RESTART_TOO_LATE)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_issue_codes(status: RoundStatus) -> Verdict:
    """Refuse new codes once the ballots are counted; during the vote a lost letter can still be replaced."""
    if status in (RoundStatus.COUNTED, RoundStatus.PUBLISHED):
        return refused(Refusal.ALREADY_COUNTED)
    return Allowed()


def may_count(status: RoundStatus, closes_at: datetime, now: datetime) -> Verdict:
    """Refuse counting before the close, before the opening, and twice."""
    if status is RoundStatus.DRAFT:
        return refused(Refusal.VOTE_NOT_OPEN)
    if status is not RoundStatus.OPEN:
        return refused(Refusal.ALREADY_COUNTED)
    if now < closes_at:
        return refused(Refusal.VOTE_STILL_OPEN)
    return Allowed()


def may_seal(status: RoundStatus, closes_at: datetime, now: datetime) -> Verdict:
    """Refuse sealing before the close, before the opening, and once the ballots were counted."""
    return may_count(status, closes_at, now)


def may_recount(status: RoundStatus, reason: str) -> Verdict:
    """Refuse to count again before the first count, once the outcome is public, and without a reason."""
    if status in (RoundStatus.DRAFT, RoundStatus.OPEN):
        return refused(Refusal.NOT_COUNTED)
    if status is not RoundStatus.COUNTED:
        return refused(Refusal.ALREADY_DECIDED)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_destroy_secret(status: RoundStatus, objection_until: date | None, today: date) -> Verdict:
    """Refuse before the besluit, and up to and with the last day on which somebody can object to it.

    Until then an objection may ask whether a ballot was cast with a given code; `today` is a day in Amsterdam.
    """
    if status is not RoundStatus.PUBLISHED or objection_until is None:
        return refused(Refusal.NOT_DECIDED)
    if today <= objection_until:
        return refused(Refusal.OBJECTION_TERM_RUNS, until=f"{objection_until:%d-%m-%Y}")
    return Allowed()


def may_carry_out(status: RoundStatus, allocated_cents: int) -> Verdict:
    """Refuse carrying out before the besluit, and of a plan that got no money."""
    if status is not RoundStatus.PUBLISHED:
        return refused(Refusal.NOT_COUNTED)
    return Allowed() if allocated_cents > 0 else refused(Refusal.PLAN_NOT_FUNDED)


def may_pay(payable_cents: int, allocated_cents: int, paid_cents: int, amount_cents: int) -> Verdict:
    """Refuse a payment above what was allocated to the plan, or before the part it belongs to was earned. Cents."""
    after = paid_cents + amount_cents
    if after > allocated_cents:
        return refused(Refusal.AMOUNT_OVER_ALLOCATED, over_cents=after - allocated_cents)
    if after > payable_cents:
        return refused(Refusal.PART_NOT_EARNED, payable_cents=max(payable_cents - paid_cents, 0))
    return Allowed()


def may_be_done(done_on: date, today: date) -> Verdict:
    """Refuse to write down as done, or as paid, what is still to come."""
    return refused(Refusal.DAY_TO_COME) if done_on > today else Allowed()


def is_late(due_on: date, done_on: date | None, today: date) -> bool:
    """Tell whether a promised step is past its day and not done."""
    return done_on is None and due_on < today
