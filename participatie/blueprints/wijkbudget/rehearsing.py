"""Which addresses are there to try the rules of a round out, on ballots that are none of this round? Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage

from participatie.actions.wijkbudget import Rehearsal, rehearse_file, rehearse_made_up
from participatie.allocation import Line, Outcome, Plan
from participatie.allocation.pabulib import Election, PabulibError, read_pabulib
from participatie.blueprints.wijkbudget.checking import blueprint
from participatie.blueprints.wijkbudget.explanations import WHY
from participatie.blueprints.wijkbudget.told import Told
from participatie.models.wijkbudget import VERSION_BY_ROUND, AllocationLine, Round, round_by_slug
from participatie.spelregels.permissions import Do
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.forms import Form
from participatie.web.sites import found, round_site, site_of
from participatie.web.transaction import let_go
from participatie.web.uploads import takes_file
from participatie.web.words import RULES

#: The addresses of the other files of this blueprint, with those below added.
__all__ = ["blueprint"]

MOST_BYTES = 5_000_000


class RehearsalForm(Form):
    """The ballots of an earlier vote. The file is read and not kept."""

    file = FileField(
        lazy_gettext("Bestand met stemmen (.pb)"),
        [FileRequired(lazy_gettext("Kies een bestand."))],
        description=lazy_gettext("Hoogstens 5 MB. Van elke uitslag op deze website kunt u zo'n bestand downloaden."),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan in a rehearsal: what happened and why in one sentence, and whether it got money under each of the other rules."""

    plan: Plan
    line: Line
    why: str
    there: Sequence[bool]


@blueprint.get("/wijkbudget/<slug:slug>/proef")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def rehearsal(slug: str) -> ResponseReturnValue:
    """Show what the rules of a round do with made-up ballots, from the moment that its traject is open."""
    budget_round = found(round_by_slug(slug))
    manages = bool(may_here(Do.MANAGE_ROUND, site_of(budget_round)))
    if budget_round.traject.status is TrajectStatus.DRAFT and not manages:
        abort(404)
    _must_divide(budget_round)
    made_up = rehearse_made_up(budget_round.slug, _rulebook(budget_round))
    return render_template(
        "wijkbudget/rehearsal.html",
        round=budget_round,
        currency=budget_round.currency,
        rehearsed=made_up,
        rows=_rows(made_up, budget_round.currency) if made_up else [],
        rules=[RULES[outcome.rules.rule] for outcome in _outcomes(made_up)],
        manages=manages,
        reads_rules=manages or budget_round.has_been_open(),
    )


@blueprint.route("/wijkbudget/<slug:slug>/proef/bestand", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=round_site)
@takes_file
def rehearsal_of_file(budget_round: Round) -> ResponseReturnValue:
    """Show whoever manages a round what its rules do with the ballots of an earlier vote, from a file that is not kept."""
    _must_divide(budget_round)
    form, rehearsed, currency = RehearsalForm(), None, budget_round.currency
    if form.validate_on_submit():
        rulebook = _rulebook(budget_round)
        # Counting takes a moment, and others write.
        let_go()
        read = _read(form.file.data)
        rehearsed = rehearse_file(read, rulebook) if isinstance(read, Election) else None
        if isinstance(read, Election) and rehearsed is not None:
            currency = read.currency
        else:
            said = read if isinstance(read, str) else _("In dit bestand staan geen stemmen over geld voor plannen.")
            form.file.errors = [said]
    page = render_template(
        "wijkbudget/rehearsal_of_file.html",
        round=budget_round,
        currency=currency,
        form=form,
        rehearsed=rehearsed,
        rows=_rows(rehearsed, currency) if rehearsed else [],
        rules=[RULES[outcome.rules.rule] for outcome in _outcomes(rehearsed)],
    )
    return page, 200 if rehearsed else form.http_status


def _must_divide(budget_round: Round) -> None:
    if not budget_round.is_voted() or budget_round.chooses():
        abort(404)


def _rulebook(budget_round: Round) -> str:
    return budget_round.rulebook or budget_round.draft_rulebook().canonical_json()


def _read(file: FileStorage) -> Election | str:
    """Return what stands in the file, or the sentence that says why it cannot be read."""
    content = file.stream.read(MOST_BYTES + 1)
    file.close()
    if getattr(file.stream, "is_too_large", False) or len(content) > MOST_BYTES:
        return str(_("Dit bestand is groter dan 5 MB."))
    try:
        return read_pabulib(content, file.filename or "bestand.pb")
    except PabulibError as error:
        # What was expected is written in Dutch, as in the format itself: it is about keys and columns.
        return str(
            _(
                "Regel %(line)s is niet te lezen. Verwacht: %(expected)s. Gevonden: %(found)s.",
                line=error.line, expected=error.expected, found=error.found[:60] or "-",
            )
        )  # fmt: skip


def _outcomes(rehearsed: Rehearsal | None) -> Sequence[Outcome]:
    return (rehearsed.outcome, *rehearsed.others) if rehearsed else ()


def _rows(rehearsed: Rehearsal, currency: str) -> list[Shown]:
    plans = {plan.id: plan for plan in rehearsed.plans}
    names = {plan.id: plan.name or plan.id for plan in rehearsed.plans}
    others = [set(outcome.funded) for outcome in rehearsed.others]
    return [
        Shown(
            plans[line.plan_id], line, WHY[line.reason](_told(line, currency, names)),
            [line.plan_id in funded for funded in others],
        )
        for line in rehearsed.outcome.lines
    ]  # fmt: skip


def _told(line: Line, currency: str, names: dict[str, str]) -> Told:
    # A line that was never stored and never will be: the sentences are those of a real result.
    unkept = AllocationLine(
        votes=line.votes,
        score=str(line.score),
        step=line.step,
        funded_cents=line.funded_cents,
        balance_after_cents=line.balance_after_cents,
        reason=line.reason.value,
        facts=dict(line.facts),
    )
    return Told(unkept, currency, names, in_points=False)
