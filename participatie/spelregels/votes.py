"""Is this a valid ballot, and may this credential cast it now?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, first_refusal, refused

GUESSES_PER_HOUR = 10  # for one selector
WRONG_CODES_PER_HOUR = 500  # for a whole round; typing errors are caught by the check character and not counted
#: More points than any ballot gives; whatever is above it was typed by a machine.
MOST_POINTS = 999_999

#: One choice on a ballot: the number of a plan, or with points the number and how many points it gets.
Choice = int | tuple[int, int]
#: What is on one ballot. Only in a ranking does the order matter: the first is the best.
Choices = Sequence[Choice]


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
    """How a ballot is filled in, with how many plans, for how much. None means no limit; amounts in cents.

    `points_total` and `points_per_plan` are for ballots with points. In a ranking `max_choices` is the number of places.
    """

    min_choices: int = 1
    max_choices: int | None = None
    max_sum_cents: int | None = None
    max_per_category: int | None = None
    category_sums_cents: Mapping[str, int] = field(default_factory=dict)
    ballot_kind: BallotKind = BallotKind.APPROVAL
    min_per_category: int | None = None
    points_total: int | None = None
    points_per_plan: int | None = None


def numbers_in(choices: Choices) -> list[int]:
    """Return the numbers of the plans on a ballot of any kind, in its order."""
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def check_form(choices: Choices, plans: Mapping[int, PlanOnBallot], kind: BallotKind) -> Verdict:
    """Refuse what is no ballot at all: an unknown or doubled plan, or points that are no whole number above 0.

    A draft may break every limit, but not this (abuse cases 6 and 7).
    """
    for choice in choices:
        number, points = choice if isinstance(choice, tuple) and len(choice) == 2 else (choice, None)  # noqa: PLR2004
        # 1.0 and True are found among whole numbers too, and would be written down otherwise than 1.
        if type(number) is not int or number not in plans:
            return refused(Refusal.CHOICE_UNKNOWN, plan=number if type(number) is int else str(number)[:20])
        if (kind is BallotKind.POINTS) != (points is not None):
            return refused(Refusal.POINTS_WRONG, plan=number)
        if points is not None and not (type(points) is int and 1 <= points <= MOST_POINTS):
            return refused(Refusal.POINTS_WRONG, plan=number)
    if len(set(numbers_in(choices))) != len(choices):
        return refused(Refusal.CHOICE_TWICE)
    return Allowed()


def check_choices(choices: Choices, plans: Mapping[int, PlanOnBallot], limits: BallotLimits) -> Verdict:
    """Refuse what is no ballot (`check_form`), and a ballot beyond one of the limits.

    `plans` are the plans on the ballot by number, with the costs of the rulebook: what a browser
    says about costs is never read (abuse case 6).
    """
    verdict = check_form(choices, plans, limits.ballot_kind)
    if isinstance(verdict, Refused):
        return verdict
    if len(choices) < limits.min_choices:
        return refused(Refusal.TOO_FEW_CHOICES, chosen=len(choices), minimum=limits.min_choices)
    most = 1 if limits.ballot_kind is BallotKind.CHOOSE_ONE else limits.max_choices
    if most is not None and len(choices) > most:
        return refused(Refusal.TOO_MANY_CHOICES, chosen=len(choices), maximum=most)
    numbers = numbers_in(choices)
    total = sum(plans[number].cost_cents for number in numbers)
    if limits.max_sum_cents is not None and total > limits.max_sum_cents:
        return refused(Refusal.OVER_BUDGET, over_cents=total - limits.max_sum_cents)
    return first_refusal(_check_points(choices, limits), _check_categories(numbers, plans, limits))


def _check_points(choices: Choices, limits: BallotLimits) -> Verdict:
    pairs = [choice for choice in choices if isinstance(choice, tuple)]
    for number, points in pairs:
        if limits.points_per_plan is not None and points > limits.points_per_plan:
            return refused(Refusal.TOO_MANY_POINTS_ON_PLAN, plan=number, maximum=limits.points_per_plan)
    given = sum(points for _number, points in pairs)
    if limits.points_total is not None and given > limits.points_total:
        over = given - limits.points_total
        return refused(Refusal.TOO_MANY_POINTS, given=given, over=over, maximum=limits.points_total)
    return Allowed()


def _check_categories(numbers: Sequence[int], plans: Mapping[int, PlanOnBallot], limits: BallotLimits) -> Verdict:
    counts = {plan.category: 0 for plan in plans.values() if plan.category is not None}
    sums = dict(counts)
    for number in numbers:
        plan = plans[number]
        if plan.category is not None:
            counts[plan.category] += 1
            sums[plan.category] += plan.cost_cents
    for category, count in counts.items():
        if limits.max_per_category is not None and count > limits.max_per_category:
            return refused(Refusal.TOO_MANY_IN_CATEGORY, category=category, maximum=limits.max_per_category)
        if limits.min_per_category is not None and count < limits.min_per_category:
            return refused(Refusal.TOO_FEW_IN_CATEGORY, category=category, minimum=limits.min_per_category)
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


def may_vote_in(seen: int | None, opening: int) -> Verdict:
    """Refuse a page of an earlier opening: what stood under its numbers may be another plan now, or none.

    `seen` is the opening that a page showed, None for a request that does not say; `opening` is the one that runs.
    """
    return Allowed() if seen is None or seen == opening else refused(Refusal.VOTE_BEGAN_ANEW)


def may_use_credential(status: RollStatus, used_channel: Channel | None, channel: Channel) -> Verdict:
    """Refuse a revoked credential, and one that voted through another channel (abuse cases 11 and 57).

    Voting again through the same channel is allowed: it replaces the ballot.
    """
    if status is RollStatus.REVOKED:
        return refused(Refusal.CODE_REVOKED)
    if status is RollStatus.USED and used_channel is not channel:
        return refused(Refusal.CODE_USED_ELSEWHERE)
    return Allowed()


def may_guess(failures_this_hour: int, failures_of_round: int = 0) -> Verdict:
    """Refuse the eleventh wrong code for one selector in an hour, and the 501st for a round."""
    if failures_of_round >= WRONG_CODES_PER_HOUR:
        return refused(Refusal.TOO_MANY_WRONG_CODES)
    if failures_this_hour >= GUESSES_PER_HOUR:
        return refused(Refusal.TOO_MANY_GUESSES, limit=GUESSES_PER_HOUR)
    return Allowed()
