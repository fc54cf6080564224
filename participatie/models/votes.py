"""Who may vote (as credentials, not names), and which ballots are in?

No table here knows a person, an address or a network. A ballot's key is made from
its credential with the round's secret, so that one credential has one ballot by
constraint, and the two cannot be laid side by side without that secret.
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
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


class Ballot(Base):
    """One voter's vote. `choices` is canonical JSON of plan numbers; `cast_hour` is all that is kept of the time."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("round_id", "ballot_key"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    ballot_key: Mapped[str] = mapped_column(String(64))
    choices: Mapped[str]
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel"))
    receipt: Mapped[str] = mapped_column(String(24), unique=True)
    cast_hour: Mapped[Moment]


class BallotDraft(Base):
    """What a voter chose so far. It is not counted, and is gone once the ballot is cast."""

    __tablename__ = "ballot_draft"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    ballot_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    choices: Mapped[str]
    saved_at: Mapped[Moment]


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


def ballot_of(round_id: int, ballot_key: str) -> Select[Ballot]:
    """The ballot of one key."""
    return select(Ballot).where(Ballot.round_id == round_id, Ballot.ballot_key == ballot_key)


def draft_of(round_id: int, ballot_key: str) -> Select[BallotDraft]:
    """The draft of one key."""
    return select(BallotDraft).where(BallotDraft.round_id == round_id, BallotDraft.ballot_key == ballot_key)


def voters_on_roll(round_id: int) -> Select[int]:
    """How many credentials of a round may be used."""
    return (
        select(func.count())
        .select_from(VoterRoll)
        .where(VoterRoll.round_id == round_id, VoterRoll.status != RollStatus.REVOKED)
    )


def grouped_ballots(round_id: int) -> Select[str, int]:
    """Identical ballots together: their choices and how many there are, in a fixed order."""
    return (
        select(Ballot.choices, func.count())
        .where(Ballot.round_id == round_id)
        .group_by(Ballot.choices)
        .order_by(Ballot.choices)
    )


def receipts_of(round_id: int) -> Select[str]:
    """The receipts of every ballot of a round."""
    return select(Ballot.receipt).where(Ballot.round_id == round_id)


def failures_since(round_id: int, selector: str, hour: datetime) -> Select[int]:
    """How many wrong codes were tried for a selector in the given hour."""
    return select(func.coalesce(func.sum(CodeGuess.failures), 0)).where(
        CodeGuess.round_id == round_id, CodeGuess.selector == selector, CodeGuess.hour == hour
    )


# The statements of casting, made once: a vote asks them while others wait.

#: The line of a credential, locked until the transaction ends: two casts with one code wait for each other.
LOCK_CREDENTIAL = (
    select(VoterRoll.id, VoterRoll.status, VoterRoll.channel)
    .where(VoterRoll.round_id == bindparam("round_id"), VoterRoll.selector == bindparam("selector"))
    .with_for_update()
)

#: What was cast before with the same key.
FIND_BALLOT = select(Ballot.choices, Ballot.receipt).where(
    Ballot.round_id == bindparam("round_id"), Ballot.ballot_key == bindparam("key")
)

#: A first ballot, with its columns as parameters.
PUT_BALLOT = insert(Ballot)

#: Other choices on a ballot that is in; its receipt stays.
CHANGE_BALLOT = (
    update(Ballot)
    .where(Ballot.round_id == bindparam("of_round"), Ballot.ballot_key == bindparam("of_key"))
    .values(choices=bindparam("new_choices"), cast_hour=bindparam("new_hour"))
)

#: The credential has voted, through this channel.
MARK_USED = (
    update(VoterRoll)
    .where(VoterRoll.id == bindparam("line"))
    .values(status=RollStatus.USED, channel=bindparam("through"))
)

#: The draft of a key is no longer needed.
DROP_DRAFT = delete(BallotDraft).where(
    BallotDraft.round_id == bindparam("round_id"), BallotDraft.ballot_key == bindparam("key")
)
