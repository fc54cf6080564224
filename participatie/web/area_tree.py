"""How does the tree of areas stand on a page? Stadsdelen with their wijken, wijken with their buurten."""

from collections.abc import Sequence
from dataclasses import dataclass

from participatie.models.wijken import Area, AreaKind


@dataclass(frozen=True, slots=True)
class Branch:
    """An area with what lies directly in it, by name."""

    area: Area
    inside: tuple["Branch", ...]

    def is_leaf(self) -> bool:
        """Tell whether nothing lies in it."""
        return not self.inside


def tree_of(areas: Sequence[Area]) -> tuple[Branch, ...]:
    """Return what lies directly in the gemeente, each with what lies in that."""
    children: dict[int | None, list[Area]] = {}
    for area in sorted(areas, key=lambda area: area.name):
        children.setdefault(area.parent_id, []).append(area)

    def branches(parent_id: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(area, branches(area.id)) for area in children.get(parent_id, ()))

    return tuple(
        branch
        for root in branches(None)
        for branch in (root.inside if root.area.kind is AreaKind.GEMEENTE else (root,))
    )
