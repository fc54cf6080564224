"""Which addresses are there for the besluiten of the gemeente?"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import besluiten as actions
from participatie.blueprints.besluiten.forms import BesluitForm
from participatie.models.besluiten import besluit_by_id, besluit_of_round, published_besluiten
from participatie.models.wijkbudget import Round, allocation_lines, allocation_of
from participatie.spelregels.besluiten import may_publish_besluit
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.clock import now
from participatie.web.formats import AMSTERDAM
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, round_site
from participatie.web.transaction import db
from participatie.web.translated import reading_of

blueprint = Blueprint("besluiten", __name__)


@blueprint.get("/besluiten")
@open_to(Audience.EVERYONE)
def overview() -> ResponseReturnValue:
    """Show all besluiten, newest first."""
    return render_template("besluiten/overview.html", besluiten=db().scalars(published_besluiten()).all())


@blueprint.get("/besluiten/<int:besluit_id>")
@open_to(Audience.EVERYONE)
def detail(besluit_id: int) -> ResponseReturnValue:
    """Show a besluit: what was decided by whom and why, whether it follows the vote, and how to object."""
    besluit = found(besluit_by_id(besluit_id))
    return render_template(
        "besluiten/detail.html",
        besluit=besluit,
        round=besluit.round,
        reading=reading_of(besluit),
        may_translate=may_here(Do.OFFER_TRANSLATION, Site(besluit, besluit.round.traject.facts().place_at(now()))),
        lines=[line for line in db().scalars(allocation_lines(besluit.round_id)) if line.step is not None],
        allocation=db().scalar(allocation_of(besluit.round_id)),
        may_object=now().astimezone(AMSTERDAM).date() <= besluit.objection_until,
    )


@blueprint.route("/wijkbudget/<slug:slug>/besluit", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=round_site)
def new(budget_round: Round) -> ResponseReturnValue:
    """Publish the besluit about a counted round, beside the outcome that it must equal."""
    existing = db().scalar(besluit_of_round(budget_round.id))
    if existing is not None:
        return redirect(url_for("besluiten.detail", besluit_id=existing.id), 303)
    early = may_publish_besluit(budget_round.status, motivation="-", deviates=False, ground=None)
    if isinstance(early, Refused):
        return refusal_page(early)
    form = BesluitForm(title=_("Besluit over %(round)s", round=budget_round.title))
    form.keep_to(is_advice=budget_round.is_advice())
    if form.validate_on_submit():
        filled = form.data
        outcome = actions.publish_besluit(
            db(),
            actor(),
            budget_round,
            title=filled["title"],
            decision_body=filled["decision_body"],
            motivation=filled["motivation"],
            deviates=form.deviates,
            ground=form.chosen_ground,
            advice_use=form.chosen_use,
            now=now(),
        )
        if not isinstance(outcome, Refused):
            return redirect(url_for("besluiten.detail", besluit_id=outcome.id), 303)
        form.refuse(outcome, form.advice_use if outcome.code is Refusal.ADVICE_UNANSWERED else None)
    return render_template(
        "besluiten/new.html",
        round=budget_round,
        form=form,
        allocation=db().scalar(allocation_of(budget_round.id)),
        lines=[line for line in db().scalars(allocation_lines(budget_round.id)) if line.step is not None],
    ), form.http_status
