"""Which addresses are there for residents: to report an idea, and to ask that somebody else looks at a hidden one?"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import moderation as actions
from participatie.blueprints.moderation.forms import AppealForm, ReportForm
from participatie.blueprints.moderation.waiting import blueprint
from participatie.models.ideas import Idea
from participatie.models.moderation import current_hiding
from participatie.spelregels.moderation import HouseRule, appeal_ends
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, open_to, requires
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.login import account, actor
from participatie.web.networks import network_of
from participatie.web.sites import idea_site
from participatie.web.transaction import db

__all__ = ["blueprint"]


@blueprint.route("/ideeen/<int:idea_id>/melden", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def report(idea_id: int) -> ResponseReturnValue:
    """Say that an idea breaks a house rule, with or without an account."""
    idea: Idea = idea_site(idea_id).subject
    form = ReportForm()
    if form.validate_on_submit():
        verdict = actions.report_idea(
            db(),
            actor(),
            idea,
            HouseRule(form.house_rule.data),
            form.explanation.data or "",
            network_of(request.remote_addr),
            settings().secret_key,
            now(),
        )
        if not isinstance(verdict, Refused):
            return redirect(url_for("moderation.reported", idea_id=idea.id), 303)
        form.refuse(verdict)
    return render_template("moderation/report.html", form=form, idea=idea), form.http_status


@blueprint.get("/ideeen/<int:idea_id>/gemeld")
@open_to(Audience.EVERYONE)
def reported(idea_id: int) -> ResponseReturnValue:
    """Thank whoever reported, and say what happens now."""
    idea: Idea = idea_site(idea_id).subject
    return render_template("moderation/reported.html", idea=idea, has_account=actor().account_id is not None)


@blueprint.route("/ideeen/<int:idea_id>/opnieuw-laten-kijken", methods=["GET", "POST"])
@requires(Do.APPEAL_HIDING, at=idea_site)
def appeal(idea: Idea) -> ResponseReturnValue:
    """Ask that somebody else looks at one's hidden idea."""
    form = AppealForm()
    if form.validate_on_submit():
        verdict = actions.appeal(db(), account(), idea, form.plea.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("Iemand anders kijkt opnieuw naar uw idee. U krijgt een e-mail."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    hiding = db().scalar(current_hiding(idea.id))
    until = appeal_ends(hiding.hidden_at) if hiding is not None else None
    page = render_template("moderation/appeal.html", form=form, idea=idea, hiding=hiding, until=until)
    return page, form.http_status
