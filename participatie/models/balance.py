"""Who lives in a wijk, by figures that somebody published, and how did people who take part describe themselves?"""

from collections.abc import Collection

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Line
from participatie.models.wijken import Area


class WijkFigure(Base):
    """The share of one group of the people of an area, in tenths of a percent, with its source, year and number asked."""

    __tablename__ = "wijk_figure"
    __table_args__ = (
        UniqueConstraint("area_id", "feature", "group"),
        CheckConstraint("share_permille BETWEEN 0 AND 1000", name="share_permille"),
        CheckConstraint("people >= 0", name="people"),
    )

    id: Mapped[Id]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    feature: Mapped[str] = mapped_column(String(80))
    group: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    share_permille: Mapped[int]
    source: Mapped[Line]
    year: Mapped[int]
    people: Mapped[int]


class SelfAnswer(Base):
    """How many people who take part put themselves in a group. A number: nobody can tell who.

    `shown` is the number that pages show: it follows `number` ten people at a time, or whoever looks before and
    after somebody answered would read the answer.
    """

    __tablename__ = "self_answer"
    __table_args__ = (
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint("shown BETWEEN 0 AND number", name="shown"),
    )

    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), primary_key=True)
    feature: Mapped[str] = mapped_column(String(80), primary_key=True)
    group: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]
    shown: Mapped[int] = mapped_column(default=0)


class SelfAnswered(Base):
    """That somebody answered, so that nobody is asked or counted twice; not what and not when."""

    __tablename__ = "self_answered"

    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)


def figures_of(area: Area) -> Select[WijkFigure]:
    """The figures of an area itself, feature by feature."""
    return (
        select(WijkFigure)
        .where(WijkFigure.area_id == area.id)
        .order_by(WijkFigure.feature, WijkFigure.position, WijkFigure.id)
    )


def figures_in(area_ids: Collection[int]) -> Select[WijkFigure]:
    """The figures of some areas themselves."""
    return select(WijkFigure).where(WijkFigure.area_id.in_(area_ids))


def self_answered(traject_id: int, account_id: int) -> Select[SelfAnswered]:
    """Whether somebody answered already."""
    return select(SelfAnswered).where(SelfAnswered.traject_id == traject_id, SelfAnswered.account_id == account_id)


def self_answers(traject_id: int) -> Select[SelfAnswer]:
    """What people who take part in a traject said of themselves, as numbers."""
    return select(SelfAnswer).where(SelfAnswer.traject_id == traject_id).order_by(SelfAnswer.feature, SelfAnswer.group)
