"""Which addresses are there for meetings where ideas are heard: who came, the next idea, its slip, and its owner?"""

from dataclasses import replace
from datetime import datetime, time
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import ideas as actions
from participatie.blueprints.ideas.meeting_forms import SlipForm, attendance_form, enter_here_form, meeting_form
from participatie.blueprints.ideas.similar import blueprint
from participatie.models.ideas import Idea
from participatie.models.meetings import (
    EnteredIdea,
    MeetingSource,
    count_entered_since,
    entered_at,
    entered_idea,
    meeting_of,
    meetings_of,
)
from participatie.models.trajecten import Traject
from participatie.models.wijken import all_areas, area_by_id
from participatie.spelregels.meetings import MeetingKind
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.buurten import buurt_choices
from participatie.web.clock import AMSTERDAM, now, today
from participatie.web.installation import settings
from participatie.web.languages import NAMES, locale_code
from participatie.web.login import account, actor
from participatie.web.sites import found, idea_site, traject_site
from participatie.web.transaction import db

__all__ = ["blueprint"]


def meeting_site(slug: str, meeting_id: int) -> Site:
    """A meeting of a traject, by its number."""
    site = traject_site(slug)
    return replace(site, subject=found(meeting_of(site.subject.id, meeting_id)))


def turn_site(slug: str, meeting_id: int, turn: int) -> Site:
    """The same, with which of the ideas of this helper it is about."""
    site = meeting_site(slug, meeting_id)
    return replace(site, subject=(site.subject, turn))


@blueprint.get("/trajecten/<slug:slug>/bijeenkomsten")
@requires(Do.ENTER_IDEA, at=traject_site)
def meetings(traject: Traject) -> ResponseReturnValue:
    """List the meetings where ideas are heard."""
    return render_template("ideas/meetings.html", traject=traject, meetings=db().scalars(meetings_of(traject.id)).all())


@blueprint.route("/trajecten/<slug:slug>/bijeenkomsten/nieuw", methods=["GET", "POST"])
@requires(Do.ENTER_IDEA, at=traject_site)
def new_meeting(traject: Traject) -> ResponseReturnValue:
    """Write down where ideas are heard, and go on with the first one."""
    form = meeting_form()
    if form.validate_on_submit():
        given = form.data
        made = actions.make_meeting(
            db(), actor(), traject, given["name"], given["on_day"], given["place"], MeetingKind(given["kind"]), now()
        )
        if not isinstance(made, Refused):
            db().flush()
            return redirect(url_for("ideas.enter_here", slug=traject.slug, meeting_id=made.id, turn=1), 303)
        form.refuse(made)
    return render_template("ideas/new_meeting.html", form=form, traject=traject), form.http_status


@blueprint.get("/trajecten/<slug:slug>/bijeenkomsten/<int:meeting_id>")
@requires(Do.ENTER_IDEA, at=meeting_site)
def meeting(meeting: MeetingSource) -> ResponseReturnValue:
    """Show a meeting, and every idea that was heard there."""
    entered = db().scalars(entered_at(meeting.id)).all()
    return render_template("ideas/meeting.html", traject=meeting.traject, meeting=meeting, entered=entered)


@blueprint.route("/trajecten/<slug:slug>/bijeenkomsten/<int:meeting_id>/opkomst", methods=["GET", "POST"])
@requires(Do.ENTER_IDEA, at=meeting_site)
def attendance(meeting: MeetingSource) -> ResponseReturnValue:
    """Write down how many came, and of how many."""
    form = attendance_form(meeting)
    if form.validate_on_submit():
        counted = actions.count_meeting(db(), actor(), meeting, form.attendance.data or 0, form.reach(), now())
        if not isinstance(counted, Refused):
            return redirect(url_for("ideas.meeting", slug=meeting.traject.slug, meeting_id=meeting.id), 303)
        form.refuse(counted)
    page = render_template("ideas/attendance.html", form=form, traject=meeting.traject, meeting=meeting)
    return page, form.http_status


@blueprint.route("/trajecten/<slug:slug>/bijeenkomsten/<int:meeting_id>/invoeren/<int:turn>", methods=["GET", "POST"])
@requires(Do.ENTER_IDEA, at=turn_site)
def enter_here(subject: tuple[MeetingSource, int]) -> ResponseReturnValue:
    """Write down the next idea that is heard at a meeting; each has an address of its own, so that a draft is of one idea."""
    meeting, turn = subject
    traject, helper = meeting.traject, account()
    lang = request.args.get("schrijftaal", "")
    form = enter_here_form(
        traject,
        buurt_choices(db().scalars(all_areas()), traject.area.path),
        lang if lang in NAMES else locale_code(),
        request.args.get("buurt", ""),
    )
    if form.validate_on_submit():
        area = found(area_by_id(int(form.area.data)))
        consent = str(form.consents.label.text)
        idea = actions.enter_at_meeting(db(), helper, form.resident(), meeting, area, form.text(), turn, consent, now())
        if not isinstance(idea, Refused):
            flash(_("Het idee staat online. U kunt het volgende idee invoeren."), "ok")
            return _next(meeting, helper.id, schrijftaal=form.lang.data, buurt=form.area.data, klaar=idea.id)
        form.refuse(idea)
    elif request.method == "GET" and turn != actions.next_turn(db(), meeting, helper.id):
        return _next(meeting, helper.id, **request.args.to_dict())
    page = render_template(
        "ideas/enter_here.html",
        form=form,
        traject=traject,
        meeting=meeting,
        turn=turn,
        ready=_of_mine(request.args.get("klaar", ""), meeting, helper.id),
        entered_today=db().scalar(count_entered_since(helper.id, datetime.combine(today(), time(), AMSTERDAM))),
    )
    return page, form.http_status


def _next(meeting: MeetingSource, helper_id: int, **kept: Any) -> ResponseReturnValue:
    """Send a helper to the form of the next idea, which keeps the language and the buurt of the one before."""
    turn = actions.next_turn(db(), meeting, helper_id)
    asked = {name: kept[name] for name in ("schrijftaal", "buurt", "klaar") if name in kept}
    slug, number = meeting.traject.slug, meeting.id
    return redirect(url_for("ideas.enter_here", slug=slug, meeting_id=number, turn=turn, **asked), 303)


def _of_mine(typed: str, meeting: MeetingSource, helper_id: int) -> EnteredIdea | None:
    """Return the idea that was just written down, if its owner gets a slip of paper."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):  # noqa: PLR2004
        return None
    mine = entered_at(meeting.id).where(EnteredIdea.idea_id == int(typed), EnteredIdea.by_id == helper_id)
    entered = db().scalar(mine)
    return entered if entered is not None and not entered.idea.author.has_address() else None


@blueprint.get("/ideeen/<int:idea_id>/briefje")
@requires(Do.ENTER_IDEA, at=idea_site)
def slip(idea: Idea) -> ResponseReturnValue:
    """Show the slip of paper with the code, to print or to copy by hand; there is none for whoever has the idea already."""
    entered = found(entered_idea(idea.id))
    if entered.claimed_at is not None or idea.author.has_address():
        abort(HTTPStatus.NOT_FOUND)
    address = settings().public_url + url_for("ideas.claim", idea_id=idea.id)
    code = actions.slip_of(idea.id, settings().secret_key)
    return render_template("ideas/slip.html", idea=idea, code=code, address=address)


@blueprint.route("/ideeen/<int:idea_id>/van-mij", methods=["GET", "POST"])
@open_to(Audience.LOGGED_IN)
def claim(idea_id: int) -> ResponseReturnValue:
    """Take an idea that somebody wrote down for you, with the code on the slip of paper."""
    idea = idea_site(idea_id).subject
    form = SlipForm()
    if form.validate_on_submit():
        taken = actions.claim_idea(db(), account(), idea, form.code.data or "", settings().secret_key, now())
        if not isinstance(taken, Refused):
            flash(_("Het idee staat nu op uw naam."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea_id), 303)
        form.refuse(taken, form.code)
    return render_template("ideas/claim.html", form=form, idea=idea), form.http_status
