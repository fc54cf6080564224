"""From which buurten can somebody choose in a form? Grouped by the wijk they lie in."""

from collections.abc import Iterable

from participatie.models.wijken import Area, AreaKind
from participatie.web.forms import SelectChoice


def buurt_choices(areas: Iterable[Area], within: str) -> list[SelectChoice]:
    """Return the buurten at or below the path `within`, by wijk and name; where there are none, that place itself.

    `areas` are all areas: the wijk of a buurt may lie outside `within`. The value is the area's id.
    """
    by_id = {area.id: area for area in areas}
    inside = [area for area in by_id.values() if area.path.startswith(within)]
    buurten = [area for area in inside if area.kind is AreaKind.BUURT]
    chosen = buurten or [area for area in inside if area.path == within]
    choices = [
        SelectChoice(
            value=str(area.id), label=area.name, optgroup=by_id[area.parent_id].name if area.parent_id else None
        )
        for area in chosen
    ]
    return sorted(choices, key=lambda choice: (choice.optgroup or "", choice.label))
