"""Which addresses are there for the money of an area: a table that adds up, and the same as open data?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from participatie.blueprints.ledger.results import blueprint
from participatie.models.wijken import area_by_id
from participatie.web.access import Audience, open_to
from participatie.web.area_money import money_of, totals_of, withheld_from
from participatie.web.downloads import download
from participatie.web.sites import found
from participatie.web.spreadsheets import csv_of

__all__ = ["blueprint"]

COLUMNS = (
    "wijkbudget", "nummer", "plan", "munt", "toegekend", "afgesproken", "betaald", "teruggegeven", "nog vrij",
    "afgerekend",
)  # fmt: skip


@blueprint.get("/wijken/<int:area_id>/kasboek")
@open_to(Audience.EVERYONE)
def of_area(area_id: int) -> ResponseReturnValue:
    """Show what became of the money of every plan in an area, and which plans that residents chose do not go ahead."""
    area = found(area_by_id(area_id))
    return render_template(
        "ledger/of_area.html",
        area=area,
        plans=money_of(area),
        totals=totals_of(area),
        withheld=withheld_from(area),
    )


@blueprint.get("/wijken/<int:area_id>/kasboek.csv")
@open_to(Audience.EVERYONE)
def of_area_csv(area_id: int) -> ResponseReturnValue:
    """Give the same as a table. Amounts in whole units of the currency, with two decimals."""
    area = found(area_by_id(area_id))
    rows = [
        (
            each.round.slug, each.plan.number, each.plan.name, each.round.currency,
            *map(_amount, (each.sums.allocated, each.sums.committed, each.sums.paid, each.sums.returned, each.sums.free)),
            "ja" if each.is_settled else "nee",
        )
        for each in money_of(area)
    ]  # fmt: skip
    return download(csv_of(COLUMNS, rows), "text/csv", f"kasboek-{area.id}.csv")


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
