"""What did a panel advise or decide, and what did the gemeente do with that?"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Select, UniqueConstraint, exists, func, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, Prose, words
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.trajecten import TrajectStatus


class PanelAdvice(Base):
    """The advice of a panel, or its decision. A correction is a new version with what changed; the old one stays."""

    __tablename__ = "panel_advice"
    __table_args__ = (
        UniqueConstraint("panel_id", "version"),
        CheckConstraint("version = 1 OR correction <> ''", name="correction"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"))
    version: Mapped[int]
    text: Mapped[Prose]
    minority: Mapped[Prose] = mapped_column(default="")
    how: Mapped[Prose]
    correction: Mapped[Prose] = mapped_column(default="")
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_at: Mapped[Moment]

    panel: Mapped[Buurtpanel] = relationship()
    answer: Mapped["AdviceAnswer | None"] = relationship(back_populates="advice")

    def is_late(self, now: datetime) -> bool:
        """Tell whether the answer came, or has to come, later than was promised."""
        return (self.answer.answered_at if self.answer else now) >= self.due_at


class AdviceAnswer(Base):
    """What the gemeente does with an advice. `objection_until` is there for a besluit: after a decision of the panel."""

    __tablename__ = "advice_answer"

    id: Mapped[Id]
    advice_id: Mapped[int] = mapped_column(ForeignKey("panel_advice.id"), unique=True)
    decision_body: Mapped[Line]
    advice_use: Mapped[AdviceUse] = mapped_column(words(AdviceUse, "advice_use"))
    taken_over: Mapped[Prose] = mapped_column(default="")
    not_taken_over: Mapped[Prose] = mapped_column(default="")
    deviation_ground: Mapped[DeviationGround | None] = mapped_column(words(DeviationGround, "deviation_ground"))
    objection_until: Mapped[date | None] = mapped_column(Date)
    answered_at: Mapped[Moment]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    advice: Mapped[PanelAdvice] = relationship(back_populates="answer")


class WithoutAdvice(Base):
    """Why a panel gave no advice, in public."""

    __tablename__ = "panel_without_advice"

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), unique=True)
    reason: Mapped[Prose]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def advice_of(panel_id: int) -> Select[PanelAdvice]:
    """Every version of the advice of a panel with its answer, newest first."""
    return (
        select(PanelAdvice)
        .where(PanelAdvice.panel_id == panel_id)
        .options(joinedload(PanelAdvice.answer))
        .order_by(PanelAdvice.version.desc())
    )


def why_no_advice(panel_id: int) -> Select[WithoutAdvice]:
    """Why a panel gave no advice, if that was said."""
    return select(WithoutAdvice).where(WithoutAdvice.panel_id == panel_id)


def panel_advice_in(*area_paths: str) -> Select[int, str, str, int, datetime, datetime, datetime | None]:
    """What each panel in these areas said: panel, title, address, traject, since when, until when, and its answer.

    The newest version counts. What was corrected while it waited was asked when its first version came, as its day
    stayed the same.
    """
    return _asked().join(Traject.area).where(within(area_paths))


def panel_advice_of(panel_id: int) -> Select[int, str, str, int, datetime, datetime, datetime | None]:
    """The same for one panel."""
    return _asked().where(Buurtpanel.id == panel_id)


def _asked() -> Select[int, str, str, int, datetime, datetime, datetime | None]:
    later, earlier = aliased(PanelAdvice), aliased(PanelAdvice)
    since = (
        select(func.min(earlier.published_at))
        .where(earlier.panel_id == PanelAdvice.panel_id, earlier.due_at == PanelAdvice.due_at)
        .scalar_subquery()
    )
    return (
        select(
            Buurtpanel.id,
            Buurtpanel.title,
            Buurtpanel.slug,
            Buurtpanel.traject_id,
            since,
            PanelAdvice.due_at,
            AdviceAnswer.answered_at,
        )
        .join(PanelAdvice, PanelAdvice.panel_id == Buurtpanel.id)
        .join(Buurtpanel.traject)
        .outerjoin(AdviceAnswer, AdviceAnswer.advice_id == PanelAdvice.id)
        .where(
            Traject.status != TrajectStatus.DRAFT,
            ~exists().where(later.panel_id == PanelAdvice.panel_id, later.version > PanelAdvice.version),
        )
    )
