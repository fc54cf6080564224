"""Which besluiten did the gemeente publish?"""

from datetime import date

from sqlalchemy import Date, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, Prose, words
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.besluiten import AdviceUse, DeviationGround


class Besluit(Base):
    """A decision about the outcome of a round, with reasons; `deviation_ground` is NULL when it follows the vote.

    `advice_use` is what was done with advice, and NULL where the outcome was no advice.
    """

    __tablename__ = "besluit"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), unique=True)
    title: Mapped[Line]
    decision_body: Mapped[Line]
    motivation: Mapped[Prose]
    deviation_ground: Mapped[DeviationGround | None] = mapped_column(words(DeviationGround, "deviation_ground"))
    advice_use: Mapped[AdviceUse | None] = mapped_column(words(AdviceUse, "advice_use"))
    objection_until: Mapped[date] = mapped_column(Date)
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    round: Mapped[Round] = relationship()


_WITH_ROUND = (
    joinedload(Besluit.round).joinedload(Round.traject).joinedload(Traject.area),
    joinedload(Besluit.round).joinedload(Round.traject).selectinload(Traject.phases),
)


def published_besluiten() -> Select[Besluit]:
    """Every besluit, newest first, with its round and traject."""
    return select(Besluit).options(*_WITH_ROUND).order_by(Besluit.published_at.desc(), Besluit.id.desc())


def besluit_by_id(besluit_id: int) -> Select[Besluit]:
    """One besluit with its round and traject."""
    return select(Besluit).where(Besluit.id == besluit_id).options(*_WITH_ROUND)


def besluiten_past_objection(today: date) -> Select[Besluit]:
    """The besluiten to which nobody can object any more, and whose round still has its secret."""
    return (
        select(Besluit)
        .join(Besluit.round)
        .where(Besluit.objection_until < today, Round.ballot_secret.is_not(None))
        .options(*_WITH_ROUND)
        .order_by(Besluit.id)
    )


def besluit_of_round(round_id: int) -> Select[Besluit]:
    """The besluit about a round, if there is one."""
    return select(Besluit).where(Besluit.round_id == round_id)
