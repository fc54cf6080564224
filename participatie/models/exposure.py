"""How often was each idea shown in a list and opened, day by day? Numbers, of nobody in particular."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Select, Subquery, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base


class IdeaExposure(Base):
    """How often an idea was shown and opened on one day in Amsterdam."""

    __tablename__ = "idea_exposure"
    __table_args__ = (
        CheckConstraint("shown >= 0", name="shown"),
        CheckConstraint("opened >= 0", name="opened"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)


def exposure_of(idea_ids: Collection[int]) -> Select[int, int, int]:
    """The number of each of these ideas, how often it was shown and how often opened; none for what nobody saw."""
    return (
        select(IdeaExposure.idea_id, func.sum(IdeaExposure.shown), func.sum(IdeaExposure.opened))
        .where(IdeaExposure.idea_id.in_(idea_ids))
        .group_by(IdeaExposure.idea_id)
    )


def shown_by_idea() -> Subquery:
    """How often each idea was shown, for joining: columns `idea_id` and `shown`."""
    query = select(IdeaExposure.idea_id, func.sum(IdeaExposure.shown).label("shown")).group_by(IdeaExposure.idea_id)
    return query.subquery()
