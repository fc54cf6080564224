"""What can be wrong with quotas, a pool or a size, told in facts from which a caller makes a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from participatie.lottery.terms import Relaxation

#: More would be a list that nobody reads; the rest shows when these are mended.
MOST_PROBLEMS = 10


class Fault(StrEnum):
    """What is wrong. After each stands which facts come with it."""

    NOT_UTF8 = "not-utf8"
    NOT_CSV = "not-csv"
    NO_ROWS = "no-rows"
    COLUMN_MISSING = "column-missing"  # column
    COLUMN_TWICE = "column-twice"  # column
    COLUMN_COUNT = "column-count"  # expected, found
    FIELD_EMPTY = "field-empty"  # column
    NOT_A_NUMBER = "not-a-number"  # column, found
    MINIMUM_ABOVE_MAXIMUM = "minimum-above-maximum"  # feature, value, minimum, maximum
    QUOTA_TWICE = "quota-twice"  # feature, value
    FEATURE_MISSING = "feature-missing"  # feature
    VALUE_WITHOUT_QUOTA = "value-without-quota"  # feature, value (may be empty), people
    ID_EMPTY = "id-empty"
    ID_TWICE = "id-twice"  # id
    SIZE_TOO_LOW = "size-too-low"  # size
    SIZE_ABOVE_POOL = "size-above-pool"  # size, people
    SIZE_ABOVE_HOUSEHOLDS = "size-above-households"  # size, households
    MINIMA_ABOVE_SIZE = "minima-above-size"  # feature, size, total
    MAXIMA_BELOW_SIZE = "maxima-below-size"  # feature, size, total
    NUMBER_ABOVE_ADDRESSES = "number-above-addresses"  # number, addresses
    WEIGHT_INVALID = "weight-invalid"  # stratum, weight
    STRATUM_UNKNOWN = "stratum-unknown"  # stratum
    SEED_INVALID = "seed-invalid"  # found
    PORTFOLIO_INVALID = "portfolio-invalid"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, the facts about it, and in which lines of the file (1 is the first)."""

    fault: Fault
    facts: Mapping[str, str | int] = field(default_factory=dict)
    lines: tuple[int, ...] = ()


class LotteryError(Exception):
    """No lot is drawn. `problems` says why, ten at most."""

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        """Keep the first ten."""
        self.problems = tuple(problems[:MOST_PROBLEMS])
        super().__init__(", ".join(f"{one.fault.value} {dict(one.facts)} {list(one.lines)}" for one in self.problems))


class QuotasError(LotteryError):
    """The file with quotas cannot be used."""


class PoolError(LotteryError):
    """The file with people cannot be used."""


class RequestError(LotteryError):
    """Pool, quotas and size (or addresses, number and weights) cannot be used together."""


class PortfolioError(LotteryError):
    """The text is not of a portfolio that `Portfolio.as_text` wrote."""


class NotPossibleError(LotteryError):
    """No panel of this pool meets the quotas. `relaxations` are the fewest members by which quotas must give way."""

    def __init__(self, relaxations: Sequence[Relaxation]) -> None:
        """Keep them."""
        super().__init__()
        self.relaxations = tuple(relaxations)
        self.args = (self.relaxations,)
