"""How do the words of the domain read on the screen, in the visitor's language?"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from flask_babel import LazyString

from participatie.web.words.answers import OF_ANSWERS
from participatie.web.words.members import OF_MEMBERS
from participatie.web.words.panels import OF_PANELS
from participatie.web.words.rules import FIELDS, LEFTOVERS, MONEY_RULES, RULES, UTILITIES

__all__ = ["FIELDS", "LEFTOVERS", "MONEY_RULES", "RULES", "UTILITIES", "WORDS", "Words", "word"]


class Words(Mapping[StrEnum, LazyString]):
    """Words by enum member. Members of two enums may have the same value, and a plain dict takes those for one."""

    def __init__(self, pairs: Iterable[tuple[StrEnum, LazyString]]) -> None:
        """Keep each word under its member's enum and value."""
        self._words = {(type(member), member.value): (member, word) for member, word in pairs}

    def __getitem__(self, member: StrEnum) -> LazyString:
        """Return the word for a member. Raises KeyError for one that has none."""
        return self._words[type(member), member.value][1]

    def __iter__(self) -> Iterator[StrEnum]:
        """Go over the members, in their order."""
        return (member for member, _word in self._words.values())

    def __len__(self) -> int:
        """Return how many members have a word."""
        return len(self._words)


WORDS = Words(OF_MEMBERS + OF_PANELS + OF_ANSWERS)


def word(member: StrEnum) -> str:
    """Return the word for a level, phase, status, test, role or act."""
    return str(WORDS[member])
