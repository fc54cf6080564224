"""Which addresses are there for the areas, what happens in them, and choosing one's own?"""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participatie.models.around import besluiten_around
from participatie.models.places import placed_ideas_in
from participatie.models.telling import following_of
from participatie.models.trajecten import trajecten_around
from participatie.models.wijken import AreaKind, all_areas, area_by_id, areas_within
from participatie.spelregels.telling import About
from participatie.web.access import Audience, open_to
from participatie.web.area_money import totals_of
from participatie.web.area_tree import tree_of
from participatie.web.clock import now
from participatie.web.finding import find_form, found_by
from participatie.web.login import account, actor
from participatie.web.maps import map_of_ideas
from participatie.web.sites import found
from participatie.web.traject_cards import cards_to_act_first
from participatie.web.transaction import db
from participatie.web.wijk import chosen_wijk, forget_wijk, remember_wijk

blueprint = Blueprint("wijken", __name__)

DECIDED_SHOWN = 5
PINS_SHOWN = 20


@blueprint.get("/wijken")
@open_to(Audience.EVERYONE)
def overview() -> ResponseReturnValue:
    """Show the tree of stadsdelen, wijken and buurten."""
    areas = db().scalars(all_areas()).all()
    return render_template("wijken/overview.html", tree=tree_of(areas), form=find_form(areas))


@blueprint.get("/wijken/kiezen")
@open_to(Audience.EVERYONE)
def choose() -> ResponseReturnValue:
    """Find an area by postcode or from the list, remember it in this browser, and go there."""
    areas = db().scalars(all_areas()).all()
    form = find_form(areas)
    status = HTTPStatus.OK
    if request.args.keys() & {"postcode", "gebied"}:
        outcome = found_by(form)
        if outcome.area is not None:
            response = redirect(url_for("wijken.detail", area_id=outcome.area.id))
            remember_wijk(response, outcome.area.id)
            return response
        status = HTTPStatus.NOT_FOUND if outcome.is_postcode else HTTPStatus.BAD_REQUEST
    return render_template("wijken/choose.html", form=form, tree=tree_of(areas)), status


@blueprint.get("/wijken/vergeten")
@open_to(Audience.EVERYONE)
def forget() -> ResponseReturnValue:
    """Take the choice out of this browser."""
    response = redirect(url_for("pages.home"))
    forget_wijk(response)
    return response


@blueprint.get("/wijken/<int:area_id>")
@open_to(Audience.EVERYONE)
def detail(area_id: int) -> ResponseReturnValue:
    """Show one area: what residents can do there now, with how much say, and what was decided."""
    area = found(area_by_id(area_id))
    inside = {AreaKind.GEMEENTE: AreaKind.WIJK, AreaKind.STADSDEEL: AreaKind.WIJK, AreaKind.WIJK: AreaKind.BUURT}
    placed = db().scalars(placed_ideas_in(area, PINS_SHOWN)).all()
    return render_template(
        "wijken/detail.html",
        area=area,
        placed=placed,
        map=map_of_ideas(area, placed, always=True),
        inside=db().scalars(areas_within(area, inside[area.kind])).all() if area.kind in inside else [],
        cards=cards_to_act_first(db().scalars(trajecten_around(area)).unique().all(), now()),
        besluiten=db().scalars(besluiten_around(area).limit(DECIDED_SHOWN)).all(),
        money=totals_of(area),
        is_mine=chosen_wijk() == area.id,
        follows=bool(actor().account_id and db().scalar(following_of(account().id, About.AREA, area.id))),
    )
