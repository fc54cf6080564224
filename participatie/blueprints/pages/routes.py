"""Which addresses are there for the home page, the Spelregels page and the pages every site owes?"""

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from participatie.actions.duties import duties_of_all
from participatie.blueprints.pages.table import duty_rows, rights
from participatie.models.announcements import open_disputes
from participatie.models.audit import newest_audit_rows
from participatie.models.besluiten import published_besluiten
from participatie.models.ideas import unanswered_ideas
from participatie.models.trajecten import ALL_VERSIONS, Traject, public_trajecten, trajecten_in
from participatie.models.wijkbudget import rounds_in
from participatie.settings import Settings
from participatie.spelregels.duties import DutyState
from participatie.spelregels.permissions import Do, Role
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.access import Audience, open_to, requires
from participatie.web.caching import cached_by
from participatie.web.clock import now
from participatie.web.level_words import level_duties
from participatie.web.login import actor
from participatie.web.sites import gemeente_site
from participatie.web.transaction import db

blueprint = Blueprint("pages", __name__)

SHOWN_ON_HOME = 6
AUDIT_ROWS = 200
WORK_ROWS = 50


@blueprint.get("/")
@open_to(Audience.EVERYONE)
@cached_by(ALL_VERSIONS)
def home() -> ResponseReturnValue:
    """Show what residents can do now, and what was decided last."""
    return render_template(
        "pages/home.html",
        trajecten=db().scalars(public_trajecten().limit(SHOWN_ON_HOME)).all(),
        besluiten=db().scalars(published_besluiten().limit(3)).all(),
        now=now(),
    )


@blueprint.get("/spelregels")
@open_to(Audience.EVERYONE)
def spelregels() -> ResponseReturnValue:
    """Show the table that the software itself asks: who may do what, at which level and when."""
    return render_template("pages/spelregels.html", levels=level_duties(), duties=duty_rows(), rights=rights())


@blueprint.get("/toegankelijkheid")
@open_to(Audience.EVERYONE)
def accessibility() -> ResponseReturnValue:
    """Say how accessible this site is, and where to turn when it is not."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@open_to(Audience.EVERYONE)
def privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, and how votes stay secret."""
    return render_template("pages/privacy.html")


@blueprint.get("/over")
@open_to(Audience.EVERYONE)
def about() -> ResponseReturnValue:
    """Say what this site is and who is behind it."""
    return render_template("pages/about.html")


@blueprint.get("/werk")
@open_to(Audience.STAFF)
def work() -> ResponseReturnValue:
    """Show staff what waits for them: what the gemeente owes and is late with, then unanswered ideas, oldest on top."""
    visitor = actor()
    paths = {role: [grant.area_path for grant in visitor.grants if grant.role is role] for role in Role}
    manages = paths[Role.WIJKMANAGER]
    answers = manages or paths[Role.ASSESSOR]
    decides = paths[Role.COLLEGE]
    leads = [*manages, *decides]
    trajecten = db().scalars(trajecten_in(*leads).limit(WORK_ROWS)).all() if leads else []
    # A draft is there for its wijkmanager only.
    trajecten = [each for each in trajecten if each.status is not TrajectStatus.DRAFT or _is_mine(each, manages)]
    duties = duties_of_all(db(), trajecten, now()) if trajecten else {}
    late = [(each, [duty for duty in duties[each.id] if duty.state is DutyState.OVERDUE]) for each in trajecten]
    return render_template(
        "pages/work.html",
        ideas=db().scalars(unanswered_ideas(*answers).limit(WORK_ROWS)).all() if answers else [],
        rounds=db().scalars(rounds_in(*manages).limit(WORK_ROWS)).all() if manages else [],
        trajecten=trajecten,
        late=[(traject, overdue) for traject, overdue in late if overdue],
        disputes=db().scalars(open_disputes(*decides).limit(WORK_ROWS)).all() if decides else [],
        manages=bool(manages),
        moderates=bool(paths[Role.MODERATOR]),
        decides=bool(decides),
        reads_audit=bool(paths[Role.RAAD] or paths[Role.COLLEGE]),
        now=now(),
    )


def _is_mine(traject: Traject, paths: Sequence[str]) -> bool:
    return any(traject.area.path.startswith(path) for path in paths)


@blueprint.get("/logboek")
@requires(Do.READ_AUDIT, at=gemeente_site)
def audit(_gemeente: object) -> ResponseReturnValue:
    """Show the council the last acts: who did what, when."""
    return render_template("pages/audit.html", rows=db().scalars(newest_audit_rows(AUDIT_ROWS)).all())


@blueprint.get("/.well-known/security.txt")
@open_to(Audience.EVERYONE)
def security_txt() -> ResponseReturnValue:
    """Say where to report a weakness (RFC 9116). It expires, so that it is looked at every year."""
    settings: Settings = current_app.extensions["participatie.settings"]
    year = now().year + 1
    lines = (
        f"Contact: mailto:{settings.mail_from}",
        f"Expires: {year}-01-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
