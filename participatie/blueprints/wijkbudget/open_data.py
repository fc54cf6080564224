"""Which addresses are there for whoever wants to check a result: the receipts, the ballots to count again, and tables of both?

All are there once the result is published, and hold nothing that says who voted, when, or how it came in.
"""

import json

from flask import Response, abort
from flask.typing import ResponseReturnValue

from participatie.actions.wijkbudget import pabulib_text_of
from participatie.blueprints.wijkbudget.explanations import explain, names_of
from participatie.blueprints.wijkbudget.options import blueprint
from participatie.models.besluiten import besluit_of_round
from participatie.models.votes import grouped_ballots, receipts_of
from participatie.models.wijkbudget import Round, allocation_lines
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.verification.hashes import in_order
from participatie.web.access import Audience, open_to
from participatie.web.downloads import download
from participatie.web.sites import round_site
from participatie.web.spreadsheets import csv_of
from participatie.web.transaction import db

#: The addresses of routes.py and managing.py, with those below added.
__all__ = ["blueprint"]

PLAN_COLUMNS = ("nummer", "plan", "categorie", "kosten", "stemmen", "score", "volgorde", "kreeg", "gaat door", "uitleg")


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
    return download(pabulib_text_of(db(), budget_round), "text/plain", f"{budget_round.slug}.pb")


@blueprint.get("/wijkbudget/<slug:slug>/stemmen.csv")
@open_to(Audience.EVERYONE)
def ballots_csv(slug: str) -> ResponseReturnValue:
    """Give the ballots as a table: one a row, in the order of their hash, with the numbers of the plans or number:points."""
    budget_round = _published(slug)
    grouped = in_order((choices, count) for choices, count in db().execute(grouped_ballots(budget_round.id)))
    rows = (row for choices, count in grouped for row in [(_as_cell(choices),)] * count)
    return download(csv_of(("plannen",), rows), "text/csv", f"stemmen-{budget_round.slug}.csv")


@blueprint.get("/wijkbudget/<slug:slug>/plannen.csv")
@open_to(Audience.EVERYONE)
def plans_csv(slug: str) -> ResponseReturnValue:
    """Give the plans with what became of them as a table. Amounts in whole units of the currency, with two decimals."""
    budget_round = _published(slug)
    names, goes_ahead = names_of(budget_round), _chosen_goes_ahead(budget_round)
    rows = [
        (
            line.plan.number, line.plan.name, line.plan.category, _amount(line.plan.cost_cents), line.votes, line.score,
            line.step or "", _amount(line.funded_cents), "nee" if line.withheld_at else "ja" if line.step and goes_ahead else "",
            " ".join(explain(line, budget_round, names)),
        )
        for line in db().scalars(allocation_lines(budget_round.id))
    ]  # fmt: skip
    return download(csv_of(PLAN_COLUMNS, rows), "text/csv", f"plannen-{budget_round.slug}.csv")


def _chosen_goes_ahead(budget_round: Round) -> bool:
    """Tell whether it is certain that what was chosen goes ahead: it binds, or the advice is followed as it was given.

    A besluit of before it named plans deviates without saying from which.
    """
    besluit = db().scalar(besluit_of_round(budget_round.id))
    if besluit is None or (besluit.deviation_ground is not None and not besluit.withheld_plans):
        return False
    return not budget_round.is_advice() or besluit.advice_use is AdviceUse.FOLLOWED


def _as_cell(choices: str) -> str:
    read = json.loads(choices)
    return " ".join(str(entry) if isinstance(entry, int) else f"{entry[0]}:{entry[1]}" for entry in read)


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _published(slug: str) -> Round:
    budget_round: Round = round_site(slug).subject
    if budget_round.status is not RoundStatus.PUBLISHED:
        abort(404)
    return budget_round
