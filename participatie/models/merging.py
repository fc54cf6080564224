"""Which ideas did somebody propose to make one, who agreed, and which are one now?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Moment, Prose, UtcDateTime, words
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.merging import MergeStatus

OPEN = text("status = 'voorgesteld'")


class Merge(Base):
    """A proposal that one idea goes on in another. Each author says yes at a moment; the supporters are asked after that."""

    __tablename__ = "idea_merge"
    __table_args__ = (
        # An idea is asked to go on in one other at a time.
        Index("uq_idea_merge_open", "source_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[Id]
    source_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[Prose]
    proposed_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    source_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    target_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[MergeStatus] = mapped_column(words(MergeStatus, "status"), default=MergeStatus.OPEN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    source: Mapped[Idea] = relationship(foreign_keys=[source_id])
    target: Mapped[Idea] = relationship(foreign_keys=[target_id])

    def author_ids(self) -> tuple[int, int]:
        """Return who has to agree."""
        return self.source.author_id, self.target.author_id

    def agreed(self, account_id: int) -> bool:
        """Tell whether this author agreed for every idea of theirs."""
        sides = ((self.source.author_id, self.source_agreed_at), (self.target.author_id, self.target_agreed_at))
        return all(agreed_at is not None for author_id, agreed_at in sides if author_id == account_id)


def merge_by_id(merge_id: int) -> Select[Merge]:
    """One proposal with both ideas, their authors and their traject."""
    return (
        select(Merge)
        .where(Merge.id == merge_id)
        .options(
            joinedload(Merge.source).joinedload(Idea.author),
            joinedload(Merge.target).joinedload(Idea.author),
            joinedload(Merge.source).joinedload(Idea.traject).joinedload(Traject.area),
            joinedload(Merge.source).joinedload(Idea.traject).selectinload(Traject.phases),
            joinedload(Merge.target).joinedload(Idea.traject),
        )
    )


def open_merges_of(idea_ids: Collection[int]) -> Select[Merge]:
    """The proposals that are open about these ideas, on either side, with both ideas."""
    return _with_ideas().where(
        Merge.status == MergeStatus.OPEN, or_(Merge.source_id.in_(idea_ids), Merge.target_id.in_(idea_ids))
    )


def expired_merges(now: datetime) -> Select[Merge]:
    """The proposals that are open and of which the term is over, with both ideas."""
    return _with_ideas().where(Merge.status == MergeStatus.OPEN, Merge.expires_at < now)


def merges_of(idea_id: int) -> Select[Merge]:
    """Into which idea this one went, and which ones went into it."""
    return _with_ideas().where(
        Merge.status == MergeStatus.MERGED, or_(Merge.source_id == idea_id, Merge.target_id == idea_id)
    )


def gone_on_in(idea_id: int) -> Select[Idea]:
    """The ideas that went on in this one, also by way of another, with who put them in."""
    return select(Idea).where(Idea.id.in_(_gone_on_in(idea_id))).options(joinedload(Idea.author)).order_by(Idea.id)


def authors_gone_on_in(idea_id: int) -> Select[int]:
    """Who put those in, by number."""
    return select(Idea.author_id).where(Idea.id.in_(_gone_on_in(idea_id)))


def _gone_on_in(idea_id: int) -> Select[int]:
    into = select(Merge.source_id).where(Merge.target_id == idea_id, Merge.status == MergeStatus.MERGED)
    earlier = into.cte("gone_on", recursive=True)
    by_way = (
        select(Merge.source_id)
        .join(earlier, Merge.target_id == earlier.c.source_id)
        .where(Merge.status == MergeStatus.MERGED)
    )
    return select(earlier.union(by_way).c.source_id)


def ideas_gone_into(account_id: int) -> Select[int]:
    """The ideas in which one of somebody's went on, also by way of another, by number."""
    merged = select(Merge.target_id).where(Merge.status == MergeStatus.MERGED)
    own = merged.join(Idea, Idea.id == Merge.source_id).where(Idea.author_id == account_id)
    earlier = own.cte("gone_into", recursive=True)
    every = earlier.union(merged.join(earlier, Merge.source_id == earlier.c.target_id))
    return select(every.c.target_id)


def _with_ideas() -> Select[Merge]:
    return select(Merge).options(joinedload(Merge.source), joinedload(Merge.target)).order_by(Merge.id)


def left_behind(merge_id: int, account_id: int) -> Select[Support]:
    """The support of somebody for the idea that went on in another."""
    return (
        select(Support)
        .join(Merge, Merge.source_id == Support.idea_id)
        .where(Merge.id == merge_id, Merge.status == MergeStatus.MERGED, Support.account_id == account_id)
    )


def supporters_left_behind(source_id: int, target_id: int) -> Select[Account]:
    """Who supports the one idea and not the other, and did not put it in either."""
    there = select(Support.account_id).where(Support.idea_id == target_id)
    author = select(Idea.author_id).where(Idea.id == target_id)
    return (
        select(Account)
        .join(Support, Support.account_id == Account.id)
        .where(Support.idea_id == source_id, Account.id.not_in(there), Account.id.not_in(author))
        .order_by(Account.id)
    )


def ideas_beside(idea: Idea) -> Select[Idea]:
    """The other ideas of a traject that wait for an answer and that everybody may read."""
    return (
        select(Idea)
        .where(
            Idea.traject_id == idea.traject_id,
            Idea.id != idea.id,
            Idea.status == IdeaStatus.PUBLISHED,
            Idea.hidden_at.is_(None),
        )
        .order_by(Idea.id)
    )


def supported_sources(account_id: int, source_ids: Collection[int]) -> Select[int]:
    """Which of these ideas somebody supports."""
    return select(Support.idea_id).where(Support.account_id == account_id, Support.idea_id.in_(source_ids))
