"""What was promised in public, by whom and for which day, and what was said about it since?"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Select, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area, within
from participatie.spelregels.promises import SILENT_AFTER_DAYS, Said, Source
from participatie.spelregels.trajecten import TrajectStatus


class Promise(Base):
    """A promise (toezegging). `owner` is the name or role that everybody reads, `owner_account` who gets the warnings.

    `due_on` is the day promised now; earlier ones stand in the lines under it. `news_at` is when something was said last.
    """

    __tablename__ = "promise"

    id: Mapped[Id]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    traject_id: Mapped[int | None] = mapped_column(ForeignKey("traject.id"), index=True)
    text: Mapped[Prose]
    owner: Mapped[Line]
    owner_account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    source: Mapped[Source] = mapped_column(words(Source, "source"))
    source_name: Mapped[Line] = mapped_column(default="")
    source_link: Mapped[Line] = mapped_column(default="")
    made_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    kept_on: Mapped[date | None] = mapped_column(Date)
    news_at: Mapped[Moment]
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[Moment]

    area: Mapped[Area] = relationship()
    traject: Mapped[Traject | None] = relationship()
    owner_account: Mapped[Account] = relationship()
    lines: Mapped[list["PromiseLine"]] = relationship(order_by="PromiseLine.id")

    def limit_days(self) -> int:
        """Return after how many days without news its owner is warned: as the traject promised, or else six weeks."""
        asked = self.traject.ruleset().news_days if self.traject is not None else 0
        return asked or SILENT_AFTER_DAYS


class PromiseLine(Base):
    """Something that was said about a promise: news, another day with the reason, or that it was kept."""

    __tablename__ = "promise_line"

    id: Mapped[Id]
    promise_id: Mapped[int] = mapped_column(ForeignKey("promise.id"), index=True)
    said: Mapped[Said] = mapped_column(words(Said, "said"))
    text: Mapped[Prose] = mapped_column(default="")
    before_on: Mapped[date | None] = mapped_column(Date)
    after_on: Mapped[date | None] = mapped_column(Date)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


_WITH_LINES = (joinedload(Promise.area), joinedload(Promise.traject), selectinload(Promise.lines))
#: What is still to be kept comes first, the first day on top.
_ORDER = (Promise.kept_on.is_not(None), Promise.due_on, Promise.id)


def promises_of(traject_id: int) -> Select[Promise]:
    """The promises of a traject, those to be kept first, with what was said about each."""
    return select(Promise).where(Promise.traject_id == traject_id).options(*_WITH_LINES).order_by(*_ORDER)


def count_promises_of(traject_id: int) -> Select[int]:
    """How many promises a traject has."""
    return select(func.count(Promise.id)).where(Promise.traject_id == traject_id)


def _public_in(area: Area) -> Select[int]:
    return (
        select(Promise.id)
        .join(Promise.area)
        .outerjoin(Traject, Traject.id == Promise.traject_id)
        .where(Area.path.startswith(area.path), or_(Traject.id.is_(None), Traject.status != TrajectStatus.DRAFT))
    )


def promises_in(area: Area) -> Select[Promise]:
    """The promises of an area and of all that lies in it, those to be kept first, with what was said about each."""
    return select(Promise).where(Promise.id.in_(_public_in(area))).options(*_WITH_LINES).order_by(*_ORDER)


def count_promises_in(area: Area) -> Select[int]:
    """How many promises an area has."""
    return select(func.count(Promise.id)).where(Promise.id.in_(_public_in(area)))


def promises_around(area: Area, limit: int) -> Select[Promise]:
    """The promises about no traject of an area, what lies in it and what it lies in, the last spoken of on top."""
    ancestors = [int(part) for part in area.path.strip("/").split("/")]
    return (
        select(Promise)
        .join(Promise.area)
        .where(Promise.traject_id.is_(None), Area.id.in_(ancestors) | Area.path.startswith(area.path))
        .options(*_WITH_LINES)
        .order_by(Promise.news_at.desc(), Promise.id.desc())
        .limit(limit)
    )


def promise_by_id(promise_id: int) -> Select[Promise]:
    """One promise with its area, its traject and what was said about it."""
    return select(Promise).where(Promise.id == promise_id).options(*_WITH_LINES)


def open_promises_in(*area_paths: str) -> Select[Promise]:
    """The promises in these areas that were not kept yet, the first day on top, with area and traject."""
    return (
        select(Promise)
        .join(Promise.area)
        .where(within(area_paths), Promise.kept_on.is_(None))
        .options(joinedload(Promise.area), joinedload(Promise.traject))
        .order_by(Promise.due_on, Promise.id)
    )


def promises_not_warned() -> Select[Promise]:
    """The promises to be kept whose owner was not warned since the last news, with owner and traject."""
    return (
        select(Promise)
        .where(Promise.kept_on.is_(None), Promise.warned_at.is_(None))
        .options(joinedload(Promise.owner_account), joinedload(Promise.traject), joinedload(Promise.area))
        .order_by(Promise.id)
    )
