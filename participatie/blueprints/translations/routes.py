"""Which addresses are there for offering a translation, and for the moderators who pass it?"""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import translating as actions
from participatie.blueprints.translations.forms import APPROVE, JudgeForm, label_of, offer_form
from participatie.models.besluiten import Besluit, besluit_by_id
from participatie.models.content_translations import (
    FIELDS,
    ContentTranslation,
    Translatable,
    count_translations_to_judge,
    original_in,
    original_of,
    translation_by_id,
    translations_to_judge,
    waiting_of,
)
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, open_to, requires
from participatie.web.clock import now
from participatie.web.languages import NAMES
from participatie.web.login import actor
from participatie.web.paging import page_of
from participatie.web.sites import found, idea_site, traject_site
from participatie.web.transaction import db
from participatie.web.translated import reading_of

blueprint = Blueprint("translations", __name__)


def besluit_site(besluit_id: int) -> Site:
    """A besluit, at the place of its traject."""
    besluit = found(besluit_by_id(besluit_id))
    return Site(besluit, besluit.traject.facts().place_at(now()))


def translation_site(translation_id: int) -> Site:
    """A translation, at the place of its traject."""
    translation = found(translation_by_id(translation_id))
    return Site(translation, translation.traject.facts().place_at(now()))


@blueprint.route("/ideeen/<int:idea_id>/vertalen", methods=["GET", "POST"])
@requires(Do.OFFER_TRANSLATION, at=idea_site)
def offer(idea: Idea) -> ResponseReturnValue:
    """Translate an idea for neighbours who read another language."""
    return _offer(idea)


@blueprint.route("/besluiten/<int:besluit_id>/vertalen", methods=["GET", "POST"])
@requires(Do.OFFER_TRANSLATION, at=besluit_site)
def offer_besluit(besluit: Besluit) -> ResponseReturnValue:
    """Translate a besluit."""
    return _offer(besluit)


@blueprint.route("/trajecten/<slug:slug>/vertalen", methods=["GET", "POST"])
@requires(Do.OFFER_TRANSLATION, at=traject_site)
def offer_card(traject: Traject) -> ResponseReturnValue:
    """Translate the trajectkaart."""
    return _offer(traject)


@blueprint.get("/vertalingen")
@open_to(Audience.STAFF)
def overview() -> ResponseReturnValue:
    """List the translations that wait for a moderator, oldest first; whoever moderates nowhere finds none."""
    paths = [grant.area_path for grant in actor().grants if grant.role is Role.MODERATOR]
    page = page_of(translations_to_judge(*paths), count_translations_to_judge(*paths))
    return render_template("translations/overview.html", page=page, names=NAMES)


@blueprint.route("/vertalingen/<int:translation_id>", methods=["GET", "POST"])
@requires(Do.JUDGE_TRANSLATION, at=translation_site)
def judge(translation: ContentTranslation) -> ResponseReturnValue:
    """Read a translation beside its original, and pass it or turn it down."""
    form = JudgeForm()
    if form.validate_on_submit():
        approves = form.decision.data == APPROVE
        outcome = actions.judge_translation(
            db(), actor(), translation, form.reason.data or "", now(), approves=approves
        )
        if not isinstance(outcome, Refused):
            flash(_("De vertaling staat online.") if approves else _("De vertaling staat niet online."), "ok")
            return redirect(url_for("translations.overview"), 303)
        form.refuse(outcome)
    row = found(original_of(translation.object_kind, translation.object_id))
    original = original_in(row)
    return render_template(
        "translations/judge.html",
        form=form,
        translation=translation,
        original=original,
        texts=[(label_of(name), original.texts.get(name, ""), text) for name, text in _in_order(translation)],
        stale=original.sha256 != translation.source_sha256,
        href=_page_of(row),
        names=NAMES,
    ), form.http_status


def _in_order(translation: ContentTranslation) -> list[tuple[str, str]]:
    # JSON gives the texts back in the order of the alphabet on PostgreSQL.
    order = list(FIELDS[translation.object_kind])
    return sorted(translation.texts.items(), key=lambda pair: order.index(pair[0]))


def _offer(row: Translatable) -> ResponseReturnValue:
    original = original_in(row)
    waiting = {each.lang for each in db().scalars(waiting_of(original))}
    reading = reading_of(row)
    form = offer_form(original, waiting, reading.texts if reading.made_by else {})
    if form.validate_on_submit():
        outcome = actions.offer_translation(db(), actor(), row, form.lang.data, form.texts(), now())
        if not isinstance(outcome, Refused):
            flash(_("Dank u wel. Een moderator kijkt uw vertaling na. Daarna kan iedereen haar lezen."), "ok")
            return redirect(_page_of(row), 303)
        form.refuse(outcome)
    page = render_template(
        "translations/offer.html",
        form=form,
        original=original,
        texts=[(text, form.field_of(name)) for name, text in original.texts.items()],
        waiting=[NAMES[code] for code in sorted(waiting)],
        href=_page_of(row),
    )
    return page, form.http_status


def _page_of(row: Translatable) -> str:
    match row:
        case Idea():
            return url_for("ideas.detail", idea_id=row.id)
        case Besluit():
            return url_for("besluiten.detail", besluit_id=row.id)
        case Traject():
            return url_for("trajecten.card", slug=row.slug)
