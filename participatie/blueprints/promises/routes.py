"""Which addresses are there for promises: lists of a traject and a wijk, a new one, and how it stands?"""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import promises as actions
from participatie.blueprints.promises.forms import ProgressForm, PromiseForm
from participatie.models.accounts import Account, accounts_with_role
from participatie.models.promises import (
    Promise,
    PromiseLine,
    count_promises_in,
    count_promises_of,
    promise_by_id,
    promises_in,
    promises_of,
)
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area, area_by_id
from participatie.spelregels.permissions import Do, Place, Role
from participatie.spelregels.promises import Said, Source, shows_silence, silent_days, state_of
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.clock import now, today
from participatie.web.forms import SelectChoice
from participatie.web.login import account, actor
from participatie.web.paging import page_of
from participatie.web.sites import found, traject_site
from participatie.web.transaction import db

blueprint = Blueprint("promises", __name__)


def area_site(area_id: int) -> Site:
    """An area."""
    area = found(area_by_id(area_id))
    return Site(area, Place(area.path))


def promise_site(promise_id: int) -> Site:
    """A promise; one of a draft is there for who may keep it only."""
    promise = found(promise_by_id(promise_id))
    site = Site(promise, Place(promise.area.path))
    is_draft = promise.traject is not None and promise.traject.status is TrajectStatus.DRAFT
    if is_draft and not may_here(Do.RECORD_PROMISE, site):
        abort(404)
    return site


@blueprint.get("/trajecten/<slug:slug>/toezeggingen")
@open_to(Audience.EVERYONE)
def of_traject(slug: str) -> ResponseReturnValue:
    """Show everybody what was promised about a traject, and how it stands."""
    site = traject_site(slug)
    traject: Traject = site.subject
    return render_template(
        "promises/of_traject.html",
        traject=traject,
        page=page_of(promises_of(traject.id), count_promises_of(traject.id)),
        may_make=bool(may_here(Do.RECORD_PROMISE, site)),
        stands=stand_of,
    )


@blueprint.get("/wijken/<int:area_id>/toezeggingen")
@open_to(Audience.EVERYONE)
def of_wijk(area_id: int) -> ResponseReturnValue:
    """Show everybody what was promised in an area, and how it stands."""
    site = area_site(area_id)
    area: Area = site.subject
    return render_template(
        "promises/of_wijk.html",
        area=area,
        page=page_of(promises_in(area), count_promises_in(area)),
        may_make=bool(may_here(Do.RECORD_PROMISE, site)),
        stands=stand_of,
    )


@blueprint.get("/toezeggingen/<int:promise_id>")
@open_to(Audience.EVERYONE)
def detail(promise_id: int) -> ResponseReturnValue:
    """Show one promise with all that was said about it."""
    site = promise_site(promise_id)
    may_speak = bool(may_here(Do.RECORD_PROMISE, site))
    return render_template("promises/detail.html", promise=site.subject, may_speak=may_speak, stands=stand_of)


@blueprint.route("/trajecten/<slug:slug>/toezeggingen/nieuw", methods=["GET", "POST"])
@requires(Do.RECORD_PROMISE, at=traject_site)
def new(traject: Traject) -> ResponseReturnValue:
    """Write down a promise about a traject."""
    form = _new_form(traject.area)
    made = _made(form, traject.area, traject)
    if isinstance(made, Promise):
        return redirect(url_for("promises.detail", promise_id=made.id), 303)
    back = url_for("promises.of_traject", slug=traject.slug)
    here = url_for("promises.new", slug=traject.slug)
    return render_template("promises/new.html", form=form, here=here, back=back), form.http_status


@blueprint.route("/wijken/<int:area_id>/toezeggingen/nieuw", methods=["GET", "POST"])
@requires(Do.RECORD_PROMISE, at=area_site)
def new_in_wijk(area: Area) -> ResponseReturnValue:
    """Write down a promise about an area."""
    form = _new_form(area)
    made = _made(form, area, None)
    if isinstance(made, Promise):
        return redirect(url_for("promises.detail", promise_id=made.id), 303)
    back = url_for("promises.of_wijk", area_id=area.id)
    here = url_for("promises.new_in_wijk", area_id=area.id)
    return render_template("promises/new_in_wijk.html", form=form, here=here, back=back), form.http_status


@blueprint.route("/toezeggingen/<int:promise_id>/bijwerken", methods=["GET", "POST"])
@requires(Do.RECORD_PROMISE, at=promise_site)
def progress(promise: Promise) -> ResponseReturnValue:
    """Tell how it stands with a promise."""
    form = ProgressForm(day=promise.due_on)
    if form.validate_on_submit():
        outcome = _told(form, promise)
        if not isinstance(outcome, Refused):
            flash(_("Het is opgeslagen."), "ok")
            return redirect(url_for("promises.detail", promise_id=promise.id), 303)
        form.refuse(outcome)
    return render_template("promises/progress.html", form=form, promise=promise), form.http_status


def stand_of(promise: Promise) -> tuple[str, int]:
    """Return how it stands with a promise, and for how many days nothing was said where everybody reads that, or 0."""
    moment: datetime = now()
    is_silent = shows_silence(promise.news_at, promise.kept_on, promise.limit_days(), moment)
    return state_of(promise.due_on, promise.kept_on, today()), silent_days(promise.news_at, moment) if is_silent else 0


def _new_form(area: Area) -> PromiseForm:
    form = PromiseForm(made_on=today(), owner_account=account().id)
    people = {account().id: account()}
    for role in (Role.WIJKMANAGER, Role.COLLEGE):
        people |= {each.id: each for each in db().scalars(accounts_with_role(role, area.path))}
    form.owner_account.choices = [SelectChoice(each.id, each.name or each.email) for each in people.values()]
    return form


def _made(form: PromiseForm, area: Area, traject: Traject | None) -> Promise | None:
    if not form.validate_on_submit():
        return None
    filled = form.data
    said = actions.PromiseText(
        filled["text"], filled["owner"], Source(filled["source"]), filled["made_on"], filled["due_on"],
        filled["source_name"] or "", filled["source_link"] or "",
    )  # fmt: skip
    owner = db().get_one(Account, filled["owner_account"])
    outcome = actions.make_promise(db(), actor(), area, traject, said, owner, now())
    if isinstance(outcome, Refused):
        form.refuse(outcome)
        return None
    flash(_("De toezegging staat op de website."), "ok")
    return outcome


def _told(form: ProgressForm, promise: Promise) -> PromiseLine | Refused:
    filled = form.data
    text = filled["text"] or ""
    if filled["said"] == Said.KEPT:
        return actions.keep_promise(db(), actor(), promise, filled["day"], text, now())
    if filled["said"] == Said.MOVED:
        return actions.move_promise(db(), actor(), promise, filled["day"], text, now())
    return actions.speak_of(db(), actor(), promise, text, now())
