"""Which addresses are there for a wijkbudget: the round, its plans, its rulebook, its result, and its management?"""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import votes
from participatie.actions import wijkbudget as actions
from participatie.blueprints.wijkbudget.execution import ExecutionForms, carry_out
from participatie.blueprints.wijkbudget.explanations import explain, names_of
from participatie.blueprints.wijkbudget.forms import CodesForm, RoundForm
from participatie.blueprints.wijkbudget.rulebook import rulebook_of, what_opening_needs
from participatie.models.besluiten import besluit_of_round
from participatie.models.trajecten import Traject
from participatie.models.votes import voters_on_roll
from participatie.models.wijkbudget import (
    VERSION_BY_ROUND,
    Plan,
    Round,
    allocation_line_of,
    allocation_lines,
    allocation_of,
    milestones,
    payments,
    round_for_voting,
    round_of_traject,
)
from participatie.settings import Settings
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import BallotKind, may_vote_now
from participatie.spelregels.wijkbudget import RoundStatus, is_late, may_carry_out
from participatie.web.access import Audience, Site, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now, today
from participatie.web.login import actor
from participatie.web.refusals import refusal_page, status_of
from participatie.web.sites import plan_site, round_site, traject_site
from participatie.web.transaction import db

blueprint = Blueprint("wijkbudget", __name__)


@blueprint.get("/wijkbudget/<slug:slug>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def overview(slug: str) -> ResponseReturnValue:
    """Show a round: the pot, how it is divided, the plans, and where to vote or read the result."""
    site = round_site(slug)
    budget_round: Round = site.subject
    return render_template(
        "wijkbudget/overview.html",
        round=budget_round,
        clock=budget_round.clock(),
        rules=rulebook_of(budget_round),
        is_open=bool(may_vote_now(budget_round.clock(), now())),
        is_over=now() >= budget_round.clock().closes_at,
        manages=bool(may_here(Do.MANAGE_ROUND, site)),
    )


@blueprint.get("/wijkbudget/<slug:slug>/plannen/<int:number>")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def plan(slug: str, number: int) -> ResponseReturnValue:
    """Show a plan; once the result is published also what became of it, and how it is carried out."""
    site = plan_site(slug, number)
    shown: Plan = site.subject
    is_published = shown.round.status is RoundStatus.PUBLISHED
    line = db().scalar(allocation_line_of(shown.id)) if is_published else None
    steps = db().scalars(milestones(shown.id)).all()
    return render_template(
        "wijkbudget/plan.html",
        plan=shown,
        round=shown.round,
        line=line,
        sentences=explain(line, shown.round, names_of(shown.round)) if line is not None else [],
        allocation=db().scalar(allocation_of(shown.round_id)) if is_published else None,
        milestones=steps,
        late={step.id for step in steps if is_late(step.due_on, step.done_on, today())},
        payments=db().scalars(payments(shown.id)).all(),
        is_open=bool(may_vote_now(shown.round.clock(), now())),
        records=is_published and bool(may_here(Do.RECORD_EXECUTION, site)),
    )


@blueprint.get("/wijkbudget/<slug:slug>/uitslag")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def result(slug: str) -> ResponseReturnValue:
    """Show the result and why: for everyone once it is published, before that for who manages the round."""
    site = round_site(slug)
    budget_round: Round = site.subject
    is_published = budget_round.status is RoundStatus.PUBLISHED
    allocation = db().scalar(allocation_of(budget_round.id))
    if allocation is None or not (is_published or may_here(Do.MANAGE_ROUND, site)):
        abort(404)
    names = names_of(budget_round)
    lines = db().scalars(allocation_lines(budget_round.id)).all()
    return render_template(
        "wijkbudget/result.html",
        round=budget_round,
        allocation=allocation,
        funded=[line for line in lines if line.step is not None],
        others=[(line, explain(line, budget_round, names)) for line in lines if line.step is None],
        names=names,
        voters=db().scalar(voters_on_roll(budget_round.id)) or 0,
        besluit=db().scalar(besluit_of_round(budget_round.id)),
    )


@blueprint.get("/wijkbudget/<slug:slug>/reglement")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def rulebook(slug: str) -> ResponseReturnValue:
    """Show all rules of a round in plain words, with the hash of the frozen document."""
    budget_round: Round = round_site(slug).subject
    return render_template("wijkbudget/rulebook.html", round=budget_round, rules=rulebook_of(budget_round))


@blueprint.get("/wijkbudget/<slug:slug>/reglement.json")
@open_to(Audience.EVERYONE)
def rulebook_json(slug: str) -> ResponseReturnValue:
    """Give the frozen rulebook, byte for byte what its hash is of."""
    budget_round: Round = round_site(slug).subject
    if budget_round.rulebook is None:
        abort(404)
    return Response(budget_round.rulebook, mimetype="application/json")


@blueprint.get("/wijkbudget/<slug:slug>/beheer")
@requires(Do.MANAGE_ROUND, at=round_site)
def manage(budget_round: Round) -> ResponseReturnValue:
    """Show a round to its wijkmanager: where it stands, what is missing, and the next step."""
    voters = db().scalar(voters_on_roll(budget_round.id)) or 0
    return render_template(
        "wijkbudget/manage.html",
        round=budget_round,
        clock=budget_round.clock(),
        rules=rulebook_of(budget_round),
        voters=voters,
        needs=what_opening_needs(budget_round, voters, now()),
        is_over=now() >= budget_round.clock().closes_at,
        decides=bool(may_here(Do.PUBLISH_BESLUIT, Site(budget_round, budget_round.traject.facts().place_at(now())))),
    )


@blueprint.route("/trajecten/<slug:slug>/wijkbudget/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=traject_site)
def prepare(traject: Traject) -> ResponseReturnValue:
    """Make a round for a traject; a traject has one."""
    existing = db().scalar(round_of_traject(traject.id))
    if existing is not None:
        return redirect(url_for("wijkbudget.manage", slug=existing.slug), 303)
    form = RoundForm(title=traject.title, slug=traject.slug)
    status = 200
    if form.validate_on_submit():
        filled = form.data
        if db().scalar(round_for_voting(filled["slug"])) is not None:
            form.slug.errors = [_("Dit adres bestaat al. Kies een ander.")]
            return render_template("wijkbudget/prepare.html", traject=traject, form=form), 400
        outcome = actions.prepare_round(
            db(),
            actor(),
            traject,
            slug=filled["slug"],
            title=filled["title"],
            pot_cents=filled["pot"],
            ballot_kind=BallotKind(filled["ballot_kind"]),
            min_choices=filled["min_choices"],
            max_choices=filled["max_choices"],
            rule=filled["rule"],
            leftover=filled["leftover"],
            support_needed=filled["support_needed"],
            assurance=filled["assurance"],
            assurance_reason=filled["assurance_reason"],
            now=now(),
        )
        if not isinstance(outcome, Refused):
            return redirect(url_for("wijkbudget.manage", slug=outcome.slug), 303)
        form.refuse(outcome)
        status = status_of(outcome)
    elif form.is_submitted():
        status = 400
    return render_template("wijkbudget/prepare.html", traject=traject, form=form), status


@blueprint.route("/wijkbudget/<slug:slug>/stemcodes", methods=["GET", "POST"])
@requires(Do.ISSUE_CODES, at=round_site)
def issue(budget_round: Round) -> ResponseReturnValue:
    """Make voting codes and give them as a file, this once: nobody can read them afterwards."""
    form = CodesForm()
    status = 200
    if form.validate_on_submit():
        settings: Settings = current_app.extensions["participatie.settings"]
        filled = form.data
        codes = votes.issue_codes(
            db(), actor(), budget_round, filled["count"], filled["label"], settings.secret_key, now()
        )
        if not isinstance(codes, Refused):
            response = Response("".join(f"{line}\r\n" for line in ("stemcode", *codes)), mimetype="text/csv")
            response.headers["Content-Disposition"] = f"attachment; filename=stemcodes-{budget_round.slug}.csv"
            response.headers["Cache-Control"] = "no-store"
            return response
        form.refuse(codes)
        status = status_of(codes)
    elif form.is_submitted():
        status = 400
    return render_template("wijkbudget/issue.html", round=budget_round, form=form), status


@blueprint.post("/wijkbudget/<slug:slug>/openen")
@requires(Do.OPEN_VOTE, at=round_site)
def open_vote(budget_round: Round) -> ResponseReturnValue:
    """Freeze the rulebook and let voters in."""
    outcome = actions.open_vote(db(), actor(), budget_round, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("De stemming is open. Het reglement ligt vast."), "ok")
    return redirect(url_for("wijkbudget.manage", slug=budget_round.slug), 303)


@blueprint.post("/wijkbudget/<slug:slug>/tellen")
@requires(Do.COUNT_ROUND, at=round_site)
def count(budget_round: Round) -> ResponseReturnValue:
    """Count the ballots of a closed round and divide the pot."""
    outcome = actions.count_round(db(), actor(), budget_round, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("De stemmen zijn geteld. De uitslag is nog niet openbaar."), "ok")
    return redirect(url_for("wijkbudget.result", slug=budget_round.slug), 303)


@blueprint.route("/wijkbudget/<slug:slug>/plannen/<int:number>/uitvoering", methods=["GET", "POST"])
@requires(Do.RECORD_EXECUTION, at=plan_site)
def execution(plan: Plan) -> ResponseReturnValue:
    """Write down promised steps, finished steps and payments of a plan."""
    line = db().scalar(allocation_line_of(plan.id))
    allocated = line.funded_cents if line is not None else 0
    early = may_carry_out(plan.round.status, allocated)
    if isinstance(early, Refused):
        return refusal_page(early)
    steps = db().scalars(milestones(plan.id)).all()
    forms = ExecutionForms.of(steps, now())
    outcome = carry_out(plan, steps, forms)
    if outcome is not None and not isinstance(outcome, Refused):
        flash(_("Het is opgeslagen."), "ok")
        return redirect(url_for("wijkbudget.plan", slug=plan.round.slug, number=plan.number), 303)
    page = render_template(
        "wijkbudget/execution.html",
        plan=plan,
        round=plan.round,
        forms_here=forms,
        allocated=allocated,
        paid=sum(payment.amount_cents for payment in db().scalars(payments(plan.id))),
    )
    status = 400 if request.method == "POST" else 200
    return page, status_of(outcome) if outcome is not None else status
