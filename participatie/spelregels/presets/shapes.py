"""What may stand behind each name in a preset's file, and how is that told to whoever wrote something else?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.presets.facts import DayOfYear
from participatie.spelregels.rulesets import Division, Earned, PayoutPart
from participatie.spelregels.votes import BallotKind

#: What `read` answers for a value that is not what was expected.
WRONG = object()
#: How a file says that the rules leave something open. TOML has no word for it.
NOTHING = "geen"

MOST_EUROS = 10_000_000
CENTS = 100
#: A year without 29 February: that day does not come back every year.
PLAIN_YEAR = 2023
MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")

#: The ways of voting that have a screen.
ON_SCREEN = tuple(BallotKind)
#: How money is divided after a vote, by the names of `allocation`, which is next door and not asked from here.
DIVIDED_BY = (
    "greedy",
    "greedy-stop",
    "greedy-per-euro",
    "equal-shares",
    "equal-shares-greedy",
    "equal-shares-add1",
    "equal-shares-add1u",
    "equal-shares-add1-comparison",
    "phragmen",
    "most-votes",
)
LEFTOVERS = ("none", "next-fitting", "part")
#: How members of a panel are found.
RECRUITED = ("loting", "netwerk", "gebieden")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value must be: in Dutch, and as a function that returns what it means, or WRONG."""

    expected: str
    read: Callable[[Any], Any]


def text(longest: int) -> Shape:
    """Expect text that is not empty; lines are joined."""

    def read(value: Any) -> Any:
        plain = " ".join(value.split()) if isinstance(value, str) else ""
        return plain if 0 < len(plain) <= longest else WRONG

    return Shape(f"tekst tussen aanhalingstekens, van hoogstens {longest} tekens", read)


def whole(lowest: int, highest: int) -> Shape:
    """Expect a whole number from the lowest to the highest."""

    def read(value: Any) -> Any:
        return value if type(value) is int and lowest <= value <= highest else WRONG

    return Shape(f"een heel getal van {lowest} tot en met {highest}", read)


def one_of(words: Iterable[str]) -> Shape:
    """Expect one of some words; members of an enum are returned as they are."""
    known = {str(word): word for word in words}

    def read(value: Any) -> Any:
        return known.get(value, WRONG) if isinstance(value, str) else WRONG

    return Shape("een van: " + ", ".join(f'"{word}"' for word in known), read)


def or_nothing(shape: Shape) -> Shape:
    """Expect that, or the word for what the rules leave open, which is read as None."""
    return Shape(f'{shape.expected}, of "{NOTHING}"', lambda value: None if value == NOTHING else shape.read(value))


def _cents(value: Any) -> Any:
    return value * CENTS if type(value) is int and 1 <= value <= MOST_EUROS else WRONG


def _day_of_year(value: Any) -> Any:
    if not isinstance(value, str) or not MONTH_AND_DAY.fullmatch(value):
        return WRONG
    try:
        day = date.fromisoformat(f"{PLAIN_YEAR}-{value}")
    except ValueError:
        return WRONG
    return DayOfYear(day.month, day.day)


def _payout(value: Any) -> Any:
    # In the order in which parts are earned, however they were written down.
    if not isinstance(value, dict) or not value or not value.keys() <= {str(earned) for earned in Earned}:
        return WRONG
    if not all(PERCENT.read(percent) is not WRONG for percent in value.values()):
        return WRONG
    return tuple(PayoutPart(value[earned], earned) for earned in Earned if earned in value)


def _recruited(value: Any) -> Any:
    ways = value if isinstance(value, list) else []
    known = all(isinstance(way, str) and way in RECRUITED for way in ways)
    return tuple(ways) if ways and known and len(set(ways)) == len(ways) else WRONG


def _scores(value: Any) -> Any:
    two = isinstance(value, list) and len(value) == len(("lowest", "highest"))
    return tuple(value) if two and all(SCORE.read(score) is not WRONG for score in value) else WRONG


PERCENT = whole(1, 100)
SCORE = whole(0, 100)
YES_OR_NO = Shape("true (ja) of false (nee)", lambda value: value if isinstance(value, bool) else WRONG)
EUROS = Shape(f"een heel aantal euro's van 1 tot en met {MOST_EUROS}", _cents)
DAY_OF_YEAR = Shape('een maand en een dag, zoals "12-31"', _day_of_year)
PAYOUT = Shape(
    f"delen in hele procenten, zoals {{ {Earned.GOAL} = 40, {Earned.INTERIM} = 40, {Earned.FINAL} = 20 }}", _payout
)

PRESET: dict[str, Shape] = {
    "name": text(100),
    "place": text(100),
    "summary": text(800),
    "source": text(300),
    "starts_on": or_nothing(DAY_OF_YEAR),
}
PHASE: dict[str, Shape] = {"kind": one_of(PhaseKind), "level": one_of(Level), "weeks": whole(1, 260)}
TESTS: dict[str, Shape] = {str(test): one_of(Weight) for test in Test}
RULES: dict[str, Shape] = {
    "division": one_of(Division),
    "pot_euros": or_nothing(EUROS),
    "plan_cap_euros": or_nothing(EUROS),
    "once_per_household": YES_OR_NO,
    "support_needed": whole(0, 10_000),
    "group_needed": whole(0, 100),
    "ready_before": or_nothing(DAY_OF_YEAR),
    "ballot_kind": or_nothing(one_of(ON_SCREEN)),
    "rule": or_nothing(one_of(DIVIDED_BY)),
    "leftover": or_nothing(one_of(LEFTOVERS)),
    "payout": or_nothing(PAYOUT),
    "dominance_percent": whole(0, 99),
    "answer_days": whole(1, 365),
    "news_days": whole(1, 365),
    "reaction_days": whole(0, 365),
    "execution_days": or_nothing(whole(1, 3650)),
}
PANEL: dict[str, Shape] = {
    "members": whole(2, 1000),
    "recruited": Shape(
        "een of meer van: " + ", ".join(f'"{way}"' for way in RECRUITED) + ", tussen [ en ]", _recruited
    ),
    "traffic_light": YES_OR_NO,
    "scores": or_nothing(Shape("de laagste en de hoogste score, zoals [1, 5]", _scores)),
    "which_before_how_much": YES_OR_NO,
}
