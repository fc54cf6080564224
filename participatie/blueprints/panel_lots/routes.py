"""Which public addresses are there for a lot: what was bound, on which number it waits, what came of it, and checking it?"""

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from participatie.actions.buurtpanels.lot_bundles import lot_bundle, outcome_of
from participatie.blueprints.panel_lots.forms import ProofForm
from participatie.blueprints.panel_lots.showing import ShownLot, shown_lot
from participatie.blueprints.panel_lots.sites import lot_site, named
from participatie.models.buurtpanels import Buurtpanel, PanelLot, lots_of
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus
from participatie.spelregels.permissions import Do
from participatie.verification.lots.choosing import panels_in
from participatie.verification.lots.proving import proof_in
from participatie.web.access import Audience, may_here, open_to
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.panel_sites import panel_site
from participatie.web.transaction import db

blueprint = Blueprint("panel_lots", __name__)

#: Somebody who reads slowly, or hears the page read, can ask it to stand still.
STAND_STILL = "stil"


@blueprint.get("/buurtpanels/<slug:slug>/loting")
@open_to(Audience.EVERYONE)
def overview(slug: str) -> ResponseReturnValue:
    """Show all lots of a panel, also those that failed or were withdrawn, with why."""
    site = panel_site(slug)
    panel: Buurtpanel = site.subject
    lots = db().scalars(lots_of(panel.id)).all()
    live = {lot.kind for lot in lots if lot.status not in (LotStatus.FAILED, LotStatus.WITHDRAWN)}
    return render_template(
        "panel_lots/overview.html",
        panel=panel,
        lots=[(lot, named(lot)) for lot in lots],
        binds=bool(may_here(Do.BIND_LOT, site)),
        invites=LotKind.INVITATION not in live,
        selects=LotKind.SELECTION not in live,
    )


@blueprint.get("/buurtpanels/<slug:slug>/loting/<slug:lot>")
@open_to(Audience.EVERYONE)
def lot(slug: str, lot: str) -> ResponseReturnValue:
    """Show one lot: how far it is, what lies fixed, on which number it waits, and the outcome."""
    site = lot_site(slug, lot)
    shown = shown_lot(site.subject, now())
    page = render_template(
        "panel_lots/lot.html",
        panel=site.subject.panel,
        shown=shown,
        lot=site.subject,
        stands_still=_stands_still(),
        binds=bool(may_here(Do.BIND_LOT, site)),
        enters=bool(may_here(Do.ENTER_NUMBER, site)),
    )
    return _looking_again(page, shown)


@blueprint.get("/buurtpanels/<slug:slug>/loting/<slug:lot>/scherm")
@open_to(Audience.EVERYONE)
def show(slug: str, lot: str) -> ResponseReturnValue:
    """Show a lot in large letters, to be projected in a room where it is drawn."""
    subject: PanelLot = lot_site(slug, lot).subject
    shown = shown_lot(subject, now())
    page = render_template("panel_lots/show.html", panel=subject.panel, shown=shown, lot=subject)
    return _looking_again(page, shown)


@blueprint.get("/buurtpanels/<slug:slug>/loting/<slug:lot>/pakket.zip")
@open_to(Audience.EVERYONE)
def bundle(slug: str, lot: str) -> ResponseReturnValue:
    """Give everything that checks a lot, as soon as something is bound."""
    subject: PanelLot = lot_site(slug, lot).subject
    package = lot_bundle(db(), subject)
    if package is None:
        abort(404)
    return download(package, "application/zip", f"loting-{slug}-{lot}.zip")


@blueprint.get("/buurtpanels/<slug:slug>/loting/<slug:lot>/lijst.txt")
@open_to(Audience.EVERYONE)
def leaves(slug: str, lot: str) -> ResponseReturnValue:
    """Give the list that is drawn from, a fingerprint a line."""
    subject: PanelLot = lot_site(slug, lot).subject
    if not subject.document:
        abort(404)
    return Response(subject.leaves, mimetype="text/plain")


@blueprint.route("/buurtpanels/<slug:slug>/loting/<slug:lot>/bewijs", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def proof(slug: str, lot: str) -> ResponseReturnValue:
    """Tell somebody whether their proof is on the list, on how many panels, and whether it was drawn. Nothing is kept."""
    subject: PanelLot = lot_site(slug, lot).subject
    if not subject.document:
        abort(404)
    form, answer = ProofForm(), None
    if form.validate_on_submit():
        listed = subject.leaves.split()
        panels = panels_in(subject.panels, len(listed)) if subject.kind is LotKind.SELECTION else None
        drawn = outcome_of(db(), subject)
        told = {"members": drawn.members, "reserves": drawn.reserves} if drawn is not None else None
        answer = proof_in(listed, panels, told, form.data["proof"])
    return render_template(
        "panel_lots/proof.html", panel=subject.panel, lot=subject, name=lot, form=form, answer=answer
    ), form.http_status if answer is None else 200


def _stands_still() -> bool:
    return STAND_STILL in request.args


def _looking_again(page: str, shown: ShownLot) -> Response:
    """Have the browser look again by itself, without JavaScript, as long as something is to come."""
    response = make_response(page)
    if shown.refresh is not None and not _stands_still():
        response.headers["Refresh"] = str(shown.refresh)
    response.headers["Cache-Control"] = "no-store"
    return response
