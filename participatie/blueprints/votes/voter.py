"""Who votes in this browser, and is it the moment? Otherwise: where to show the code, or why not now."""

from dataclasses import replace

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participatie.actions.votes import may_still_vote
from participatie.blueprints.votes.accounts import steps_of
from participatie.blueprints.votes.ballot import sheet_of
from participatie.blueprints.votes.fallen import revocation_here
from participatie.blueprints.votes.forms import CodeForm
from participatie.blueprints.votes.pages import refused_parts, wants_parts
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import may_vote_now
from participatie.web.access import Site
from participatie.web.account_voters import resident_of, voter_of
from participatie.web.clock import now
from participatie.web.refusals import refusal_page, sentence, status_of
from participatie.web.sites import voting_site
from participatie.web.transaction import db

#: Reasons for which another code is needed: the page with the ballot would be of no use.
CODE_FELL_AWAY = frozenset(
    {Refusal.CODE_REVOKED, Refusal.CODE_OF_REVOKED_BATCH, Refusal.CODE_USED_ELSEWHERE, Refusal.VOTING_CODE_WRONG}
)


def voter_site(slug: str) -> Site:
    """A round with a voter: the browser that showed a code. One that did not is sent to show it first.

    A code that fell away meanwhile is told at the first page that is asked; what is sent is judged by its action.
    """
    site = voting_site(slug)
    closed = not_now(site.subject)
    if closed is not None:
        abort(make_response(closed))
    selector = voter_of(site.subject)
    if selector is None:
        if wants_parts():
            missing = resident_of(site.subject) if site.subject.method().by_account else None
            why = missing if isinstance(missing, Refused) else refused(Refusal.VOTING_CODE_GONE)
            abort(make_response(refused_parts(why)))
        abort(make_response(redirect(url_for("votes.enter", slug=slug, opnieuw=1), 303)))
    if request.method == "GET":
        verdict = may_still_vote(db(), site.subject, selector)
        if isinstance(verdict, Refused):
            abort(make_response(other_code_page(site.subject, verdict)))
    return replace(site, is_voter=True)


def selector_of(budget_round: Round) -> str:
    """Return the selector of the voter; only views behind `voter_site` call this."""
    selector = voter_of(budget_round)
    if selector is None:
        abort(403)
    return selector


def enter_page(budget_round: Round, form: CodeForm) -> ResponseReturnValue:
    """Show what the vote is about and ask for a code, and tell how the vote of this browser stands, if it has one."""
    selector = voter_of(budget_round)
    revoked = revocation_here(budget_round, selector) if selector is not None and not form.is_submitted() else None
    if revoked is not None:
        return other_code_page(budget_round, revoked)
    return render_template(
        "votes/enter.html",
        round=budget_round,
        clock=budget_round.clock(),
        plans=len(budget_round.frozen_rulebook()["plans"]),
        form=form,
        sheet=sheet_of(budget_round, selector) if selector is not None else None,
        code_gone=selector is None and "opnieuw" in request.args and not budget_round.method().by_account,
        show_flashes=True,
        **steps_of(budget_round),
    ), form.http_status


def other_code_page(budget_round: Round, refusal: Refused) -> ResponseReturnValue:
    """Say that the code of this browser fell away, and ask for another one."""
    if budget_round.method().by_account:
        return refusal_page(refusal)
    form = CodeForm(formdata=None)
    form.refuse(refusal)
    page = render_template(
        "votes/enter.html",
        round=budget_round,
        clock=budget_round.clock(),
        plans=len(budget_round.frozen_rulebook()["plans"]),
        form=form,
        sheet=None,
        code_gone=False,
    )
    return page, status_of(refusal)


def not_now(budget_round: Round) -> ResponseReturnValue | None:
    """Return the page that says why one cannot vote here now and what one can do, or None when one can.

    Who was choosing hears that this choice came too late, and which vote counts.
    """
    verdict = may_vote_now(budget_round.clock(), now())
    if not isinstance(verdict, Refused):
        return None
    if wants_parts():
        return refused_parts(verdict)
    asks_only = request.method != "POST" and request.endpoint == "votes.enter"
    closed = now() >= budget_round.clock().closes_at
    selector = voter_of(budget_round) if budget_round.ballot_secret is not None else None
    if selector is not None and revocation_here(budget_round, selector) is not None:
        selector = None  # its ballot does not count; the page of one's own vote says why
    page = render_template(
        "votes/enter.html",
        round=budget_round,
        clock=budget_round.clock(),
        reason=sentence(verdict),
        closed=closed,
        too_late=closed and request.endpoint in ("votes.choose", "votes.check"),
        sheet=sheet_of(budget_round, selector) if closed and selector is not None else None,
        form=None,
    )
    return page, 200 if asks_only else status_of(verdict)
