"""What did moderators hide, under which house rule, and was it put back?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Moment, Prose, UtcDateTime, words
from participatie.spelregels.moderation import HouseRule


class Hiding(Base):
    """One time that an idea was hidden. The text stays, for its author and for an appeal."""

    __tablename__ = "hiding"
    __table_args__ = (
        # An idea is hidden once at a time.
        Index(
            "uq_hiding_open",
            "idea_id",
            unique=True,
            sqlite_where=text("restored_at IS NULL"),
            postgresql_where=text("restored_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    house_rule: Mapped[HouseRule] = mapped_column(words(HouseRule, "house_rule"))
    reason: Mapped[Prose]
    hidden_at: Mapped[Moment]
    restored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restored_reason: Mapped[Prose] = mapped_column(default="")


def current_hiding(idea_id: int) -> Select[Hiding]:
    """Why an idea is hidden now, if it is."""
    return select(Hiding).where(Hiding.idea_id == idea_id, Hiding.restored_at.is_(None)).order_by(Hiding.id.desc())


def current_hidings(idea_ids: Collection[int]) -> Select[Hiding]:
    """Why each of these ideas is hidden now; for those that are not, there is no row."""
    return select(Hiding).where(Hiding.idea_id.in_(idea_ids), Hiding.restored_at.is_(None)).order_by(Hiding.id)
