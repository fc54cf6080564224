"""Which words does an allocation use: plans, ballots and rules in, an outcome with reasons out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Fact = int | str | tuple[str, ...]


class Rule(StrEnum):
    """How the pot becomes a list of plans. The name alone decides the meaning.

    - `greedy`: by score, skip what does not fit and go on.
    - `greedy-stop`: by score, stop at the first plan that costs more than is left.
    - `greedy-per-euro`: by score for each cent of cost, skip and go on.
    - `equal-shares`: the method of equal shares with cost utilities (Peters,
      Pierczynski & Skowron 2021, 'Proportional Participatory Budgeting with
      Additive Utilities'), without completion.
    - `equal-shares-add1`: the same, every share raised by one euro until no
      supported plan fits any more, or until the next raise would break the pot.
    - `equal-shares-add1u`: after `equal-shares-add1`, greedy spends what is left
      (equalshares.net: 'add1u').
    - `equal-shares-greedy`: after `equal-shares`, greedy spends what is left.
    - `phragmen`: everybody earns at the same pace, and a plan is bought as soon as its
      supporters own its cost; until a plan that could be bought would break the pot.
    - `equal-shares-add1-comparison`: as Pabulib and equalshares.net define it:
      raise until the next raise would break the pot, even when nothing fits any
      more; then greedy takes over if more voters prefer its plans.
    - `most-votes`: no money is divided. The option with the highest score wins, or
      as many of them as there are `seats`; an option without a vote never wins.
    """

    GREEDY = "greedy"
    GREEDY_STOP = "greedy-stop"
    GREEDY_PER_EURO = "greedy-per-euro"
    EQUAL_SHARES = "equal-shares"
    EQUAL_SHARES_ADD1 = "equal-shares-add1"
    EQUAL_SHARES_ADD1U = "equal-shares-add1u"
    EQUAL_SHARES_GREEDY = "equal-shares-greedy"
    PHRAGMEN = "phragmen"
    EQUAL_SHARES_ADD1_COMPARISON = "equal-shares-add1-comparison"
    MOST_VOTES = "most-votes"


class Utility(StrEnum):
    """What a plan is worth to a supporter, for equal shares: its cost, or the same for each plan."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Leftover(StrEnum):
    """What happens with money that the rule itself left over.

    - `none`: nothing.
    - `next-fitting`: go down the scores and fund what fits; category caps do not count here, those of areas do.
    - `part`: the unfunded plan with the highest score gets what is left, whole or in part.
    """

    NONE = "none"
    NEXT_FITTING = "next-fitting"
    PART = "part"


class Reason(StrEnum):
    """Why a plan got its money, or did not. Codes only: the screen has the sentences."""

    FUNDED = "funded"
    FUNDED_FREE = "funded-free"
    FUNDED_TO_COMPLETE = "funded-to-complete"
    FUNDED_FROM_LEFTOVER = "funded-from-leftover"
    FUNDED_IN_PART = "funded-in-part"
    OVER_BUDGET = "over-budget"
    OVER_CATEGORY_CAP = "over-category-cap"
    OVER_AREA_CAP = "over-area-cap"
    INCOMPATIBLE = "incompatible"
    AFTER_STOP = "after-stop"
    BELOW_MINIMUM_VOTES = "below-minimum-votes"
    NOT_EARNED_IN_TIME = "not-earned-in-time"
    NOT_AFFORDABLE_BY_SUPPORTERS = "not-affordable-by-supporters"
    NO_VOTES = "no-votes"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not-chosen"


class TieBreak(StrEnum):
    """Who broke the ties: an order that was handed over (the drawn lots), or the order of the plans."""

    DRAWN_ORDER = "drawn-order"
    ORDER_OF_PLANS = "order-of-plans"


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan on the ballot; `cost_cents` is what it costs in whole cents, 0 or more."""

    id: str
    cost_cents: int
    name: str = ""
    category: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class BallotGroup:
    """`count` identical ballots: plan ids, and for points or a ranking the points of each.

    `points` is None for approval and choose-1 (every choice weighs 1). `weight`
    is what one of these ballots weighs against the others, 1 unless the rulebook
    weighs a channel (paper against web).
    """

    choices: tuple[str, ...]
    count: int = 1
    points: tuple[int, ...] | None = None
    weight: int | Fraction = 1


@dataclass(frozen=True, slots=True)
class AllocationRules:
    """The frozen parameters of one allocation.

    `pot_cents` is the money there is; `category_caps` holds the most a category
    may get, in cents (a category without a cap is free); a plan whose score is
    under `minimum_votes` takes no part; `raise_cents` is what one raise of
    equal-shares-add1 gives to every voter. `area_caps` are as those of
    categories; of the plans in one group of `incompatible` one is funded at most;
    `seats` is how many options win with most-votes, where pot, caps and costs play no part.
    """

    pot_cents: int
    rule: Rule = Rule.GREEDY
    leftover: Leftover = Leftover.NONE
    category_caps: Mapping[str, int] = field(default_factory=dict)
    minimum_votes: int = 0
    raise_cents: int = 100
    area_caps: Mapping[str, int] = field(default_factory=dict)
    utility: Utility = Utility.COST
    incompatible: tuple[tuple[str, ...], ...] = ()
    seats: int = 1


@dataclass(frozen=True, slots=True)
class Tie:
    """Plans that stood exactly equal, in the order in which the tie was broken.

    `decisive` says that some of them got money and some did not.
    """

    plan_ids: tuple[str, ...]
    decisive: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What happened to one plan. Money in cents; `step` counts the funded plans from 1.

    `votes` is the number of voters who chose the plan, `score` their votes,
    points or Borda points together. For a plan without money `step` is None and
    `balance_after_cents` is what was left when it was refused.
    """

    plan_id: str
    votes: int
    score: int | Fraction
    cost_cents: int
    funded_cents: int
    reason: Reason
    step: int | None
    balance_after_cents: int
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole answer: who got what and why, what was left, which ties were met.

    `funded` is in order of funding and includes a part-funded plan; `lines` has
    every plan once, the funded ones first, the others by score.
    """

    rules: AllocationRules
    funded: tuple[str, ...]
    lines: tuple[Line, ...]
    spent_cents: int
    left_cents: int
    voters: int
    ties: tuple[Tie, ...]
    tie_break: TieBreak
    tie_order: tuple[str, ...]
    facts: Mapping[str, Fact]
