"""Which addresses are there for the phases of an open traject: their level, their term, their document, their end?"""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import phases as actions
from participatie.actions.duties import duties_of, duties_of_phase
from participatie.blueprints.phases.forms import CloseForm, ExtendForm, draft_form, level_form
from participatie.blueprints.phases.shown import reacting_until, shown_phases
from participatie.models.announcements import product_of, products, report_of
from participatie.models.trajecten import Phase, Traject
from participatie.spelregels.closing import in_the_way_of_phase
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import phase_site, traject_site
from participatie.web.transaction import db

blueprint = Blueprint("phases", __name__)

#: What the page of the wijkmanager offers, to whom the table lets do it.
OFFERED = (
    Do.CHANGE_LEVEL, Do.EXTEND_TERM, Do.CLOSE_PHASE, Do.PUBLISH_NEWS, Do.PUBLISH_PRODUCT, Do.PUBLISH_REPORT,
)  # fmt: skip


@blueprint.get("/trajecten/<slug:slug>/voortgang")
@requires(Do.CHANGE_LEVEL, at=traject_site)
def manage(traject: Traject) -> ResponseReturnValue:
    """Show how a traject stands: what is owed, and each phase with what can be done about it."""
    site = Site(traject, traject.facts().place_at(now()))
    by_phase = {product.phase_id: product for product in db().scalars(products(traject.id))}
    return render_template(
        "phases/manage.html",
        traject=traject,
        duties=duties_of(db(), traject, now()),
        phases=shown_phases(traject, by_phase, now()),
        offers={do.name: bool(may_here(do, site)) for do in OFFERED},
        report=db().scalar(report_of(traject.id)),
    )


@blueprint.route("/trajecten/<slug:slug>/fasen/<int:position>/niveau", methods=["GET", "POST"])
@requires(Do.CHANGE_LEVEL, at=phase_site)
def change_level(phase: Phase) -> ResponseReturnValue:
    """Give residents more say at once, or less with a reason that everybody reads."""
    form = level_form(phase)
    if form.validate_on_submit():
        level, reason = Level(form.level.data), form.reason.data or ""
        outcome = actions.change_level(db(), actor(), phase, level, reason, now())
        if not isinstance(outcome, Refused):
            flash(_("Het niveau is veranderd. Iedereen die meedoet krijgt een e-mail."), "ok")
            return back(phase.traject)
        form.refuse(outcome)
    return render_template("phases/change_level.html", form=form, phase=phase, traject=phase.traject), form.http_status


@blueprint.route("/trajecten/<slug:slug>/fasen/<int:position>/langer", methods=["GET", "POST"])
@requires(Do.EXTEND_TERM, at=phase_site)
def extend(phase: Phase) -> ResponseReturnValue:
    """Let a phase last longer, with a reason that everybody reads."""
    form = ExtendForm()
    if form.validate_on_submit():
        outcome = actions.extend_phase(db(), actor(), phase, form.until(), form.reason.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("De fase duurt langer. Iedereen die meedoet krijgt een e-mail."), "ok")
            return back(phase.traject)
        form.refuse(outcome)
    return render_template("phases/extend.html", form=form, phase=phase, traject=phase.traject), form.http_status


@blueprint.route("/trajecten/<slug:slug>/fasen/<int:position>/stuk", methods=["GET", "POST"])
@requires(Do.PUBLISH_PRODUCT, at=phase_site)
def draft(phase: Phase) -> ResponseReturnValue:
    """Publish the draft of the document in which a phase ends, or a new draft of it."""
    product = db().scalar(product_of(phase.id))
    form = draft_form(product)
    if form.validate_on_submit():
        title, text = form.title.data or "", form.text.data or ""
        outcome = actions.draft_product(db(), actor(), phase, title, text, now())
        if not isinstance(outcome, Refused):
            flash(_("Het concept is gepubliceerd. Iedereen die meedoet krijgt een e-mail."), "ok")
            return redirect(url_for("phases.document", slug=phase.traject.slug, position=phase.position), 303)
        form.refuse(outcome)
    page = render_template(
        "phases/draft.html",
        form=form,
        phase=phase,
        traject=phase.traject,
        product=product,
        until=reacting_until(product, phase.traject) if product else None,
        now=now(),
    )
    return page, form.http_status


@blueprint.post("/trajecten/<slug:slug>/fasen/<int:position>/stuk-vaststellen")
@requires(Do.PUBLISH_PRODUCT, at=phase_site)
def adopt(phase: Phase) -> ResponseReturnValue:
    """Adopt the document of a phase, once residents could react to it."""
    outcome = actions.adopt_product(db(), actor(), phase, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("Het stuk is vastgesteld. Iedereen die meedoet krijgt een e-mail."), "ok")
    return redirect(url_for("phases.document", slug=phase.traject.slug, position=phase.position), 303)


@blueprint.route("/trajecten/<slug:slug>/fasen/<int:position>/afsluiten", methods=["GET", "POST"])
@requires(Do.CLOSE_PHASE, at=phase_site)
def close(phase: Phase) -> ResponseReturnValue:
    """Close a phase that is over, or say what has to be done first."""
    form = CloseForm()
    if form.validate_on_submit():
        outcome = actions.close_phase(db(), actor(), phase, now())
        if not isinstance(outcome, Refused):
            flash(_("De fase is afgesloten. Iedereen die meedoet krijgt een e-mail."), "ok")
            return back(phase.traject)
        form.refuse(outcome)
    owed = duties_of_phase(db(), phase, now())
    page = render_template(
        "phases/close.html",
        form=form,
        phase=phase,
        traject=phase.traject,
        first=in_the_way_of_phase(owed.phase, owed.duties),
    )
    return page, form.http_status


def back(traject: Traject) -> ResponseReturnValue:
    """Send the visitor back to the page of the wijkmanager, which shows the result."""
    return redirect(url_for("phases.manage", slug=traject.slug), 303)
