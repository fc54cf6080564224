"""Which addresses are there for staff who accompany a panel: meetings, questions, the spread, advice, the answer?"""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels import meetings as meeting_actions
from participatie.actions.buurtpanels import scores as score_actions
from participatie.blueprints.panel_work.forms import MeetingForm, QuestionForm, ReasonForm
from participatie.blueprints.panel_work.routes import blueprint
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelMeeting,
    ScoreQuestion,
    count_members,
    meeting_of,
    meetings_of,
    question_of,
    questions_of,
)
from participatie.spelregels.buurtpanels.work import may_touch_meeting
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Site, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.panel_sites import panel_site
from participatie.web.panel_work import interests_on, scored, work_of
from participatie.web.refusals import refusal_page
from participatie.web.sites import found
from participatie.web.transaction import db

__all__ = ["blueprint"]


def meeting_site(slug: str, meeting_id: int) -> Site:
    """A meeting of this panel."""
    site = panel_site(slug)
    return Site((site.subject, found(meeting_of(site.subject.id, meeting_id))), site.place)


def question_site(slug: str, question_id: int) -> Site:
    """A question of this panel."""
    site = panel_site(slug)
    return Site((site.subject, found(question_of(site.subject.id, question_id))), site.place)


@blueprint.get("/buurtpanels/<slug:slug>/bijeenkomsten/beheer")
@requires(Do.MANAGE_PANEL, at=panel_site)
def manage(panel: Buurtpanel) -> ResponseReturnValue:
    """Show the work of a panel to its wijkmanager, with what can be done now."""
    return render_template(
        "panel_work/manage.html",
        panel=panel,
        work=work_of(panel),
        meetings=db().scalars(meetings_of(panel.id)).all(),
        questions=db().scalars(questions_of(panel.id)).all(),
        interests=interests_on(panel),
        members=db().scalar(count_members(panel.id)),
    )


@blueprint.route("/buurtpanels/<slug:slug>/bijeenkomsten/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
def new_meeting(panel: Buurtpanel) -> ResponseReturnValue:
    """Plan a meeting."""
    form = MeetingForm()
    if form.validate_on_submit():
        outcome = meeting_actions.plan_meeting(db(), actor(), panel, form.text(), now())
        if not isinstance(outcome, Refused):
            flash(_("De bijeenkomst staat online. De leden krijgen een e-mail."), "ok")
            return redirect(url_for("panel_work.manage", slug=panel.slug), 303)
        _refuse_meeting(form, outcome)
    return render_template("panel_work/new_meeting.html", panel=panel, form=form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/bijeenkomsten/<int:meeting_id>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=meeting_site)
def change_meeting(subject: tuple[Buurtpanel, PanelMeeting]) -> ResponseReturnValue:
    """Change a meeting that is to come."""
    panel, meeting = subject
    early = may_touch_meeting(meeting.cancelled_at, meeting.ends_at, now())
    if isinstance(early, Refused):
        return refusal_page(early, url_for("panel_work.manage", slug=panel.slug))
    form = MeetingForm.of(meeting)
    if form.validate_on_submit():
        outcome = meeting_actions.change_meeting(db(), actor(), panel, meeting, form.text(), now())
        if not isinstance(outcome, Refused):
            flash(_("De bijeenkomst is aangepast. De leden krijgen een e-mail."), "ok")
            return redirect(url_for("panel_work.manage", slug=panel.slug), 303)
        _refuse_meeting(form, outcome)
    return render_template("panel_work/change_meeting.html", panel=panel, meeting=meeting, form=form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/bijeenkomsten/<int:meeting_id>/afzeggen", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=meeting_site)
def cancel_meeting(subject: tuple[Buurtpanel, PanelMeeting]) -> ResponseReturnValue:
    """Cancel a meeting that is to come, with a reason."""
    panel, meeting = subject
    early = may_touch_meeting(meeting.cancelled_at, meeting.ends_at, now())
    if isinstance(early, Refused):
        return refusal_page(early, url_for("panel_work.manage", slug=panel.slug))
    form = ReasonForm()
    if form.validate_on_submit():
        outcome = meeting_actions.cancel_meeting(db(), actor(), panel, meeting, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            flash(_("De bijeenkomst is afgezegd. De leden krijgen een e-mail."), "ok")
            return redirect(url_for("panel_work.manage", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template("panel_work/cancel_meeting.html", panel=panel, meeting=meeting, form=form), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/scores/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=panel_site)
def new_question(panel: Buurtpanel) -> ResponseReturnValue:
    """Write a question that members will score."""
    return _question_page(panel, None, QuestionForm())


@blueprint.route("/buurtpanels/<slug:slug>/scores/<int:question_id>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_PANEL, at=question_site)
def change_question(subject: tuple[Buurtpanel, ScoreQuestion]) -> ResponseReturnValue:
    """Change a question that is not open yet."""
    panel, question = subject
    if question.opened_at is not None:
        return refusal_page(refused(Refusal.SCORES_FROZEN), url_for("panel_work.manage", slug=panel.slug))
    return _question_page(panel, question, QuestionForm.of(question))


@blueprint.post("/buurtpanels/<slug:slug>/scores/<int:question_id>/openen")
@requires(Do.MANAGE_PANEL, at=question_site)
def open_question(subject: tuple[Buurtpanel, ScoreQuestion]) -> ResponseReturnValue:
    """Let members score."""
    panel, question = subject
    outcome = score_actions.open_question(db(), actor(), panel, question, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_work.manage", slug=panel.slug))
    flash(_("De vraag is open. Leden kunnen nu scores geven."), "ok")
    return redirect(url_for("panel_work.spread", slug=panel.slug, question_id=question.id), 303)


@blueprint.post("/buurtpanels/<slug:slug>/scores/<int:question_id>/sluiten")
@requires(Do.MANAGE_PANEL, at=question_site)
def close_question(subject: tuple[Buurtpanel, ScoreQuestion]) -> ResponseReturnValue:
    """End the scoring; the spread is public from now on."""
    panel, question = subject
    outcome = score_actions.close_question(db(), actor(), panel, question, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, url_for("panel_work.manage", slug=panel.slug))
    flash(_("De vraag is gesloten. Iedereen kan nu zien hoe de scores verdeeld zijn."), "ok")
    return redirect(url_for("panel_work.manage", slug=panel.slug), 303)


@blueprint.get("/buurtpanels/<slug:slug>/scores/<int:question_id>/spreiding")
@requires(Do.READ_SCORES, at=question_site)
def spread(subject: tuple[Buurtpanel, ScoreQuestion]) -> ResponseReturnValue:
    """Show whoever leads the talk how the scores are spread, as numbers and without a name."""
    panel, question = subject
    if question.opened_at is None:
        abort(404)
    return render_template(
        "panel_work/spread.html",
        panel=panel,
        question=question,
        scored=scored([question], in_public=False, with_words=True)[question.id],
        members=db().scalar(count_members(panel.id)) or 0,
    )


def _question_page(panel: Buurtpanel, question: ScoreQuestion | None, form: QuestionForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        outcome = score_actions.write_question(db(), actor(), panel, question, form.data["text"], form.names(), now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("panel_work.manage", slug=panel.slug), 303)
        about_options = outcome.code in (Refusal.OPTION_TWICE, Refusal.SCORE_OPTIONS_WRONG)
        form.refuse(outcome, form.options if about_options else None)
    if question is None:
        return render_template("panel_work/new_question.html", panel=panel, form=form), form.http_status
    return render_template(
        "panel_work/change_question.html", panel=panel, question=question, form=form
    ), form.http_status


def _refuse_meeting(form: MeetingForm, outcome: Refused) -> None:
    fields = {Refusal.MEETING_ENDS_WRONG: form.ends, Refusal.MEETING_IN_THE_PAST: form.day}
    form.refuse(outcome, fields.get(outcome.code))
