"""Which addresses are there for a wijkbudget: the round, its plans, its rulebook, its result, and the carrying out?"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions.wijkbudget import count_holds, money_for
from participatie.blueprints.wijkbudget.execution import ExecutionForms, carry_out, parts_of
from participatie.blueprints.wijkbudget.explanations import explain, names_of
from participatie.blueprints.wijkbudget.former import former_counts
from participatie.blueprints.wijkbudget.near_misses import steps_of, without_money
from participatie.blueprints.wijkbudget.other_rules import learn_from
from participatie.blueprints.wijkbudget.pictures import picture_of
from participatie.blueprints.wijkbudget.rulebook import rulebook_of, spelregels_of
from participatie.models.besluiten import besluit_of_round
from participatie.models.votes import codes_by_buurt, proxies_in, revocations, seal_of
from participatie.models.wijkbudget import (
    VERSION_BY_ROUND,
    Plan,
    Round,
    allocation_line_of,
    allocation_lines,
    allocation_of,
    bundle_of,
    milestones,
    other_rules_of,
    plan_result,
    withdrawn_rulebook,
    withdrawn_rulebooks,
)
from participatie.spelregels.permissions import Do
from participatie.spelregels.turnout import NO_BUURT, Turnout, shown_turnout
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import may_vote_now
from participatie.spelregels.wijkbudget import RoundStatus, is_late, may_carry_out
from participatie.web.access import Audience, may_here, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.carried_out import carried_out
from participatie.web.clock import now, today
from participatie.web.maps import map_of_result
from participatie.web.paper import paper_sentences
from participatie.web.refusals import refusal_page, status_of
from participatie.web.sites import found, plan_site, round_site
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
        watches=budget_round.is_voted() and bool(may_here(Do.READ_ANOMALIES, site)),
        seal=db().scalar(seal_of(budget_round.id)),
        revocations=db().scalars(revocations(budget_round.id)).all(),
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
    allocation = db().scalar(allocation_of(shown.round_id)) if is_published else None
    allocated = money_for(db(), shown) if is_published else 0
    carried = carried_out(shown, allocated) if line is not None and line.funded_cents else None
    steps = db().scalars(milestones(shown.id)).all()
    if not allocated:
        carried = carried if carried and carried.is_anything(steps) else None
        steps = carried.steps_left(steps) if carried else []
    return render_template(
        "wijkbudget/plan.html",
        plan=shown,
        round=shown.round,
        line=line,
        besluit=db().scalar(besluit_of_round(shown.round_id)) if is_published else None,
        sentences=explain(line, shown.round, names_of(shown.round)) if line is not None else [],
        allocation=allocation,
        picture=picture_of(line, shown.round, allocation) if line is not None and allocation is not None else None,
        milestones=steps,
        late={step.id for step in steps if is_late(step.due_on, step.done_on, today())},
        allocated=allocated,
        parts=parts_of(shown, allocated, steps, today()),
        carried=carried,
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
    chooses = budget_round.chooses()
    missed = without_money(lines)
    shown = lines if chooses else [*missed.near, *(missed.others if missed.fits else ())]
    groups = [
        Turnout((buurt or NO_BUURT,), number, voted)
        for buurt, number, voted in db().execute(codes_by_buurt(budget_round.id))
    ]
    return render_template(
        "wijkbudget/result.html",
        round=budget_round,
        allocation=allocation,
        all_lines=lines,
        why={line.plan_id: explain(line, budget_round, names) for line in shown},
        funded=[line for line in lines if line.step is not None],
        missed=missed,
        steps=[] if chooses else steps_of((line for line in lines if line.step is not None), budget_round.pot_cents),
        withheld_cents=sum(line.funded_cents for line in lines if line.withheld_at is not None),
        names=names,
        voters=sum(group.codes for group in groups),
        turnout=shown_turnout(groups),
        proxies=db().scalar(proxies_in(budget_round.id)) or 0,
        map=map_of_result(budget_round, lines),
        besluit=db().scalar(besluit_of_round(budget_round.id)),
        paper=paper_sentences(budget_round),
        revocations=db().scalars(revocations(budget_round.id)).all(),
        is_over=True,
        is_outdated=not (is_published or count_holds(db(), budget_round)),
        former=former_counts(budget_round, allocation, names),
        bundle=db().scalar(bundle_of(budget_round.id)) if is_published else None,
        may_learn=is_published and allocation.has_other_rules,
    )


@blueprint.get("/wijkbudget/<slug:slug>/uitslag/zonder-geld")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def without(slug: str) -> ResponseReturnValue:
    """Show every plan without money and why, where there are too many for the page of the result."""
    budget_round: Round = round_site(slug).subject
    if budget_round.status is not RoundStatus.PUBLISHED or budget_round.chooses():
        abort(404)
    lines = [line for line in db().scalars(allocation_lines(budget_round.id)) if line.step is None]
    names = names_of(budget_round)
    return render_template(
        "wijkbudget/without.html",
        round=budget_round,
        lines=lines,
        why={line.plan_id: explain(line, budget_round, names) for line in lines},
    )


@blueprint.get("/wijkbudget/<slug:slug>/andere-regels")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def other_rules(slug: str) -> ResponseReturnValue:
    """Show what the same ballots give under other rules, to learn from: counted with the result, shown once that is public."""
    budget_round: Round = round_site(slug).subject
    kept = db().scalar(other_rules_of(budget_round.id))
    allocation = db().scalar(allocation_of(budget_round.id))
    if kept is None or allocation is None or budget_round.status is not RoundStatus.PUBLISHED:
        abort(404)
    learning = learn_from(kept.outcomes, budget_round, set(allocation.trace["funded"]))
    return render_template("wijkbudget/other_rules.html", round=budget_round, learning=learning)


@blueprint.get("/wijkbudget/<slug:slug>/reglement")
@open_to(Audience.EVERYONE)
@cached_by(VERSION_BY_ROUND)
def rulebook(slug: str) -> ResponseReturnValue:
    """Show all rules of a round in plain words, with the hash of the frozen document and of those that were withdrawn."""
    budget_round: Round = round_site(slug).subject
    rules = rulebook_of(budget_round)
    return render_template(
        "wijkbudget/rulebook.html",
        round=budget_round,
        rules=rules,
        spelregels=spelregels_of(budget_round, rules),
        withdrawn=db().scalars(withdrawn_rulebooks(budget_round.id)).all(),
    )


@blueprint.get("/wijkbudget/<slug:slug>/reglement.json")
@open_to(Audience.EVERYONE)
def rulebook_json(slug: str) -> ResponseReturnValue:
    """Give the frozen rulebook, byte for byte what its hash is of."""
    budget_round: Round = round_site(slug).subject
    if budget_round.rulebook is None:
        abort(404)
    return Response(budget_round.rulebook, mimetype="application/json")


@blueprint.get("/wijkbudget/<slug:slug>/ingetrokken-reglementen/<int:opening>")
@open_to(Audience.EVERYONE)
def withdrawn_json(slug: str, opening: int) -> ResponseReturnValue:
    """Give a rulebook of a vote that was done over, byte for byte what its hash is of."""
    budget_round: Round = round_site(slug).subject
    return Response(found(withdrawn_rulebook(budget_round.id, opening)).rulebook, mimetype="application/json")


@blueprint.route("/wijkbudget/<slug:slug>/plannen/<int:number>/uitvoering", methods=["GET", "POST"])
@requires(Do.RECORD_EXECUTION, at=plan_site)
def execution(plan: Plan) -> ResponseReturnValue:
    """Write down promised steps, steps that get another day, and finished steps of a plan."""
    allocated = money_for(db(), plan)
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
        has_result=db().scalar(plan_result(plan.id)) is not None,
    )
    status = 400 if request.method == "POST" else 200
    return page, status_of(outcome) if outcome is not None else status
