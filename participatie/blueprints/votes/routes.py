"""Which addresses are there for the way of a voter: code, choose, check, cast?"""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import votes as actions
from participatie.blueprints.votes.accounts import cast_here
from participatie.blueprints.votes.ballot import mark_of, sheet_of
from participatie.blueprints.votes.fallen import revocation_here, revoked_page
from participatie.blueprints.votes.forms import BallotForm, CodeForm
from participatie.blueprints.votes.pages import ballot_page, saved_parts, standing_of, wants_parts
from participatie.blueprints.votes.reading import TYPED, Reading, opening_seen, read_choices, sent_from
from participatie.blueprints.votes.voter import (
    CODE_FELL_AWAY,
    enter_page,
    not_now,
    other_code_page,
    selector_of,
    voter_site,
)
from participatie.models.votes import proxy_of
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.spelregels.permissions import Do
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import check_choices, may_vote_in, may_vote_now
from participatie.web.access import Audience, open_to, requires
from participatie.web.account_voters import voter_of
from participatie.web.clock import now
from participatie.web.networks import count_network
from participatie.web.refusals import refusal_page
from participatie.web.sites import voting_site
from participatie.web.transaction import db, memory_was_right, remembered_version, sending_again_is_harmless
from participatie.web.voters import forget_voter, remember_voter, visit_hash, visit_here, votes_for_another

SECONDS_OF_HOUR = 3600

blueprint = Blueprint("votes", __name__)
blueprint.context_processor(lambda: {"votes_for_another": votes_for_another})


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave no trace of a vote in the memory of a browser or of a machine in between."""
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        # Wrong codes are counted by the hour of the clock.
        response.retry_after = SECONDS_OF_HOUR - (60 * now().minute + now().second)
    return response


@blueprint.route("/stemmen/<slug:slug>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def enter(slug: str) -> ResponseReturnValue:
    """Explain the vote and ask for the code of the letter. A wrong code commits: it is counted as a guess."""
    budget_round: Round = voting_site(slug).subject
    closed = not_now(budget_round)
    if closed is not None:
        return closed
    letters = may_use_letters(budget_round.method())
    if request.method == "POST" and isinstance(letters, Refused):
        return refusal_page(letters, back=url_for("votes.enter", slug=slug))
    form = CodeForm()
    if form.validate_on_submit():
        settings: Settings = current_app.extensions["participatie.settings"]
        outcome = actions.present_code(db(), budget_round, form.data["code"], settings.secret_key, now())
        if not isinstance(outcome, Refused):
            visit = actions.start_visit(db(), budget_round.id, before=visit_here())
            for_another = db().scalar(proxy_of(budget_round.id, outcome)) is not None
            remember_voter(budget_round.id, outcome, visit, for_another=for_another)
            return redirect(url_for("votes.choose", slug=slug), 303)
        form.refuse(outcome, form.code)
    return enter_page(budget_round, form)


@blueprint.route("/stemmen/<slug:slug>/kiezen", methods=["GET", "POST"])
@requires(Do.CAST_BALLOT, at=voter_site)
def choose(budget_round: Round) -> ResponseReturnValue:
    """Show the plans and keep what is chosen. Nothing counts before it is checked and cast.

    The script of the ballot sends the same form at every choice, and gets the parts of the page that changed.
    """
    selector = selector_of(budget_round)
    if request.method != "POST":
        return ballot_page(budget_round, selector)
    anew = may_vote_in(opening_seen(), budget_round.opening)
    if isinstance(anew, Refused):
        return ballot_page(budget_round, selector, anew)
    before = sheet_of(budget_round, selector)
    reading = read_choices(request.form, before.limits, len(before.rows))
    if reading.refusal is not None:
        return _refused(budget_round, reading.refusal, reading)
    sent = sent_from()
    saved = actions.save_draft(db(), budget_round, selector, reading.choices, now(), opening_seen(), sent)
    if isinstance(saved, Refused):
        return _refused(budget_round, saved, reading)
    # Another window may have saved other choices since this page was made: the last one stays, and that is told.
    same = (request.form.get("gezien", before.mark), mark_of(reading.choices, before.limits))
    elsewhere = before.mark not in same and (sent is None or before.page != sent.page)
    if wants_parts():
        return saved_parts(budget_round, sheet_of(budget_round, selector), elsewhere=elsewhere)
    if elsewhere:
        flash(
            _("In een ander venster bewaarde u een andere keuze. Wat u hier koos, komt daarvoor in de plaats."), "info"
        )
    if request.form.get("stap") != "verder":
        return redirect(url_for("votes.choose", slug=budget_round.slug), 303)
    verdict = check_choices(reading.choices, budget_round.plans_on_ballot(), before.limits)
    if isinstance(verdict, Refused):
        return _refused(budget_round, verdict, reading)
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
    standing = standing_of(budget_round, sheet)
    if standing.warning is not None:
        return redirect(url_for("votes.choose", slug=budget_round.slug), 303)
    return render_template(
        "votes/check.html",
        round=budget_round,
        clock=budget_round.clock(),
        sheet=sheet,
        standing=standing,
        field=TYPED.get(sheet.limits.ballot_kind),
        form=BallotForm(),
        key=actions.new_cast_key(),
        show_flashes=True,
    )


@blueprint.get("/stemmen/<slug:slug>/mijn-stem")
@open_to(Audience.EVERYONE)
def done(slug: str) -> ResponseReturnValue:
    """Tell whether this voter's ballot is in, with its receipt and without its choices; also after the close."""
    budget_round: Round = voting_site(slug).subject
    selector = voter_of(budget_round)
    # Without the round's secret (destroyed after the objection term) nobody can find a voter's ballot any more.
    if selector is None or budget_round.ballot_secret is None:
        return redirect(url_for("votes.enter", slug=slug), 303)
    revoked = revocation_here(budget_round, selector)
    if revoked is not None:
        return revoked_page(budget_round, revoked)
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
    actions.end_visit(db(), visit_here())
    forget_voter()
    flash(_("Uw stemcode is van dit apparaat gewist."), "ok")
    return redirect(url_for("votes.enter", slug=slug), 303)


def _cast(budget_round: Round) -> ResponseReturnValue:
    anew = may_vote_in(opening_seen(), budget_round.opening)
    if isinstance(anew, Refused):
        return ballot_page(budget_round, selector_of(budget_round), anew)
    limits, plans = budget_round.limits(), len(budget_round.plans_on_ballot())
    reading = read_choices(request.form, limits, plans)
    if reading.refusal is not None:
        return _refused(budget_round, reading.refusal, reading)
    sending_again_is_harmless()
    outcome = cast_here(
        budget_round,
        reading.choices,
        key=request.form.get("sleutel", ""),
        remembered=_remembered(),
        seen=opening_seen(),
    )
    if isinstance(outcome, Refused):
        return _refused(budget_round, outcome, reading)
    memory_was_right()
    count_network(budget_round.id)
    if outcome.replaced:
        flash(_("U had al gestemd. Deze stem komt in de plaats van uw vorige stem."), "ok")
    return redirect(url_for("votes.done", slug=budget_round.slug), 303)


def _remembered() -> actions.Remembered | None:
    version = remembered_version()
    return actions.Remembered(version, visit_hash()) if version is not None else None


def _refused(budget_round: Round, refusal: Refused, reading: Reading) -> ResponseReturnValue:
    if refusal.code in CODE_FELL_AWAY and not wants_parts():
        return other_code_page(budget_round, refusal)
    return ballot_page(budget_round, selector_of(budget_round), refusal, reading)
