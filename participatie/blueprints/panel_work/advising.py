"""Which addresses are there for the advice of a panel, and for the answer of the gemeente?"""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import advice as actions
from participatie.blueprints.panel_work.forms import AdviceForm, AnswerForm, ReasonForm
from participatie.blueprints.panel_work.managing import blueprint
from participatie.models.buurtpanels import Buurtpanel, count_open_questions
from participatie.spelregels.buurtpanels.work import is_sitting
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.panel_sites import panel_site
from participatie.web.panel_work import use_in_words, work_of
from participatie.web.refusals import refusal_page
from participatie.web.transaction import db

__all__ = ["blueprint"]

#: Beside which field a refusal of an answer stands.
BESIDE = {
    Refusal.DEVIATION_WITHOUT_GROUND: "ground",
    Refusal.REASON_MISSING: "not_taken_over",
    Refusal.TAKEN_OVER_MISSING: "taken_over",
}


@blueprint.route("/buurtpanels/<slug:slug>/advies/publiceren", methods=["GET", "POST"])
@requires(Do.PUBLISH_ADVICE, at=panel_site)
def publish_advice(panel: Buurtpanel) -> ResponseReturnValue:
    """Publish what the panel says, or a corrected version of it; the clock of the answer starts."""
    early = is_sitting(panel.status)
    if not isinstance(early, Refused) and db().scalar(count_open_questions(panel.id)):
        early = refused(Refusal.SCORES_STILL_OPEN)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("panel_work.manage", slug=panel.slug))
    work = work_of(panel)
    form = AdviceForm.of(work.advice)
    if form.validate_on_submit():
        outcome = actions.publish_advice(db(), actor(), panel, form.advice(), now())
        if not isinstance(outcome, Refused):
            flash(_("De tekst van het panel staat online. De gemeente moet nu antwoorden."), "ok")
            return redirect(url_for("panel_work.overview", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template(
        "panel_work/publish_advice.html", panel=panel, rules=panel.facts(), work=work, form=form
    ), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/advies/geen", methods=["GET", "POST"])
@requires(Do.PUBLISH_ADVICE, at=panel_site)
def no_advice(panel: Buurtpanel) -> ResponseReturnValue:
    """Say in public why the panel gives no advice."""
    form = ReasonForm()
    if form.validate_on_submit():
        outcome = actions.explain_no_advice(db(), actor(), panel, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("panel_work.overview", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template("panel_work/no_advice.html", panel=panel, form=form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/advies/antwoord", methods=["GET", "POST"])
@requires(Do.ANSWER_ADVICE, at=panel_site)
def answer_advice(panel: Buurtpanel) -> ResponseReturnValue:
    """Answer in public what the panel said: what is taken over, what is not, and why."""
    work = work_of(panel)
    advice = work.advice or abort(404)
    form = AnswerForm.about(advice, panel.mandate)
    if advice.answer is not None and not form.is_submitted():
        return refusal_page(refused(Refusal.ALREADY_ANSWERED), url_for("panel_work.overview", slug=panel.slug))
    if form.validate_on_submit():
        answered = next((each for each in work.versions if str(each.version) == form.data["version"]), advice)
        outcome = actions.answer_advice(db(), actor(), panel, answered, form.words(), now())
        if not isinstance(outcome, Refused):
            flash(_("Het antwoord staat online. De leden van het panel krijgen een e-mail."), "ok")
            return redirect(url_for("panel_work.overview", slug=panel.slug), 303)
        form.version.data = str(advice.version)
        form.refuse(outcome, form._fields.get(BESIDE.get(outcome.code, "")))
    return render_template(
        "panel_work/answer_advice.html", panel=panel, work=work, form=form, use_in_words=use_in_words
    ), form.http_status
