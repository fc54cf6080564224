"""Which addresses are there for where somebody lives for sure, and for the codes that prove it?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import residence as actions
from participatie.actions.identities import is_linked
from participatie.blueprints.residence.forms import ResidenceForm, codes_form
from participatie.models.residence import residence_of
from participatie.models.wijken import Area, area_by_id, areas_inside
from participatie.spelregels.permissions import Do, Place
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.clock import now, today
from participatie.web.downloads import download
from participatie.web.installation import settings
from participatie.web.login import account, actor
from participatie.web.outside_login import linking_key
from participatie.web.sites import found
from participatie.web.spreadsheets import csv_of
from participatie.web.transaction import db
from participatie.web.urls import safe_next

blueprint = Blueprint("residence", __name__)


def area_site(area_id: int) -> Site:
    """An area, for acts about the people who live there."""
    area = found(area_by_id(area_id))
    return Site(area, Place(area.path))


@blueprint.route("/mijn/woonplaats", methods=["GET", "POST"])
@open_to(Audience.LOGGED_IN)
def mine() -> ResponseReturnValue:
    """Show where somebody lives for sure and since when, or how to prove it. A wrong code commits: it is counted."""
    target = safe_next(request.args.get("next"))
    form = ResidenceForm()
    if form.validate_on_submit():
        outcome = actions.verify_by_code(db(), account().id, form.data["code"], settings().secret_key, today(), now())
        if not isinstance(outcome, Refused):
            flash(_("Uw woonplaats is bevestigd: %(area)s.", area=outcome.area.name), "ok")
            return redirect(target or url_for("residence.mine"), 303)
        form.refuse(outcome, form.code)
    service = settings().oidc
    return render_template(
        "residence/mine.html",
        form=form,
        residence=db().scalar(residence_of(account().id)),
        service=service,
        linked=service is not None and is_linked(db(), service.issuer, account().id),
        has_address=account().has_address(),
        key=linking_key(),
        target=target,
    ), form.http_status


@blueprint.post("/mijn/woonplaats/weghalen")
@open_to(Audience.LOGGED_IN)
def take_away() -> ResponseReturnValue:
    """Forget where somebody lives for sure, because they ask it. What they voted stays."""
    if actions.take_residence_away(db(), account().id, now()):
        flash(_("Wij weten nu niet meer zeker waar u woont. Stemde u al? Dan telt uw stem nog steeds."), "ok")
    return redirect(url_for("residence.mine"), 303)


@blueprint.route("/wijken/<int:area_id>/woonplaatscodes", methods=["GET", "POST"])
@requires(Do.ISSUE_RESIDENCE_CODES, at=area_site)
def issue(area: Area) -> ResponseReturnValue:
    """Make codes that prove where somebody lives and give them as a file, this once: nobody can read them afterwards."""
    inside = {str(each.id): each for each in db().scalars(areas_inside(area))}
    form = codes_form(list(inside.values()))
    if form.validate_on_submit():
        filled, chosen = form.data, inside[form.data["area"]]
        codes = actions.issue_residence_codes(
            db(), actor(), chosen, filled["count"], filled["label"], settings().secret_key, now()
        )
        if not isinstance(codes, Refused):
            table = csv_of(("woonplaatscode", "kenmerk"), codes)
            response = download(table, "text/csv", f"woonplaatscodes-{chosen.code}.csv")
            response.headers["Cache-Control"] = "no-store"
            return response
        form.refuse(codes)
    return render_template("residence/issue.html", area=area, form=form), form.http_status
