"""Which codes were passed on with consent, which lots of codes are there, and which request made codes already?"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, String, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, words
from participatie.models.votes.roll import CodeBatch, VoterRoll
from participatie.models.wijken import Area
from participatie.spelregels.issuing import BatchPurpose, Consent
from participatie.spelregels.votes import RollStatus


class VotingProxy(Base):
    """A code with which somebody votes for another, who agreed to that. Whose code it was is not kept."""

    __tablename__ = "voting_proxy"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    selector: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date]
    consent: Mapped[Consent] = mapped_column(words(Consent, "consent"))


class CodeRequest(Base):
    """A form that made codes, so that sending it twice does not make them twice."""

    __tablename__ = "code_request"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    request_key: Mapped[str] = mapped_column(String(64), primary_key=True)


def proxy_of(round_id: int, selector: str) -> Select[VotingProxy]:
    """The consent behind a code, if it was passed on."""
    return select(VotingProxy).where(VotingProxy.round_id == round_id, VotingProxy.selector == selector)


def proxies_in(round_id: int) -> Select[int]:
    """How many codes of a round are with somebody else and were not taken back."""
    return (
        select(func.count())
        .select_from(VotingProxy)
        .join(VoterRoll, (VoterRoll.round_id == VotingProxy.round_id) & (VoterRoll.selector == VotingProxy.selector))
        .where(VotingProxy.round_id == round_id, VoterRoll.status != RollStatus.REVOKED)
    )


def batches_of(round_id: int) -> Select[CodeBatch, int, int]:
    """The batches of a round, newest first, each with how many of its codes there are and how many were taken back.

    How many were used is not asked: while the vote is open that is nobody's business.
    """
    taken_back = func.coalesce(func.sum(case((VoterRoll.status == RollStatus.REVOKED, 1), else_=0)), 0)
    return (
        select(CodeBatch, func.count(VoterRoll.id), taken_back)
        .outerjoin(VoterRoll, VoterRoll.batch_id == CodeBatch.id)
        .where(CodeBatch.round_id == round_id)
        .group_by(CodeBatch.id)
        .order_by(CodeBatch.id.desc())
    )


def codes_by_buurt(round_id: int) -> Select[str | None, int, int]:
    """The buurten that letters went to, each with how many of its codes work and how many of those voted.

    None stands for codes of no buurt. To be asked after the close alone, and shown by `shown_turnout` alone.
    """
    voted = func.coalesce(func.sum(case((VoterRoll.status == RollStatus.USED, 1), else_=0)), 0)
    return (
        select(Area.name, func.count(VoterRoll.id), voted)
        .select_from(VoterRoll)
        .join(CodeBatch, VoterRoll.batch_id == CodeBatch.id)
        .outerjoin(Area, Area.id == CodeBatch.area_id)
        .where(VoterRoll.round_id == round_id, VoterRoll.status != RollStatus.REVOKED)
        .group_by(Area.id, Area.name)
    )


def batch_of_day(round_id: int, purpose: BatchPurpose, day_begins: datetime) -> Select[CodeBatch]:
    """The batch that single codes of a day go into, for as long as one of its codes works."""
    works = (
        select(VoterRoll.id).where(VoterRoll.batch_id == CodeBatch.id, VoterRoll.status != RollStatus.REVOKED).exists()
    )
    return (
        select(CodeBatch)
        .where(
            CodeBatch.round_id == round_id,
            CodeBatch.purpose == purpose,
            CodeBatch.created_at == day_begins,
            works,
        )
        .order_by(CodeBatch.id.desc())
        .limit(1)
    )
