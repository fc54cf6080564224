"""Which addresses are there for hiding and restoring ideas with a cited house rule?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import moderation as actions
from participatie.actions.balance import balances_of
from participatie.blueprints.moderation.forms import HideForm, RestoreForm
from participatie.models.content_translations import count_translations_to_judge
from participatie.models.exposure import exposure_of
from participatie.models.ideas import Idea, count_ideas_to_moderate, ideas_to_moderate
from participatie.models.moderation import current_hiding, current_hidings
from participatie.models.photos import newest_photos
from participatie.models.trajecten import open_trajecten_in
from participatie.models.work import count_least_seen_ideas, least_seen_ideas
from participatie.spelregels.idea_order import Order
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Audience, open_to, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.paging import page_of
from participatie.web.refusals import refusal_page
from participatie.web.sites import idea_site
from participatie.web.transaction import db

blueprint = Blueprint("moderation", __name__)

SHOWN_TRAJECTEN = 20
SHOWN_PHOTOS = 8


@blueprint.get("/moderatie")
@open_to(Audience.STAFF)
def overview() -> ResponseReturnValue:
    """List the newest ideas in a moderator's areas, hidden ones too, under the balance of each traject there.

    With `?volgorde=minst-gezien` the ideas of open trajecten instead, the least shown first.
    """
    paths = [grant.area_path for grant in actor().grants if grant.role is Role.MODERATOR]
    if not paths:
        return refusal_page(refused(Refusal.NOT_YOUR_ROLE, roles=Role.MODERATOR))
    least_seen = request.args.get("volgorde") == Order.SEEN
    page = (
        page_of(least_seen_ideas(*paths), count_least_seen_ideas(*paths))
        if least_seen
        else page_of(ideas_to_moderate(*paths), count_ideas_to_moderate(*paths))
    )
    seen = db().execute(exposure_of([idea.id for idea in page.rows]))
    hidings = db().scalars(current_hidings([idea.id for idea in page.rows if idea.hidden_at is not None]))
    trajecten = db().scalars(open_trajecten_in(*paths).limit(SHOWN_TRAJECTEN)).all()
    return render_template(
        "moderation/overview.html",
        page=page,
        waiting_translations=db().scalar(count_translations_to_judge(*paths)) or 0,
        hidings={hiding.idea_id: hiding for hiding in hidings},
        trajecten=trajecten,
        photos=db().scalars(newest_photos(*paths).limit(SHOWN_PHOTOS)).all(),
        balances=balances_of(db(), trajecten),
        least_seen=least_seen,
        seen={idea_id: (shown, opened) for idea_id, shown, opened in seen},
    )


@blueprint.route("/ideeen/<int:idea_id>/verbergen", methods=["GET", "POST"])
@requires(Do.HIDE_IDEA, at=idea_site)
def hide(idea: Idea) -> ResponseReturnValue:
    """Hide an idea under a house rule, and tell its author why."""
    form = HideForm()
    if form.validate_on_submit():
        rule = HouseRule(form.house_rule.data)
        verdict = actions.hide_idea(db(), actor(), idea, rule, form.reason.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("Het idee is verborgen. De indiener krijgt een e-mail met uw reden."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    return render_template("moderation/hide.html", form=form, idea=idea), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/terugzetten", methods=["GET", "POST"])
@requires(Do.RESTORE_IDEA, at=idea_site)
def restore(idea: Idea) -> ResponseReturnValue:
    """Put a hidden idea back, and tell its author."""
    form = RestoreForm()
    if form.validate_on_submit():
        verdict = actions.restore_idea(db(), actor(), idea, form.reason.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("Het idee staat weer online. De indiener krijgt een e-mail."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    hiding = db().scalar(current_hiding(idea.id))
    return render_template("moderation/restore.html", form=form, idea=idea, hiding=hiding), form.http_status
