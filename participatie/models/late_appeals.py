"""Which appeals did nobody judge in time, and of which was that told?"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.moderation import Appeal, ModerationItem
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.moderation import Waiting

#: The act in the log that was told that nobody judged an appeal in time.
LATE_TOLD = "opnieuw kijken te laat"


def late_appeals(now: datetime) -> Select[ModerationItem]:
    """The appeals that nobody judged in time, with the idea, its traject and why it was hidden."""
    return (
        select(ModerationItem)
        .join(ModerationItem.idea)
        .where(
            ModerationItem.kind == Waiting.APPEAL,
            ModerationItem.handled_at.is_(None),
            ModerationItem.due_at < now,
            Idea.status != IdeaStatus.WITHDRAWN,
        )
        .options(
            joinedload(ModerationItem.idea).joinedload(Idea.traject).joinedload(Traject.area),
            joinedload(ModerationItem.appeal).joinedload(Appeal.hiding),
        )
        .order_by(ModerationItem.id)
    )


def told_late(item_ids: Collection[int]) -> Select[int]:
    """Of which of these was told that they are late."""
    return select(AuditRow.object_id).where(
        AuditRow.object_kind == ModerationItem.__tablename__,
        AuditRow.object_id.in_(item_ids),
        AuditRow.act == LATE_TOLD,
    )
