"""Which addresses are there for what waits for a look: the queue, a report or a first idea, and an appeal?"""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import moderation as actions
from participatie.blueprints.moderation.forms import HIDE, RESTORE, AppealDecisionForm, JudgeForm
from participatie.blueprints.moderation.routes import blueprint
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.moderation import current_hiding, open_items_of
from participatie.spelregels.moderation import HouseRule, Waiting
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found
from participatie.web.transaction import db

__all__ = ["blueprint"]


def judged_site(idea_id: int) -> Site:
    """An idea that is looked at; one that is not public is there for whoever may look."""
    return _site(idea_id, Do.JUDGE_IDEA)


def appealed_site(idea_id: int) -> Site:
    """An idea that is looked at again, with the same care."""
    return _site(idea_id, Do.JUDGE_APPEAL)


def _site(idea_id: int, do: Do) -> Site:
    idea = found(idea_by_id(idea_id))
    site = Site(idea, idea.traject.facts().place_at(now()))
    if idea.hidden_at is not None and not may_here(do, site):
        abort(404)
    return site


@blueprint.get("/moderatie/wachtrij")
@open_to(Audience.STAFF)
def queue() -> ResponseReturnValue:
    """List what this person can look at, what came first on top, with the time that is left."""
    return render_template("moderation/queue.html", items=actions.queue_of(db(), actor(), now()), now=now())


@blueprint.route("/ideeen/<int:idea_id>/beoordelen", methods=["GET", "POST"])
@requires(Do.JUDGE_IDEA, at=judged_site)
def judge(idea: Idea) -> ResponseReturnValue:
    """Hide what was reported or waits, under a house rule, or let it be."""
    form = JudgeForm()
    if form.validate_on_submit():
        rule = HouseRule(form.house_rule.data) if form.decision.data == HIDE else None
        verdict = actions.judge_idea(db(), actor(), idea, rule, form.reason.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("Uw oordeel is opgeslagen. Wie erop wacht, krijgt een e-mail."), "ok")
            return redirect(url_for("moderation.queue"), 303)
        form.refuse(verdict)
    items = [each for each in db().scalars(open_items_of(idea.id)) if each.kind is not Waiting.APPEAL]
    return render_template("moderation/judge.html", form=form, idea=idea, items=items, now=now()), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/opnieuw-kijken", methods=["GET", "POST"])
@requires(Do.JUDGE_APPEAL, at=appealed_site)
def judge_appeal(idea: Idea) -> ResponseReturnValue:
    """Put a hidden idea back at its author's request, or keep it hidden; whoever hid it reads why they cannot."""
    early = actions.may_look_again(db(), actor(), idea)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("moderation.queue"))
    form = AppealDecisionForm()
    if form.validate_on_submit():
        restores = form.decision.data == RESTORE
        verdict = actions.judge_appeal(db(), actor(), idea, form.reason.data or "", now(), restores=restores)
        if not isinstance(verdict, Refused):
            flash(_("Uw oordeel is opgeslagen. De indiener krijgt een e-mail."), "ok")
            return redirect(url_for("moderation.queue"), 303)
        form.refuse(verdict)
    hiding = db().scalar(current_hiding(idea.id))
    return render_template("moderation/judge_appeal.html", form=form, idea=idea, hiding=hiding), form.http_status
