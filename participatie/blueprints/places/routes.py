"""Which address is there for the place of an idea?"""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.places import areas_around, place_idea, remove_place
from participatie.blueprints.places.forms import PlaceForm, look_form
from participatie.blueprints.places.looking import FARTHER, NEARER, PIXELS, Look, picture_of
from participatie.geography import bounds_of
from participatie.models.ideas import Idea
from participatie.models.places import place_of, shapes_to_draw
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.places import may_lie, may_move
from participatie.spelregels.verdicts import Refused
from participatie.web.access import requires
from participatie.web.clock import now
from participatie.web.login import account, actor
from participatie.web.maps import parts_of
from participatie.web.refusals import refusal_page, sentence
from participatie.web.sites import idea_site
from participatie.web.transaction import db

blueprint = Blueprint("places", __name__)


@blueprint.route("/ideeen/<int:idea_id>/plek", methods=["GET", "POST"])
@requires(Do.PLACE_IDEA, at=idea_site)
def choose(idea: Idea) -> ResponseReturnValue:
    """Choose where an idea comes, on a map that a tap or a button moves; saving is one more step."""
    here = url_for("ideas.detail", idea_id=idea.id)
    area = idea.traject.area
    shapes = parts_of(db().scalars(shapes_to_draw(area)).all(), area)
    early = _may_choose(idea, has_map=bool(shapes))
    if isinstance(early, Refused):
        return refusal_page(early, here)
    place = db().scalar(place_of(idea.id))
    looking = look_form()
    if not looking.validate():
        abort(404)
    look = Look.at(bounds_of([shape.geometry for shape in shapes]), place).moved(looking)
    form = PlaceForm(data={"lat": look.lat, "lon": look.lon})
    if form.is_submitted():
        look = look.to(form.lat.data, form.lon.data)
    if "weghalen" in request.form and form.validate_on_submit():
        outcome = remove_place(db(), account(), idea, now())
        if not isinstance(outcome, Refused):
            flash(_("Het idee staat niet meer op de kaart."), "ok")
            return redirect(here, 303)
        form.refuse(outcome)
    elif form.validate_on_submit():
        placed = place_idea(db(), account(), idea, *form.point(), now())
        if not isinstance(placed, Refused):
            flash(_("Het idee staat op de kaart."), "ok")
            return redirect(here, 303)
        form.refuse(placed)
    around = areas_around(db(), area.path, look.lat, look.lon) if look.chosen else []
    lies = may_lie(has_map=True, inside=bool(around))
    settings = current_app.extensions["participatie.settings"]
    page = render_template(
        "places/choose.html",
        idea=idea,
        form=form,
        look=look,
        picture=picture_of(look, shapes),
        pixels=PIXELS,
        around=around[0] if around else None,
        why_not=sentence(lies) if look.chosen and isinstance(lies, Refused) else "",
        is_placed=place is not None,
        tiles=settings.tiles,
        tiles_source=settings.tiles_source,
        nearer=NEARER,
        farther=FARTHER,
    )
    return page, form.http_status


def _may_choose(idea: Idea, *, has_map: bool) -> object:
    by_gemeente = Role.WIJKMANAGER in actor().roles_at(idea.traject.area.path)
    movable = may_move(idea.facts(), by_gemeente=by_gemeente)
    return may_lie(has_map=has_map, inside=True) if movable else movable
