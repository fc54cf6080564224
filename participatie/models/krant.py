"""What can be told on paper about trajecten: answers, besluiten, money, and the votes that have a closing time?"""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from participatie.models.announcements import Announcement
from participatie.models.besluiten import Besluit, published_besluiten
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Allocation, AllocationLine, LedgerEntry, Plan, Round, WithheldPlan
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.wijkbudget import RoundStatus


def told_of(traject_ids: Collection[int], limit: int) -> Select[Announcement, Traject]:
    """The last things told about these trajecten, newest first, each with its traject and phases."""
    return (
        select(Announcement, Traject)
        .join(Traject, Traject.id == Announcement.traject_id)
        .where(Announcement.traject_id.in_(traject_ids))
        .options(selectinload(Traject.phases))
        .order_by(Announcement.id.desc())
        .limit(limit)
    )


def answered_ideas(traject_ids: Collection[int], limit: int) -> Select[Idea]:
    """The ideas that were answered last and that everybody may read, newest first."""
    return (
        select(Idea)
        .where(
            Idea.traject_id.in_(traject_ids),
            Idea.answered_at.is_not(None),
            Idea.hidden_at.is_(None),
            Idea.status != IdeaStatus.WITHDRAWN,
        )
        .order_by(Idea.answered_at.desc(), Idea.id.desc())
        .limit(limit)
    )


def besluiten_of(traject_ids: Collection[int], limit: int) -> Select[Besluit]:
    """The last besluiten about these trajecten, newest first."""
    return published_besluiten().where(Besluit.traject_id.in_(traject_ids)).limit(limit)


def opened_rounds(traject_ids: Collection[int]) -> Select[Round]:
    """The rounds of these trajecten whose rules are frozen, and so the moment at which they close."""
    return (
        select(Round)
        .where(Round.traject_id.in_(traject_ids), Round.rulebook.is_not(None))
        .options(joinedload(Round.traject).selectinload(Traject.phases))
        .order_by(Round.id)
    )


def money_of(traject_ids: Collection[int], limit: int) -> Select[Round, int, int]:
    """The last rounds of these trajecten with a published outcome: how many cents were given, and how many paid.

    What a besluit withholds, was not given.
    """
    paid = (
        select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0))
        .join(Plan, Plan.id == LedgerEntry.plan_id)
        .where(Plan.round_id == Round.id, LedgerEntry.kind == EntryKind.PAID)
        .correlate(Round)
        .scalar_subquery()
    )
    withheld = (
        select(func.coalesce(func.sum(AllocationLine.funded_cents), 0))
        .join(WithheldPlan, WithheldPlan.plan_id == AllocationLine.plan_id)
        .where(AllocationLine.round_id == Round.id)
        .correlate(Round)
        .scalar_subquery()
    )
    return (
        select(Round, Allocation.spent_cents - withheld, paid)
        .join(Allocation, Allocation.round_id == Round.id)
        .where(Round.traject_id.in_(traject_ids), Round.status == RoundStatus.PUBLISHED, Round.pot_cents > 0)
        .order_by(Round.id.desc())
        .limit(limit)
    )
