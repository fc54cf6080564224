"""Which addresses are there for what residents lay before the city?"""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import disputes as actions
from participatie.blueprints.disputes.forms import AnswerForm, DisputeForm
from participatie.models.announcements import Dispute, dispute_by_id, disputes
from participatie.models.trajecten import VERSION_BY_SLUG, Traject
from participatie.spelregels.permissions import Do
from participatie.spelregels.trajecten import DisputeKind, is_running
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.login import account, actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, traject_site
from participatie.web.transaction import db

blueprint = Blueprint("disputes", __name__)


def dispute_site(slug: str, dispute_id: int) -> Site:
    """A dispute of this traject; under the address of another one it is not there."""
    site = traject_site(slug)
    dispute = found(dispute_by_id(dispute_id))
    if dispute.traject_id != site.subject.id:
        abort(404)
    return Site((site.subject, dispute), site.place)


@blueprint.get("/trajecten/<slug:slug>/geschillen")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def overview(slug: str) -> ResponseReturnValue:
    """Show what was laid before whom, until when there must be an answer, and the answers."""
    site = traject_site(slug)
    traject: Traject = site.subject
    return render_template(
        "disputes/overview.html",
        traject=traject,
        disputes=db().scalars(disputes(traject.id)).all(),
        may_raise=bool(may_here(Do.RAISE_DISPUTE, site) and is_running(traject.status)),
        is_open=bool(is_running(traject.status)),
        may_answer=bool(may_here(Do.ANSWER_DISPUTE, site)),
        now=now(),
    )


@blueprint.route("/trajecten/<slug:slug>/geschillen/voorleggen", methods=["GET", "POST"])
@requires(Do.RAISE_DISPUTE, at=traject_site)
def new(traject: Traject) -> ResponseReturnValue:
    """Lay a disagreement or a better way before whom the card names."""
    early = is_running(traject.status)
    if isinstance(early, Refused):
        return refusal_page(early)
    form = DisputeForm()
    if form.validate_on_submit():
        kind = DisputeKind(form.kind.data)
        outcome = actions.raise_dispute(db(), account(), traject, kind, form.text.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Het staat er. U krijgt het antwoord per e-mail."), "ok")
            return redirect(url_for("disputes.overview", slug=traject.slug), 303)
        form.refuse(outcome)
    return render_template("disputes/new.html", form=form, traject=traject), form.http_status


@blueprint.route("/trajecten/<slug:slug>/geschillen/<int:dispute_id>/antwoord", methods=["GET", "POST"])
@requires(Do.ANSWER_DISPUTE, at=dispute_site)
def reply(subject: tuple[Traject, Dispute]) -> ResponseReturnValue:
    """Answer in public what somebody laid before the city."""
    traject, dispute = subject
    form = AnswerForm()
    if dispute.answered_at is not None and not form.is_submitted():
        return refusal_page(refused(Refusal.ALREADY_ANSWERED))
    if form.validate_on_submit():
        said = form.answer.data or "", form.follow_up.data or ""
        outcome = actions.answer_dispute(db(), actor(), traject, dispute, *said, now())
        if not isinstance(outcome, Refused):
            flash(_("Uw antwoord staat online. Wie het voorlegde, krijgt een e-mail."), "ok")
            return redirect(url_for("disputes.overview", slug=traject.slug), 303)
        form.refuse(outcome)
    return render_template(
        "disputes/reply.html", form=form, traject=traject, dispute=dispute, now=now()
    ), form.http_status
