"""Which addresses are there for the work of a panel, for everybody and for its members?"""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.buurtpanels.interests import declare_interest
from participatie.actions.buurtpanels.scores import give_scores
from participatie.blueprints.panel_work.forms import SOME, InterestForm, scores_form
from participatie.blueprints.panel_work.members import member_site, question_site, scorer_site
from participatie.models.besluiten import besluiten_of_panel
from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelPerson,
    ScoreQuestion,
    interest_of,
    meeting_of,
    meetings_of,
    questions_of,
    scores_by,
)
from participatie.spelregels.buurtpanels.members import SEATED
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.calendars import MIMETYPE, calendar_of
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.installation import settings
from participatie.web.panel_members import person_here
from participatie.web.panel_sites import panel_site
from participatie.web.panel_work import interests_on, scored, use_in_words, work_of
from participatie.web.sites import found
from participatie.web.transaction import db

blueprint = Blueprint("panel_work", __name__)


@blueprint.get("/buurtpanels/<slug:slug>/bijeenkomsten")
@open_to(Audience.EVERYONE)
def overview(slug: str) -> ResponseReturnValue:
    """Show the work of a panel to everybody: meetings, advice and answer, scores that are closed, and interests as counts."""
    site = panel_site(slug)
    panel: Buurtpanel = site.subject
    questions = db().scalars(questions_of(panel.id)).all()
    closed = [each for each in questions if each.closed_at is not None]
    person = person_here(panel)
    leads = bool(may_here(Do.READ_SCORES, site))
    return render_template(
        "panel_work/overview.html",
        panel=panel,
        work=work_of(panel),
        meetings=db().scalars(meetings_of(panel.id)).all(),
        questions=closed,
        led=[each for each in questions if leads and each.is_open()],
        scored=scored(closed, in_public=True, with_words=False),
        interests=interests_on(panel),
        use_in_words=use_in_words,
        manages=bool(may_here(Do.MANAGE_PANEL, site)),
        may_answer=bool(may_here(Do.ANSWER_ADVICE, site)),
        may_decide=bool(may_here(Do.PUBLISH_BESLUIT, site)),
        besluiten={each.advice_id: each for each in db().scalars(besluiten_of_panel(panel.id))},
        is_member=person is not None and person.status in SEATED,
    )


@blueprint.get("/buurtpanels/<slug:slug>/bijeenkomsten.ics")
@open_to(Audience.EVERYONE)
def calendar(slug: str) -> ResponseReturnValue:
    """Give all meetings of a panel as a calendar that others can follow."""
    panel: Buurtpanel = panel_site(slug).subject
    meetings = db().scalars(meetings_of(panel.id)).all()
    return Response(calendar_of(panel, meetings, settings()), mimetype=MIMETYPE)


@blueprint.get("/buurtpanels/<slug:slug>/bijeenkomsten/<int:meeting_id>.ics")
@open_to(Audience.EVERYONE)
def meeting_file(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Give one meeting as a file for somebody's calendar."""
    panel: Buurtpanel = panel_site(slug).subject
    meeting = found(meeting_of(panel.id, meeting_id))
    return download(calendar_of(panel, [meeting], settings()), MIMETYPE, f"bijeenkomst-{meeting.id}.ics")


@blueprint.get("/buurtpanels/<slug:slug>/scores")
@requires(Do.GIVE_SCORE, at=scorer_site)
def scores(person: PanelPerson) -> ResponseReturnValue:
    """Show a member which questions there are, what they gave themselves, and what came out of those that are closed."""
    opened = [each for each in db().scalars(questions_of(person.panel_id)) if each.opened_at is not None]
    closed = [each for each in opened if not each.is_open()]
    return render_template(
        "panel_work/scores.html",
        panel=person.panel,
        questions=opened,
        own={row.option_id: row for row in db().scalars(scores_by(person.id))},
        scored=scored(closed, in_public=True, with_words=True),
        interest=db().scalar(interest_of(person.id)),
    )


@blueprint.route("/buurtpanels/<slug:slug>/scores/<int:question_id>", methods=["GET", "POST"])
@requires(Do.GIVE_SCORE, at=question_site)
def score(subject: tuple[PanelPerson, ScoreQuestion]) -> ResponseReturnValue:
    """Give every option a score from 1 to 5, or change it; words are not needed."""
    person, question = subject
    panel = person.panel
    interest = db().scalar(interest_of(person.id))
    touched = {each.option_id for each in interest.in_options} if interest else set()
    options = [option for option in question.options if option.id not in touched]
    own = {row.option_id: (row.score, row.words) for row in db().scalars(scores_by(person.id))}
    form = scores_form(options, own)
    if form.validate_on_submit():
        outcome = give_scores(db(), person, question, form.given(options), now())
        if not isinstance(outcome, Refused):
            flash(_("Uw scores zijn bewaard. U kunt ze veranderen tot de vraag sluit."), "ok")
            return redirect(url_for("panel_work.scores", slug=panel.slug), 303)
        if outcome.code is Refusal.INTEREST_NOT_TOLD:
            return redirect(url_for("panel_work.interests", slug=panel.slug), 303)
        form.refuse(outcome)
    return render_template(
        "panel_work/score.html",
        panel=panel,
        question=question,
        options=options,
        left_out=[option for option in question.options if option.id in touched],
        declared=interest is not None,
        form=form,
    ), form.http_status


@blueprint.route("/buurtpanels/<slug:slug>/belangen", methods=["GET", "POST"])
@requires(Do.TAKE_SEAT, at=member_site)
def interests(person: PanelPerson) -> ResponseReturnValue:
    """Say whether one has an interest in something on the table, and in what."""
    panel = person.panel
    opened = [each for each in db().scalars(questions_of(panel.id)) if each.opened_at is not None]
    form = InterestForm.of(opened, db().scalar(interest_of(person.id)))
    if form.validate_on_submit():
        outcome = declare_interest(
            db(),
            person,
            has_interest=form.data["has_interest"] == SOME,
            text=form.data["text"] or "",
            is_public=form.data["is_public"],
            option_ids=form.data.get("options") or [],
            now=now(),
        )
        if not isinstance(outcome, Refused):
            flash(_("Wat u vertelde is bewaard. U kunt het altijd veranderen."), "ok")
            return redirect(url_for("panel_seats.member", slug=panel.slug), 303)
        form.refuse(outcome, form.text)
    return render_template("panel_work/interests.html", panel=panel, form=form), form.http_status
