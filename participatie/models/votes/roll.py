"""Who may vote (as credentials, not names)? No table here knows a person, an address or a network."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Line, Moment, unguarded_words, words
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.votes import Channel, RollStatus


class CodeBatch(Base):
    """A lot of voting codes that were made together, so that they can be revoked together."""

    __tablename__ = "code_batch"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    label: Mapped[Line]
    size: Mapped[int]
    created_at: Mapped[Moment]
    purpose: Mapped[BatchPurpose] = mapped_column(
        unguarded_words(BatchPurpose), default=BatchPurpose.LETTERS, server_default=BatchPurpose.LETTERS.value
    )
    #: The buurt that these letters went to, where the gemeente said so: turnout is told by it.
    area_id: Mapped[int | None]


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


#: The line of `CodeGuess` that counts every wrong code of a round; no selector is written so.
WHOLE_ROUND = "*"


class CodeGuess(Base):
    """How often a wrong code was tried within an hour: for one selector, and on a line of its own for the whole round."""

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


#: What is asked of the line of a selector when somebody shows a code. Made once.
FIND_CREDENTIAL = select(VoterRoll.verifier_hash, VoterRoll.status, VoterRoll.channel).where(
    VoterRoll.round_id == bindparam("round_id"), VoterRoll.selector == bindparam("selector")
)


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
