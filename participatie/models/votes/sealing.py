"""What was fixed when a vote closed, and which ballots was that about?

A seal is over all ballots that came in online, also those that are set aside later. Ballots on paper are entered
after the close and stand outside it; the hash of the count is over everything that counts.
"""

from sqlalchemy import ForeignKey, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Moment
from participatie.models.votes.ballots import Ballot, BallotSetAside, that_counts
from participatie.spelregels.votes import Channel


class VoteSeal(Base):
    """The seal of a vote: the salted hash of its online ballots and the hash of their receipts.

    The salt is published with the result, and before that nobody can find out by trying what was chosen.
    """

    __tablename__ = "vote_seal"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    opening: Mapped[int]
    ballots: Mapped[int]
    ballots_sha256: Mapped[str] = mapped_column(String(64))
    receipts_sha256: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[Moment]


_ONLINE = Ballot.channel != Channel.PAPER
_IS_ASIDE = ~that_counts()


def seal_of(round_id: int) -> Select[VoteSeal]:
    """The seal of a round, if its vote closed."""
    return select(VoteSeal).where(VoteSeal.round_id == round_id)


def online_ballots(round_id: int) -> Select[str, int]:
    """Identical ballots together, of all that came in online: what the seal is over."""
    return select(Ballot.choices, func.count()).where(Ballot.round_id == round_id, _ONLINE).group_by(Ballot.choices)


def online_receipts(round_id: int) -> Select[str]:
    """The receipts of all ballots that came in online."""
    return select(Ballot.receipt).where(Ballot.round_id == round_id, _ONLINE)


def paper_ballots(round_id: int) -> Select[str, int]:
    """Identical ballots together, of those on paper that count."""
    of_round = (Ballot.round_id == round_id) & ~_ONLINE & that_counts()
    return select(Ballot.choices, func.count()).where(of_round).group_by(Ballot.choices)


def paper_receipts(round_id: int) -> Select[str]:
    """The receipts of ballots on paper that count."""
    return select(Ballot.receipt).where(Ballot.round_id == round_id, ~_ONLINE, that_counts())


def ballots_aside(round_id: int) -> Select[str, int]:
    """Identical ballots together, of those that came in online and were set aside."""
    of_round = (Ballot.round_id == round_id) & _ONLINE & _IS_ASIDE
    return select(Ballot.choices, func.count()).where(of_round).group_by(Ballot.choices)


def receipts_aside(round_id: int) -> Select[str]:
    """The receipts of ballots that came in online and were set aside."""
    return select(Ballot.receipt).where(Ballot.round_id == round_id, _ONLINE, _IS_ASIDE)


def number_aside(round_id: int) -> Select[int]:
    """How many ballots of a round were set aside, also on paper."""
    return select(func.count()).select_from(BallotSetAside).join(Ballot).where(Ballot.round_id == round_id)


def receipt_here(round_id: int, *spellings: str) -> Select[bool]:
    """Whether a ballot with this receipt counts: no row when there is none, False when it was set aside."""
    return select(that_counts()).where(Ballot.round_id == round_id, Ballot.receipt.in_(spellings))
