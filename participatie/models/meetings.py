"""At which meetings were ideas heard, who came there, and what of it was written down for whom?"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, UtcDateTime, words
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.meetings import MeetingKind, ReachOf, reach_percent


class MeetingSource(Base):
    """A meeting, or a round of visits, where ideas were heard. `attendance` is NULL until somebody counted.

    `out_of` is how many residents or households there are (`reach_of`), as `counted_by` says.
    """

    __tablename__ = "meeting_source"
    __table_args__ = (
        CheckConstraint("attendance >= 0", name="attendance"),
        CheckConstraint("out_of IS NULL OR (out_of > 0 AND attendance <= out_of)", name="out_of"),
    )

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    name: Mapped[Line]
    on_day: Mapped[date] = mapped_column(Date)
    place: Mapped[Line]
    kind: Mapped[MeetingKind] = mapped_column(words(MeetingKind, "kind"))
    attendance: Mapped[int | None]
    out_of: Mapped[int | None]
    reach_of: Mapped[ReachOf | None] = mapped_column(words(ReachOf, "reach_of"))
    counted_by: Mapped[Line] = mapped_column(default="")
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    traject: Mapped[Traject] = relationship()

    def percent(self) -> int | None:
        """Return which part of the residents or households came, in whole percents; None where that is not known."""
        return reach_percent(self.attendance, self.out_of)


class EnteredIdea(Base):
    """An idea that was heard at a meeting: who wrote it down, as their how manieth there, and to which words was said yes.

    `claimed_at` is when its owner, who had given no address, took it into an account of her own.
    """

    __tablename__ = "entered_idea"
    __table_args__ = (UniqueConstraint("meeting_id", "by_id", "turn"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting_source.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    turn: Mapped[int]
    consent: Mapped[Line]
    consent_at: Mapped[Moment]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    idea: Mapped[Idea] = relationship()
    meeting: Mapped[MeetingSource] = relationship()


def meetings_of(traject_id: int) -> Select[MeetingSource]:
    """The meetings of a traject, the newest first."""
    return (
        select(MeetingSource)
        .where(MeetingSource.traject_id == traject_id)
        .order_by(MeetingSource.on_day.desc(), MeetingSource.id.desc())
    )


def meeting_of(traject_id: int, meeting_id: int) -> Select[MeetingSource]:
    """One meeting, if it is of that traject."""
    return meetings_of(traject_id).where(MeetingSource.id == meeting_id)


def entered_at(meeting_id: int) -> Select[EnteredIdea]:
    """What was written down at a meeting, the newest first, with ideas and their owners."""
    return (
        select(EnteredIdea)
        .where(EnteredIdea.meeting_id == meeting_id)
        .options(joinedload(EnteredIdea.idea).joinedload(Idea.author))
        .order_by(EnteredIdea.idea_id.desc())
    )


def entered_idea(idea_id: int) -> Select[EnteredIdea]:
    """How an idea was written down, with its meeting, if it was heard at one."""
    return select(EnteredIdea).where(EnteredIdea.idea_id == idea_id).options(joinedload(EnteredIdea.meeting))


def entered_by(meeting_id: int, account_id: int) -> Select[EnteredIdea]:
    """What one helper wrote down at a meeting."""
    return select(EnteredIdea).where(EnteredIdea.meeting_id == meeting_id, EnteredIdea.by_id == account_id)


def count_entered_since(account_id: int, moment: datetime) -> Select[int]:
    """How many ideas a helper wrote down since a moment, at all meetings."""
    return select(func.count()).where(EnteredIdea.by_id == account_id, EnteredIdea.consent_at >= moment)


def count_entered_at(traject_id: int) -> Select[int, int]:
    """How many ideas were heard at each meeting of a traject: its number, and how many."""
    return (
        select(EnteredIdea.meeting_id, func.count())
        .join(EnteredIdea.meeting)
        .where(MeetingSource.traject_id == traject_id)
        .group_by(EnteredIdea.meeting_id)
    )
