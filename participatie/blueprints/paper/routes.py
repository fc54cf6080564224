"""Which addresses are there for stacks of ballots on paper, and for entering their sheets?"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from participatie.actions.votes import paper as actions
from participatie.blueprints.paper.forms import FileForm, NumberForm, SheetForm, StackForm
from participatie.blueprints.paper.sites import page_of, stack_site
from participatie.models.votes import (
    PaperSheet,
    PaperStack,
    sheet_of_stack,
    sheets_seen_by,
    sheets_to_read,
    stacks_of_round,
)
from participatie.models.wijkbudget import Round
from participatie.spelregels.paper import (
    SETTLED,
    SheetStatus,
    choices_on_sheet,
    may_work_on_paper,
    next_sheet,
)
from participatie.spelregels.permissions import Do
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.clock import now, today
from participatie.web.forms import clean_line
from participatie.web.installation import settings
from participatie.web.login import actor
from participatie.web.refusals import refusal_page, sentence
from participatie.web.sites import site_of, voted_round_site
from participatie.web.transaction import db
from participatie.web.words import word

blueprint = Blueprint("paper", __name__)

LONGEST_PLACE = 300  # characters of where a ballot is handed in


@blueprint.get("/wijkbudget/<slug:slug>/papier")
@requires(Do.ENTER_PAPER, at=voted_round_site)
def overview(budget_round: Round) -> ResponseReturnValue:
    """Show the stacks of a round, what can be done with each, and those that are void."""
    rows = db().execute(stacks_of_round(budget_round.id, actor().account_id)).all()
    return render_template(
        "paper/overview.html",
        round=budget_round,
        stacks=[row for row in rows if not row.PaperStack.is_void()],
        void=[row.PaperStack for row in rows if row.PaperStack.is_void()],
        closed=_closed(budget_round),
    )


@blueprint.route("/wijkbudget/<slug:slug>/papier/nieuw", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=voted_round_site)
def new_stack(budget_round: Round) -> ResponseReturnValue:
    """Write down that a stack came in, with the number of sheets that was counted."""
    early = may_use_letters(budget_round.method()) and may_work_on_paper(budget_round.status)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("paper.overview", slug=budget_round.slug))
    form = StackForm(received_on=today())
    if form.validate_on_submit():
        filled = form.data
        outcome = actions.make_stack(
            db(), actor(), budget_round, filled["label"], filled["received_on"], filled["sheets"], today(), now()
        )
        if not isinstance(outcome, Refused):
            flash(_("De stapel is opgeschreven. Nummer nu de vellen, en voer ze in."), "ok")
            return redirect(url_for("paper.stack", slug=budget_round.slug, stack_id=outcome.id), 303)
        form.refuse(outcome)
    return render_template("paper/new_stack.html", round=budget_round, form=form), form.http_status


@blueprint.get("/wijkbudget/<slug:slug>/papier/<int:stack_id>")
@requires(Do.ENTER_PAPER, at=stack_site)
def stack(stack: PaperStack) -> ResponseReturnValue:
    """Show one stack: how far it is, where two entries differ, what does not count, and who vouches for the total."""
    seen = _seen(stack)
    statuses = [status for status, _mine in seen.values()]
    told = db().scalars(sheets_to_read(stack.id)).all()
    me = actor().account_id
    return render_template(
        "paper/stack.html",
        round=stack.round,
        stack=stack,
        settled=sum(status in SETTLED for status in statuses),
        counted=statuses.count(SheetStatus.COUNTED),
        once=statuses.count(SheetStatus.ENTERED),
        untouched=stack.sheets - sum(status is not SheetStatus.EMPTY for status in statuses),
        next=next_sheet(stack.sheets, seen, 0),
        differing=[sheet for sheet in told if sheet.status is SheetStatus.MISMATCH],
        not_counted=[sheet for sheet in told if sheet.status is not SheetStatus.MISMATCH],
        is_void=stack.is_void(),
        is_open=bool(may_work_on_paper(stack.round.status, is_void=stack.is_void())),
        may_sign=me != stack.counted_by_id and bool(may_here(Do.SETTLE_PAPER, site_of(stack.round))),
        may_remove=len(statuses) == statuses.count(SheetStatus.EMPTY)
        and bool(may_here(Do.SETTLE_PAPER, site_of(stack.round))),
    )


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/invoeren", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=stack_site)
def enter(stack: PaperStack) -> ResponseReturnValue:
    """Enter one sheet after another; who enters does not see what somebody else wrote of it."""
    early = may_work_on_paper(stack.round.status, is_void=stack.is_void())
    if isinstance(early, Refused):
        return refusal_page(early, page_of(stack))
    form = SheetForm()
    if form.validate_on_submit():
        outcome = _enter(stack, form)
        if not isinstance(outcome, Refused):
            flash(*_said_of(outcome))
            return redirect(url_for("paper.enter", slug=stack.round.slug, stack_id=stack.id, na=outcome.number), 303)
        form.refuse(outcome, _field_of(form, outcome))
    seen = _seen(stack)
    upcoming = next_sheet(stack.sheets, seen, request.args.get("na", 0, type=int))
    if not form.is_submitted():
        if upcoming is None:
            return render_template("paper/enter.html", round=stack.round, stack=stack, form=None)
        form.number.data = request.args.get("vel", upcoming, type=int)
        form.code.render_kw = {**form.code.render_kw, "autofocus": True}
    return render_template(
        "paper/enter.html",
        round=stack.round,
        stack=stack,
        form=form,
        mine=sum(is_mine for _status, is_mine in seen.values()),
        kind=stack.round.limits().ballot_kind,
        plans=stack.round.frozen_rulebook()["plans"],
    ), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/terugnemen", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=stack_site)
def take_back(stack: PaperStack) -> ResponseReturnValue:
    """Undo one's own first entry of a sheet."""
    early = may_work_on_paper(stack.round.status, is_void=stack.is_void())
    if isinstance(early, Refused):
        return refusal_page(early, page_of(stack))
    form = NumberForm(number=request.args.get("vel", type=int))
    if form.validate_on_submit():
        sheet = db().scalar(sheet_of_stack(stack.round.slug, stack.id, form.data["number"]))
        outcome = (
            actions.take_back(db(), actor(), sheet, now())
            if sheet is not None
            else refused(Refusal.SHEET_UNKNOWN, sheet=form.data["number"], sheets=stack.sheets)
        )
        if not isinstance(outcome, Refused):
            flash(_("Vel %(number)s is teruggenomen. U kunt het opnieuw invoeren.", number=outcome.number), "ok")
            return redirect(page_of(stack), 303)
        form.refuse(outcome)
    return render_template("paper/take_back.html", round=stack.round, stack=stack, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/papier/<int:stack_id>/csv", methods=["GET", "POST"])
@requires(Do.ENTER_PAPER, at=stack_site)
def import_entries(stack: PaperStack) -> ResponseReturnValue:
    """Read the entries of one person from a file, all of them or none."""
    early = may_work_on_paper(stack.round.status, is_void=stack.is_void())
    if isinstance(early, Refused):
        return refusal_page(early, page_of(stack))
    form, wrong = FileForm(), dict[int, Refused]()
    if form.validate_on_submit():
        source = form.file.data.stream.read()
        outcome = actions.import_entries(db(), actor(), stack, source, settings().secret_key, now())
        if isinstance(outcome, actions.Imported):
            flash(*_said_of_file(outcome))
            return redirect(page_of(stack), 303)
        if isinstance(outcome, Refused):
            form.refuse(outcome)
        else:
            wrong.update(outcome.lines)
    return render_template(
        "paper/import_entries.html",
        round=stack.round,
        stack=stack,
        form=form,
        wrong=[(line, sentence(refusal)) for line, refusal in sorted(wrong.items())],
    ), form.http_status


@blueprint.get("/wijkbudget/<slug:slug>/papier/stembiljet")
@open_to(Audience.EVERYONE)
def ballot_paper(slug: str) -> ResponseReturnValue:
    """Give a ballot to print, with the frozen plans; `inleveren` says where voters hand it in."""
    budget_round: Round = voted_round_site(slug).subject
    if budget_round.rulebook is None:
        abort(404)
    return render_template(
        "paper/ballot_paper.html",
        round=budget_round,
        clock=budget_round.clock(),
        kind=budget_round.limits().ballot_kind,
        place=(clean_line(request.args.get("inleveren")) or "")[:LONGEST_PLACE],
        no_paper=not may_use_letters(budget_round.method()),
    )


def _enter(stack: PaperStack, form: SheetForm) -> PaperSheet | Refused:
    why = form.reason()
    choices = choices_on_sheet(form.data["choices"] or "", stack.round.limits().ballot_kind) if why is None else []
    if isinstance(choices, Refused):
        return choices
    written = actions.Written(form.data["code"] or "", choices, why)
    return actions.enter_sheet(db(), actor(), stack, form.data["number"], written, settings().secret_key)


def _seen(stack: PaperStack) -> dict[int, tuple[SheetStatus, bool]]:
    rows = db().execute(sheets_seen_by(stack.id, actor().account_id))
    return {number: (status, place is not None) for number, status, place in rows}


def _closed(budget_round: Round) -> str | None:
    """Say why no stack can come in any more, or not yet."""
    verdict = may_use_letters(budget_round.method()) and may_work_on_paper(budget_round.status)
    return sentence(verdict) if isinstance(verdict, Refused) else None


#: Refusals that are about the number of the sheet, or about its code; the others are about the choices.
OF_NUMBER = frozenset({Refusal.SHEET_UNKNOWN, Refusal.SHEET_ENTERED_BY_YOU, Refusal.SHEET_SETTLED})


def _field_of(form: SheetForm, refusal: Refused) -> Field | None:
    if refusal.code in OF_NUMBER:
        return form.number
    if refusal.code is Refusal.PAPER_CODE_WRONG:
        return form.code
    return None if refusal.code in (Refusal.ALREADY_COUNTED, Refusal.STACK_VOID) else form.choices


def _said_of(sheet: PaperSheet) -> tuple[str, str]:
    """Say what became of a sheet that was just entered."""
    number = sheet.number
    match sheet.status:
        case SheetStatus.ENTERED:
            return _(
                "Vel %(number)s is één keer ingevoerd. Iemand anders doet het de tweede keer.", number=number
            ), "ok"
        case SheetStatus.COUNTED:
            return _("Vel %(number)s telt mee. Twee mensen voerden hetzelfde in.", number=number), "ok"
        case SheetStatus.INVALID:
            return _("Vel %(number)s is ongeldig. Twee mensen voerden hetzelfde in.", number=number), "ok"
        case SheetStatus.MISMATCH:
            return _(
                "Vel %(number)s telt nog niet. De eerste persoon voerde iets anders in. Leg het vel apart.",
                number=number,
            ), "warning"
        case _:
            why = word(sheet.why) if sheet.why is not None else ""
            return _(
                "Vel %(number)s telt niet mee. De reden: %(why)s. Laat het vel in de stapel.", number=number, why=why
            ), "warning"


def _said_of_file(outcome: actions.Imported) -> tuple[str, str]:
    parts = [ngettext("%(num)d vel is ingevoerd.", "%(num)d vellen zijn ingevoerd.", outcome.entered)]
    if outcome.same:
        parts.append(
            ngettext("%(num)d vel voerde u al eerder in.", "%(num)d vellen voerde u al eerder in.", outcome.same)
        )
    if outcome.differ:
        parts.append(
            ngettext(
                "%(num)d vel verschilt van de eerste invoer.",
                "%(num)d vellen verschillen van de eerste invoer.",
                outcome.differ,
            )
        )
    return " ".join(parts), "warning" if outcome.differ else "ok"
