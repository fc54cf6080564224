"""Which addresses are there for making a traject: choosing a preset, filling in the form, and opening?"""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import trajecten as actions
from participatie.blueprints.trajecten.forms import TrajectForm, edit_form, new_form
from participatie.blueprints.trajecten.routes import blueprint
from participatie.models.trajecten import Traject, city_trajecten, traject_by_slug
from participatie.models.wijken import Area, all_areas
from participatie.spelregels.permissions import Do, Place, Role
from participatie.spelregels.presets import Preset
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now, today
from participatie.web.forms import SelectChoice
from participatie.web.login import account, actor
from participatie.web.presets import presets
from participatie.web.refusals import refusal_page
from participatie.web.ruleset_words import agreed, enforced
from participatie.web.sites import gemeente_site, traject_site
from participatie.web.transaction import db

#: The addresses of routes.py, with those below added.
__all__ = ["blueprint"]

#: The addresses of other pages, where a traject of that name would never be seen.
TAKEN = frozenset({"nieuw"})


def somewhere() -> Site:
    """A wijkmanager may start a traject in an area of theirs; which one, the form asks."""
    site = gemeente_site()
    mine = (grant.area_path for grant in actor().grants if grant.role is Role.WIJKMANAGER)
    return Site(site.subject, Place(next(mine, site.place.area_path)))


def somewhere_by(preset: str) -> Site:
    """The same, for a traject that begins with a preset."""
    site = somewhere()
    chosen = presets().get(preset)
    if chosen is None and may_here(Do.MANAGE_TRAJECT, site):
        abort(404)
    return Site(chosen, site.place)


@blueprint.get("/trajecten/nieuw")
@requires(Do.MANAGE_TRAJECT, at=somewhere)
def choose(_gemeente: object) -> ResponseReturnValue:
    """Show which rules a traject can begin with, and what each of them will hold everybody to."""
    offered = [(preset, *_in_words(preset)) for preset in presets().values()]
    return render_template("trajecten/choose.html", offered=offered)


@blueprint.route("/trajecten/nieuw/<slug:preset>", methods=["GET", "POST"])
@requires(Do.MANAGE_TRAJECT, at=somewhere_by)
def new(preset: Preset) -> ResponseReturnValue:
    """Make a draft traject by the rules of a preset, from a trajectkaart and the days of its phases."""
    form = new_form(preset, today())
    areas = [area for area in db().scalars(all_areas()) if may_here(Do.MANAGE_TRAJECT, Site(area, Place(area.path)))]
    form.area.choices = [SelectChoice(area.id, area.name) for area in areas]
    cities = _offer_cities(form)
    if form.validate_on_submit():
        outcome = _start(form, preset, areas, cities)
        if isinstance(outcome, Traject):
            return redirect(url_for("trajecten.detail", slug=outcome.slug), 303)
        if isinstance(outcome, Refused):
            form.refuse(outcome)
    held, settled = _in_words(preset)
    return render_template(
        "trajecten/new.html", form=form, preset=preset, enforced=held, agreed=settled
    ), form.http_status


def _in_words(preset: Preset) -> tuple[list[str], list[str]]:
    """Return what a traject by this preset that is made today is held to, and what is agreed beside it."""
    rules = preset.rules_from(preset.first_day_from(today()))
    return enforced(rules, preset.phases, answer_days=preset.answer_days), agreed(rules)


def _start(
    form: TrajectForm, preset: Preset, areas: Sequence[Area], cities: Sequence[Traject]
) -> Traject | Refused | None:
    slug = form.slug.data or ""
    if slug in TAKEN or db().scalar(traject_by_slug(slug)) is not None:
        form.slug.errors = (_("Dit adres bestaat al. Kies een ander."),)
        return None
    area = next(area for area in areas if area.id == form.area.data)
    return actions.start_traject(db(), actor(), area, slug, form.draft(preset.rules, cities), account(), now())


@blueprint.route("/trajecten/<slug:slug>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_TRAJECT, at=traject_site)
def edit(traject: Traject) -> ResponseReturnValue:
    """Change a draft until its card is complete."""
    form = edit_form(traject)
    cities = _offer_cities(form)
    if form.validate_on_submit():
        outcome = actions.change_draft(db(), actor(), traject, form.draft(traject.ruleset(), cities), now())
        if not isinstance(outcome, Refused):
            flash(_("Het is opgeslagen."), "ok")
            return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
        form.refuse(outcome)
    return render_template("trajecten/edit.html", form=form, traject=traject), form.http_status


@blueprint.post("/trajecten/<slug:slug>/openen")
@requires(Do.MANAGE_TRAJECT, at=traject_site)
def open_traject(traject: Traject) -> ResponseReturnValue:
    """Open a draft: its trajectkaart is a public promise from now on."""
    outcome = actions.open_traject(db(), actor(), traject, now())
    address = url_for("trajecten.detail", slug=traject.slug)
    if isinstance(outcome, Refused):
        return refusal_page(outcome, back=address)
    flash(_("Het traject is open."), "ok")
    return redirect(address, 303)


def _offer_cities(form: TrajectForm) -> Sequence[Traject]:
    """Let the form offer the trajecten of the whole city that this one can follow."""
    cities = db().scalars(city_trajecten()).all()
    form.after.choices = [
        SelectChoice(0, _("Geen traject van de hele stad")),
        *(SelectChoice(traject.id, traject.title) for traject in cities),
    ]
    return cities
