"""Which areas are there? The tree gemeente > stadsdeel > wijk > buurt, with CBS codes where they exist."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Select, String, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.base import Base, Id, Line, words


class AreaKind(StrEnum):
    """How large an area is, from large to small."""

    GEMEENTE = "gemeente"
    STADSDEEL = "stadsdeel"
    WIJK = "wijk"
    BUURT = "buurt"


class Area(Base):
    """A place. `path` is the ids from the root down, as `/1/4/12/`, so that one prefix finds a subtree."""

    __tablename__ = "area"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[AreaKind] = mapped_column(words(AreaKind, "kind"))
    name: Mapped[Line]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True)

    parent: Mapped["Area | None"] = relationship(remote_side="Area.id")


def all_areas() -> Select[Area]:
    """Every area, each after the area it lies in."""
    return select(Area).order_by(Area.path)


def areas_of_kind(kind: AreaKind) -> Select[Area]:
    """The areas of one kind, by name."""
    return select(Area).where(Area.kind == kind).order_by(Area.name)


def areas_within(area: Area, kind: AreaKind) -> Select[Area]:
    """The areas of one kind inside an area, by name."""
    return select(Area).where(Area.path.startswith(area.path), Area.kind == kind).order_by(Area.name)


def areas_inside(area: Area) -> Select[Area]:
    """An area with every area inside it, each after the one it lies in."""
    return select(Area).where(Area.path.startswith(area.path)).order_by(Area.path)


def areas_around_others() -> Select[int | None]:
    """The ids of the areas in which others lie: what is left are streets and buurten, as small as the tree knows them."""
    return select(Area.parent_id).where(Area.parent_id.is_not(None))


def streets_within(paths: Collection[str]) -> Select[str]:
    """The paths of the smallest areas inside the areas with these paths."""
    return select(Area.path).where(within(paths), Area.id.not_in(areas_around_others()))


def within(paths: Collection[str]) -> ColumnElement[bool]:
    """Whether a joined area lies in one of the areas with these paths; with no paths none does."""
    return or_(false(), *(Area.path.startswith(path) for path in paths))


def root_area() -> Select[Area]:
    """The gemeente: the root of the tree."""
    return select(Area).where(Area.parent_id.is_(None))


def area_by_code(code: str) -> Select[Area]:
    """The area with that CBS code."""
    return select(Area).where(Area.code == code)


def area_by_id(area_id: int) -> Select[Area]:
    """The area with that number."""
    return select(Area).where(Area.id == area_id)
