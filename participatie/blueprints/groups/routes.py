"""Which addresses are there for taking part in an idea, and for setting one of its tests aside with two people?"""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.actions import groups as actions
from participatie.actions.ideas.owning import may_judge_idea
from participatie.blueprints.groups.forms import (
    PROPOSE,
    YES,
    JoinForm,
    OpinionForm,
    ProposalForm,
    StandBesideForm,
    opinion_form,
    proposal_form,
    step_of,
)
from participatie.models.groups import Override
from participatie.models.ideas import Idea
from participatie.spelregels.ideas import Party, Test, Weight, is_waiting, may_join
from participatie.spelregels.overrides import OverrideState
from participatie.spelregels.permissions import Do
from participatie.spelregels.verdicts import Refused, Verdict, first_refusal
from participatie.web.access import requires
from participatie.web.clock import now
from participatie.web.login import account, actor
from participatie.web.refusals import refusal_page
from participatie.web.sites import idea_site
from participatie.web.transaction import db

blueprint = Blueprint("groups", __name__)


@blueprint.route("/ideeen/<int:idea_id>/meedoen", methods=["GET", "POST"])
@requires(Do.JOIN_IDEA, at=idea_site)
def join(idea: Idea) -> ResponseReturnValue:
    """Take part in an idea, as a resident or for an organisation."""
    verdict = _may_join(idea, Party.RESIDENT)
    if request.method == "GET" and isinstance(verdict, Refused):
        return refusal_page(verdict)
    form = JoinForm()
    if form.validate_on_submit():
        party = Party(form.party.data)
        organisation = form.organisation.data or "" if party is Party.ORGANISATION else ""
        joined = actions.join_idea(db(), account(), idea, party, organisation, form.offer.data or "", now())
        if not isinstance(joined, Refused):
            flash(_("U doet mee. Dank u wel."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(joined)
    return render_template("groups/join.html", form=form, idea=idea), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/namens-de-gemeente", methods=["GET", "POST"])
@requires(Do.STAND_BESIDE_IDEA, at=idea_site)
def stand_beside(idea: Idea) -> ResponseReturnValue:
    """Take part in an idea for the gemeente."""
    verdict = _may_join(idea, Party.GEMEENTE)
    if request.method == "GET" and isinstance(verdict, Refused):
        return refusal_page(verdict)
    form = StandBesideForm()
    if form.validate_on_submit():
        joined = actions.join_idea(db(), account(), idea, Party.GEMEENTE, "", form.offer.data or "", now())
        if not isinstance(joined, Refused):
            flash(_("U doet mee namens de gemeente."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(joined)
    return render_template("groups/stand_beside.html", form=form, idea=idea), form.http_status


@blueprint.route("/ideeen/<int:idea_id>/afwijken", methods=["GET", "POST"])
@requires(Do.OVERRIDE_TEST, at=idea_site)
def override(idea: Idea) -> ResponseReturnValue:
    """Propose to set a failed test aside, or say what one thinks of such a proposal."""
    verdict = first_refusal(is_waiting(idea.facts()), may_judge_idea(db(), idea, actor().account_id))
    if isinstance(verdict, Refused):
        return refusal_page(verdict)
    sent = request.form.get("stap", "")
    proposal = _proposal(idea, sent)
    opinions = _opinions(idea, sent)
    form: ProposalForm | OpinionForm | None
    if sent == PROPOSE:
        form = proposal
    else:
        form = next((form for test, form in opinions.items() if step_of(test) == sent), None)
    if form is not None and form.validate_on_submit():
        outcome = _done(idea, form, opinions)
        if not isinstance(outcome, Refused):
            flash(_("Uw reden staat bij het idee. Iedereen kan die lezen."), "ok")
            return redirect(url_for("ideas.detail", idea_id=idea.id), 303)
        form.refuse(outcome)
    page = render_template("groups/override.html", idea=idea, proposal=proposal, opinions=opinions)
    return page, form.http_status if form is not None else 400 if request.method == "POST" else 200


def _proposal(idea: Idea, sent: str) -> ProposalForm | None:
    # Whatever was sent is answered by the action, also what somebody else proposed a moment ago.
    rules, outcomes = idea.traject.ruleset(), idea.outcomes()
    proposed = {each.test for each in idea.overrides}
    hard = [test for test in Test if rules.weight(test) is Weight.HARD]
    tests = [test for test in hard if outcomes.get(test) is False and test not in proposed]
    if sent == PROPOSE:
        return proposal_form(hard, sent)
    return proposal_form(tests, sent) if tests else None


def _opinions(idea: Idea, sent: str) -> dict[Test, OpinionForm]:
    return {
        each.test: opinion_form(each.test, sent)
        for each in idea.overrides
        if step_of(each.test) == sent
        or (each.state() in (OverrideState.WAITS, OverrideState.DISPUTED) and actor().account_id not in each.involved())
    }


def _done(idea: Idea, form: ProposalForm | OpinionForm, opinions: Mapping[Test, OpinionForm]) -> Override | Refused:
    reason = form.reason.data or ""
    if isinstance(form, ProposalForm):
        return actions.propose_override(db(), actor(), idea, Test(form.test.data), reason, now())
    test = next(test for test, opinion in opinions.items() if opinion is form)
    return actions.give_opinion(db(), actor(), idea, test, reason, now(), agrees=form.agrees.data == YES)


def _may_join(idea: Idea, party: Party) -> Verdict:
    already = any(each.account_id == actor().account_id for each in idea.participants)
    # Which organisation it is for is asked in the form.
    return may_join(idea.facts(), party, "-", already=already, is_staff=party is Party.GEMEENTE)
