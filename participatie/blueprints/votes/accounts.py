"""How does somebody vote here who is logged in, and what do they still have to do?"""

from typing import Any

from participatie.actions import votes as actions
from participatie.models.wijkbudget import Round
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import Choices
from participatie.web.account_voters import resident_of, voter_of
from participatie.web.clock import now
from participatie.web.installation import settings
from participatie.web.refusals import sentence
from participatie.web.transaction import db


def steps_of(budget_round: Round) -> dict[str, Any]:
    """Return for the page of a round what a voter with an account still has to do; nothing where letters vote."""
    if not budget_round.method().by_account:
        return {"by_account": False}
    standing = resident_of(budget_round)
    refusal = standing if isinstance(standing, Refused) else None
    logs_in = refusal is not None and refusal.code is Refusal.LOG_IN_FIRST
    return {
        "by_account": True,
        "missing": sentence(refusal) if refusal is not None else None,
        "step": "log-in" if logs_in else "live",
        "service": settings().oidc,
    }


def cast_here(budget_round: Round, choices: Choices, **more: Any) -> actions.CastBallot | Refused:
    """Cast the ballot of the voter in this browser: of a code, or of whoever is logged in. `more` goes to the action."""
    if budget_round.method().by_account:
        residence = resident_of(budget_round)
        if isinstance(residence, Refused):
            return residence
        return actions.cast_by_account(db(), budget_round, residence, choices, now(), **more)
    return actions.cast_ballot(db(), budget_round, voter_of(budget_round) or "", choices, now(), **more)
