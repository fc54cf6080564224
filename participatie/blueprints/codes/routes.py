"""Which addresses are there for voting codes: batches, one at the counter, replace, revoke, and let somebody else vote?"""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import votes as actions
from participatie.blueprints.codes.forms import (
    CodesForm,
    DeskForm,
    PaperProxyForm,
    PassOnForm,
    ReplaceForm,
    RevokeForm,
)
from participatie.blueprints.codes.making import batch_as_file, one_code
from participatie.models.votes import batches_of
from participatie.models.wijkbudget import Round
from participatie.models.wijken import all_areas
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.permissions import Do
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.votes import may_vote_now
from participatie.web.access import Audience, open_to, requires
from participatie.web.buurten import buurt_choices
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import voted_round_site, voting_site
from participatie.web.transaction import db

blueprint = Blueprint("codes", __name__)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Leave no code in the memory of a browser or of a machine in between."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes", methods=["GET", "POST"])
@requires(Do.ISSUE_CODES, at=voted_round_site)
def batches(budget_round: Round) -> ResponseReturnValue:
    """Show the batches of a round, and make one: as a file or as letters, this once."""
    form = CodesForm()
    form.offer_buurten(buurt_choices(db().scalars(all_areas()), budget_round.traject.area.path))
    if form.validate_on_submit():
        made = batch_as_file(budget_round, form)
        if made is not None:
            return made
    there = db().execute(batches_of(budget_round.id)).all()
    return render_template("codes/batches.html", round=budget_round, form=form, batches=there), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes/balie", methods=["GET", "POST"])
@requires(Do.ISSUE_CODES, at=voted_round_site)
def desk(budget_round: Round) -> ResponseReturnValue:
    """Make one code for somebody at the counter, and show it this once."""
    form = DeskForm()
    if form.validate_on_submit():
        code = actions.issue_at_desk(db(), actor(), budget_round, settings().secret_key, now(), form.key.data or "")
        if not isinstance(code, Refused):
            return one_code(budget_round, code, form)
        form.refuse(code)
    return render_template("codes/desk.html", round=budget_round, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes/vervangen", methods=["GET", "POST"])
@requires(Do.REPLACE_CODE, at=voted_round_site)
def replace(budget_round: Round) -> ResponseReturnValue:
    """Replace a letter that is lost or was printed twice, by its kenmerk."""
    form = ReplaceForm()
    if form.validate_on_submit():
        code = actions.replace_code(db(), actor(), budget_round, form.data["kenmerk"], settings().secret_key, now())
        if not isinstance(code, Refused):
            return one_code(budget_round, code, form, form.addressee(), replaced=form.data["kenmerk"].upper())
        form.refuse(code, form.kenmerk)
    return render_template("codes/replace.html", round=budget_round, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes/intrekken", methods=["GET", "POST"])
@requires(Do.REPLACE_CODE, at=voted_round_site)
def revoke(budget_round: Round) -> ResponseReturnValue:
    """Revoke one code by its kenmerk, without a new one."""
    form = RevokeForm()
    if form.validate_on_submit():
        outcome = actions.revoke_code(db(), actor(), budget_round, form.data["kenmerk"], now())
        if not isinstance(outcome, Refused):
            flash(_("De code met kenmerk %(kenmerk)s werkt niet meer.", kenmerk=outcome), "ok")
            return redirect(url_for("codes.batches", slug=budget_round.slug), 303)
        form.refuse(outcome, form.kenmerk)
    return render_template("codes/revoke.html", round=budget_round, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes/machtigen", methods=["GET", "POST"])
@requires(Do.REPLACE_CODE, at=voted_round_site)
def pass_on_at_desk(budget_round: Round) -> ResponseReturnValue:
    """Let somebody else vote, on a signed form: by the kenmerk of the letter."""
    form = PaperProxyForm()
    if form.validate_on_submit():
        code = actions.let_another_vote_on_paper(
            db(), actor(), budget_round, form.data["kenmerk"], settings().secret_key, now(),
            is_signed=form.is_signed.data,
        )  # fmt: skip
        if not isinstance(code, Refused):
            return one_code(budget_round, code, for_another=True)
        form.refuse(code, form.kenmerk)
    return render_template("codes/pass_on_at_desk.html", round=budget_round, form=form), form.http_status


@blueprint.route("/stemmen/<slug:slug>/iemand-anders", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
def pass_on(slug: str) -> ResponseReturnValue:
    """Let a voter hand the vote to somebody else: the code stops, and a new one is shown this once."""
    budget_round: Round = voting_site(slug).subject
    early = first_refusal(may_vote_now(budget_round.clock(), now()), may_use_letters(budget_round.method()))
    if isinstance(early, Refused):
        return refusal_page(early, back=url_for("votes.enter", slug=slug))
    form = PassOnForm()
    if form.validate_on_submit():
        # A wrong code commits: it is counted as a guess.
        code = _handed_on(budget_round, form)
        if not isinstance(code, Refused):
            return one_code(budget_round, code, for_another=True, by_voter=True)
        form.refuse(code, form.code)
    return render_template(
        "codes/pass_on.html", round=budget_round, clock=budget_round.clock(), form=form
    ), form.http_status


def _handed_on(budget_round: Round, form: PassOnForm) -> VotingCode | Refused:
    secret_key = settings().secret_key
    selector = actions.present_code(db(), budget_round, form.data["code"], secret_key, now())
    if isinstance(selector, Refused):
        return selector
    return actions.let_another_vote(db(), budget_round, selector, secret_key, now(), consents=bool(form.consent.data))
