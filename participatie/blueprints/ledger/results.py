"""Which addresses are there for what came of a plan: its result, the names of its makers, and photos?"""

from dataclasses import replace
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import wijkbudget as actions
from participatie.actions.pictures import make_picture
from participatie.actions.wijkbudget.results import ResultText
from participatie.blueprints.ledger.forms import PlanPhotoForm, ResultForm
from participatie.blueprints.ledger.routes import blueprint
from participatie.models.wijkbudget import (
    Plan,
    PlanPhoto,
    milestones,
    plan_photo_content,
    plan_photos,
    plan_result,
)
from participatie.models.wijkbudget.results import DIGEST_LENGTH
from participatie.spelregels.permissions import Do
from participatie.spelregels.photos import too_large
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import may_carry_out
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.clock import now, today
from participatie.web.forms import SelectChoice
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, plan_site
from participatie.web.transaction import db, let_go
from participatie.web.uploads import takes_photo

__all__ = ["blueprint"]

YEAR_SECONDS = 365 * 24 * 3600


def plan_photo_site(slug: str, number: int, photo_id: int) -> Site:
    """A photo of a plan that is carried out, with its plan."""
    site = plan_site(slug, number)
    return replace(site, subject=(site.subject, found(plan_photos(site.subject.id).where(PlanPhoto.id == photo_id))))


@blueprint.route("/wijkbudget/<slug:slug>/plannen/<int:number>/resultaat", methods=["GET", "POST"])
@requires(Do.RECORD_EXECUTION, at=plan_site)
def publish(plan: Plan) -> ResponseReturnValue:
    """Tell in public what a plan came to."""
    early = may_carry_out(plan.round.status, actions.money_for(db(), plan))
    if isinstance(early, Refused):
        return refusal_page(early)
    form = ResultForm(done_on=today())
    if form.validate_on_submit():
        filled = form.data
        result = ResultText(
            filled["text"], filled["done_on"], (filled["makers"] or "").splitlines(), filled["consent"],
            filled["celebrated_on"], filled["celebration"] or "",
        )  # fmt: skip
        outcome = actions.publish_result(db(), actor(), plan, result, now())
        if not isinstance(outcome, Refused):
            flash(_("Het resultaat staat op de pagina van het plan."), "ok")
            return redirect(_plan(plan), 303)
        form.refuse(outcome)
    return render_template("ledger/publish.html", form=form, plan=plan, round=plan.round), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/plannen/<int:number>/resultaat/namen-weg")
@requires(Do.RECORD_EXECUTION, at=plan_site)
def forget_names(plan: Plan) -> ResponseReturnValue:
    """Take the names of the makers away."""
    outcome = actions.forget_makers(db(), actor(), plan, found(plan_result(plan.id)), now())
    return refusal_page(outcome) if isinstance(outcome, Refused) else redirect(_plan(plan), 303)


@blueprint.route("/wijkbudget/<slug:slug>/plannen/<int:number>/uitvoering/fotos/nieuw", methods=["GET", "POST"])
@requires(Do.RECORD_EXECUTION, at=plan_site)
@takes_photo
def add_photo(plan: Plan) -> ResponseReturnValue:
    """Show a photo with a step, or with the result."""
    early = may_carry_out(plan.round.status, actions.money_for(db(), plan))
    if isinstance(early, Refused):
        return refusal_page(early)
    steps = {step.id: step for step in db().scalars(milestones(plan.id))}
    form = PlanPhotoForm()
    form.step.choices = [
        *(SelectChoice(step.id, step.title) for step in steps.values()),
        SelectChoice(0, _("Het resultaat")),
    ]
    if form.validate_on_submit():
        let_go()  # making the photo takes a second, in which others write
        stream = form.photo.data.stream
        picture = too_large() if getattr(stream, "is_too_large", False) else make_picture(stream)
        step = steps.get(form.step.data)
        outcome = (
            picture
            if isinstance(picture, Refused)
            else actions.add_plan_photo(db(), actor(), plan, step, picture, form.alt.data or "", now())
        )
        if not isinstance(outcome, Refused):
            flash(_("De foto staat op de pagina van het plan."), "ok")
            return redirect(_plan(plan), 303)
        form.refuse(outcome)
    return render_template("ledger/add_photo.html", form=form, plan=plan, round=plan.round), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/plannen/<int:number>/uitvoering/fotos/<int:photo_id>/weghalen")
@requires(Do.RECORD_EXECUTION, at=plan_photo_site)
def remove_photo(subject: tuple[Plan, PlanPhoto]) -> ResponseReturnValue:
    """Take a photo away."""
    plan, photo = subject
    outcome = actions.remove_plan_photo(db(), actor(), plan, photo, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("De foto is weg."), "ok")
    return redirect(_plan(plan), 303)


@blueprint.get(f"/uitvoering/fotos/<int:photo_id>/<string(length={DIGEST_LENGTH}):digest>-<int:size>.webp")
@open_to(Audience.EVERYONE)
def photo(photo_id: int, digest: str, size: int) -> ResponseReturnValue:
    """Send a photo. What is at an address never changes, so a browser keeps it; what stands between does not."""
    content = found(plan_photo_content(photo_id, digest, size))
    response = Response(content, HTTPStatus.OK, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    response.set_etag(f"{digest}-{size}")
    return response.make_conditional(request)


def _plan(plan: Plan) -> str:
    return url_for("wijkbudget.plan", slug=plan.round.slug, number=plan.number)
