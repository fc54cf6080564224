"""Which addresses are there for what is told about a traject: news, documents, more time, and its end?"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.announcing import publish_news
from participatie.actions.duties import duties_of, extend_duty
from participatie.actions.phases import close_traject
from participatie.blueprints.phases.forms import CloseForm, NewsForm, more_time_form
from participatie.blueprints.phases.routes import back, blueprint
from participatie.blueprints.phases.shown import reacting_until
from participatie.models.announcements import announcements, count_announcements, product_of
from participatie.models.trajecten import VERSION_BY_SLUG, Phase, Traject
from participatie.spelregels.closing import can_be_extended, in_the_way_of_traject
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.paging import page_of
from participatie.web.sites import found, phase_site, public_traject, traject_site
from participatie.web.transaction import db

__all__ = ["blueprint"]


@blueprint.get("/trajecten/<slug:slug>/nieuws")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def news(slug: str) -> ResponseReturnValue:
    """Show everything that was told about a traject, newest first."""
    traject = public_traject(slug)
    page = page_of(announcements(traject.id), count_announcements(traject.id))
    return render_template("phases/news.html", traject=traject, page=page)


@blueprint.get("/trajecten/<slug:slug>/stukken/<int:position>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def document(slug: str, position: int) -> ResponseReturnValue:
    """Show the document of a phase: a draft with until when one can react, or as it was adopted."""
    site = phase_site(slug, position)
    phase: Phase = site.subject
    product = found(product_of(phase.id))
    return render_template(
        "phases/document.html",
        traject=phase.traject,
        phase=phase,
        product=product,
        until=reacting_until(product, phase.traject),
        takes_ideas=bool(may(Actor(account_id=0, home_path=site.place.area_path), Do.SUBMIT_IDEA, site.place)),
        now=now(),
    )


@blueprint.route("/trajecten/<slug:slug>/nieuws-geven", methods=["GET", "POST"])
@requires(Do.PUBLISH_NEWS, at=traject_site)
def give_news(traject: Traject) -> ResponseReturnValue:
    """Tell everybody who takes part how it goes."""
    form = NewsForm()
    if form.validate_on_submit():
        outcome = publish_news(db(), actor(), traject, form.text.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Uw nieuws staat online. Iedereen die meedoet krijgt een e-mail."), "ok")
            return redirect(url_for("phases.news", slug=traject.slug), 303)
        form.refuse(outcome)
    return render_template("phases/give_news.html", form=form, traject=traject), form.http_status


@blueprint.route("/trajecten/<slug:slug>/meer-tijd", methods=["GET", "POST"])
@requires(Do.EXTEND_TERM, at=traject_site)
def more_time(traject: Traject) -> ResponseReturnValue:
    """Take more time for a duty, with a day and a reason that everybody reads."""
    duties = [each for each in duties_of(db(), traject, now()) if can_be_extended(each)]
    form = more_time_form(duties)
    if form.validate_on_submit():
        outcome = extend_duty(db(), actor(), traject, form.chosen(), form.until(), form.reason.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Er is meer tijd. Iedereen die meedoet krijgt een e-mail met de reden."), "ok")
            return back(traject)
        form.refuse(outcome)
    return render_template("phases/more_time.html", form=form, traject=traject, duties=duties), form.http_status


@blueprint.route("/trajecten/<slug:slug>/afsluiten", methods=["GET", "POST"])
@requires(Do.CLOSE_PHASE, at=traject_site)
def finish(traject: Traject) -> ResponseReturnValue:
    """Close a traject for good, or say what has to be done first."""
    form = CloseForm()
    if form.validate_on_submit():
        outcome = close_traject(db(), actor(), traject, now())
        if not isinstance(outcome, Refused):
            flash(_("Het traject is afgesloten. Iedereen die meedeed krijgt een e-mail."), "ok")
            return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
        form.refuse(outcome)
    page = render_template(
        "phases/finish.html",
        form=form,
        traject=traject,
        first=in_the_way_of_traject(duties_of(db(), traject, now())),
        phases=[phase for phase in traject.phases if phase.closed_at is None],
    )
    return page, form.http_status
