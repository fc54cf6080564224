"""Where do areas and ideas lie on the map? Shapes of areas, and the point of an idea; degrees of WGS84."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.base import Base, Prose
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.ideas import IdeaStatus


class AreaShape(Base):
    """The outline of an area as a GeoJSON geometry, simplified; the rectangle around it finds it fast."""

    __tablename__ = "area_shape"
    __table_args__ = (Index("ix_area_shape_box", "west", "east", "south", "north"),)

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True, autoincrement=False)
    geometry: Mapped[Prose]
    west: Mapped[float]
    south: Mapped[float]
    east: Mapped[float]
    north: Mapped[float]

    area: Mapped[Area] = relationship()


class IdeaPlace(Base):
    """The point where an idea would come."""

    __tablename__ = "idea_place"
    __table_args__ = (
        CheckConstraint("lat BETWEEN -90 AND 90", name="lat"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="lon"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, autoincrement=False)
    lat: Mapped[float]
    lon: Mapped[float]


def shapes_to_draw(area: Area) -> Select[AreaShape]:
    """The shapes that a map of an area shows: its own, and of what lies in it the wijken (of a gemeente) or buurten."""
    parts = AreaKind.WIJK if area.kind is AreaKind.GEMEENTE else AreaKind.BUURT
    return (
        select(AreaShape)
        .join(AreaShape.area)
        .where(Area.path.startswith(area.path), (Area.kind == parts) | (Area.id == area.id))
        .options(joinedload(AreaShape.area))
        .order_by(Area.path)
    )


def shapes_near(path: str, lat: float, lon: float) -> Select[AreaShape]:
    """The shapes at or below a path whose rectangle a point lies in, with their areas, the smallest areas first."""
    return (
        select(AreaShape)
        .join(AreaShape.area)
        .where(
            Area.path.startswith(path),
            AreaShape.west <= lon,
            AreaShape.east >= lon,
            AreaShape.south <= lat,
            AreaShape.north >= lat,
        )
        .options(joinedload(AreaShape.area))
        .order_by(Area.path.desc())
    )


def any_shape(path: str) -> Select[int]:
    """One area at or below a path that has a shape."""
    return select(AreaShape.area_id).join(AreaShape.area).where(Area.path.startswith(path)).limit(1)


def all_shapes() -> Select[AreaShape]:
    """Every shape."""
    return select(AreaShape)


def place_of(idea_id: int) -> Select[IdeaPlace]:
    """The point of an idea."""
    return select(IdeaPlace).where(IdeaPlace.idea_id == idea_id)


def places_of(idea_ids: list[int]) -> Select[IdeaPlace]:
    """The points of the ideas of one page."""
    return select(IdeaPlace).where(IdeaPlace.idea_id.in_(idea_ids))


def places_of_plans(round_id: int) -> Select[IdeaPlace]:
    """The points of the ideas that became the plans of a round."""
    return select(IdeaPlace).join(Plan, Plan.idea_id == IdeaPlace.idea_id).where(Plan.round_id == round_id)


def placed_ideas_in(area: Area, limit: int) -> Select[Idea]:
    """The ideas in an area that everybody may read and that have a point, most support first."""
    return (
        select(Idea)
        .join(IdeaPlace, IdeaPlace.idea_id == Idea.id)
        .join(Idea.area)
        .where(Area.path.startswith(area.path), Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
        .options(joinedload(Idea.area))
        .order_by(Idea.support_count.desc(), Idea.id.desc())
        .limit(limit)
    )
