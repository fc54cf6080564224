"""Which addresses are there for a buurtpanel: what it is for, and preparing it?"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import panels as actions
from participatie.blueprints.buurtpanels.forms import PanelForm
from participatie.models.buurtpanels import Buurtpanel, lots_of, panels_of_traject, people_by_status
from participatie.models.trajecten import Traject
from participatie.spelregels.buurtpanels.opening import PanelStatus, may_change_rules, may_open_registration
from participatie.spelregels.permissions import Do
from participatie.spelregels.trajecten import may_begin_anew
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.panel_composition import composition_of
from participatie.web.panel_pool import kept_until
from participatie.web.panel_sites import panel_site
from participatie.web.panel_work import work_of
from participatie.web.refusals import refusal_page, sentence
from participatie.web.sites import traject_site
from participatie.web.transaction import db

blueprint = Blueprint("buurtpanels", __name__)


@blueprint.get("/buurtpanels/<slug:slug>")
@open_to(Audience.EVERYONE)
def overview(slug: str) -> ResponseReturnValue:
    """Show a panel: what it is for, what it may, who can be in it, how it is drawn, and what it said."""
    site = panel_site(slug)
    panel: Buurtpanel = site.subject
    return render_template(
        "buurtpanels/overview.html",
        panel=panel,
        rules=panel.facts(),
        composition=composition_of(panel),
        lots=db().scalars(lots_of(panel.id)).all(),
        work=work_of(panel),
        goes_on=kept_until(panel),
        manages=bool(may_here(Do.MANAGE_PANEL, site)),
    )


@blueprint.get("/buurtpanels/<slug:slug>/regels.json")
@open_to(Audience.EVERYONE)
def rules_json(slug: str) -> ResponseReturnValue:
    """Give the frozen rules of a panel, byte for byte what their hash is of."""
    panel: Buurtpanel = panel_site(slug).subject
    if panel.rules is None:
        abort(404)
    return Response(panel.rules, mimetype="application/json")


@blueprint.get("/buurtpanels/<slug:slug>/beheer")
@requires(Do.MANAGE_PANEL, at=panel_site)
def manage(panel: Buurtpanel) -> ResponseReturnValue:
    """Show a panel to its wijkmanager: where it stands, what is missing, and the next step."""
    is_draft = panel.status is PanelStatus.DRAFT
    phases = [phase.facts() for phase in panel.traject.phases]
    needed = may_open_registration(panel.draft_rules(), panel.status, panel.traject.status, phases)
    return render_template(
        "buurtpanels/manage.html",
        panel=panel,
        rules=panel.facts(),
        needed=sentence(needed) if is_draft and isinstance(needed, Refused) else None,
        people=dict(db().execute(people_by_status(panel.id)).all()),
        lots=db().scalars(lots_of(panel.id)).all(),
    )


@blueprint.route("/trajecten/<slug:slug>/buurtpanels/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=traject_site)
def prepare(traject: Traject) -> ResponseReturnValue:
    """Make a panel for a traject that is not closed."""
    early = may_begin_anew(traject.status)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("trajecten.detail", slug=traject.slug))
    form = PanelForm(title=traject.title, slug=f"panel-{traject.slug}"[:80], seats=25)
    if form.validate_on_submit():
        outcome = actions.prepare_panel(db(), actor(), traject, form.data["slug"], form.terms(), now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("buurtpanels.manage", slug=outcome.slug), 303)
        form.refuse(outcome)
    others = db().scalars(panels_of_traject(traject.id)).all()
    return render_template("buurtpanels/prepare.html", traject=traject, form=form, others=others), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
def change(panel: Buurtpanel) -> ResponseReturnValue:
    """Change a panel for which nobody can register yet."""
    early = may_change_rules(panel.status)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("buurtpanels.manage", slug=panel.slug))
    form = PanelForm.of(panel)
    if form.validate_on_submit():
        outcome = actions.change_panel(db(), actor(), panel, form.terms(), now())
        if not isinstance(outcome, Refused):
            flash(_("Het panel is aangepast."), "ok")
            return redirect(url_for("buurtpanels.manage", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template("buurtpanels/change.html", panel=panel, form=form), form.http_status


@blueprint.post("/buurtpanels/<slug:slug>/openen")
@requires(Do.MANAGE_PANEL, at=panel_site)
def open_registration(panel: Buurtpanel) -> ResponseReturnValue:
    """Freeze the rules of a panel; from now on residents can register."""
    outcome = actions.open_registration(db(), actor(), panel, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("buurtpanels.manage", slug=panel.slug))
    flash(_("De regels van het panel liggen vast. Bewoners kunnen zich nu aanmelden."), "ok")
    return redirect(url_for("buurtpanels.manage", slug=panel.slug), 303)
