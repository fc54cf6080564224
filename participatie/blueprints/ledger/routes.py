"""Which addresses are there for keeping the ledger of a plan: its lines, a reversal, a receipt, the final account?"""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import wijkbudget as actions
from participatie.blueprints.ledger.forms import ReasonForm, ReceiptForm
from participatie.blueprints.ledger.keeping import LedgerForms, write_down
from participatie.models.wijkbudget import LedgerEntry, Plan, entry_of, milestones, receipt_of
from participatie.spelregels.ledger import MOST_RECEIPT_MEGABYTES
from participatie.spelregels.permissions import Do
from participatie.spelregels.rulesets import payable_cents
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import may_carry_out
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.carried_out import carried_out
from participatie.web.clock import now, today
from participatie.web.login import actor
from participatie.web.refusals import refusal_page, status_of
from participatie.web.sites import found, plan_site
from participatie.web.transaction import db
from participatie.web.uploads import takes_file

blueprint = Blueprint("ledger", __name__)


def entry_site(slug: str, number: int, entry_id: int) -> Site:
    """A line of the ledger of a plan, with its plan."""
    site = plan_site(slug, number)
    return replace(site, subject=(site.subject, found(entry_of(site.subject.id, entry_id))))


@blueprint.route("/wijkbudget/<slug:slug>/plannen/<int:number>/kasboek", methods=["GET", "POST"])
@requires(Do.RECORD_EXECUTION, at=plan_site)
def keep(plan: Plan) -> ResponseReturnValue:
    """Write down what was agreed, what was paid and what is left over."""
    allocated = actions.money_for(db(), plan)
    early = may_carry_out(plan.round.status, allocated)
    if isinstance(early, Refused):
        return refusal_page(early)
    stand = carried_out(plan, allocated)
    forms = LedgerForms.of(plan, stand, today())
    outcome = write_down(plan, stand, forms)
    if outcome is not None and not isinstance(outcome, Refused):
        flash(_("Het is opgeslagen."), "ok")
        return redirect(_here(plan), 303)
    payout = plan.round.traject.ruleset().payout
    earned = actions.earned_by(db().scalars(milestones(plan.id)).all(), today())
    page = render_template(
        "ledger/keep.html",
        plan=plan,
        round=plan.round,
        stand=stand,
        forms_here=forms,
        payable_now=max(payable_cents(allocated, payout, earned) - stand.sums.paid, 0) if payout else None,
    )
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return page, status_of(outcome) if outcome is not None else status


@blueprint.post("/wijkbudget/<slug:slug>/plannen/<int:number>/kasboek/sluiten")
@requires(Do.RECORD_EXECUTION, at=plan_site)
def settle(plan: Plan) -> ResponseReturnValue:
    """Make the final account."""
    outcome = actions.settle(db(), actor(), plan, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, _here(plan))
    flash(_("De eindafrekening is gemaakt."), "ok")
    return redirect(url_for("wijkbudget.plan", slug=plan.round.slug, number=plan.number), 303)


@blueprint.route(
    "/wijkbudget/<slug:slug>/plannen/<int:number>/kasboek/<int:entry_id>/terugdraaien", methods=["GET", "POST"]
)
@requires(Do.RECORD_EXECUTION, at=entry_site)
def undo(subject: tuple[Plan, LedgerEntry]) -> ResponseReturnValue:
    """Reverse a line, with the reason."""
    plan, entry = subject
    form = ReasonForm()
    if form.validate_on_submit():
        outcome = actions.reverse(db(), actor(), plan, entry, form.reason.data or "", now())
        if not isinstance(outcome, Refused):
            flash(_("Het is teruggedraaid. Beide regels blijven staan."), "ok")
            return redirect(_here(plan), 303)
        form.refuse(outcome)
    page = render_template("ledger/undo.html", form=form, plan=plan, round=plan.round, entry=entry, back=_here(plan))
    return page, form.http_status


@blueprint.route(
    "/wijkbudget/<slug:slug>/plannen/<int:number>/kasboek/<int:entry_id>/bon-toevoegen", methods=["GET", "POST"]
)
@requires(Do.RECORD_EXECUTION, at=entry_site)
@takes_file
def attach(subject: tuple[Plan, LedgerEntry]) -> ResponseReturnValue:
    """Keep the receipt of a payment."""
    plan, entry = subject
    form = ReceiptForm()
    if form.validate_on_submit():
        # One byte more than may be shows that it is too large.
        content = form.receipt.data.stream.read(MOST_RECEIPT_MEGABYTES * 1_000_000 + 1)
        outcome = actions.keep_receipt(db(), actor(), plan, entry, content, now())
        if not isinstance(outcome, Refused):
            flash(_("De bon is bewaard."), "ok")
            return redirect(_here(plan), 303)
        form.refuse(outcome)
    page = render_template("ledger/attach.html", form=form, plan=plan, round=plan.round, entry=entry, back=_here(plan))
    return page, form.http_status


@blueprint.get("/wijkbudget/<slug:slug>/plannen/<int:number>/kasboek/<int:entry_id>/bon")
@open_to(Audience.STAFF)
def receipt(slug: str, number: int, entry_id: int) -> ResponseReturnValue:
    """Give the file of a receipt to who keeps this ledger and to who may check it; for others it is not there."""
    site = entry_site(slug, number, entry_id)
    if not (may_here(Do.RECORD_EXECUTION, site) or may_here(Do.READ_AUDIT, site)):
        abort(HTTPStatus.NOT_FOUND)
    kept = found(receipt_of(entry_id))
    ending = "pdf" if kept.media_type == "application/pdf" else "jpg"
    headers = {"Content-Disposition": f"attachment; filename=bon-{entry_id}.{ending}", "Cache-Control": "no-store"}
    return Response(kept.content, mimetype=kept.media_type, headers=headers)


def _here(plan: Plan) -> str:
    return url_for("ledger.keep", slug=plan.round.slug, number=plan.number)
