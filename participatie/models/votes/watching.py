"""What looks odd in a vote, which batches of codes were revoked, and which browsers are voting?

No table here has a key in common with a ballot, but for the list of ballots that do not count.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.base import Base, Id, Moment, Prose
from participatie.models.votes.ballots import Ballot
from participatie.models.votes.roll import WHOLE_ROUND, CodeBatch, CodeGuess, VoterRoll
from participatie.models.wijkbudget.rounds import VERSION_BY_ROUND
from participatie.spelregels.issuing import BatchPurpose
from participatie.spelregels.votes import Channel


class CodeRevocation(Base):
    """A batch of codes that was revoked in public: why, how many codes, and how many ballots fell out with them.

    `opening` is that of the round then: ballots of a vote that was done over afterwards are gone anyhow.
    """

    __tablename__ = "code_revocation"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("code_batch.id"), unique=True)
    reason: Mapped[Prose]
    codes: Mapped[int]
    ballots: Mapped[int]
    opening: Mapped[int]
    revoked_at: Mapped[Moment]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    batch: Mapped[CodeBatch] = relationship()


class VoterVisit(Base):
    """A browser that showed a code and did not stop yet. Neither the code nor a moment stands here: the cookie has the code."""

    __tablename__ = "voter_visit"
    # Without a rowid nothing tells in which order the browsers came.
    __table_args__ = ({"sqlite_with_rowid": False},)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)


class VoteNetworkSalt(Base):
    """The secret under which the networks of a round are counted, and when it goes, with the counts."""

    __tablename__ = "vote_network_salt"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    forget_at: Mapped[Moment]


class VoteNetworkCount(Base):
    """How often was voted from one network, known by a salted hash. No hour: beside a lone ballot it would tell too much."""

    __tablename__ = "vote_network_count"
    __table_args__ = (CheckConstraint("casts > 0", name="casts"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    network: Mapped[str] = mapped_column(String(64), primary_key=True)
    casts: Mapped[int]


#: The round of a visit that goes on. Made once: asked at every page of a voter.
ROUND_OF_VISIT = select(VoterVisit.round_id).where(VoterVisit.token_hash == bindparam("token_hash"))

#: The same with the version of the round of an address: what every request of a voter looks up first, in one go.
VERSION_AND_VISIT = VERSION_BY_ROUND.add_columns(ROUND_OF_VISIT.scalar_subquery())


def ballots_by_hour(round_id: int) -> Select[datetime, int]:
    """How many online ballots came in within each hour, in order; an hour without any is not there.

    A stack of paper has one hour for all of its ballots, which would stand out for nothing.
    """
    return (
        select(Ballot.cast_hour, func.count())
        .where(Ballot.round_id == round_id, Ballot.channel == Channel.WEB)
        .group_by(Ballot.cast_hour)
        .order_by(Ballot.cast_hour)
    )


def codes_by_batch(round_id: int) -> Select[CodeBatch, int, int]:
    """Each batch of codes, oldest first, with how many of its codes are on the roll and with how many was voted.

    Not the batch that voters with an account are written under: nobody handed it out.
    """
    return (
        select(CodeBatch, func.count(VoterRoll.id), func.count(VoterRoll.channel))
        .outerjoin(VoterRoll, VoterRoll.batch_id == CodeBatch.id)
        .where(CodeBatch.round_id == round_id, CodeBatch.purpose != BatchPurpose.ACCOUNT)
        .group_by(CodeBatch.id)
        .order_by(CodeBatch.id)
    )


def casts_by_network(round_id: int) -> Select[str, int]:
    """How often was voted from each network, most first."""
    return (
        select(VoteNetworkCount.network, VoteNetworkCount.casts)
        .where(VoteNetworkCount.round_id == round_id)
        .order_by(VoteNetworkCount.casts.desc(), VoteNetworkCount.network)
    )


def network_salt(round_id: int) -> Select[VoteNetworkSalt]:
    """The salt of a round, for as long as its networks are known."""
    return select(VoteNetworkSalt).where(VoteNetworkSalt.round_id == round_id)


def wrong_codes_by_hour(round_id: int) -> Select[datetime, int]:
    """How many wrong codes were tried within each hour, in order."""
    return (
        select(CodeGuess.hour, CodeGuess.failures)
        .where(CodeGuess.round_id == round_id, CodeGuess.selector == WHOLE_ROUND)
        .order_by(CodeGuess.hour)
    )


def batch_of_round(round_id: int, batch_id: int) -> Select[CodeBatch]:
    """One batch of codes of a round."""
    return select(CodeBatch).where(CodeBatch.round_id == round_id, CodeBatch.id == batch_id)


def revocations(round_id: int) -> Select[CodeRevocation]:
    """The batches of a round that were revoked, oldest first."""
    return select(CodeRevocation).where(CodeRevocation.round_id == round_id).order_by(CodeRevocation.id)


def revocation_of_batch(batch_id: int) -> Select[CodeRevocation]:
    """The revocation of a batch, if it was revoked."""
    return select(CodeRevocation).where(CodeRevocation.batch_id == batch_id)


def revocation_of_code(round_id: int, selector: str) -> Select[CodeRevocation]:
    """Why the batch of a code was revoked, if it was."""
    return (
        select(CodeRevocation)
        .join(VoterRoll, VoterRoll.batch_id == CodeRevocation.batch_id)
        .where(VoterRoll.round_id == round_id, VoterRoll.selector == selector)
    )
