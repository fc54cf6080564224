"""Does nobody dominate what is put in?

Spelregel 1 of Zwolle (seed 004 from 1272). Shares are of what people put in: ideas, support, euros of plans.
Who takes part beside who lives there is in `representation.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TypeVar

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

Key = TypeVar("Key", int, str)

TOP_PERCENT = 10
#: Below this many people, or things of a kind, one of them is more than a tenth: shares are shown and do not stop.
FEWEST = 10
#: Of two streets one always has half, whoever puts in.
FEWEST_STREETS = 3
#: How many percent points a share may grow after somebody acted on it, before that has to be done again.
GROWTH_COVERED = 10


class Of(StrEnum):
    """What a share is of."""

    IDEAS = "ideeën"
    SUPPORT = "steun"
    EUROS = "euro's"


class Side(StrEnum):
    """Who might hold too much."""

    TOP = "de actiefste tiende"
    ORGANISATION = "één organisatie"
    STREET = "één straat of buurt"


class BalanceAct(StrEnum):
    """What the moderator or the gemeente does about it."""

    OUTREACH = "nieuwe mensen zoeken"
    EXTENSION = "langer openhouden"
    PANEL = "een panel loten"
    MOTIVATION = "uitleggen waarom het zo mag blijven"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody put in of one kind. `weight` is how many times, or the cents of one plan.

    `street` is None where it is about no street alone or where nobody knows it; `organisation` is empty for residents.
    """

    person: int
    of: Of
    street: int | None
    organisation: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """What one side holds, as an exact fraction of the whole. `counts` is False where there is too little to say anything."""

    of: Of
    side: Side
    part: Fraction
    counts: bool = True

    def percent(self) -> int:
        """Return whole percents, rounded up: above a threshold in fractions is above it on the screen too, and the other way."""
        return ceil(self.part * 100)

    def key(self) -> str:
        """Return the name of this share in the facts of an announcement."""
        return f"{self.of.name}.{self.side.name}"


@dataclass(frozen=True, slots=True)
class Balance:
    """The figures of a traject: how many people, how many for the first time, and who holds how much."""

    contributors: int
    first_timers: int
    shares: tuple[Share, ...]

    def first_percent(self) -> int | None:
        """Return which part of the people took part for the first time, in whole percents; None without people."""
        return 100 * self.first_timers // self.contributors if self.contributors else None

    def says_something(self) -> bool:
        """Tell whether enough people take part for shares to stop anything."""
        return self.contributors >= FEWEST

    def over(self, threshold_percent: int) -> tuple[Share, ...]:
        """Return the shares above the threshold, largest first; none while there is too little, or at 0: not watched."""
        if threshold_percent == 0 or not self.says_something():
            return ()
        limit = Fraction(threshold_percent, 100)
        held = (share for share in self.shares if share.counts and share.part > limit)
        return tuple(sorted(held, key=lambda share: -share.part))


def balance_of(contributions: Sequence[Contribution], known_before: Iterable[int], *, streets: int) -> Balance:
    """Weigh who put in how much. `known_before` are people who took part in an earlier traject.

    `streets` is how many there are in the area: with fewer than three, none can be said to hold too much.
    """
    people = {each.person for each in contributions}
    shares: list[Share] = []
    for of in Of:
        lines = [each for each in contributions if each.of is of and each.weight > 0]
        total = sum(line.weight for line in lines)
        if not total:
            continue
        things = len(lines) if of is Of.EUROS else total
        held = {
            Side.TOP: _held_by_top(lines),
            Side.ORGANISATION: _most((key, line.weight) for line in lines if (key := _plain(line.organisation))),
            Side.STREET: _most((line.street, line.weight) for line in lines if line.street is not None),
        }
        for side, weight in held.items():
            if weight and (side is not Side.STREET or streets >= FEWEST_STREETS):
                shares.append(Share(of, side, Fraction(weight, total), counts=things >= FEWEST))
    return Balance(len(people), len(people - set(known_before)), tuple(shares))


def _held_by_top(lines: Iterable[Contribution]) -> int:
    # A tenth of those who put in this kind of thing, at least one person. A tenth of everybody would not do: where
    # many support and few propose, the proposers are a tenth of all and hold every idea, each of them one.
    by_person = _sums((line.person, line.weight) for line in lines)
    return sum(weight for _person, weight in by_person.most_common(max(1, len(by_person) * TOP_PERCENT // 100)))


def _plain(name: str) -> str:
    # One organisation is written in many ways: with other capitals, stops, dashes and spaces.
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _most(pairs: Iterable[tuple[Key, int]]) -> int:
    return max(_sums(pairs).values(), default=0)


def _sums(pairs: Iterable[tuple[Key, int]]) -> Counter[Key]:
    sums: Counter[Key] = Counter()
    for key, weight in pairs:
        sums[key] += weight
    return sums


@dataclass(frozen=True, slots=True)
class Acted:
    """Something that was done in public about the balance, and how large the shares were that it was about, in percents."""

    act: BalanceAct
    percents: Mapping[str, int]


def unanswered(
    balance: Balance, threshold_percent: int, acted: Sequence[Acted], *, lengthened: bool
) -> tuple[Share, ...]:
    """Return the shares above the threshold that nobody acted on or explained, largest first.

    An act answers what it was about: another share, or the same one once it grew by more than ten points, asks
    for another. To keep open longer counts when the phase did become longer (`lengthened`).
    """
    kept = [each for each in acted if each.act is not BalanceAct.EXTENSION or lengthened]
    return tuple(
        share
        for share in balance.over(threshold_percent)
        if not any(share.percent() <= each.percents.get(share.key(), -100) + GROWTH_COVERED for each in kept)
    )


def is_answered(balance: Balance, threshold_percent: int, acted: Sequence[Acted], *, lengthened: bool) -> Verdict:
    """Refuse going on while one side holds more than the threshold and nobody acted or explained (fixture Z4 of seed 004)."""
    over = unanswered(balance, threshold_percent, acted, lengthened=lengthened)
    if over:
        return refused(
            Refusal.DOMINANCE_UNANSWERED,
            side=over[0].side,
            of=over[0].of,
            percent=over[0].percent(),
            limit=threshold_percent,
        )
    return Allowed()


def may_act_on_balance(balance: Balance, threshold_percent: int, reason: str) -> Verdict:
    """Refuse to act where nothing is out of balance, or without telling what and why."""
    if not balance.over(threshold_percent):
        return refused(Refusal.NOTHING_TO_ANSWER)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
