"""Which addresses are there for reading the besluiten of the gemeente, and for the one about a round?"""

import json
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import besluiten as actions
from participatie.blueprints.besluiten.forms import list_form, new_form
from participatie.models.besluiten import (
    Besluit,
    besluit_by_id,
    besluit_of_round,
    besluiten_matching,
    count_besluiten_matching,
)
from participatie.models.wijkbudget import Round, allocation_lines, allocation_of
from participatie.models.wijken import all_areas
from participatie.spelregels.besluiten import SubjectKind, may_publish_besluit
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.besluit_changes import PARTS, changes_between, in_words
from participatie.web.besluit_paper import besluit_pdf
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.formats import AMSTERDAM
from participatie.web.installation import settings
from participatie.web.languages import locale_code
from participatie.web.login import actor
from participatie.web.paging import page_of
from participatie.web.refusals import refusal_page
from participatie.web.sites import found, round_site
from participatie.web.transaction import db
from participatie.web.translated import reading_of

blueprint = Blueprint("besluiten", __name__)


@blueprint.get("/besluiten")
@open_to(Audience.EVERYONE)
def overview() -> ResponseReturnValue:
    """Show the besluiten, newest first: all of them, or of a place, of a kind, or those that deviate."""
    areas = list(db().scalars(all_areas()))
    form = list_form(areas)
    asked: dict[str, Any] = {
        "area": next((area for area in areas if str(area.id) == form.wijk.data), None),
        "kind": SubjectKind(form.soort.data) if form.soort.data else None,
        "deviating": bool(form.afwijkend.data),
    }
    page = page_of(besluiten_matching(**asked), count_besluiten_matching(**asked))
    kept = {name: value for name, value in request.args.items() if name in ("wijk", "soort", "afwijkend") and value}
    return render_template("besluiten/overview.html", page=page, form=form, kept=kept, area=asked["area"])


@blueprint.get("/besluiten/<int:besluit_id>")
@open_to(Audience.EVERYONE)
def detail(besluit_id: int) -> ResponseReturnValue:
    """Show a besluit: what was decided by whom and why, whether it follows residents, how to object, and its versions."""
    besluit = found(besluit_by_id(besluit_id))
    site = site_of_besluit(besluit)
    return render_template(
        "besluiten/detail.html",
        besluit=besluit,
        round=besluit.round,
        reading=reading_of(besluit),
        may_translate=may_here(Do.OFFER_TRANSLATION, site),
        may_correct=may_here(Do.PUBLISH_BESLUIT, site),
        lines=funded_lines(besluit.round),
        allocation=db().scalar(allocation_of(besluit.round.id)) if besluit.round else None,
        may_object=may_object_to(besluit),
    )


@blueprint.get("/besluiten/<int:besluit_id>/versies/<int:number>")
@open_to(Audience.EVERYONE)
def version(besluit_id: int, number: int) -> ResponseReturnValue:
    """Show a version of a besluit as it was published, why it came, and word for word how it differs from the one before."""
    besluit = found(besluit_by_id(besluit_id))
    if not 1 <= number <= len(besluit.versions):
        abort(404)
    shown = besluit.versions[number - 1]
    facts = json.loads(shown.content)
    before = json.loads(besluit.versions[number - 2].content) if number > 1 else None
    return render_template(
        "besluiten/version.html",
        besluit=besluit,
        version=shown,
        facts=facts,
        changes=changes_between(before, facts) if before else [],
        shown=[
            (label, said)
            for name, (label, _write) in PARTS.items()
            if name not in ("title", "motivation") and (said := in_words(name, facts.get(name)))
        ],
    )


@blueprint.get("/besluiten/<int:besluit_id>.pdf")
@open_to(Audience.EVERYONE)
def pdf(besluit_id: int) -> ResponseReturnValue:
    """Give a besluit on paper, in the words that this visitor reads."""
    besluit = found(besluit_by_id(besluit_id))
    withheld = {plan.id for plan in besluit.withheld}
    lines = [
        f"{line.plan.number}. {line.plan.name}" for line in funded_lines(besluit.round) if line.plan_id not in withheld
    ]
    paper = besluit_pdf(settings(), besluit, reading_of(besluit), lines, locale_code(), now())
    return download(paper, "application/pdf", f"besluit-{besluit.id}.pdf")


@blueprint.route("/wijkbudget/<slug:slug>/besluit", methods=["GET", "POST"])
@requires(Do.PUBLISH_BESLUIT, at=round_site)
def new(budget_round: Round) -> ResponseReturnValue:
    """Publish the besluit about a counted round, beside the outcome that it must equal."""
    existing = db().scalar(besluit_of_round(budget_round.id))
    if existing is not None:
        return redirect(url_for("besluiten.detail", besluit_id=existing.id), 303)
    early = may_publish_besluit(budget_round.status, motivation="-", deviates=False, ground=None)
    if isinstance(early, Refused):
        return refusal_page(early)
    form = new_form(_("Besluit over %(round)s", round=budget_round.title), now().astimezone(AMSTERDAM).date())
    lines = funded_lines(budget_round)
    form.keep_to(is_advice=budget_round.is_advice(), lines=lines)
    if form.validate_on_submit():
        said = form.said()
        outcome = actions.publish_besluit(
            db(),
            actor(),
            budget_round,
            title=said.title,
            decision_body=said.decision_body,
            motivation=said.motivation,
            deviates=said.deviates,
            ground=said.ground,
            withheld=said.withheld,
            advice_use=said.advice_use,
            formal=said.formal,
            now=now(),
        )
        if not isinstance(outcome, Refused):
            return redirect(url_for("besluiten.detail", besluit_id=outcome.id), 303)
        form.refuse_said(outcome)
    return render_template(
        "besluiten/new.html",
        round=budget_round,
        form=form,
        allocation=db().scalar(allocation_of(budget_round.id)),
        lines=lines,
    ), form.http_status


def site_of_besluit(besluit: Besluit) -> Site:
    """Return a besluit as what a route is about, at the place of its traject."""
    return Site(besluit, besluit.traject.facts().place_at(now()))


def funded_lines(budget_round: Round | None) -> list[Any]:
    """Return what residents chose in a round, in its order; none where there is no round."""
    if budget_round is None:
        return []
    return [line for line in db().scalars(allocation_lines(budget_round.id)) if line.step is not None]


def may_object_to(besluit: Besluit) -> bool:
    """Tell whether somebody can object today."""
    return not besluit.no_objection and now().astimezone(AMSTERDAM).date() <= besluit.objection_until
