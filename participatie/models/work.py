"""What waits for somebody of staff in their areas? Numbers first where a list may be long; rows by number after that."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from participatie.models.accounts import RoleGrant
from participatie.models.balance import WijkFigure
from participatie.models.besluiten import Besluit, published_besluiten
from participatie.models.exposure import shown_by_idea
from participatie.models.groups import Override
from participatie.models.ideas import Assessment, Idea
from participatie.models.trajecten import Traject, trajecten_in
from participatie.models.wijkbudget import Round, rounds_in
from participatie.models.wijken import Area, AreaKind, within
from participatie.spelregels.ideas import IdeaStatus, Test
from participatie.spelregels.permissions import Role
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.wijkbudget import RoundStatus


def unfinished_trajecten(*area_paths: str) -> Select[Traject]:
    """The drafts and the open trajecten in these areas, newest first, with area and phases."""
    return trajecten_in(*area_paths).where(Traject.status != TrajectStatus.CLOSED)


def unfinished_rounds(*area_paths: str) -> Select[Round]:
    """The rounds in these areas of which no result is published, newest first."""
    return rounds_in(*area_paths).where(Round.status != RoundStatus.PUBLISHED)


def assessed_so_far(traject_ids: Collection[int], tests: Collection[Test]) -> Select[int, int, datetime, int, int]:
    """Of every idea that waits in some trajecten: number, traject, moment, promised days, how many of `tests` were done."""
    return (
        select(Idea.id, Idea.traject_id, Idea.created_at, Traject.answer_days, func.count(Assessment.id))
        .join(Idea.traject)
        .outerjoin(Assessment, and_(Assessment.idea_id == Idea.id, Assessment.test.in_(tests)))
        .where(Idea.traject_id.in_(traject_ids), Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None))
        .group_by(Idea.id, Idea.traject_id, Idea.created_at, Traject.answer_days)
    )


def ideas_at_work(idea_ids: Collection[int]) -> Select[Idea]:
    """Some ideas with traject and area, in no order."""
    return select(Idea).where(Idea.id.in_(idea_ids)).options(joinedload(Idea.traject), joinedload(Idea.area))


def least_seen_ideas(*area_paths: str) -> Select[Idea]:
    """The ideas of open trajecten in these areas that everybody may read, the least shown first."""
    seen = shown_by_idea()
    return (
        select(Idea)
        .join(Idea.traject)
        .join(Traject.area)
        .outerjoin(seen, seen.c.idea_id == Idea.id)
        .where(
            within(area_paths),
            Traject.status == TrajectStatus.OPEN,
            Idea.hidden_at.is_(None),
            Idea.status != IdeaStatus.WITHDRAWN,
        )
        .options(joinedload(Idea.traject), joinedload(Idea.area), joinedload(Idea.author))
        .order_by(func.coalesce(seen.c.shown, 0), Idea.id)
    )


def count_least_seen_ideas(*area_paths: str) -> Select[int]:
    """How many ideas that list has."""
    return (
        select(func.count(Idea.id))
        .join(Idea.traject)
        .join(Traject.area)
        .where(
            within(area_paths),
            Traject.status == TrajectStatus.OPEN,
            Idea.hidden_at.is_(None),
            Idea.status != IdeaStatus.WITHDRAWN,
        )
    )


def waiting_overrides(*area_paths: str) -> Select[Override, Idea]:
    """The proposals in these areas to set a test aside that wait for a second or a third, oldest first, with the idea."""
    third_asked = and_(Override.second_agrees.is_(False), Override.third_id.is_(None))
    return (
        select(Override, Idea)
        .join(Idea, Idea.id == Override.idea_id)
        .join(Idea.traject)
        .join(Traject.area)
        .where(
            within(area_paths),
            Idea.status == IdeaStatus.PUBLISHED,
            Idea.hidden_at.is_(None),
            or_(Override.second_id.is_(None), third_asked),
        )
        .options(
            joinedload(Idea.traject).selectinload(Traject.phases), joinedload(Idea.traject).joinedload(Traject.area)
        )
        .order_by(Override.id)
    )


def deviating_besluiten(*area_paths: str) -> Select[Besluit]:
    """The besluiten about these areas that depart from the vote, newest first."""
    return (
        published_besluiten()
        .join(Besluit.traject)
        .join(Traject.area)
        .where(within(area_paths), Besluit.deviation_ground.is_not(None))
    )


def areas_by_kind() -> Select[AreaKind, int]:
    """How many areas there are of each kind."""
    return select(Area.kind, func.count(Area.id)).group_by(Area.kind)


def wijken_without_figures() -> Select[Area]:
    """The wijken of which nobody read in who lives there, by name."""
    return (
        select(Area).where(Area.kind == AreaKind.WIJK, Area.id.not_in(select(WijkFigure.area_id))).order_by(Area.name)
    )


def held_roles() -> Select[Role]:
    """The roles that somebody holds."""
    return select(RoleGrant.role).distinct()
