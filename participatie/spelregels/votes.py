"""Is this a valid ballot, and may this credential cast it now?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

GUESSES_PER_HOUR = 10


class BallotKind(StrEnum):
    """How a voter fills in a ballot. The names are those of the Pabulib format, but for `knapsack`."""

    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    CHOOSE_ONE = "choose-1"
    POINTS = "cumulative"
    RANKING = "ordinal"


class RollStatus(StrEnum):
    """What became of a credential on the voter roll."""

    ISSUED = "uitgegeven"
    USED = "gebruikt"
    REVOKED = "ingetrokken"


class Channel(StrEnum):
    """How a ballot came in. One credential has one channel for good."""

    WEB = "web"
    PAPER = "papier"


@dataclass(frozen=True, slots=True)
class PlanOnBallot:
    """A plan as the ballot sees it; `cost_cents` is what the rulebook froze."""

    cost_cents: int
    category: str | None = None


@dataclass(frozen=True, slots=True)
class BallotLimits:
    """How many plans, and for how much. None means no limit; amounts in cents."""

    min_choices: int = 1
    max_choices: int | None = None
    max_sum_cents: int | None = None
    max_per_category: int | None = None
    category_sums_cents: Mapping[str, int] = field(default_factory=dict)


def check_choices(choices: Sequence[int], plans: Mapping[int, PlanOnBallot], limits: BallotLimits) -> Verdict:
    """Refuse a ballot with an unknown or doubled plan, or beyond one of the limits.

    `choices` are plan numbers; `plans` are the plans on the ballot by number, with
    the costs of the rulebook: what a browser says about costs is never read (abuse case 6).
    """
    for number in choices:
        if number not in plans:
            return refused(Refusal.CHOICE_UNKNOWN, plan=number)
    if len(set(choices)) != len(choices):
        return refused(Refusal.CHOICE_TWICE)
    if len(choices) < limits.min_choices:
        return refused(Refusal.TOO_FEW_CHOICES, chosen=len(choices), minimum=limits.min_choices)
    if limits.max_choices is not None and len(choices) > limits.max_choices:
        return refused(Refusal.TOO_MANY_CHOICES, chosen=len(choices), maximum=limits.max_choices)
    total = sum(plans[number].cost_cents for number in choices)
    if limits.max_sum_cents is not None and total > limits.max_sum_cents:
        return refused(Refusal.OVER_BUDGET, over_cents=total - limits.max_sum_cents)
    return _check_categories(choices, plans, limits)


def _check_categories(choices: Sequence[int], plans: Mapping[int, PlanOnBallot], limits: BallotLimits) -> Verdict:
    sums: defaultdict[str, int] = defaultdict(int)
    counts: Counter[str] = Counter()
    for number in choices:
        plan = plans[number]
        if plan.category is not None:
            counts[plan.category] += 1
            sums[plan.category] += plan.cost_cents
    for category, count in counts.items():
        if limits.max_per_category is not None and count > limits.max_per_category:
            return refused(Refusal.TOO_MANY_IN_CATEGORY, category=category, maximum=limits.max_per_category)
        cap = limits.category_sums_cents.get(category)
        if cap is not None and sums[category] > cap:
            return refused(Refusal.OVER_CATEGORY_BUDGET, category=category, over_cents=sums[category] - cap)
    return Allowed()


@dataclass(frozen=True, slots=True)
class RoundClock:
    """When a round can be voted in: opened by an act, and between two moments in UTC."""

    is_open: bool
    opens_at: datetime
    closes_at: datetime


def may_vote_now(clock: RoundClock, now: datetime) -> Verdict:
    """Refuse before the opening and from the closing moment on; the server's time decides (abuse case 8)."""
    if now >= clock.closes_at:
        return refused(Refusal.VOTE_CLOSED)
    if not clock.is_open or now < clock.opens_at:
        return refused(Refusal.VOTE_NOT_OPEN)
    return Allowed()


def may_use_credential(status: RollStatus, used_channel: Channel | None, channel: Channel) -> Verdict:
    """Refuse a revoked credential, and one that voted through another channel (abuse cases 11 and 57).

    Voting again through the same channel is allowed: it replaces the ballot.
    """
    if status is RollStatus.REVOKED:
        return refused(Refusal.CODE_REVOKED)
    if status is RollStatus.USED and used_channel is not channel:
        return refused(Refusal.CODE_USED_ELSEWHERE)
    return Allowed()


def may_guess(failures_this_hour: int) -> Verdict:
    """Refuse the eleventh wrong code for one selector in an hour."""
    if failures_this_hour >= GUESSES_PER_HOUR:
        return refused(Refusal.TOO_MANY_GUESSES, limit=GUESSES_PER_HOUR)
    return Allowed()
