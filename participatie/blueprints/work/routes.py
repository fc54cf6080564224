"""Which address is there for the work list of staff?"""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from participatie.actions.duties import duties_of_all
from participatie.actions.owing import owed_in
from participatie.blueprints.work.gemeente import of_assessor, of_college, of_wijkmanager
from participatie.blueprints.work.neighbours import of_helper, of_moderator
from participatie.blueprints.work.rows import Desk, WorkList
from participatie.blueprints.work.unanswered import MINE, SEES
from participatie.blueprints.work.watching import of_beheerder, of_raad
from participatie.models.work import unfinished_trajecten
from participatie.spelregels.permissions import Do, Role, may
from participatie.spelregels.trajecten import TrajectStatus
from participatie.web.access import Audience, may_here, open_to
from participatie.web.clock import now
from participatie.web.login import actor
from participatie.web.paging import part_of
from participatie.web.sites import gemeente_site
from participatie.web.transaction import db

blueprint = Blueprint("work", __name__)

SHOWN = 20
#: So many unfinished trajecten are looked at, the newest.
LOOKED_AT = 200

LISTS: Mapping[Role, Callable[[Desk], list[WorkList]]] = {
    Role.WIJKMANAGER: of_wijkmanager,
    Role.ASSESSOR: of_assessor,
    Role.MODERATOR: of_moderator,
    Role.COLLEGE: of_college,
    Role.RAAD: of_raad,
    Role.HELPER: of_helper,
    Role.BEHEERDER: of_beheerder,
}


@blueprint.get("/werk")
@open_to(Audience.STAFF)
def overview() -> ResponseReturnValue:
    """Show staff what waits for them, role by role, most urgent first; or one list whole, by `?rol=…&lijst=…`."""
    visitor = actor()
    held = [role for role in LISTS if any(grant.role is role for grant in visitor.grants)]
    asked_role, asked_list = request.args.get("rol"), request.args.get("lijst")
    if asked_list is not None:
        held = [role for role in held if role.name.lower() == asked_role] or abort(404)
    desk = _desk_of(held)
    lists = {role: LISTS[role](desk) for role in held}
    whole = None
    if asked_list is not None:
        chosen = next((each for each in lists[held[0]] if each.key == asked_list), None) or abort(404)
        whole = part_of(chosen.total, chosen.part)
        lists = {held[0]: [chosen]}
    gemeente = gemeente_site()
    return render_template(
        "work/overview.html",
        lists={role: [each for each in found if each.total or each.also] for role, found in lists.items()},
        shown=SHOWN,
        whole=whole,
        chosen=lists[held[0]][0] if whole else None,
        moderates=Role.MODERATOR in held,
        manages=Role.WIJKMANAGER in held,
        reads_audit=bool(may_here(Do.READ_AUDIT, gemeente)),
    )


def _desk_of(held: list[Role]) -> Desk:
    """Return the desk for some roles, with what the gemeente owes in the trajecten there."""
    visitor, at = actor(), now()
    paths = {role: [grant.area_path for grant in visitor.grants if grant.role is role] for role in held}
    everywhere = {path for role in held for path in paths[role]}
    found = db().scalars(unfinished_trajecten(*everywhere).limit(LOOKED_AT)).all()
    # A draft is there for its wijkmanager only.
    trajecten = [
        each for each in found
        if each.status is TrajectStatus.OPEN or may(visitor, Do.MANAGE_TRAJECT, each.facts().place_at(at))
    ]  # fmt: skip
    answering = {path for role in held if role in SEES for path in paths[role]}
    return Desk(
        visitor, at, paths, trajecten, duties_of_all(db(), trajecten, at) if trajecten else {},
        owed_in(db(), at, *answering) if answering else (), request.args.get("van") == MINE,
    )  # fmt: skip
