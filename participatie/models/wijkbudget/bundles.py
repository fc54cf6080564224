"""Which bundle goes with a result, and which counts came before the one that holds?"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, undefer

from participatie.models.base import Base, Moment, Prose


class ResultBundle(Base):
    """Everything that checks a result, made once, when the result was published: the same bytes for everybody."""

    __tablename__ = "result_bundle"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[Moment]


class WithdrawnCount(Base):
    """A count that another one took the place of before the result was public: what it said, and why it was done over."""

    __tablename__ = "withdrawn_count"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    ballots: Mapped[int]
    ballots_sha256: Mapped[str] = mapped_column(String(64))
    trace: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[Prose]
    counted_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def bundle_of(round_id: int) -> Select[ResultBundle]:
    """The bundle of a result with its hash and without its bytes, if one was made."""
    return select(ResultBundle).where(ResultBundle.round_id == round_id)


def bundle_with_content(round_id: int) -> Select[ResultBundle]:
    """The bundle of a result with its bytes."""
    return bundle_of(round_id).options(undefer(ResultBundle.content))


def withdrawn_counts(round_id: int) -> Select[WithdrawnCount]:
    """The counts of a round that hold no more, oldest first."""
    return select(WithdrawnCount).where(WithdrawnCount.round_id == round_id).order_by(WithdrawnCount.number)
