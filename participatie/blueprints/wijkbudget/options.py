"""Which addresses are there for the options of a choice: all of them with a new one, changing one, taking one away?"""

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import wijkbudget as actions
from participatie.blueprints.wijkbudget.managing import blueprint
from participatie.blueprints.wijkbudget.option_form import OptionForm
from participatie.models.wijkbudget import Plan, Round
from participatie.spelregels.permissions import Do
from participatie.spelregels.rulesets import may_choose_here
from participatie.spelregels.verdicts import Refused, first_refusal
from participatie.spelregels.wijkbudget import may_change_round
from participatie.web.access import Site, may_here, requires
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import plan_site, round_site
from participatie.web.transaction import db

#: The addresses of the other files of this blueprint, with those below added.
__all__ = ["blueprint"]


def choice_site(slug: str) -> Site:
    """A round in preparation in which residents will choose among options."""
    site = round_site(slug)
    _only_in_preparation(site.subject, site)
    return site


def option_site(slug: str, number: int) -> Site:
    """An option of such a round."""
    site = plan_site(slug, number)
    _only_in_preparation(site.subject.round, site)
    return site


def _only_in_preparation(budget_round: Round, site: Site) -> None:
    verdict = first_refusal(
        may_choose_here(budget_round.traject.ruleset()), may_change_round(budget_round.status)
    )  # fmt: skip
    # Whoever may not prepare a round hears that, and not how it stands.
    if isinstance(verdict, Refused) and may_here(Do.MANAGE_ROUND, site):
        abort(make_response(refusal_page(verdict)))


@blueprint.route("/wijkbudget/<slug:slug>/opties", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=choice_site)
def options(budget_round: Round) -> ResponseReturnValue:
    """Show the options of a round in preparation, and put one more on the ballot."""
    form = OptionForm()
    if form.validate_on_submit():
        outcome = actions.add_option(db(), actor(), budget_round, form.text(), now())
        if not isinstance(outcome, Refused):
            flash(_("De optie staat op het stembiljet."), "ok")
            return redirect(url_for("wijkbudget.options", slug=budget_round.slug), 303)
        form.refuse(outcome, form.name)
    return render_template("wijkbudget/options.html", round=budget_round, form=form), form.http_status


@blueprint.route("/wijkbudget/<slug:slug>/opties/<int:number>", methods=["GET", "POST"])
@requires(Do.MANAGE_ROUND, at=option_site)
def option(shown: Plan) -> ResponseReturnValue:
    """Change the texts of an option."""
    form = OptionForm(name=shown.name, description=shown.description, cost_text=shown.cost_text)
    if form.validate_on_submit():
        outcome = actions.change_option(db(), actor(), shown, form.text(), now())
        if not isinstance(outcome, Refused):
            flash(_("Het is opgeslagen."), "ok")
            return redirect(url_for("wijkbudget.options", slug=shown.round.slug), 303)
        form.refuse(outcome, form.name)
    return render_template("wijkbudget/option.html", round=shown.round, option=shown, form=form), form.http_status


@blueprint.post("/wijkbudget/<slug:slug>/opties/<int:number>/weghalen")
@requires(Do.MANAGE_ROUND, at=option_site)
def remove_option(shown: Plan) -> ResponseReturnValue:
    """Take an option off the ballot."""
    slug = shown.round.slug
    outcome = actions.remove_option(db(), actor(), shown, now())
    if isinstance(outcome, Refused):
        return refusal_page(outcome)
    flash(_("De optie is van het stembiljet gehaald."), "ok")
    return redirect(url_for("wijkbudget.options", slug=slug), 303)
