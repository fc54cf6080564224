"""How do the numbers of what readers saw come into the database? A handful at a time, added to what is there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participatie.models.database import transaction
from participatie.models.exposure import IdeaExposure
from participatie.models.ideas import Idea

#: By idea and day: how often it was shown, and how often opened.
Seen = Mapping[tuple[int, date], tuple[int, ...]]


def add_exposure(session: Session, seen: Seen) -> None:
    """Add numbers to those that are there. An idea that does not exist any more is passed over."""
    there = set(session.scalars(select(Idea.id).where(Idea.id.in_({idea_id for idea_id, _day in seen}))))
    # Always in the same order: two workers that write at once then wait for each other and do not lock up.
    rows = [
        {"idea_id": idea_id, "day": day, "shown": shown, "opened": opened}
        for (idea_id, day), (shown, opened) in sorted(seen.items())
        if idea_id in there
    ]
    if not rows:
        return
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(IdeaExposure)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["idea_id", "day"],
            set_={
                "shown": IdeaExposure.shown + statement.excluded.shown,
                "opened": IdeaExposure.opened + statement.excluded.opened,
            },
        ),
        rows,
    )


def write_exposure(engine: Engine, seen: Seen) -> None:
    """Add numbers in a transaction of their own."""
    with transaction(engine) as session:
        add_exposure(session, seen)
