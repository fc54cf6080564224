"""Which addresses are there for reading and following the trajecten, with their trajectkaart and their rules?"""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import following as actions
from participatie.actions.deciding import may_decide_about
from participatie.actions.duties import duties_of
from participatie.actions.profile import may_still_tell
from participatie.actions.wijkbudget import may_prepare_round
from participatie.blueprints.trajecten.feed import atom_feed
from participatie.blueprints.trajecten.mending import card_texts, phases_over, what_opening_needs
from participatie.blueprints.trajecten.possible import Now, possible_now
from participatie.models.announcements import Product, newest_announcements, products
from participatie.models.besluiten import besluit_of_round, besluiten_about_traject
from participatie.models.buurtpanels import panels_of_traject
from participatie.models.ideas import count_published_ideas, newest_ideas
from participatie.models.krant import besluiten_of
from participatie.models.telling import is_told_of_traject, news_in
from participatie.models.trajecten import (
    ALL_VERSIONS,
    VERSION_BY_SLUG,
    Traject,
    public_trajecten,
)
from participatie.models.wijkbudget import round_of_traject
from participatie.settings import Settings
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.permissions import Do
from participatie.spelregels.phases import WITH_PRODUCT
from participatie.spelregels.trajecten import TrajectStatus, may_begin_anew
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.languages import NAMES
from participatie.web.level_words import duties_of_levels
from participatie.web.login import account, actor
from participatie.web.plain_language import hints_about
from participatie.web.refusals import refusal_page
from participatie.web.ruleset_words import agreed, enforced
from participatie.web.sites import public_traject, traject_site
from participatie.web.timeline import timeline
from participatie.web.told_news import HEADLINES
from participatie.web.traject_cards import cards_of
from participatie.web.transaction import db
from participatie.web.translated import reading_of

blueprint = Blueprint("trajecten", __name__)

FEED_LENGTH = 20
#: How much news stands on the page of a traject; all of it has a page of its own.
NEWS_SHOWN = 3


@blueprint.get("/trajecten")
@open_to(Audience.EVERYONE)
@cached_by(ALL_VERSIONS)
def overview() -> ResponseReturnValue:
    """Show all public trajecten, newest first."""
    return render_template("trajecten/overview.html", cards=cards_of(db().scalars(public_trajecten()).all(), now()))


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
    besluit = db().scalar(besluit_of_round(budget_round.id)) if budget_round else None
    ideas = db().scalar(count_published_ideas(traject.id)) or 0
    is_draft = traject.status is TrajectStatus.DRAFT
    duties = () if is_draft else duties_of(db(), traject, now())
    visitor = actor()
    panels = db().scalars(panels_of_traject(traject.id)).all()
    return render_template(
        "trajecten/detail.html",
        traject=traject,
        phase=traject.phase_at(now()),
        to_mend=what_opening_needs(traject) if is_draft else [],
        past=phases_over(traject, now()) if is_draft else [],
        hard_texts=hints_about(card_texts(traject)) if is_draft else [],
        reading=reading_of(traject),
        possible=possible_now(Now(traject, now(), ideas, budget_round, besluit, _draft_document(traject))),
        duties=duties,
        has_report=any(duty.duty is Duty.REPORT and duty.state is DutyState.KEPT for duty in duties),
        told=db().scalars(newest_announcements(traject.id, NEWS_SHOWN)).all(),
        steps=timeline(traject, now()),
        ideas=ideas,
        budget_round=budget_round,
        panels=[panel for panel in panels if manages or panel.status is not PanelStatus.DRAFT],
        manages=manages,
        prepares_round=manages and budget_round is None and may_prepare_round(traject),
        prepares_panel=may_here(Do.MANAGE_PANEL, site) and may_begin_anew(traject.status),
        decided=db().scalars(besluiten_about_traject(traject.id)).all(),
        decides=may_here(Do.PUBLISH_BESLUIT, site) and may_decide_about(db(), traject),
        runs=bool(may_here(Do.CHANGE_LEVEL, site)),
        reads_balance=bool(may_here(Do.READ_BALANCE, site)),
        tells_about_self=visitor.account_id is not None and may_still_tell(db(), account(), traject, now()),
        follows=bool(visitor.account_id and db().scalar(is_told_of_traject(visitor.account_id, traject))),
    )


def _draft_document(traject: Traject) -> Product | None:
    """Return the document that residents can react to before it is adopted."""
    if traject.status is not TrajectStatus.OPEN or not any(phase.kind in WITH_PRODUCT for phase in traject.phases):
        return None
    return next((product for product in db().scalars(products(traject.id)) if product.adopted_at is None), None)


@blueprint.get("/trajecten/<slug:slug>/trajectkaart")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def card(slug: str) -> ResponseReturnValue:
    """Show the whole promise of a traject, on one page that prints well."""
    site = traject_site(slug)
    traject: Traject = site.subject
    levels = {phase.level for phase in traject.phases}
    return render_template(
        "trajecten/card.html",
        traject=traject,
        card=traject.card(),
        reading=reading_of(traject),
        may_translate=traject.status is not TrajectStatus.DRAFT and may_here(Do.OFFER_TRANSLATION, site),
        steps=timeline(traject, now()),
        levels=duties_of_levels(levels),
        languages=[(code, NAMES[code]) for code in traject.languages if code in NAMES],
    )


@blueprint.get("/trajecten/<slug:slug>/spelregels")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_SLUG)
def rules(slug: str) -> ResponseReturnValue:
    """Show the rules of one traject in plain words, with their fingerprint once they are frozen."""
    traject = public_traject(slug)
    held = enforced(traject.ruleset(), traject.phases, answer_days=traject.answer_days)
    return render_template("trajecten/rules.html", traject=traject, enforced=held, agreed=agreed(traject.ruleset()))


@blueprint.get("/trajecten/<slug:slug>/spelregels.json")
@open_to(Audience.EVERYONE)
def rules_json(slug: str) -> ResponseReturnValue:
    """Give the very bytes of which the fingerprint was published at the opening."""
    traject = public_traject(slug)
    if traject.rules_sha256 is None:
        abort(404)
    return download(traject.rules, "application/json", f"{traject.slug}.json")


@blueprint.get("/trajecten/<slug:slug>/feed")
@open_to(Audience.EVERYONE)
def feed(slug: str) -> ResponseReturnValue:
    """Give the news of a traject as an Atom feed: new ideas, what was told and promised, answers, and the besluiten."""
    traject = public_traject(slug)
    settings: Settings = current_app.extensions["participatie.settings"]
    besluiten = db().scalars(besluiten_of([traject.id], FEED_LENGTH)).all()
    ideas = db().scalars(newest_ideas(traject.id, FEED_LENGTH)).all()
    told = db().scalars(newest_announcements(traject.id, FEED_LENGTH)).all()
    events = db().scalars(news_in([traject.id], HEADLINES, FEED_LENGTH)).all()
    return Response(atom_feed(settings, traject, ideas, besluiten, told, events), mimetype="application/atom+xml")


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
    actions.unfollow(db(), actor(), traject, now())
    flash(_("U krijgt geen e-mail meer over dit traject."), "ok")
    return redirect(url_for("trajecten.detail", slug=traject.slug), 303)
