"""Who may vote (as credentials, not names)? No table here knows a person, an address or a network."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Line, Moment, words
from participatie.spelregels.votes import Channel, RollStatus


class CodeBatch(Base):
    """A lot of voting codes that were made together, so that they can be revoked together."""

    __tablename__ = "code_batch"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    label: Mapped[Line]
    size: Mapped[int]
    created_at: Mapped[Moment]


class VoterRoll(Base):
    """One credential. The verifier stands here as a keyed hash only.

    When it was used is not kept: beside the hour of the ballots, a lone voter would be known by it.
    """

    __tablename__ = "voter_roll"
    __table_args__ = (UniqueConstraint("round_id", "selector"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    selector: Mapped[str] = mapped_column(String(16))
    verifier_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[RollStatus] = mapped_column(words(RollStatus, "status"), default=RollStatus.ISSUED)
    batch_id: Mapped[int] = mapped_column(ForeignKey("code_batch.id"), index=True)
    channel: Mapped[Channel | None] = mapped_column(words(Channel, "channel"))


class CodeGuess(Base):
    """How often a wrong code was tried for one selector within an hour."""

    __tablename__ = "code_guess"
    __table_args__ = (
        CheckConstraint("failures > 0", name="failures"),
        Index("ix_code_guess_hour", "hour"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    selector: Mapped[str] = mapped_column(String(16), primary_key=True)
    hour: Mapped[Moment] = mapped_column(primary_key=True)
    failures: Mapped[int]


def credential(round_id: int, selector: str) -> Select[VoterRoll]:
    """The line of the voter roll for one selector."""
    return select(VoterRoll).where(VoterRoll.round_id == round_id, VoterRoll.selector == selector)


def selectors_of(round_id: int) -> Select[str]:
    """Every selector that a round gave out, so that none is given twice."""
    return select(VoterRoll.selector).where(VoterRoll.round_id == round_id)


def voters_on_roll(round_id: int) -> Select[int]:
    """How many credentials of a round may be used."""
    return (
        select(func.count())
        .select_from(VoterRoll)
        .where(VoterRoll.round_id == round_id, VoterRoll.status != RollStatus.REVOKED)
    )


def failures_since(round_id: int, selector: str, hour: datetime) -> Select[int]:
    """How many wrong codes were tried for a selector in the given hour."""
    return select(func.coalesce(func.sum(CodeGuess.failures), 0)).where(
        CodeGuess.round_id == round_id, CodeGuess.selector == selector, CodeGuess.hour == hour
    )
