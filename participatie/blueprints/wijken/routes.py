"""Which addresses are there for the areas and what happens in them?"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from participatie.models.trajecten import trajecten_around
from participatie.models.wijken import AreaKind, all_areas, area_by_id, areas_within
from participatie.web.access import Audience, open_to
from participatie.web.clock import now
from participatie.web.sites import found
from participatie.web.transaction import db

blueprint = Blueprint("wijken", __name__)


@blueprint.get("/wijken")
@open_to(Audience.EVERYONE)
def overview() -> ResponseReturnValue:
    """Show the wijken with their buurten."""
    areas = [area for area in db().scalars(all_areas()) if area.kind in (AreaKind.WIJK, AreaKind.BUURT)]
    wijken = [area for area in areas if area.kind is AreaKind.WIJK]
    buurten = {wijk.id: [area for area in areas if area.parent_id == wijk.id] for wijk in wijken}
    return render_template("wijken/overview.html", wijken=wijken, buurten=buurten)


@blueprint.get("/wijken/<int:area_id>")
@open_to(Audience.EVERYONE)
def detail(area_id: int) -> ResponseReturnValue:
    """Show one area: what residents can take part in there, and how much say they have."""
    area = found(area_by_id(area_id))
    return render_template(
        "wijken/detail.html",
        area=area,
        inside=db().scalars(areas_within(area, AreaKind.BUURT)).all() if area.kind is AreaKind.WIJK else [],
        trajecten=db().scalars(trajecten_around(area)).unique().all(),
        now=now(),
    )
