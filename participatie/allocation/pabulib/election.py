"""What does one election hold: its plans, its votes one by one, and the rules it was held under?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from participatie.allocation.columns import Columns, columns_of
from participatie.allocation.tally import ranked
from participatie.allocation.terms import AllocationRules, BallotGroup, Leftover, Plan, Rule, Utility


class BallotKind(StrEnum):
    """How voters vote; the values are Pabulib's `vote_type`."""

    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"

    @property
    def has_points(self) -> bool:
        """Say whether the voter writes points next to each choice."""
        return self in (BallotKind.CUMULATIVE, BallotKind.SCORING)


class Vote(NamedTuple):
    """One ballot as cast: the voter's id, the chosen plan ids in the voter's order, points if any."""

    voter_id: str
    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None


class Irregularity(StrEnum):
    """What a file does against its own rules without becoming unreadable; each is counted."""

    CHOICE_REPEATED = "choice-repeated"
    TOO_MANY_CHOICES = "too-many-choices"
    TOO_FEW_CHOICES = "too-few-choices"
    OVER_MAX_COST = "over-max-cost"
    OVER_MAX_POINTS = "over-max-points"
    VOTES_DIFFER = "votes-differ"
    SCORE_DIFFERS = "score-differs"
    LEFTOVER_UNKNOWN = "leftover-unknown"
    RULE_UNKNOWN = "rule-unknown"


@dataclass(frozen=True, slots=True)
class BallotLimits:
    """What one ballot may hold by the file's own rules; None or absent is no limit. Money in cents."""

    min_length: int | None = None
    max_length: int | None = None
    max_sum_cost_cents: int | None = None
    min_sum_points: int | None = None
    max_sum_points: int | None = None
    min_length_per_category: Mapping[str, int] = field(default_factory=dict)
    max_length_per_category: Mapping[str, int] = field(default_factory=dict)
    max_sum_cost_cents_per_category: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Election:
    """An election as a Pabulib file tells it. `meta` keeps every META key as it stood.

    `file_rule` is the rule in the file's own words, `rule` ours (unknown ones
    count as greedy and are an irregularity). `selected` are the plans marked as
    chosen (`selected` = 1), None when the file has no such column. `seats` is
    how many options win where nothing is divided.
    """

    name: str
    meta: Mapping[str, str]
    kind: BallotKind
    pot_cents: int
    plans: tuple[Plan, ...]
    votes: Sequence[Vote]
    file_rule: str = ""
    rule: Rule = Rule.GREEDY
    leftover: Leftover = Leftover.NONE
    minimum_votes: int = 0
    seats: int = 1
    category_caps: Mapping[str, int] = field(default_factory=dict)
    area_caps: Mapping[str, int] = field(default_factory=dict)
    utility: Utility = Utility.COST
    incompatible: tuple[tuple[str, ...], ...] = ()
    limits: BallotLimits = field(default_factory=BallotLimits)
    selected: frozenset[str] | None = None
    irregularities: Mapping[Irregularity, int] = field(default_factory=dict)
    ballots_as_read: Columns | None = field(default=None, repr=False, compare=False)

    @property
    def currency(self) -> str:
        """The currency's code, EUR when the file names none."""
        return self.meta.get("currency", "EUR")

    @cached_property
    def ballots(self) -> Columns:
        """The votes as groups of identical ballots; a ranking as Borda points."""
        if self.ballots_as_read is not None:
            return self.ballots_as_read
        return ballots_of(self.kind, [plan.id for plan in self.plans], self.votes)

    def rules(self, rule: Rule | None = None, leftover: Leftover | None = None) -> AllocationRules:
        """Return the file's own rules, with another rule or leftover policy if given."""
        return AllocationRules(
            pot_cents=self.pot_cents,
            rule=self.rule if rule is None else rule,
            leftover=self.leftover if leftover is None else leftover,
            category_caps=self.category_caps,
            minimum_votes=self.minimum_votes,
            seats=self.seats,
            area_caps=self.area_caps,
            utility=self.utility,
            incompatible=self.incompatible,
        )


def ballots_of(kind: BallotKind, plan_ids: Sequence[str], votes: Iterable[Vote]) -> Columns:
    """Turn votes into groups of identical ballots, ready for `allocate`.

    Votes that were written alike are counted before anything is worked out.
    """
    alike: dict[tuple[tuple[str, ...], tuple[int, ...] | None], int] = {}
    for vote in votes:
        written = (vote.choices, vote.points)
        alike[written] = alike.get(written, 0) + 1
    return columns_of(
        plan_ids,
        [
            ranked(choices, count)
            if kind is BallotKind.ORDINAL and points is None
            else BallotGroup(choices, count, points)
            for (choices, points), count in alike.items()
        ],
    )
