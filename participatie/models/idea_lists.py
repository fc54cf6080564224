"""Which ideas stand in a list, in which order, and which of them hold the words that somebody looks for?

A list is first the numbers of its ideas, in order; the ideas of one page are then loaded by number.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVarTuple
from unicodedata import combining, normalize

from sqlalchemy import Select, func, select

from participatie.models.exposure import shown_by_idea
from participatie.models.ideas import Idea, published_ideas
from participatie.spelregels.idea_order import Order
from participatie.spelregels.ideas import IdeaStatus

#: A select of any columns of ideas; what may be narrowed and ordered is the same for each.
Columns = TypeVarTuple("Columns")
#: Letters that have no plain letter inside them, but are read as one.
ALIKE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ґ": "г"})


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reader narrowed a list to; None leaves nothing out."""

    area_id: int | None = None
    status: IdeaStatus | None = None
    lang: str | None = None


def listed_ids(traject_id: int, narrowed: Narrowed, order: Order) -> Select[int]:
    """The numbers of the ideas of a traject that everybody may read. By lot they come as they are in the table."""
    return _ordered(_listed(select(Idea.id), traject_id, narrowed), order)


def listed_texts(traject_id: int, narrowed: Narrowed, order: Order) -> Select[int, str, str]:
    """The same with title and text, to look for words in: no two databases agree on which letters are alike."""
    return _ordered(_listed(select(Idea.id, Idea.title, Idea.body), traject_id, narrowed), order)


def ideas_by_number(traject_id: int, idea_ids: Collection[int]) -> Select[Idea]:
    """Some ideas of a traject as lists show them, in no order."""
    return published_ideas(traject_id).order_by(None).where(Idea.id.in_(idea_ids))


def ways_to_narrow(traject_id: int) -> Select[int, IdeaStatus, str]:
    """Every area, status and language together in which a traject has ideas that everybody may read."""
    return _listed(select(Idea.area_id, Idea.status, Idea.lang), traject_id, Narrowed()).distinct()


def _listed(ideas: Select[*Columns], traject_id: int, narrowed: Narrowed) -> Select[*Columns]:
    ideas = ideas.where(Idea.traject_id == traject_id, Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
    for column, wanted in (
        (Idea.area_id, narrowed.area_id), (Idea.status, narrowed.status), (Idea.lang, narrowed.lang),
    ):  # fmt: skip
        if wanted is not None:
            ideas = ideas.where(column == wanted)
    return ideas


def _ordered(ideas: Select[*Columns], order: Order) -> Select[*Columns]:
    match order:
        case Order.NEWEST:
            return ideas.order_by(Idea.id.desc())
        case Order.SUPPORT:
            return ideas.order_by(Idea.support_count.desc(), Idea.id.desc())
        case Order.SEEN:
            seen = shown_by_idea()
            return ideas.outerjoin(seen, seen.c.idea_id == Idea.id).order_by(func.coalesce(seen.c.shown, 0), Idea.id)
        case Order.LOT:
            return ideas


def plain(text: str) -> str:
    """Return a text without capitals and accents, as people type when they search."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(sign for sign in normalize("NFKD", folded.translate(ALIKE)) if not combining(sign))


def holds(title: str, body: str, words: Collection[str]) -> bool:
    """Tell whether title and text together hold each of these plain words, also inside another word."""
    text = plain(f"{title}\n{body}")
    return all(word in text for word in words)
