"""Which ballots are in, and which are only begun?

A ballot's key is made from its credential with the round's secret, so that one credential
has one ballot by constraint, and the two cannot be laid side by side without that secret.
"""

from sqlalchemy import ColumnElement, ForeignKey, Select, String, UniqueConstraint, Update, exists, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Moment, words
from participatie.spelregels.votes import Channel

#: Characters of what one page on which a ballot is filled in is known by.
LENGTH_OF_PAGE = 16


class Ballot(Base):
    """One voter's vote. `choices` is canonical JSON of plan numbers; `cast_hour` is all that is kept of the time.

    `cast_keys` holds short hashes of the last few requests that cast it, so that one that comes in again changes nothing.
    """

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("round_id", "ballot_key"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    ballot_key: Mapped[str] = mapped_column(String(64))
    choices: Mapped[str]
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel"))
    receipt: Mapped[str] = mapped_column(String(24), unique=True)
    cast_hour: Mapped[Moment]
    cast_keys: Mapped[str] = mapped_column(String(200), default="", server_default="")


class BallotDraft(Base):
    """What a voter chose so far. It is not counted, and is gone once the ballot is cast.

    `page` is the page that saved it, by chance, and `turn` counts what that page sent; empty and 0 without script.
    """

    __tablename__ = "ballot_draft"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    ballot_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    choices: Mapped[str]
    saved_at: Mapped[Moment]
    page: Mapped[str] = mapped_column(String(LENGTH_OF_PAGE), default="", server_default="")
    turn: Mapped[int] = mapped_column(default=0, server_default="0")


class BallotSetAside(Base):
    """A ballot that does not count: its code was revoked. It goes for good when the round forgets its secret.

    Which code or batch it came from does not stand here.
    """

    __tablename__ = "ballot_set_aside"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)


def that_counts() -> ColumnElement[bool]:
    """The condition that a ballot counts, for every select that counts or lists ballots."""
    return ~exists().where(BallotSetAside.ballot_id == Ballot.id)


def ballot_of(round_id: int, ballot_key: str) -> Select[Ballot]:
    """The ballot of one key."""
    return select(Ballot).where(Ballot.round_id == round_id, Ballot.ballot_key == ballot_key)


def draft_of(round_id: int, ballot_key: str) -> Select[BallotDraft]:
    """The draft of one key."""
    return select(BallotDraft).where(BallotDraft.round_id == round_id, BallotDraft.ballot_key == ballot_key)


def grouped_ballots(round_id: int) -> Select[str, int]:
    """Identical ballots together, of those that count: their choices and how many there are, in a fixed order."""
    return (
        select(Ballot.choices, func.count())
        .where(Ballot.round_id == round_id, that_counts())
        .group_by(Ballot.choices)
        .order_by(Ballot.choices)
    )


def receipts_of(round_id: int) -> Select[str]:
    """The receipts of every ballot of a round that counts."""
    return select(Ballot.receipt).where(Ballot.round_id == round_id, that_counts())


def forget_cast_keys(round_id: int) -> Update:
    """Empty what the ballots of a round keep of the requests that cast them."""
    return update(Ballot).where(Ballot.round_id == round_id, Ballot.cast_keys != "").values(cast_keys="")
