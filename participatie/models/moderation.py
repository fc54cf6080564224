"""What did moderators hide, under which house rule, what waits for them, and what came of it?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, case, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Moment, Prose, UtcDateTime, words
from participatie.models.groups import Participant
from participatie.models.ideas import Idea
from participatie.models.organisations import Organisation
from participatie.models.trajecten import Traject
from participatie.models.wijken import within
from participatie.spelregels.ideas import IdeaStatus, Party
from participatie.spelregels.moderation import Handled, HouseRule, Waiting

OPEN_ITEM = text("handled_at IS NULL")


class Hiding(Base):
    """One time that an idea was hidden. The text stays, for its author and for an appeal."""

    __tablename__ = "hiding"
    __table_args__ = (
        # An idea is hidden once at a time.
        Index(
            "uq_hiding_open",
            "idea_id",
            unique=True,
            sqlite_where=text("restored_at IS NULL"),
            postgresql_where=text("restored_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    house_rule: Mapped[HouseRule] = mapped_column(words(HouseRule, "house_rule"))
    reason: Mapped[Prose]
    hidden_at: Mapped[Moment]
    restored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restored_reason: Mapped[Prose] = mapped_column(default="")

    idea: Mapped[Idea] = relationship()
    appeal: Mapped["Appeal | None"] = relationship(back_populates="hiding")
    through: Mapped["HiddenThrough | None"] = relationship()


class HiddenThrough(Base):
    """Through which organisation an idea was hidden; none for a moderator or a wijkmanager of the gemeente."""

    __tablename__ = "hidden_through"

    hiding_id: Mapped[int] = mapped_column(ForeignKey("hiding.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    organisation: Mapped[Organisation] = relationship()


class ModerationItem(Base):
    """Something about an idea that waits for a moderator, and from when to when; `organisation` is who promised to look."""

    __tablename__ = "moderation_item"
    __table_args__ = (
        # Reports of one idea wait together.
        Index(
            "uq_moderation_item_open",
            "idea_id",
            "kind",
            unique=True,
            sqlite_where=OPEN_ITEM,
            postgresql_where=OPEN_ITEM,
        ),
        Index("ix_moderation_item_queue", "handled_at", "due_at"),
    )

    id: Mapped[Id]
    kind: Mapped[Waiting] = mapped_column(words(Waiting, "kind"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    opened_at: Mapped[Moment]
    due_at: Mapped[Moment]
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Handled | None] = mapped_column(words(Handled, "outcome"))

    idea: Mapped[Idea] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    reports: Mapped[list["IdeaReport"]] = relationship(back_populates="item", order_by="IdeaReport.id")
    appeal: Mapped["Appeal | None"] = relationship(back_populates="item")


class IdeaReport(Base):
    """Somebody who says that an idea breaks a house rule. Of who has no account only a hash of network and hour is kept."""

    __tablename__ = "idea_report"
    __table_args__ = (Index("uq_idea_report_once", "item_id", "account_id", unique=True),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    network_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    house_rule: Mapped[HouseRule] = mapped_column(words(HouseRule, "house_rule"))
    explanation: Mapped[Prose] = mapped_column(default="")
    created_at: Mapped[Moment]

    item: Mapped[ModerationItem] = relationship(back_populates="reports")
    account: Mapped[Account | None] = relationship()


class Appeal(Base):
    """What an author says against a hiding, once; somebody else decides, with the reason."""

    __tablename__ = "appeal"

    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), primary_key=True)
    hiding_id: Mapped[int] = mapped_column(ForeignKey("hiding.id"), unique=True)
    plea: Mapped[Prose]
    reason: Mapped[Prose] = mapped_column(default="")

    item: Mapped[ModerationItem] = relationship(back_populates="appeal")
    hiding: Mapped[Hiding] = relationship(back_populates="appeal")


def current_hiding(idea_id: int) -> Select[Hiding]:
    """Why an idea is hidden now, if it is."""
    return select(Hiding).where(Hiding.idea_id == idea_id, Hiding.restored_at.is_(None)).order_by(Hiding.id.desc())


def current_hidings(idea_ids: Collection[int]) -> Select[Hiding]:
    """Why each of these ideas is hidden now; for those that are not, there is no row."""
    return select(Hiding).where(Hiding.idea_id.in_(idea_ids), Hiding.restored_at.is_(None)).order_by(Hiding.id)


def open_item(idea_id: int, kind: Waiting) -> Select[ModerationItem]:
    """What waits about an idea, of one kind."""
    return select(ModerationItem).where(
        ModerationItem.idea_id == idea_id, ModerationItem.kind == kind, ModerationItem.handled_at.is_(None)
    )


def open_items_of(idea_id: int) -> Select[ModerationItem]:
    """All that waits about an idea, with the reports, the appeal and who promised to look."""
    return (
        select(ModerationItem)
        .where(ModerationItem.idea_id == idea_id, ModerationItem.handled_at.is_(None))
        .options(
            selectinload(ModerationItem.reports).joinedload(IdeaReport.account),
            joinedload(ModerationItem.appeal).joinedload(Appeal.hiding),
            joinedload(ModerationItem.organisation),
        )
        .order_by(ModerationItem.due_at)
    )


def queue(*area_paths: str) -> Select[ModerationItem]:
    """All that waits in these areas, what is due first on top, with the idea, its traject and the appeal."""
    return (
        select(ModerationItem)
        .join(ModerationItem.idea)
        .join(Idea.traject)
        .join(Traject.area)
        .where(within(area_paths), ModerationItem.handled_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
        .options(
            joinedload(ModerationItem.idea).joinedload(Idea.traject).joinedload(Traject.area),
            joinedload(ModerationItem.idea).joinedload(Idea.author),
            joinedload(ModerationItem.appeal).joinedload(Appeal.hiding),
            joinedload(ModerationItem.organisation),
            selectinload(ModerationItem.reports),
        )
        .order_by(ModerationItem.opened_at, ModerationItem.id)
    )


def count_waiting(now: datetime) -> Select[Waiting, int, int]:
    """Of each kind: how much waits, and how much of that should have been looked at by now."""
    late = func.sum(case((ModerationItem.due_at < now, 1), else_=0))
    return (
        select(ModerationItem.kind, func.count(ModerationItem.id), late)
        .join(ModerationItem.idea)
        .where(ModerationItem.handled_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
        .group_by(ModerationItem.kind)
    )


def due_first_posts(now: datetime) -> Select[ModerationItem]:
    """The first posts that nobody looked at in time."""
    return select(ModerationItem).where(
        ModerationItem.kind == Waiting.FIRST_POST, ModerationItem.handled_at.is_(None), ModerationItem.due_at <= now
    )


def first_posts_of(idea_ids: Collection[int]) -> Select[ModerationItem]:
    """Which of these ideas wait as somebody's first, with who promised to look."""
    return (
        select(ModerationItem)
        .where(
            ModerationItem.idea_id.in_(idea_ids),
            ModerationItem.kind == Waiting.FIRST_POST,
            ModerationItem.handled_at.is_(None),
        )
        .options(joinedload(ModerationItem.organisation))
    )


def count_published_ideas_of(account_id: int) -> Select[int]:
    """How many ideas of somebody everybody could read."""
    return select(func.count(Idea.id)).where(
        Idea.author_id == account_id, Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN
    )


def reports_by_account(account_id: int, since: datetime) -> Select[int]:
    """How often somebody reported from a moment on."""
    return select(func.count(IdeaReport.id)).where(IdeaReport.account_id == account_id, IdeaReport.created_at >= since)


def reports_by_network(network_hash: str) -> Select[int]:
    """How often was reported from a network, in the hour that the hash is of."""
    return select(func.count(IdeaReport.id)).where(IdeaReport.network_hash == network_hash)


def handled_items(organisation_id: int | None = None) -> Select[int | None, datetime, datetime, datetime | None]:
    """Who promised to look, and when each thing came in, was due and was looked at; of one organisation, or of all."""
    items = select(
        ModerationItem.organisation_id, ModerationItem.opened_at, ModerationItem.due_at, ModerationItem.handled_at
    ).where(ModerationItem.handled_at.is_not(None))
    return items if organisation_id is None else items.where(ModerationItem.organisation_id == organisation_id)


def public_hidings() -> Select[Hiding]:
    """Everything that was ever hidden, newest first, with what the public log tells of it."""
    return (
        select(Hiding)
        .options(
            joinedload(Hiding.idea).joinedload(Idea.traject).joinedload(Traject.area),
            joinedload(Hiding.through).joinedload(HiddenThrough.organisation),
            joinedload(Hiding.appeal).joinedload(Appeal.item),
        )
        .order_by(Hiding.id.desc())
    )


def count_public_hidings() -> Select[int]:
    """How many times something was hidden."""
    return select(func.count(Hiding.id))


def moderating_contributors(traject_ids: Collection[int]) -> tuple[Select[int, int], Select[int, int]]:
    """Who put in a running idea in some trajecten, and who takes part in one: pairs of traject and account."""
    return (
        select(Idea.traject_id, Idea.author_id)
        .where(Idea.traject_id.in_(traject_ids), Idea.status != IdeaStatus.WITHDRAWN)
        .distinct(),
        select(Idea.traject_id, Participant.account_id)
        .join(Participant, Participant.idea_id == Idea.id)
        .where(
            Idea.traject_id.in_(traject_ids), Idea.status != IdeaStatus.WITHDRAWN, Participant.party != Party.GEMEENTE
        )
        .distinct(),
    )


def named_organisations(traject_ids: Collection[int]) -> tuple[Select[int, str], Select[int, str]]:
    """For which organisations something was put in, or somebody takes part: pairs of traject and name as typed."""
    running = (Idea.traject_id.in_(traject_ids), Idea.status != IdeaStatus.WITHDRAWN)
    return (
        select(Idea.traject_id, Idea.organisation).where(*running, Idea.organisation != "").distinct(),
        select(Idea.traject_id, Participant.organisation)
        .join(Participant, Participant.idea_id == Idea.id)
        .where(*running, Participant.organisation != "")
        .distinct(),
    )
