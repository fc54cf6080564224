"""Which rulebooks held once, of votes that were done over?"""

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Moment, Prose


class WithdrawnRulebook(Base):
    """The rulebook of a vote that was done over, kept for ever: what held, since when not, and why."""

    __tablename__ = "withdrawn_rulebook"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    opening: Mapped[int] = mapped_column(primary_key=True)
    rulebook: Mapped[Prose]
    rulebook_sha256: Mapped[str] = mapped_column(String(64))
    ballots: Mapped[int]
    reason: Mapped[Prose]
    withdrawn_at: Mapped[Moment]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def withdrawn_rulebook(round_id: int, opening: int) -> Select[WithdrawnRulebook]:
    """The rulebook of one opening, if that vote was done over."""
    return select(WithdrawnRulebook).where(WithdrawnRulebook.round_id == round_id, WithdrawnRulebook.opening == opening)


def withdrawn_rulebooks(round_id: int) -> Select[WithdrawnRulebook]:
    """The rulebooks of votes that were done over, oldest first."""
    return select(WithdrawnRulebook).where(WithdrawnRulebook.round_id == round_id).order_by(WithdrawnRulebook.opening)
