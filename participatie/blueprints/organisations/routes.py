"""Which addresses are there for bewonersorganisaties that moderate: who does so where, and how they are managed?"""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import organisations as actions
from participatie.blueprints.organisations.forms import MemberForm, organisation_form
from participatie.models.organisations import Membership, Organisation, all_organisations, organisation_by_id
from participatie.models.wijken import Area, all_areas
from participatie.spelregels.permissions import TABLE, Do, Place, may
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, gemeente_site
from participatie.web.transaction import db

blueprint = Blueprint("organisations", __name__)


def somewhere() -> Site:
    """A wijkmanager may let an organisation moderate in an area of theirs; which ones, the form asks."""
    site = gemeente_site()
    managing = TABLE[Do.MANAGE_ORGANISATION].roles
    mine = (grant.area_path for grant in actor().grants if grant.role in managing)
    return Site(site.subject, Place(next(mine, site.place.area_path)))


def organisation_site(organisation_id: int) -> Site:
    """An organisation, at the first of its areas; the action asks after each of them."""
    organisation = found(organisation_by_id(organisation_id))
    return Site(organisation, Place(organisation.areas[0].area.path))


def member_site(organisation_id: int, account_id: int) -> Site:
    """Somebody who moderates for an organisation."""
    site = organisation_site(organisation_id)
    member = next((each for each in site.subject.members if each.account_id == account_id), None)
    if member is None and may_here(Do.MANAGE_ORGANISATION, site):
        abort(404)
    return Site(member, site.place)


@blueprint.get("/bewonersorganisaties")
@open_to(Audience.EVERYONE)
def overview() -> ResponseReturnValue:
    """Show everybody who moderates where, and how each keeps its term; organisations, and no persons."""
    return render_template(
        "organisations/overview.html",
        organisations=db().scalars(all_organisations()).all(),
        figures=actions.figures_of_all(db()),
        may_manage=bool(may_here(Do.MANAGE_ORGANISATION, somewhere())),
    )


@blueprint.get("/bewonersorganisaties/<int:organisation_id>")
@open_to(Audience.EVERYONE)
def detail(organisation_id: int) -> ResponseReturnValue:
    """Show one organisation: what it is, where it moderates, within which term, and whether it does."""
    site = organisation_site(organisation_id)
    return render_template(
        "organisations/detail.html",
        organisation=site.subject,
        figures=actions.figures_of_all(db(), organisation_id).get(organisation_id),
        may_manage=bool(may_here(Do.MANAGE_ORGANISATION, site)),
    )


@blueprint.route("/bewonersorganisaties/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_ORGANISATION, at=somewhere)
def new(_gemeente: object) -> ResponseReturnValue:
    """Let an organisation moderate."""
    areas = _own_areas()
    form = organisation_form(areas)
    if form.validate_on_submit():
        made = actions.make_organisation(db(), actor(), form.terms(areas), now())
        if not isinstance(made, Refused):
            db().flush()
            flash(_("De organisatie staat erin. Voeg nu moderatoren toe."), "ok")
            return redirect(url_for("organisations.members", organisation_id=made.id), 303)
        form.refuse(made)
    return render_template("organisations/new.html", form=form), form.http_status


@blueprint.route("/bewonersorganisaties/<int:organisation_id>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_ORGANISATION, at=organisation_site)
def change(organisation: Organisation) -> ResponseReturnValue:
    """Change its name, its areas or its term."""
    areas = _own_areas()
    form = organisation_form(areas, organisation)
    if form.validate_on_submit():
        verdict = actions.change_organisation(db(), actor(), organisation, form.terms(areas), now())
        if not isinstance(verdict, Refused):
            flash(_("De organisatie is veranderd."), "ok")
            return redirect(url_for("organisations.detail", organisation_id=organisation.id), 303)
        form.refuse(verdict)
    return render_template("organisations/change.html", form=form, organisation=organisation), form.http_status


@blueprint.route("/bewonersorganisaties/<int:organisation_id>/leden", methods=["GET", "POST"])
@requires(Do.MANAGE_ORGANISATION, at=organisation_site)
def members(organisation: Organisation) -> ResponseReturnValue:
    """Show who moderates for it, and add somebody."""
    form = MemberForm()
    if form.validate_on_submit():
        verdict = actions.add_member(db(), actor(), organisation, form.email.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("De moderator kan nu inloggen met dit e-mailadres."), "ok")
            return redirect(url_for("organisations.members", organisation_id=organisation.id), 303)
        form.refuse(verdict)
    return render_template("organisations/members.html", form=form, organisation=organisation), form.http_status


@blueprint.post("/bewonersorganisaties/<int:organisation_id>/leden/<int:account_id>/weghalen")
@requires(Do.MANAGE_ORGANISATION, at=member_site)
def remove(member: Membership) -> ResponseReturnValue:
    """End somebody's moderating for it."""
    organisation = member.organisation
    verdict = actions.remove_member(db(), actor(), organisation, member.account, now())
    if isinstance(verdict, Refused):
        return refusal_page(verdict)
    flash(_("Deze persoon modereert niet meer voor de organisatie."), "ok")
    return redirect(url_for("organisations.members", organisation_id=organisation.id), 303)


def _own_areas() -> Sequence[Area]:
    """Return the areas in which this visitor may let somebody moderate."""
    visitor = actor()
    return [area for area in db().scalars(all_areas()) if may(visitor, Do.MANAGE_ORGANISATION, Place(area.path))]
