"""Was the code of this browser revoked? Then a ballot that was cast with it counts no more, and the voter reads why."""

from flask import render_template
from flask.typing import ResponseReturnValue

from participatie.actions.votes import may_still_vote
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import may_vote_now
from participatie.web.clock import now
from participatie.web.refusals import sentence
from participatie.web.transaction import db

REVOKED = frozenset({Refusal.CODE_REVOKED, Refusal.CODE_OF_REVOKED_BATCH})


def revocation_here(budget_round: Round, selector: str) -> Refused | None:
    """Return why the code was revoked, or None when it was not."""
    verdict = may_still_vote(db(), budget_round, selector)
    return verdict if isinstance(verdict, Refused) and verdict.code in REVOKED else None


def revoked_page(budget_round: Round, refusal: Refused) -> ResponseReturnValue:
    """Say that a vote with this code does not count, and why; also after the close."""
    return render_template(
        "votes/_revoked.html",
        round=budget_round,
        why=sentence(refusal),
        is_open=bool(may_vote_now(budget_round.clock(), now())),
    )
