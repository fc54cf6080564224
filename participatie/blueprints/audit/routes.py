"""Which address is there for the log?"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from participatie.blueprints.audit.words import lines_of
from participatie.models.audit import newest_audit_rows
from participatie.spelregels.permissions import Do
from participatie.web.access import requires
from participatie.web.sites import gemeente_site
from participatie.web.transaction import db

blueprint = Blueprint("audit", __name__)

ROWS = 200


@blueprint.get("/logboek")
@requires(Do.READ_AUDIT, at=gemeente_site)
def overview(_gemeente: object) -> ResponseReturnValue:
    """Show the council the last acts: who did what, when, about what."""
    return render_template("audit/overview.html", lines=lines_of(db().scalars(newest_audit_rows(ROWS)).all()))
