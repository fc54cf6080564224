"""Which promises wait for somebody at work: late, silent for too long, or to be kept? And which steps of plans are late?"""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of
from participatie.models.late_steps import late_steps_in
from participatie.models.promises import Promise, open_promises_in
from participatie.spelregels.permissions import Role
from participatie.spelregels.promises import is_to_warn, silent_days
from participatie.web.clock import today
from participatie.web.formats import day
from participatie.web.transaction import db

#: There are never that many promises to be kept in one area.
LOOKED_AT = 200


def promises_for(desk: Desk, role: Role) -> WorkList:
    """Return the promises to be kept where this person holds the role, the first day on top."""
    found = db().scalars(open_promises_in(*desk.paths[role]).limit(LOOKED_AT)).all()
    return list_of("toezeggingen", _("Toezeggingen"), _rows(desk, found))


def steps_for(desk: Desk, role: Role) -> WorkList:
    """Return the steps of plans that are late where this person holds the role, the first day on top."""
    found = db().execute(late_steps_in(today(), *desk.paths[role]).limit(LOOKED_AT)).all()
    rows = [
        WorkRow(
            step.title, url_for("wijkbudget.execution", slug=plan.round.slug, number=plan.number), plan.name,
            _("Beloofd voor %(day)s.", day=day(step.due_on)), late=True, lang="nl",
        )
        for step, plan in found
    ]  # fmt: skip
    return list_of("stappen", _("Stappen van plannen die te laat zijn"), rows)


def _rows(desk: Desk, promises: Sequence[Promise]) -> list[WorkRow]:
    rows = []
    for each in promises:
        silent = silent_days(each.news_at, desk.now)
        is_silent = is_to_warn(each.news_at, each.kept_on, each.limit_days(), desk.now)
        mark = _("Beloofd voor %(day)s.", day=day(each.due_on))
        if is_silent:
            mark = ngettext("al %(num)d dag geen nieuws", "al %(num)d dagen geen nieuws", silent)
        rows.append(
            WorkRow(
                each.text,
                url_for("promises.progress", promise_id=each.id),
                each.traject.title if each.traject is not None else each.area.name,
                str(mark),
                late=is_silent or each.due_on < today(),
                lang="nl",
            )
        )
    return rows
