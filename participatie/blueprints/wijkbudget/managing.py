"""Which addresses are there for whoever runs a wijkbudget: prepare, change, codes, open, do over, count, award?"""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import wijkbudget as actions
from participatie.blueprints.wijkbudget.forms import RestartForm, RoundForm
from participatie.blueprints.wijkbudget.routes import blueprint
from participatie.blueprints.wijkbudget.rule_fields import counting_of
from participatie.blueprints.wijkbudget.rulebook import rulebook_of, what_is_needed
from participatie.models.trajecten import Traject
from participatie.models.votes import voters_on_roll
from participatie.models.wijkbudget import Round, round_of_traject
from participatie.spelregels.permissions import Do
from participatie.spelregels.rulesets import may_choose_here, may_vote_here
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.wijkbudget import may_change_round, may_restart
from participatie.web.access import may_here, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import round_site, site_of, traject_site, voted_round_site
from participatie.web.transaction import db
from participatie.web.words import LEFTOVERS, RULES

#: The addresses of routes.py, with those below added.
__all__ = ["blueprint"]


@blueprint.get("/wijkbudget/<slug:slug>/beheer")
@requires(Do.MANAGE_ROUND, at=round_site)
def manage(budget_round: Round) -> ResponseReturnValue:
    """Show a round to its wijkmanager: where it stands, what is missing, and the next step."""
    voters = db().scalar(voters_on_roll(budget_round.id)) or 0
    site = site_of(budget_round)
    return render_template(
        "wijkbudget/manage.html",
        round=budget_round,
        clock=budget_round.clock(),
        rules=rulebook_of(budget_round),
        voters=voters,
        needs=what_is_needed(budget_round, voters, now()),
        is_over=now() >= budget_round.clock().closes_at,
        decides=bool(may_here(Do.PUBLISH_BESLUIT, site)),
        restarts=bool(may_here(Do.RESTART_VOTE, site)),
    )


@blueprint.route("/trajecten/<slug:slug>/wijkbudget/nieuw", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=traject_site)
def prepare(traject: Traject) -> ResponseReturnValue:
    """Make a round for a traject; a traject has one, and one that is closed or without money or options gets none."""
    existing = db().scalar(round_of_traject(traject.id))
    if existing is not None:
        return redirect(url_for("wijkbudget.manage", slug=existing.slug), 303)
    early = actions.may_prepare_round(traject)
    if isinstance(early, Refused):
        return refusal_page(early, url_for("trajecten.detail", slug=traject.slug))
    rules = traject.ruleset()
    form = RoundForm(title=traject.title, slug=traject.slug)
    form.keep_to(rules)
    if form.validate_on_submit():
        outcome = actions.prepare_round(db(), actor(), traject, form.data["slug"], form.terms(rules), now())
        if not isinstance(outcome, Refused):
            return redirect(url_for("wijkbudget.manage", slug=outcome.slug), 303)
        form.refuse(outcome)
    return render_template(
        "wijkbudget/prepare.html", traject=traject, form=form, **_promised(traject)
    ), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/bewerken", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=round_site)
def change(budget_round: Round) -> ResponseReturnValue:
    """Change a round that is not open."""
    early = may_change_round(budget_round.status)
    if isinstance(early, Refused):
        return refusal_page(early)
    traject = budget_round.traject
    form = RoundForm(
        title=budget_round.title,
        pot=budget_round.pot_cents,
        ballot_kind=budget_round.ballot_kind.value,
        min_choices=budget_round.min_choices,
        max_choices=budget_round.max_choices,
        min_per_category=budget_round.min_per_category,
        max_per_category=budget_round.max_per_category,
        points_total=budget_round.points_total,
        points_per_plan=budget_round.points_per_plan,
        rule=budget_round.rule,
        leftover=budget_round.leftover,
        seats=budget_round.seats,
        voting_method=budget_round.voting_method.value,
        **counting_of(budget_round),
    )
    form.keep_to(traject.ruleset())
    del form.slug
    if form.validate_on_submit():
        outcome = actions.change_round(db(), actor(), budget_round, form.terms(traject.ruleset()), now())
        if not isinstance(outcome, Refused):
            flash(_("Het is opgeslagen."), "ok")
            return redirect(url_for("wijkbudget.manage", slug=budget_round.slug), 303)
        form.refuse(outcome)
    return render_template(
        "wijkbudget/change.html", round=budget_round, form=form, **_promised(traject)
    ), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/openen")
@requires(Do.OPEN_VOTE, at=voted_round_site)
def open_vote(budget_round: Round) -> ResponseReturnValue:
    """Freeze the rulebook and let voters in."""
    outcome = actions.open_vote(db(), actor(), budget_round, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(
        _("De peiling is open. Het reglement ligt vast.")
        if outcome.is_advice()
        else _("De stemming is open. Het reglement ligt vast."),
        "ok",
    )
    return redirect(url_for("wijkbudget.manage", slug=budget_round.slug), 303)


@blueprint.route("/wijkbudget/<slug:slug>/opnieuw", methods=["GET", "POST"])
@requires(Do.RESTART_VOTE, at=voted_round_site)
def restart(budget_round: Round) -> ResponseReturnValue:
    """Do a vote over: say what happens, ask why, and take the rulebook back in public."""
    early = may_restart(budget_round.status, "-")
    if isinstance(early, Refused):
        return refusal_page(early)
    form = RestartForm()
    if form.validate_on_submit():
        outcome = actions.restart_vote(db(), actor(), budget_round, form.data["reason"], now())
        if not isinstance(outcome, Refused):
            flash(_("De stemming is teruggedraaid. Pas de regels aan en open de stemming opnieuw."), "ok")
            return redirect(url_for("wijkbudget.manage", slug=budget_round.slug), 303)
        form.refuse(outcome)
    return render_template("wijkbudget/restart.html", round=budget_round, form=form), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/tellen")
@requires(Do.COUNT_ROUND, at=voted_round_site)
def count(budget_round: Round) -> ResponseReturnValue:
    """Count the ballots of a closed round and divide the pot."""
    outcome = actions.count_round(db(), actor(), budget_round, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("De stemmen zijn geteld. De uitslag is nog niet openbaar."), "ok")
    return redirect(url_for("wijkbudget.result", slug=budget_round.slug), 303)


@blueprint.post("/wijkbudget/<slug:slug>/toekennen")
@requires(Do.AWARD_MONEY, at=round_site)
def award(budget_round: Round) -> ResponseReturnValue:
    """Give every admitted plan its money, where nobody votes."""
    outcome = actions.award_money(db(), actor(), budget_round, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("Het geld is toegekend. Dat wordt openbaar met het besluit."), "ok")
    return redirect(url_for("wijkbudget.result", slug=budget_round.slug), 303)


def _promised(traject: Traject) -> dict[str, Any]:
    rules = traject.ruleset()
    return {
        "promised": rules,
        "is_voted": bool(may_vote_here(rules)),
        "chooses": bool(may_choose_here(rules)),
        "words_of_rule": RULES[rules.rule] if rules.rule else "",
        "words_of_leftover": LEFTOVERS[rules.leftover] if rules.leftover else "",
    }
