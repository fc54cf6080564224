"""Who votes in this browser, and is it the moment? Otherwise: where to show the code, or why not now."""

from dataclasses import replace

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participatie.blueprints.votes.ballot import ONLINE
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refused
from participatie.spelregels.votes import may_vote_now
from participatie.web.access import Site
from participatie.web.clock import now
from participatie.web.refusals import sentence, status_of
from participatie.web.sites import voting_site
from participatie.web.voters import voter_here


def voter_site(slug: str) -> Site:
    """A round with a voter: the browser that showed a code. One that did not is sent to show it first."""
    site = voting_site(slug)
    closed = not_now(site.subject)
    if closed is not None:
        abort(make_response(closed))
    if voter_here(site.subject.id) is None:
        abort(make_response(redirect(url_for("votes.enter", slug=slug), 303)))
    return replace(site, is_voter=True)


def selector_of(budget_round: Round) -> str:
    """Return the selector of the voter; only views behind `voter_site` call this."""
    selector = voter_here(budget_round.id)
    if selector is None:
        abort(403)
    return selector


def not_now(budget_round: Round) -> ResponseReturnValue | None:
    """Return the page that says why one cannot vote here now and what one can do, or None when one can."""
    verdict = may_vote_now(budget_round.clock(), now())
    refusal = verdict if isinstance(verdict, Refused) else None
    if refusal is None and budget_round.ballot_kind in ONLINE:
        return None
    asks_only = request.method != "POST" and request.endpoint == "votes.enter"
    page = render_template(
        "votes/enter.html",
        round=budget_round,
        clock=budget_round.clock(),
        reason=sentence(refusal) if refusal is not None else None,
        closed=now() >= budget_round.clock().closes_at,
        form=None,
    )
    return page, 200 if asks_only else status_of(refusal) if refusal is not None else 403
