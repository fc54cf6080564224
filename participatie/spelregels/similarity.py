"""Which ideas look alike? By the parts of their words, so that 'bank' finds 'bankjes' and 'speeltuin' finds 'speeltuintje'.

Plain sets of three letters, and no list of anybody's language: it reads Turkish and Arabic as it reads Dutch. All of
it takes time that grows with the length of the texts and with nothing else (abuse case 50).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest

WORD = re.compile(r"\w+")
SHORTEST_WORD = 4
#: So many letters of a text are looked at.
LOOKED_AT = 400
#: A word that stands in so large a part of many ideas says nothing about one of them.
COMMON_PART, MANY = 0.3, 20
ALIKE = 0.34


def stems_of(text: str) -> frozenset[str]:
    """Return the longer words of a plain text (no capitals, no accents), each cut to its first letters."""
    return frozenset(word[:6] for word in WORD.findall(text[:LOOKED_AT]) if len(word) >= SHORTEST_WORD)


def parts_of(stems: Iterable[str]) -> frozenset[str]:
    """Return every three letters in a row of some words, with the beginnings of words told apart."""
    return frozenset(part for stem in stems for part in _threes(stem))


def _threes(stem: str) -> Iterable[str]:
    marked = f" {stem}"
    return (marked[at : at + 3] for at in range(len(marked) - 2))


def most_alike(title: str, body: str, others: Sequence[tuple[int, str, str]], limit: int) -> list[int]:
    """Return the numbers of the ideas that look most like this one, most alike first; none below a threshold.

    `others` are number, title and text; all texts are plain. A title weighs as much as the text under it.
    """
    heads = [stems_of(other) for _number, other, _text in others]
    bodies = [stems_of(text) for _number, _title, text in others]
    common = _common([head | body for head, body in zip(heads, bodies, strict=True)])
    own = stems_of(title)
    # A title of common words alone is still a title.
    mine, my_all = parts_of((own - common) or own), stems_of(f"{title} {body}") - common
    cache: dict[frozenset[str], frozenset[str]] = {}
    scored = []
    for (number, _title, _text), head, text in zip(others, heads, bodies, strict=True):
        asked = (head - common) or head
        if asked not in cache:
            cache[asked] = parts_of(asked)
        theirs, their_all = cache[asked], asked | (text - common)
        score = max(_dice(mine, theirs), (_dice(mine, theirs) + _dice(my_all, their_all)) / 2 + _held(my_all, asked))
        if score >= ALIKE:
            scored.append((score, number))
    return [number for _score, number in nlargest(limit, scored)]


def _held(mine: frozenset[str], title: frozenset[str]) -> float:
    # All words of their title stand in my text: worth looking at, however long my text is.
    return ALIKE / 2 if len(title) > 1 and title <= mine else 0.0


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _common(all_stems: Sequence[frozenset[str]]) -> frozenset[str]:
    if len(all_stems) < MANY:
        return frozenset()
    counts = Counter(stem for stems in all_stems for stem in stems)
    return frozenset(stem for stem, count in counts.items() if count > COMMON_PART * len(all_stems))
