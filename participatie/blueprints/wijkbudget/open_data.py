"""Which addresses are there for whoever wants to check a result: the receipts, and the ballots to count again?

Both are there once the result is published, and hold nothing that says who voted or when.
"""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from participatie.actions.wijkbudget import election_of
from participatie.allocation.pabulib import write_pabulib
from participatie.blueprints.wijkbudget.options import blueprint
from participatie.models.votes import grouped_ballots, receipts_of
from participatie.models.wijkbudget import Round, allocation_lines
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.access import Audience, open_to
from participatie.web.sites import round_site
from participatie.web.transaction import db

#: The addresses of routes.py and managing.py, with those below added.
__all__ = ["blueprint"]


@blueprint.get("/wijkbudget/<slug:slug>/bewijzen.txt")
@open_to(Audience.EVERYONE)
def receipts(slug: str) -> ResponseReturnValue:
    """Give the receipts of all counted ballots, sorted, one a line."""
    listed = sorted(db().scalars(receipts_of(_published(slug).id)))
    return Response("".join(f"{receipt}\n" for receipt in listed), mimetype="text/plain")


@blueprint.get("/wijkbudget/<slug:slug>/stemmen.pb")
@open_to(Audience.EVERYONE)
def ballots(slug: str) -> ResponseReturnValue:
    """Give the rules, the plans and the ballots as a Pabulib file: `participatie allocate` counts it again."""
    budget_round = _published(slug)
    grouped = [(choices, count) for choices, count in db().execute(grouped_ballots(budget_round.id))]
    lines = db().scalars(allocation_lines(budget_round.id))
    election = election_of(budget_round, grouped, {line.plan.reference for line in lines if line.step is not None})
    response = Response(write_pabulib(election), mimetype="text/plain")
    response.headers["Content-Disposition"] = f"attachment; filename={election.name}"
    return response


def _published(slug: str) -> Round:
    budget_round: Round = round_site(slug).subject
    if budget_round.status is not RoundStatus.PUBLISHED:
        abort(404)
    return budget_round
