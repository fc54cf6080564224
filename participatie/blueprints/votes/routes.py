"""Which addresses are there for the way of a voter: code, choose, check, cast?"""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import votes as actions
from participatie.blueprints.votes.ballot import read_choices, sheet_of
from participatie.blueprints.votes.forms import BallotForm, CodeForm
from participatie.blueprints.votes.voter import not_now, selector_of, voter_site
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import check_choices, may_vote_now
from participatie.web.access import Audience, open_to, requires
from participatie.web.clock import now
from participatie.web.refusals import sentence, status_of
from participatie.web.sites import voting_site
from participatie.web.transaction import db
from participatie.web.voters import forget_voter, remember_voter, voter_here

blueprint = Blueprint("votes", __name__)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave no trace of a vote in the memory of a browser or of a machine in between."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/stemmen/<slug:slug>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def enter(slug: str) -> ResponseReturnValue:
    """Explain the vote and ask for the code of the letter. A wrong code commits: it is counted as a guess."""
    budget_round: Round = voting_site(slug).subject
    closed = not_now(budget_round)
    if closed is not None:
        return closed
    form = CodeForm()
    if form.validate_on_submit():
        settings: Settings = current_app.extensions["participatie.settings"]
        outcome = actions.present_code(db(), budget_round, form.data["code"], settings.secret_key, now())
        if not isinstance(outcome, Refused):
            remember_voter(budget_round.id, outcome)
            return redirect(url_for("votes.choose", slug=slug), 303)
        form.refuse(outcome, form.code)
    return render_template(
        "votes/enter.html",
        round=budget_round,
        clock=budget_round.clock(),
        plans=len(budget_round.frozen_rulebook()["plans"]),
        form=form,
        busy=voter_here(budget_round.id) is not None,
        show_flashes=True,
    ), form.http_status


@blueprint.route("/stemmen/<slug:slug>/kiezen", methods=["GET", "POST"])
@requires(Do.CAST_BALLOT, at=voter_site)
def choose(budget_round: Round) -> ResponseReturnValue:
    """Show the plans and keep what is ticked. Nothing counts before it is checked and cast."""
    if request.method != "POST":
        return _ballot_page(budget_round, None)
    choices = read_choices(request.form.getlist("keuze"))
    if isinstance(choices, Refused):
        return _ballot_page(budget_round, choices)
    saved = actions.save_draft(db(), budget_round, selector_of(budget_round), choices, now())
    if isinstance(saved, Refused):
        return _ballot_page(budget_round, saved)
    if request.form.get("stap") != "verder":
        return redirect(url_for("votes.choose", slug=budget_round.slug), 303)
    verdict = check_choices(choices, budget_round.plans_on_ballot(), budget_round.limits())
    if isinstance(verdict, Refused):
        return _ballot_page(budget_round, verdict)
    return redirect(url_for("votes.check", slug=budget_round.slug), 303)


@blueprint.route("/stemmen/<slug:slug>/controleren", methods=["GET", "POST"])
@requires(Do.CAST_BALLOT, at=voter_site)
def check(budget_round: Round) -> ResponseReturnValue:
    """Show the choices once more, and cast them: those of the page that was sent, so that sending twice is harmless."""
    if request.method == "POST":
        return _cast(budget_round)
    sheet = sheet_of(budget_round, selector_of(budget_round))
    if not sheet.has_draft:
        return redirect(url_for("votes.done" if sheet.receipt else "votes.choose", slug=budget_round.slug), 303)
    if not check_choices(sheet.numbers, budget_round.plans_on_ballot(), budget_round.limits()):
        return redirect(url_for("votes.choose", slug=budget_round.slug), 303)
    return render_template(
        "votes/check.html", round=budget_round, clock=budget_round.clock(), sheet=sheet, form=BallotForm()
    )


@blueprint.get("/stemmen/<slug:slug>/mijn-stem")
@open_to(Audience.EVERYONE)
def done(slug: str) -> ResponseReturnValue:
    """Tell whether this voter's ballot is in, with its receipt and without its choices; also after the close."""
    budget_round: Round = voting_site(slug).subject
    selector = voter_here(budget_round.id)
    # Without the round's secret (destroyed after the objection term) nobody can find a voter's ballot any more.
    if selector is None or budget_round.ballot_secret is None:
        return redirect(url_for("votes.enter", slug=slug), 303)
    return render_template(
        "votes/done.html",
        round=budget_round,
        clock=budget_round.clock(),
        is_open=bool(may_vote_now(budget_round.clock(), now())),
        sheet=sheet_of(budget_round, selector),
        show_flashes=True,
    )


@blueprint.post("/stemmen/<slug:slug>/stoppen")
@open_to(Audience.EVERYONE)
def leave(slug: str) -> ResponseReturnValue:
    """Forget the code in this browser; what was cast stays cast."""
    forget_voter()
    flash(_("Uw stemcode is van dit apparaat gewist."), "ok")
    return redirect(url_for("votes.enter", slug=slug), 303)


def _cast(budget_round: Round) -> ResponseReturnValue:
    choices = read_choices(request.form.getlist("keuze"))
    if isinstance(choices, Refused):
        return _ballot_page(budget_round, choices)
    outcome = actions.cast_ballot(db(), budget_round, selector_of(budget_round), choices, now())
    if isinstance(outcome, Refused):
        return _ballot_page(budget_round, outcome)
    if outcome.replaced:
        flash(_("U had al gestemd. Deze stem komt in de plaats van uw vorige stem."), "ok")
    return redirect(url_for("votes.done", slug=budget_round.slug), 303)


def _ballot_page(budget_round: Round, refusal: Refused | None) -> ResponseReturnValue:
    form = BallotForm()
    if refusal is not None:
        form.refuse(refusal)
    sheet = sheet_of(budget_round, selector_of(budget_round))
    limits = budget_round.limits()
    over = None if refusal else check_choices(sheet.numbers, budget_round.plans_on_ballot(), limits)
    page = render_template(
        "votes/choose.html",
        round=budget_round,
        clock=budget_round.clock(),
        sheet=sheet,
        limits=limits,
        form=form,
        warning=sentence(over) if isinstance(over, Refused) and sheet.has_draft else None,
    )
    return page, 200 if refusal is None else status_of(refusal)
