"""What was told in public about a traject: news, changes of the promise, documents, the report, and what residents dispute?"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.groups import Participant
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Follow, Phase, Traject
from participatie.models.wijken import within
from participatie.spelregels.trajecten import Announced, DisputeKind


class Announcement(Base):
    """One thing told in public, and by mail to everybody who takes part. `facts` are codes and numbers by kind.

    LEVEL: phase (its position), before, after. LONGER: phase, until (a day). DUTY: duty, until. BALANCE: act, percents
    (of each share that it answers, by its key). PHASE_CLOSED: phase. PRODUCT_DRAFT and PRODUCT: phase. RESTART: round
    (its slug), opening. REVOKED: round (its slug), codes (how many).
    """

    __tablename__ = "announcement"

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    kind: Mapped[Announced] = mapped_column(words(Announced, "kind"))
    text: Mapped[Prose]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    def until(self) -> datetime:
        """Return the moment promised: of LONGER the end of the phase, of DUTY when it will be done."""
        return datetime.fromisoformat(self.facts["until"])


class Product(Base):
    """The document in which a phase ends: first a draft to react to, then adopted."""

    __tablename__ = "product"

    phase_id: Mapped[int] = mapped_column(ForeignKey("phase.id"), primary_key=True)
    title: Mapped[Line]
    text: Mapped[Prose]
    drafted_at: Mapped[Moment]
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    phase: Mapped[Phase] = relationship()


class Report(Base):
    """The final report of a traject: what was asked, what was done with it, what others can learn, and the figures."""

    __tablename__ = "report"

    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), primary_key=True)
    used: Mapped[Prose]
    not_used: Mapped[Prose]
    lessons: Mapped[Prose] = mapped_column(default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Dispute(Base):
    """What somebody lays before the city, to whom by name, until when there must be an answer, and the answer."""

    __tablename__ = "dispute"

    id: Mapped[Id]
    traject_id: Mapped[int] = mapped_column(ForeignKey("traject.id"), index=True)
    kind: Mapped[DisputeKind] = mapped_column(words(DisputeKind, "kind"))
    text: Mapped[Prose]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    addressee: Mapped[Line]
    raised_at: Mapped[Moment]
    due_at: Mapped[Moment]
    answer: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    traject: Mapped[Traject] = relationship()

    def is_late(self, now: datetime) -> bool:
        """Tell whether the answer should have been there, or came after it should."""
        return (self.answered_at or now) >= self.due_at


def everyone_in(traject_id: int) -> Select[Account]:
    """Everybody who takes part in a traject, each once: authors, supporters, members of groups, followers."""
    ideas = select(Idea.id).where(Idea.traject_id == traject_id)
    return (
        select(Account)
        .where(
            Account.id.in_(select(Idea.author_id).where(Idea.traject_id == traject_id))
            | Account.id.in_(select(Support.account_id).where(Support.idea_id.in_(ideas)))
            | Account.id.in_(select(Participant.account_id).where(Participant.idea_id.in_(ideas)))
            | Account.id.in_(select(Follow.account_id).where(Follow.traject_id == traject_id))
        )
        .order_by(Account.id)
    )


def announcements(traject_id: int) -> Select[Announcement]:
    """What was told about a traject, newest first."""
    return select(Announcement).where(Announcement.traject_id == traject_id).order_by(Announcement.id.desc())


def announcements_of_kind(traject_id: int, kind: Announced) -> Select[Announcement]:
    """What was told about a traject of one kind, newest first."""
    return announcements(traject_id).where(Announcement.kind == kind)


def count_announcements(traject_id: int) -> Select[int]:
    """How many things were told about a traject."""
    return select(func.count(Announcement.id)).where(Announcement.traject_id == traject_id)


def newest_announcements(traject_id: int, number: int) -> Select[Announcement]:
    """The last things told about a traject, newest first."""
    return announcements(traject_id).limit(number)


def product_of(phase_id: int) -> Select[Product]:
    """The document of a phase, draft or adopted."""
    return select(Product).where(Product.phase_id == phase_id)


def products(traject_id: int) -> Select[Product]:
    """The documents of a traject, in the order of its phases."""
    return (
        select(Product)
        .join(Product.phase)
        .where(Phase.traject_id == traject_id)
        .options(joinedload(Product.phase))
        .order_by(Phase.position)
    )


def report_of(traject_id: int) -> Select[Report]:
    """The final report of a traject, once it is published."""
    return select(Report).where(Report.traject_id == traject_id)


def disputes(traject_id: int) -> Select[Dispute]:
    """What was laid before the city about a traject, newest first, with who did."""
    return (
        select(Dispute)
        .where(Dispute.traject_id == traject_id)
        .options(joinedload(Dispute.account))
        .order_by(Dispute.id.desc())
    )


def open_disputes(*area_paths: str) -> Select[Dispute]:
    """What waits for an answer in these areas, the first due on top, with its traject."""
    return (
        select(Dispute)
        .join(Dispute.traject)
        .join(Traject.area)
        .where(within(area_paths), Dispute.answered_at.is_(None))
        .options(contains_eager(Dispute.traject))
        .order_by(Dispute.due_at, Dispute.id)
    )


def dispute_by_id(dispute_id: int) -> Select[Dispute]:
    """One dispute, with who raised it."""
    return select(Dispute).where(Dispute.id == dispute_id).options(joinedload(Dispute.account))
