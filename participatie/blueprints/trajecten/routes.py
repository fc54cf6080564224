"""Which addresses are there for the trajecten with their trajectkaart?"""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import trajecten as actions
from participatie.blueprints.trajecten.feed import atom_feed
from participatie.blueprints.trajecten.forms import TrajectForm, edit_form
from participatie.models.besluiten import besluit_of_round
from participatie.models.ideas import count_published_ideas, newest_ideas
from participatie.models.trajecten import (
    ALL_VERSIONS,
    VERSION_BY_SLUG,
    Traject,
    follow_of,
    public_trajecten,
    traject_by_slug,
)
from participatie.models.wijkbudget import round_of_traject
from participatie.models.wijken import all_areas
from participatie.settings import Settings
from participatie.spelregels.permissions import Actor, Do, Place, Role, may
from participatie.spelregels.trajecten import missing_on
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.forms import SelectChoice
from participatie.web.login import account, actor
from participatie.web.refusals import refusal_page, status_of
from participatie.web.sites import gemeente_site, public_traject, traject_site
from participatie.web.timeline import timeline
from participatie.web.transaction import db
from participatie.web.words import FIELDS

blueprint = Blueprint("trajecten", __name__)

FEED_LENGTH = 20
#: The addresses of other pages, where a traject of that name would never be seen.
TAKEN = frozenset({"nieuw"})


@blueprint.get("/trajecten")
@open_to(Audience.EVERYONE)
@cached_by(ALL_VERSIONS)
def overview() -> ResponseReturnValue:
    """Show all public trajecten, newest first."""
    return render_template("trajecten/overview.html", trajecten=db().scalars(public_trajecten()).all(), now=now())


@blueprint.get("/trajecten/<slug:slug>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def detail(slug: str) -> ResponseReturnValue:
    """Show one traject: what is asked, what can be done now, until when, and with how much say."""
    site = traject_site(slug)
    traject: Traject = site.subject
    budget_round = db().scalar(round_of_traject(traject.id))
    manages = bool(may_here(Do.MANAGE_ROUND, site))
    if budget_round is not None and budget_round.status is RoundStatus.DRAFT and not manages:
        budget_round = None
    visitor = actor()
    return render_template(
        "trajecten/detail.html",
        traject=traject,
        phase=traject.phase_at(now()),
        missing=[FIELDS[name] for name in missing_on(traject.card())],
        takes_ideas=bool(may(Actor(account_id=0, home_path=site.place.area_path), Do.SUBMIT_IDEA, site.place)),
        steps=timeline(traject, now()),
        ideas=db().scalar(count_published_ideas(traject.id)),
        budget_round=budget_round,
        besluit=db().scalar(besluit_of_round(budget_round.id)) if budget_round else None,
        manages=manages,
        follows=bool(visitor.account_id and db().scalar(follow_of(visitor.account_id, traject.id))),
    )


@blueprint.get("/trajecten/<slug:slug>/trajectkaart")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def card(slug: str) -> ResponseReturnValue:
    """Show the whole promise of a traject, on one page that prints well."""
    traject = public_traject(slug)
    return render_template("trajecten/card.html", traject=traject, steps=timeline(traject, now()))


@blueprint.get("/trajecten/<slug:slug>/feed")
@open_to(Audience.EVERYONE)
def feed(slug: str) -> ResponseReturnValue:
    """Give the news of a traject as an Atom feed: new ideas and the besluit."""
    traject = public_traject(slug)
    settings: Settings = current_app.extensions["participatie.settings"]
    budget_round = db().scalar(round_of_traject(traject.id))
    besluit = db().scalar(besluit_of_round(budget_round.id)) if budget_round else None
    ideas = db().scalars(newest_ideas(traject.id, FEED_LENGTH)).all()
    return Response(atom_feed(settings.public_url, traject, ideas, besluit), mimetype="application/atom+xml")


@blueprint.post("/trajecten/<slug:slug>/volgen")
@requires(Do.FOLLOW, at=traject_site)
def follow(traject: Traject) -> ResponseReturnValue:
    """Send the visitor mail about this traject from now on."""
    outcome = actions.follow(db(), actor(), traject, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("U krijgt voortaan e-mail over dit traject."), "ok")
    return redirect(url_for("trajecten.detail", slug=traject.slug), 303)


@blueprint.post("/trajecten/<slug:slug>/niet-meer-volgen")
@requires(Do.FOLLOW, at=traject_site)
def unfollow(traject: Traject) -> ResponseReturnValue:
    """Stop the mail about this traject."""
    actions.unfollow(db(), actor(), traject)
    flash(_("U krijgt geen e-mail meer over dit traject."), "ok")
    return redirect(url_for("trajecten.detail", slug=traject.slug), 303)


def somewhere() -> Site:
    """A wijkmanager may start a traject in an area of theirs; which one, the form asks."""
    site = gemeente_site()
    mine = (grant.area_path for grant in actor().grants if grant.role is Role.WIJKMANAGER)
    return Site(site.subject, Place(next(mine, site.place.area_path)))


@blueprint.route("/trajecten/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_TRAJECT, at=somewhere)
def new(_gemeente: object) -> ResponseReturnValue:
    """Make a draft traject from a trajectkaart and the days of its phases."""
    form = TrajectForm()
    areas = [area for area in db().scalars(all_areas()) if may_here(Do.MANAGE_TRAJECT, Site(area, Place(area.path)))]
    form.area.choices = [SelectChoice(area.id, area.name) for area in areas]
    status = 200
    if form.validate_on_submit():
        filled = form.data
        if filled["slug"] in TAKEN or db().scalar(traject_by_slug(filled["slug"])) is not None:
            form.slug.errors = (_("Dit adres bestaat al. Kies een ander."),)
        else:
            area = next(area for area in areas if area.id == filled["area"])
            outcome = actions.start_traject(
                db(), actor(), area, filled["slug"], filled["title"], form.card(), account(), form.phases(), now(),
                filled["answer_days"],
            )  # fmt: skip
            if not isinstance(outcome, Refused):
                return redirect(url_for("trajecten.detail", slug=outcome.slug), 303)
            form.refuse(outcome)
            status = status_of(outcome)
    if form.errors:
        status = max(status, 400)
    return render_template("trajecten/new.html", form=form), status


@blueprint.route("/trajecten/<slug:slug>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_TRAJECT, at=traject_site)
def edit(traject: Traject) -> ResponseReturnValue:
    """Change a draft until its card is complete."""
    form = edit_form(traject)
    status = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        filled = form.data
        outcome = actions.change_draft(
            db(), actor(), traject, filled["title"], form.card(), form.phases(), filled["answer_days"], now()
        )
        if not isinstance(outcome, Refused):
            flash(_("Het is opgeslagen."), "ok")
            return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
        form.refuse(outcome)
        status = status_of(outcome)
    return render_template("trajecten/edit.html", form=form, traject=traject), status


@blueprint.post("/trajecten/<slug:slug>/openen")
@requires(Do.MANAGE_TRAJECT, at=traject_site)
def open_traject(traject: Traject) -> ResponseReturnValue:
    """Open a draft: its trajectkaart is a public promise from now on."""
    outcome = actions.open_traject(db(), actor(), traject, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("Het traject is open."), "ok")
    return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
