"""Which addresses are there for following, for how often one hears of it, and for stopping that from a mail?"""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import following as actions
from participatie.blueprints.telling.forms import cadence_form
from participatie.models.ideas import Idea
from participatie.models.krant import besluiten_of, opened_rounds, told_of
from participatie.models.promises import promises_around
from participatie.models.telling import areas_followed, ideas_told_of, news_in, trajecten_told_of
from participatie.models.trajecten import Traject, trajecten_around
from participatie.models.wijken import Area, area_by_id
from participatie.spelregels.permissions import Do, Place
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.agenda import CALENDAR, agenda_of
from participatie.web.atom import ATOM
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.languages import read_by
from participatie.web.login import account, actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, idea_site, public_traject
from participatie.web.told_news import HEADLINES
from participatie.web.transaction import db
from participatie.web.wijk_feed import feed_of_wijk

blueprint = Blueprint("telling", __name__)

FEED_LENGTH = 20


def area_site(area_id: int) -> Site:
    """An area."""
    area = found(area_by_id(area_id))
    return Site(area, Place(area.path))


@blueprint.route("/mijn/volgen", methods=["GET", "POST"])
@open_to(Audience.LOGGED_IN)
def mine() -> ResponseReturnValue:
    """Show what somebody hears of, and let them choose how often."""
    me = account().id
    form = cadence_form(actions.cadence_of(db(), me))
    if form.validate_on_submit():
        actions.choose_cadence(db(), actor(), form.chosen())
        flash(_("Uw keuze is opgeslagen."), "ok")
        return redirect(url_for("telling.mine"), 303)
    page = render_template(
        "telling/mine.html",
        form=form,
        trajecten=db().scalars(trajecten_told_of(me)).unique().all(),
        ideas=db().scalars(ideas_told_of(me)).all(),
        areas=db().scalars(areas_followed(me)).all(),
    )
    return page, form.http_status


@blueprint.post("/ideeen/<int:idea_id>/volgen")
@requires(Do.FOLLOW, at=idea_site)
def follow_idea(idea: Idea) -> ResponseReturnValue:
    """Tell the visitor about this idea from now on."""
    return _followed(idea, _("U krijgt voortaan e-mail over dit idee."), url_for("ideas.detail", idea_id=idea.id))


@blueprint.post("/ideeen/<int:idea_id>/niet-meer-volgen")
@requires(Do.FOLLOW, at=idea_site)
def unfollow_idea(idea: Idea) -> ResponseReturnValue:
    """Tell the visitor no more about this idea."""
    actions.unfollow(db(), actor(), idea, now())
    flash(_("U krijgt geen e-mail meer over dit idee."), "ok")
    return redirect(url_for("ideas.detail", idea_id=idea.id), 303)


@blueprint.post("/wijken/<int:area_id>/volgen")
@requires(Do.FOLLOW, at=area_site)
def follow_area(area: Area) -> ResponseReturnValue:
    """Tell the visitor about all trajecten here from now on."""
    here = url_for("wijken.detail", area_id=area.id)
    return _followed(area, _("U krijgt voortaan e-mail over wat hier gebeurt."), here)


@blueprint.post("/wijken/<int:area_id>/niet-meer-volgen")
@requires(Do.FOLLOW, at=area_site)
def unfollow_area(area: Area) -> ResponseReturnValue:
    """Tell the visitor no more about this area as such."""
    actions.unfollow(db(), actor(), area, now())
    flash(_("U krijgt geen e-mail meer over deze plek."), "ok")
    return redirect(url_for("wijken.detail", area_id=area.id), 303)


def _followed(thing: Idea | Area, said: str, here: str) -> ResponseReturnValue:
    outcome = actions.follow(db(), actor(), thing, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(said, "ok")
    return redirect(here, 303)


@blueprint.route("/e-mail-stoppen/<string:token>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def stop(token: str) -> ResponseReturnValue:
    """Stop mail with the address that stands in it: opening it asks, sending it stops, and it can do nothing else.

    Asks for no login and no token of a page: a mail program sends it by itself (RFC 8058). Works as often as it is sent.
    """
    stops = actions.find_stop(db(), token)
    if stops is None:
        abort(404)
    read_by(stops.locale)  # it is their mail, in whatever browser it opens
    if request.method == "POST":
        actions.stop(db(), stops.stop, now())
    title = "" if stops.thing is None else stops.thing.name if isinstance(stops.thing, Area) else stops.thing.title
    return render_template("telling/stop.html", token=token, title=title, done=request.method == "POST")


@blueprint.get("/wijken/<int:area_id>/feed")
@open_to(Audience.EVERYONE)
def feed(area_id: int) -> ResponseReturnValue:
    """Give the news of an area as an Atom feed: trajecten that opened, what was told and promised, and besluiten."""
    area = found(area_by_id(area_id))
    trajecten = db().scalars(trajecten_around(area)).unique().all()
    ids = [each.id for each in trajecten]
    told = [(each, traject) for each, traject in db().execute(told_of(ids, FEED_LENGTH))]
    besluiten = db().scalars(besluiten_of(ids, FEED_LENGTH)).all()
    events = db().scalars(news_in(ids, HEADLINES, FEED_LENGTH)).all()
    promised = db().scalars(promises_around(area, FEED_LENGTH)).all()
    written = feed_of_wijk(settings(), area, trajecten[:FEED_LENGTH], told, besluiten, events, promised)
    return Response(written, mimetype=ATOM)


@blueprint.get("/wijken/<int:area_id>/agenda.ics")
@open_to(Audience.EVERYONE)
def agenda_of_wijk(area_id: int) -> ResponseReturnValue:
    """Give the dates of all trajecten of an area for a calendar that asks again by itself."""
    area = found(area_by_id(area_id))
    return _agenda(area.name, db().scalars(trajecten_around(area)).unique().all())


@blueprint.get("/trajecten/<slug:slug>/agenda.ics")
@open_to(Audience.EVERYONE)
def agenda_of_traject(slug: str) -> ResponseReturnValue:
    """Give the dates of one traject for a calendar: where its phases begin and end, and until when one can vote."""
    traject = public_traject(slug)
    return _agenda(traject.title, [traject])


def _agenda(title: str, trajecten: Sequence[Traject]) -> Response:
    rounds = db().scalars(opened_rounds([each.id for each in trajecten])).all()
    return Response(agenda_of(settings(), title, trajecten, rounds), mimetype=CALENDAR)
