"""Which ideas of a traject look like what somebody types? One query for the texts, one for what is shown."""

from participatie.models.idea_lists import Narrowed, ideas_by_number, listed_texts, plain
from participatie.models.ideas import Idea
from participatie.spelregels.idea_order import Order
from participatie.spelregels.similarity import LOOKED_AT, most_alike
from participatie.web.transaction import db

SHOWN = 4


def similar_ideas(
    traject_id: int, title: str, body: str, lang: str, *, besides: int | None = None, limit: int = SHOWN
) -> list[Idea]:
    """Return the ideas in this language that look most like a title and a text, most alike first."""
    rows = db().execute(listed_texts(traject_id, Narrowed(lang=lang), Order.LOT))
    others = [(number, plain(other), plain(text[:LOOKED_AT])) for number, other, text in rows if number != besides]
    numbers = most_alike(plain(title), plain(body[:LOOKED_AT]), others, limit)
    by_number = {idea.id: idea for idea in db().scalars(ideas_by_number(traject_id, numbers))} if numbers else {}
    return [by_number[number] for number in numbers if number in by_number]
