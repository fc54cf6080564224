"""Which addresses are there to settle what two people read differently, and to vouch for a total?"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.actions.votes import paper as actions
from participatie.actions.votes import read_canonical
from participatie.blueprints.paper.forms import SettleForm, TotalForm
from participatie.blueprints.paper.routes import blueprint
from participatie.blueprints.paper.sites import page_of, sheet_site, stack_site
from participatie.models.votes import PaperEntry, PaperSheet, PaperStack
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import Choose, SheetStatus, may_work_on_paper
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.web.access import may_here, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import site_of
from participatie.web.transaction import db

#: The addresses of routes.py, with those below added.
__all__ = ["blueprint"]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as those who settle see it: the plans, each with its points where there are any, or why none."""

    entry: PaperEntry
    plans: list[str]


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/vellen/<int:number>", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=sheet_site)
def settle(sheet: PaperSheet) -> ResponseReturnValue:
    """Show two entries that differ to whoever may settle it, and let them choose; others see how it stands."""
    stack = sheet.stack
    is_mine = actor().account_id in sheet.entered_by()
    settles = is_mine or bool(may_here(Do.SETTLE_PAPER, site_of(stack.round)))
    differs = sheet.status is SheetStatus.MISMATCH
    form = SettleForm()
    if form.validate_on_submit():
        choose = Choose(form.data["choose"])
        outcome = actions.settle_sheet(db(), actor(), sheet, choose, form.reason(), form.data["motive"], now())
        if not isinstance(outcome, Refused):
            if outcome.status is SheetStatus.MISMATCH:
                flash(_("Uw voorstel is bewaard. Nu moet de ander hetzelfde kiezen."), "ok")
            else:
                flash(_("Vel %(number)s is klaar.", number=outcome.number), "ok")
            return redirect(page_of(stack), 303)
        form.refuse(outcome)
    is_open = bool(may_work_on_paper(stack.round.status, is_void=stack.is_void()))
    return render_template(
        "paper/settle.html",
        round=stack.round,
        stack=stack,
        sheet=sheet,
        entries=[EntryRow(entry, _plans(entry, stack.round)) for entry in sheet.entries] if settles and differs else [],
        same_code=len({entry.ballot_key for entry in sheet.entries}) == 1,
        is_mine=is_mine,
        proposed=differs and sheet.settled_by_id is not None and settles,
        form=form if settles and differs and is_open else None,
    ), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/tekenen", methods=["GET", "POST"])
@requires(Do.SETTLE_PAPER, at=stack_site)
def sign(stack: PaperStack) -> ResponseReturnValue:
    """Sign the number of sheets: the second person counts again, and types what they found."""
    early = may_work_on_paper(stack.round.status, is_void=stack.is_void())
    if isinstance(early, Refused):
        return refusal_page(early, page_of(stack))
    form = TotalForm()
    if form.validate_on_submit():
        outcome = actions.sign_stack(db(), actor(), stack, form.data["sheets"], now())
        if not isinstance(outcome, Refused):
            flash(_("Het aantal vellen is getekend."), "ok")
            return redirect(page_of(stack), 303)
        form.refuse(outcome)
    return render_template("paper/sign.html", round=stack.round, stack=stack, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/aantal", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=stack_site)
def change_total(stack: PaperStack) -> ResponseReturnValue:
    """Write down another number of sheets, when the first count was wrong."""
    early = may_work_on_paper(stack.round.status, is_void=stack.is_void())
    if isinstance(early, Refused):
        return refusal_page(early, page_of(stack))
    form = TotalForm(sheets=stack.sheets)
    if form.validate_on_submit():
        outcome = actions.change_total(db(), actor(), stack, form.data["sheets"], now())
        if not isinstance(outcome, Refused):
            flash(
                ngettext(
                    "De stapel heeft nu %(num)d vel. Iemand anders moet dat nog tekenen.",
                    "De stapel heeft nu %(num)d vellen. Iemand anders moet dat nog tekenen.",
                    outcome.sheets,
                ),
                "ok",
            )
            return redirect(page_of(stack), 303)
        form.refuse(outcome)
    return render_template("paper/change_total.html", round=stack.round, stack=stack, form=form), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/papier/<int:stack_id>/weghalen")
@requires(Do.SETTLE_PAPER, at=stack_site)
def remove(stack: PaperStack) -> ResponseReturnValue:
    """Take away a stack that was written down by mistake."""
    slug = stack.round.slug
    outcome = actions.remove_stack(db(), actor(), stack, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome, page_of(stack))
    flash(_("De stapel is weggehaald."), "ok")
    return redirect(url_for("paper.overview", slug=slug), 303)


def _plans(entry: PaperEntry, budget_round: Round) -> list[str]:
    """Return what an entry says, plan by plan."""
    names = {plan["number"]: plan["name"] for plan in budget_round.frozen_rulebook().get("plans", ())}
    found = []
    for choice in read_canonical(entry.choices or "[]"):
        number, points = choice if isinstance(choice, tuple) else (choice, None)
        said = f"{number}. {names.get(number, '')}"
        found.append(said if points is None else f"{said}: {points}")
    return found
