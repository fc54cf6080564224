"""Which addresses are there for whoever doubts a result: the seal, the bundle, one's receipt, and counting again?"""

from flask import Response, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import wijkbudget as actions
from participatie.blueprints.wijkbudget.checking_forms import ReceiptForm, RecountForm
from participatie.blueprints.wijkbudget.open_data import blueprint
from participatie.models.votes import VoteSeal, receipt_here, revocations, seal_of
from participatie.models.wijkbudget import Round, bundle_with_content
from participatie.spelregels.permissions import Do
from participatie.spelregels.receipts import Fate, spellings_of
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import RoundStatus, may_recount
from participatie.verification import receipts_set_aside
from participatie.web.access import Audience, open_to, requires
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import round_site, voted_round_site
from participatie.web.transaction import db, reading

#: The addresses of the other files of this blueprint, with those below added.
__all__ = ["blueprint"]


@blueprint.get("/wijkbudget/<slug:slug>/zegel.json")
@open_to(Audience.EVERYONE)
def seal_json(slug: str) -> ResponseReturnValue:
    """Give the seal of a vote, from the moment it was made; its salt comes with the result, inside the bundle."""
    budget_round: Round = round_site(slug).subject
    seal = db().scalar(seal_of(budget_round.id))
    if seal is None:
        abort(404)
    return jsonify(_shown(budget_round, seal))


@blueprint.get("/wijkbudget/<slug:slug>/bundel.zip")
@open_to(Audience.EVERYONE)
def bundle(slug: str) -> ResponseReturnValue:
    """Give everything that checks the result: `participatie verify` reads it, with no database and no network."""
    budget_round: Round = round_site(slug).subject
    kept = db().scalar(bundle_with_content(budget_round.id))
    if kept is None or budget_round.status is not RoundStatus.PUBLISHED:
        abort(404)
    return download(kept.content, "application/zip", f"bundel-{budget_round.slug}.zip")


@blueprint.route("/wijkbudget/<slug:slug>/bewijs", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def receipt(slug: str) -> ResponseReturnValue:
    """Tell whether a receipt is on the list. It comes by POST, so that it stands in no address and in no log."""
    budget_round: Round = round_site(slug).subject
    if not budget_round.is_voted() or now() < budget_round.clock().closes_at:
        abort(404)
    form = ReceiptForm() if budget_round.status is RoundStatus.PUBLISHED else None
    fate = None
    if form is not None and form.validate_on_submit():
        fate = _fate(budget_round, form.data["receipt"])
    page = render_template(
        "wijkbudget/receipt.html",
        round=budget_round,
        form=form,
        fate=fate,
        revocations=db().scalars(revocations(budget_round.id)).all() if fate is Fate.SET_ASIDE else [],
    )
    response = Response(page, form.http_status if form is not None and fate is None else 200, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/wijkbudget/<slug:slug>/opnieuw-tellen", methods=["GET", "POST"])
@requires(Do.COUNT_ROUND, at=voted_round_site)
def recount(budget_round: Round) -> ResponseReturnValue:
    """Ask why, and count again; what the former count said stays to be read."""
    early = may_recount(budget_round.status, "-")
    if isinstance(early, Refused):
        return refusal_page(early)
    form = RecountForm()
    if form.validate_on_submit():
        outcome = actions.recount_round(db(), actor(), budget_round, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            flash(_("De stemmen zijn opnieuw geteld. Onder de uitslag staat wat er eerst uit kwam."), "ok")
            return redirect(url_for("wijkbudget.result", slug=budget_round.slug), 303)
        form.refuse(outcome)
    return render_template("wijkbudget/recount.html", round=budget_round, form=form), form.http_status


def _fate(budget_round: Round, typed: str) -> Fate:
    spellings = spellings_of(typed)
    counts = reading().scalar(receipt_here(budget_round.id, *spellings)) if spellings else None
    if counts is not None:
        return Fate.COUNTED if counts else Fate.SET_ASIDE
    if spellings and budget_round.ballot_secret is None:
        # After the objection term ballots that were set aside are gone; the bundle still has their receipts.
        kept = reading().scalar(bundle_with_content(budget_round.id))
        if kept is not None and not receipts_set_aside(kept.content).isdisjoint(spellings):
            return Fate.SET_ASIDE
    return Fate.UNKNOWN


def _shown(budget_round: Round, seal: VoteSeal) -> dict[str, object]:
    return {
        "round": budget_round.slug,
        "opening": seal.opening,
        "rulebook_sha256": budget_round.rulebook_sha256,
        "ballots": seal.ballots,
        "ballots_sha256": seal.ballots_sha256,
        "receipts_sha256": seal.receipts_sha256,
        "sealed_at": seal.sealed_at.isoformat(),
    }
