"""Which ballots could voters cast who do not exist? Made up from a published text, so that a rule can be tried out.

Whoever has the text makes up the same ballots. They say nothing about what residents want: some plans are liked better
than others only because a vote in which all are liked alike would show nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import BallotKind, BallotLimits, Choice, PlanOnBallot, check_choices

VOTERS = 200
#: Without a maximum somebody made up chooses this many plans at most, and without a total divides this many points.
MOST_CHOICES = 5
POINTS = 10
_LIKINGS = 9


def made_up_ballots(
    plans: Mapping[int, PlanOnBallot], limits: BallotLimits, text: str, voters: int = VOTERS
) -> list[Sequence[Choice]]:
    """Return made-up ballots that the limits allow, at most one for each voter; none where the limits allow none."""
    liked = {number: 1 + _number(text, "plan", number) % _LIKINGS for number in plans}
    found = []
    for voter in range(1, voters + 1):
        # A plan that is liked better comes to the front with more of them.
        by_taste = sorted(plans, key=lambda number: (_number(text, voter, number) // liked[number], number))
        choices = _choices(by_taste, plans, limits, _number(text, voter, "length"))
        if choices and not isinstance(check_choices(choices, plans, limits), Refused):
            found.append(choices)
    return found


def _choices(
    by_taste: Sequence[int], plans: Mapping[int, PlanOnBallot], limits: BallotLimits, drawn: int
) -> Sequence[Choice]:
    if limits.ballot_kind is BallotKind.CHOOSE_ONE:
        return by_taste[:1]
    lowest = max(limits.min_choices, 1)
    highest = min(limits.max_choices if limits.max_choices is not None else max(MOST_CHOICES, lowest), len(plans))
    wanted = lowest + drawn % max(highest - lowest + 1, 1)
    chosen = list(_taken(by_taste, plans, limits, wanted))
    if limits.ballot_kind is not BallotKind.POINTS:
        return chosen
    total = POINTS if limits.points_total is None else limits.points_total
    chosen = chosen[:total]
    most = total if limits.points_per_plan is None else limits.points_per_plan
    return [(number, max(min(total // len(chosen), most), 1)) for number in chosen]


def _taken(
    by_taste: Sequence[int], plans: Mapping[int, PlanOnBallot], limits: BallotLimits, wanted: int
) -> Iterator[int]:
    """Yield plans by taste while they fit: first what each category needs, then the rest."""
    least = limits.min_per_category or 0
    counts: Counter[str | None] = Counter()
    needed = []
    for number in by_taste:
        category = plans[number].category
        if category is not None and counts[category] < least:
            counts[category] += 1
            needed.append(number)
    order = [*needed, *(number for number in by_taste if number not in needed)]
    counts, sums, spent, taken = Counter(), Counter[str | None](), 0, 0
    for number in order:
        cost, category = plans[number].cost_cents, plans[number].category
        of_category = limits.category_sums_cents.get(category or "")
        too_many = category is not None and counts[category] >= (limits.max_per_category or len(plans))
        too_dear = limits.max_sum_cents is not None and spent + cost > limits.max_sum_cents
        over_cap = of_category is not None and sums[category] + cost > of_category
        if taken < max(wanted, len(needed)) and not (too_many or too_dear or over_cap):
            counts[category] += 1
            sums[category] += cost
            spent, taken = spent + cost, taken + 1
            yield number


def _number(*words: object) -> int:
    return int.from_bytes(sha256("\n".join(map(str, words)).encode()).digest()[:6], "big")
