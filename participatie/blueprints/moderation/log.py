"""Which addresses are there for the public log of what was hidden? Without a name, a title or a text."""

from collections.abc import Iterator

from flask import render_template
from flask.typing import ResponseReturnValue

from participatie.blueprints.moderation.reporting import blueprint
from participatie.models.moderation import Hiding, count_public_hidings, count_waiting, public_hidings
from participatie.spelregels.moderation import Handled
from participatie.web.access import Audience, open_to
from participatie.web.clock import now
from participatie.web.downloads import download
from participatie.web.formats import AMSTERDAM
from participatie.web.paging import page_of
from participatie.web.spreadsheets import csv_of
from participatie.web.transaction import db

__all__ = ["blueprint"]

COLUMNS = ("datum", "huisregel", "gebied", "organisatie", "opnieuw gekeken", "uitkomst")


@blueprint.get("/moderatie/openbaar")
@open_to(Audience.EVERYONE)
def log() -> ResponseReturnValue:
    """Show everybody what was hidden, where, under which house rule and what came of it, and how much waits."""
    page = page_of(public_hidings(), count_public_hidings())
    return render_template(
        "moderation/log.html",
        page=page,
        outcomes={hiding.id: outcome_of(hiding) for hiding in page.rows},
        waiting=db().execute(count_waiting(now())).all(),
    )


@blueprint.get("/moderatie/openbaar.csv")
@open_to(Audience.EVERYONE)
def log_csv() -> ResponseReturnValue:
    """Give the same as a table."""
    return download(csv_of(COLUMNS, _rows()), "text/csv", "moderatie.csv")


def outcome_of(hiding: Hiding) -> Handled:
    """Return what became of it by now."""
    return Handled.HIDDEN if hiding.restored_at is None else Handled.RESTORED


def _rows() -> Iterator[tuple[str, ...]]:
    for hiding in db().scalars(public_hidings()):
        yield (
            hiding.hidden_at.astimezone(AMSTERDAM).date().isoformat(),
            str(hiding.house_rule),
            hiding.idea.traject.area.name,
            hiding.through.organisation.name if hiding.through is not None else "",
            "ja" if hiding.appeal is not None else "nee",
            str(outcome_of(hiding)),
        )
