"""Who takes part beside who lives in the wijk, by free answers alone, without telling anything about few people?

Spelregel 1 of Zwolle (seed 004 from 1272) and abuse case 53. Only groups of ten and more are shown, only in tens,
and never about origin or faith.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from unicodedata import normalize

SMALLEST_GROUP = 10
#: How many numbers a group that is left out could have at least, for whoever reckons with what is shown.
LEAST_DOUBT = 5
#: New answers are shown ten at a time, so that nobody sees what the last one said.
RELEASED_AT_ONCE = 10
#: A group counts as under-represented below this part of its share of the wijk.
LEAST_OF_SHARE = Fraction(1, 2)
PERMILLE = 1000
#: What nobody is asked, compared or ranked on, as the beginning of a word or of two words written as one.
NEVER_ASKED = (
    "herkomst", "afkomst", "etnici", "etnisch", "migratie", "nationalit", "geloof", "geloven", "godsdienst", "religie",
    "religieu", "geboorteland", "huidskleur", "allochtoon", "autochtoon", "nietwesters", "westers",
)  # fmt: skip
NEVER_ASKED_WORDS = frozenset({"ras", "rassen"})
#: The group of everybody whom no group of the profile describes.
NONE_OF_THESE = ""
#: Less than this is what rounding left, and no group.
LEAST_REST = 10


def is_never_asked(name: str) -> bool:
    """Tell whether a feature or group is about origin or faith, however it is written."""
    plain = normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall("[a-z]+", plain)
    joined = "".join(words)
    return bool(NEVER_ASKED_WORDS.intersection(words)) or any(stem in joined for stem in NEVER_ASKED)


def with_rest(profile: Mapping[str, int]) -> dict[str, int]:
    """Add the group of all others where the groups of a feature do not make up the whole wijk. Permilles."""
    rest = PERMILLE - sum(profile.values())
    return {**profile, NONE_OF_THESE: rest} if rest >= LEAST_REST else dict(profile)


def is_released(numbers: Sequence[int], shown: Sequence[int]) -> bool:
    """Tell whether enough people answered since the last time to show the numbers anew."""
    return sum(numbers) - sum(shown) >= RELEASED_AT_ONCE


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its share of the wijk in tenths of a percent, and the ten in which its number of people lies.

    `tens` is 30 for 30 to 39 people, None when it is too small to be shown. `low` tells that it is probably
    under-represented; it follows from what is shown and adds nothing to it.
    """

    group: str
    share_permille: int
    tens: int | None
    low: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A feature of the wijk beside those who answered; `answered` is None where nothing can be shown of it."""

    answered: int | None
    rows: tuple[GroupRow, ...]


def representation(profile: Mapping[str, int], answers: Mapping[str, int]) -> Comparison:
    """Compare free answers with the wijk, group by group. `profile` holds permilles, `answers` numbers of people.

    Groups below ten are not shown. Numbers are shown in tens, and where a group that is left out could still be
    reckoned from the others, or nearly so, nothing of the feature is shown (abuse case 53).
    """
    counts = {group: answers.get(group, 0) for group in profile}
    total = sum(counts.values())
    tens = {group: count // 10 * 10 for group, count in counts.items() if count >= SMALLEST_GROUP}
    if total < SMALLEST_GROUP or not _hides(len(counts) - len(tens), list(tens.values()), total):
        return Comparison(None, tuple(GroupRow(group, share, None, low=False) for group, share in profile.items()))
    return Comparison(
        total,
        tuple(
            GroupRow(group, share, tens.get(group), low=_probably_low(tens.get(group, 0), total, share))
            for group, share in profile.items()
        ),
    )


def _hides(hidden: int, tens: Sequence[int], total: int) -> bool:
    """Tell whether every hidden group keeps enough possible numbers, for whoever knows the rest and this very rule."""
    if not hidden:
        return True
    most, least = total - sum(tens), total - sum(ten + 9 for ten in tens)
    highest = min(SMALLEST_GROUP - 1, most)
    lowest = max(0, least - (SMALLEST_GROUP - 1) * (hidden - 1))
    return highest - lowest + 1 >= LEAST_DOUBT


def _probably_low(tens: int, total: int, share_permille: int) -> bool:
    # Judged by the middle of what is shown: judged by the number itself, the mark would tell what is left out.
    return is_low(tens + Fraction(9, 2), total, share_permille)


def is_low(count: Fraction | int, total: int, share_permille: int) -> bool:
    """Tell whether a group has less than half of the people that its share of the wijk would give (fixture F14 of seed 000)."""
    return count < LEAST_OF_SHARE * Fraction(share_permille, PERMILLE) * total
