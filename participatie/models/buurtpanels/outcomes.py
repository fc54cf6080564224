"""What did the number of a lot give? Kept apart from people, so that it stays when the pool goes."""

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Prose


class PanelOutcome(Base):
    """Who was drawn and who is a reserve, by their leaves, a leaf a line; reserves in the order in which they are asked.

    `last` counts the reserves at the end, who share a household with somebody drawn. Of an invitation, `members` are
    the addresses that get one, in the order of the lot.
    """

    __tablename__ = "panel_outcome"

    id: Mapped[Id]
    lot_id: Mapped[int] = mapped_column(ForeignKey("panel_lot.id"), unique=True)
    members: Mapped[Prose]
    reserves: Mapped[Prose] = mapped_column(default="")
    last: Mapped[int] = mapped_column(default=0)


def outcome_of_lot(lot_id: int) -> Select[PanelOutcome]:
    """What a lot gave; nothing before its number."""
    return select(PanelOutcome).where(PanelOutcome.lot_id == lot_id)
