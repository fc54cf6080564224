"""Which addresses are there for answers: what is late, handing one over, and answering several ideas at once?"""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.handing import colleagues_for, hand_over
from participatie.actions.ideas import answer_together
from participatie.actions.owing import Owed, asked_in, owed_one
from participatie.blueprints.answers.forms import hand_over_form, together_form
from participatie.blueprints.answers.overview import COLUMNS, by_traject, by_wijk, href_of, table_of, totals
from participatie.models.answers import ideas_to_answer, wijken_with_paths
from participatie.models.merging import ideas_gone_into
from participatie.models.trajecten import ALL_VERSIONS, Traject
from participatie.spelregels.answers import MOST_TOGETHER, Asked, Timing
from participatie.spelregels.ideas import may_judge
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.answer_fields import ADMIT
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.login import actor
from participatie.web.paging import part_of
from participatie.web.refusals import sentence
from participatie.web.sites import traject_site
from participatie.web.spreadsheets import csv_of
from participatie.web.transaction import db

blueprint = Blueprint("answers", __name__)


@blueprint.get("/antwoorden")
@open_to(Audience.EVERYONE)
@cached_by(ALL_VERSIONS)
def overdue() -> ResponseReturnValue:
    """Show everybody how many answers came in time, what waits, and what is late and whose turn it is; by `?wijk`, `?traject`."""
    at, wijken = now(), db().execute(wijken_with_paths()).all()
    everything = _narrowed(asked_in(db(), at, "/"), wijken)
    late = [each for each in everything if each.timing(at) is Timing.OVERDUE]
    return render_template(
        "answers/overdue.html",
        totals=totals(everything, at),
        timings=list(Timing),
        trajecten=by_traject(everything, at),
        wijken=by_wijk(everything, wijken, at),
        page=part_of(len(late), lambda start, number: late[start : start + number]),
        href_of=href_of,
        narrowed=bool(request.args.keys() & {"wijk", "traject"}),
        now=at,
    )


@blueprint.get("/antwoorden.csv")
@open_to(Audience.EVERYONE)
def overdue_csv() -> ResponseReturnValue:
    """Give everything that was asked, answered or not, as open data."""
    at = now()
    return download(csv_of(COLUMNS, table_of(asked_in(db(), at, "/"), at)), "text/csv", "antwoorden.csv")


def _narrowed(asked: list[Owed], wijken: Sequence[tuple[int, str, str]]) -> list[Owed]:
    if slug := request.args.get("traject"):
        traject: Traject = traject_site(slug).subject
        asked = [each for each in asked if each.traject.id == traject.id]
    if wijk := request.args.get("wijk"):
        path = next((path for area_id, path, _name in wijken if str(area_id) == wijk), None) or abort(404)
        asked = [each for each in asked if each.path.startswith(path)]
    return asked


def asked_site(asked: str, thing_id: int) -> Site:
    """Something that waits for an answer; what was answered is no longer handed over, and is not there."""
    kind = next((each for each in Asked if each == asked), None) or abort(404)
    owed = owed_one(db(), kind, thing_id, now()) or abort(404)
    return Site(owed, owed.traject.facts().place_at(now()))


@blueprint.route("/antwoorden/<slug:asked>/<int:thing_id>/overdragen", methods=["GET", "POST"])
@requires(Do.HAND_OVER_ANSWER, at=asked_site)
def give(owed: Owed) -> ResponseReturnValue:
    """Give something to answer to a colleague, who is told by mail."""
    people = {each.id: each for each in colleagues_for(db(), owed)}
    form = hand_over_form(people.values(), owed.owner)
    if form.validate_on_submit():
        verdict = hand_over(db(), actor(), owed, people[form.to.data], now())
        if not isinstance(verdict, Refused):
            flash(_("Overgedragen. Uw collega krijgt een e-mail."), "ok")
            return redirect(url_for("work.overview"), 303)
        form.refuse(verdict)
    return render_template("answers/give.html", form=form, owed=owed, href=href_of(owed)), form.http_status


@blueprint.route("/trajecten/<slug:slug>/ideeen/samen-beantwoorden", methods=["GET", "POST"])
@requires(Do.ANSWER_IDEA, at=traject_site)
def together(traject: Traject) -> ResponseReturnValue:
    """Answer several ideas alike, each with its own copy: all that were chosen, or none."""
    who = actor().account_id
    waiting = db().scalars(ideas_to_answer(traject.id, MOST_TOGETHER)).all()
    merged = set(db().scalars(ideas_gone_into(who))) if who is not None else set()
    ideas = [idea for idea in waiting if may_judge(idea.facts(), who, merged=idea.id in merged)]
    admitting = may_here(Do.ADMIT_IDEA, traject_site(traject.slug))
    form = together_form(ideas, may_admit=bool(admitting))
    if form.validate_on_submit():
        admit = form.decision.data == ADMIT
        verdict = answer_together(
            db(), actor(), traject, form.chosen(), form.answer.data or "", form.parts(), now(), admit=admit
        )
        if not isinstance(verdict, Refused):
            flash(_("De antwoorden staan online. Elke indiener krijgt een eigen e-mail."), "ok")
            return redirect(url_for("ideas.overview", slug=traject.slug), 303)
        form.refuse_beside(verdict)
    page = render_template(
        "answers/together.html",
        form=form,
        traject=traject,
        ideas=ideas,
        why_not_admit=sentence(admitting) if isinstance(admitting, Refused) else "",
    )
    return page, form.http_status
