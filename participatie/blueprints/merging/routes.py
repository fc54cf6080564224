"""Which addresses are there for making one idea of two: propose it, answer as an author, let one's support go along?"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import merging as actions
from participatie.blueprints.merging.forms import merge_form
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.merging import Merge, ideas_beside, merge_by_id
from participatie.spelregels.merging import MergeStatus
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now
from participatie.web.login import account, actor
from participatie.web.refusals import refusal_page
from participatie.web.similar import similar_ideas
from participatie.web.sites import found, idea_site
from participatie.web.transaction import db

blueprint = Blueprint("merging", __name__)

MOST = 200  # ideas to choose from


def merge_site(idea_id: int, merge_id: int) -> Site:
    """A proposal about an idea, for the authors of both and for moderators."""
    merge = found(merge_by_id(merge_id))
    if idea_id not in (merge.source_id, merge.target_id):
        abort(404)
    return Site(merge, merge.source.traject.facts().place_at(now()), actor().account_id in merge.author_ids())


def merged_site(idea_id: int, merge_id: int) -> Site:
    """Two ideas that became one, at the idea that goes on."""
    site, merge = idea_site(idea_id), found(merge_by_id(merge_id))
    if (merge.target_id != idea_id or merge.status is not MergeStatus.MERGED) and may_here(Do.SUPPORT_IDEA, site):
        abort(404)
    return Site(merge, site.place)


@blueprint.route("/ideeen/<int:idea_id>/samenvoegen", methods=["GET", "POST"])
@requires(Do.MERGE_IDEAS, at=idea_site)
def propose(idea: Idea) -> ResponseReturnValue:
    """Propose that an idea goes on in another one of its traject."""
    alike = similar_ideas(idea.traject_id, idea.title, idea.body, idea.lang, besides=idea.id, limit=10)
    form = merge_form(alike, db().scalars(ideas_beside(idea).limit(MOST)).all())
    if form.validate_on_submit():
        target = found(idea_by_id(int(form.target.data)))
        verdict = actions.propose_merge(db(), account(), idea, target, form.reason.data or "", now())
        if not isinstance(verdict, Refused):
            flash(_("Uw voorstel is verstuurd. Het gebeurt alleen als beide indieners ja zeggen."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(verdict)
    return render_template("merging/propose.html", form=form, idea=idea), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/samenvoegingen/<int:merge_id>", methods=["GET", "POST"])
@requires(Do.MERGE_IDEAS, at=merge_site)
def answer(merge: Merge) -> ResponseReturnValue:
    """Show both ideas to their authors, and take a yes or a no."""
    own = merge.source if merge.source.author_id == account().id else merge.target
    if request.method == "POST":
        agrees = request.form.get("antwoord") == "ja"
        if not agrees and request.form.get("antwoord") != "nee":
            abort(400)
        verdict = actions.answer_merge(db(), account(), merge, now(), agrees=agrees)
        if isinstance(verdict, Refused):
            return refusal_page(verdict)
        flash(_("Uw antwoord is opgeslagen."), "ok")
        return redirect(url_for("ideas.detail", idea_id=merge.target_id), 303)
    is_open = merge.status is MergeStatus.OPEN and now() <= merge.expires_at
    return render_template(
        "merging/answer.html",
        merge=merge,
        own=own,
        is_author=account().id in merge.author_ids(),
        waits=is_open and not merge.agreed(account().id),
        is_open=is_open,
    )


@blueprint.post("/ideeen/<int:idea_id>/steun-meenemen/<int:merge_id>")
@requires(Do.SUPPORT_IDEA, at=merged_site)
def bring_support(merge: Merge) -> ResponseReturnValue:
    """Let one's support go along."""
    verdict = actions.move_support(db(), account(), merge, now())
    if isinstance(verdict, Refused):
        return refusal_page(verdict)
    flash(_("Uw steun gaat mee. Dank u wel."), "ok")
    return redirect(url_for("ideas.detail", idea_id=merge.target_id), 303)
