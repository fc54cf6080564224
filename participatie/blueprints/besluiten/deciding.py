"""Which addresses are there for deciding about an idea, a traject or a panel, and for correcting a besluit?"""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import deciding as actions
from participatie.blueprints.besluiten.forms import answered, correction_form, new_form
from participatie.blueprints.besluiten.open_data import blueprint
from participatie.blueprints.besluiten.routes import funded_lines, site_of_besluit
from participatie.models.besluiten import Besluit, besluit_by_id, besluit_of_advice, besluit_of_idea
from participatie.models.buurtpanels import Buurtpanel, advice_of
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import allocation_of
from participatie.spelregels.buurtpanels.opening import Mandate
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, requires
from participatie.web.clock import now
from participatie.web.formats import AMSTERDAM
from participatie.web.login import actor
from participatie.web.panel_sites import panel_site
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, idea_site, traject_site
from participatie.web.transaction import db

__all__ = ["blueprint"]


def besluit_site(besluit_id: int) -> Site:
    """A besluit, at the place of its traject."""
    return site_of_besluit(found(besluit_by_id(besluit_id)))


@blueprint.route("/ideeen/<int:idea_id>/besluit", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=idea_site)
def about_idea(idea: Idea) -> ResponseReturnValue:
    """Publish the besluit about an idea that was answered."""
    existing = db().scalar(besluit_of_idea(idea.id))
    if existing is not None:
        return redirect(url_for("besluiten.detail", besluit_id=existing.id), 303)
    return _decide(idea, idea.title, "about_idea", _("Bekijk het idee"), url_for("ideas.detail", idea_id=idea.id))


@blueprint.route("/trajecten/<slug:slug>/besluit", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=traject_site)
def about_traject(traject: Traject) -> ResponseReturnValue:
    """Publish a besluit about a traject as a whole."""
    back = url_for("trajecten.detail", slug=traject.slug)
    return _decide(traject, traject.title, "about_traject", _("Meer over dit traject"), back)


@blueprint.route("/buurtpanels/<slug:slug>/advies/besluit", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=panel_site)
def about_panel(panel: Buurtpanel) -> ResponseReturnValue:
    """Publish the besluit about what a panel said last, beside the answer that it got."""
    advice = db().scalars(advice_of(panel.id)).first() or abort(404)
    existing = db().scalar(besluit_of_advice(advice.id))
    if existing is not None:
        return redirect(url_for("besluiten.detail", besluit_id=existing.id), 303)
    back = url_for("panel_work.overview", slug=panel.slug, _anchor="advies")
    label = (
        _("Lees het besluit van het panel") if panel.mandate is Mandate.DECIDE else _("Lees het advies van het panel")
    )
    return _decide(advice, panel.title, "about_panel", label, back, **answered(advice))


@blueprint.route("/besluiten/<int:besluit_id>/verbeteren", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=besluit_site)
def correct(besluit: Besluit) -> ResponseReturnValue:
    """Publish a new version of a besluit, with the reason; the old one stays."""
    bound = actions.bound_outcome(db(), actions.subject_of(besluit)) if besluit.round is None else None
    lines = funded_lines(besluit.round)
    form = correction_form(besluit, lines, binds=bound is not None)
    if form.validate_on_submit():
        said, reason, seen = form.said(), form.reason.data or "", form.seen.data or 0
        outcome = actions.correct_besluit(db(), actor(), besluit, said, reason, seen, now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("besluiten.detail", besluit_id=outcome.id), 303)
        form.refuse_said(outcome)
    return render_template(
        "besluiten/correct.html",
        besluit=besluit,
        round=besluit.round,
        form=form,
        bound=bound,
        lines=lines,
        allocation=db().scalar(allocation_of(besluit.round.id)) if besluit.round else None,
    ), form.http_status


def _decide(
    subject: actions.Subject, title: str, view: str, label: str, back: str, **filled: Any
) -> ResponseReturnValue:
    """Ask what the besluit is, or publish it; `label` leads back to the subject, `filled` stands in the form already."""
    early = actions.may_decide_about(db(), subject)
    if isinstance(early, Refused):
        return refusal_page(early, back)
    bound = actions.bound_outcome(db(), subject)
    form = new_form(_("Besluit over %(round)s", round=title), now().astimezone(AMSTERDAM).date(), **filled)
    form.keep_to_outcome(binds=bound is not None)
    if form.validate_on_submit():
        outcome = actions.decide(db(), actor(), subject, form.said(), now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("besluiten.detail", besluit_id=outcome.id), 303)
        form.refuse_said(outcome)
    shown = {"title": title, "label": label, "back": back, "form": form, "bound": bound}
    return render_template(f"besluiten/{view}.html", **shown), form.http_status
