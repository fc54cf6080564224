"""What waits for somebody who works on ballots on paper?"""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of
from participatie.models.votes import stacks_at_work
from participatie.models.work import unfinished_rounds
from participatie.spelregels.permissions import Role
from participatie.spelregels.residence import may_use_letters
from participatie.spelregels.wijkbudget import RoundStatus
from participatie.web.transaction import db

LOOKED_AT = 200  # stacks and rounds; there are never that many at once


def paper_of(desk: Desk, role: Role) -> WorkList:
    """Return the stacks with something to do for this person, and the open rounds in which a stack can come in."""
    paths, manages = desk.paths[role], role is Role.WIJKMANAGER
    stacks = db().execute(stacks_at_work(desk.actor.account_id, *paths).limit(LOOKED_AT)).all()
    # A wijkmanager finds the open rounds in a list of their own.
    rounds = [] if manages else db().scalars(unfinished_rounds(*paths).limit(LOOKED_AT)).all()
    rows = [
        WorkRow(
            row.PaperStack.label,
            url_for("paper.stack", slug=row.Round.slug, stack_id=row.PaperStack.id),
            row.Round.title,
            "; ".join(marks),
        )
        for row in stacks
        if (marks := _to_do(desk, row, manages=manages))
    ]
    rows += [
        WorkRow(
            each.title,
            url_for("paper.overview", slug=each.slug),
            each.traject.title,
            _("hier schrijft u nieuwe stapels op"),
        )
        for each in rounds
        if each.status is RoundStatus.OPEN and each.is_voted() and may_use_letters(each.method())
    ]
    return list_of("papier", _("Stemmen op papier"), rows)


def _to_do(desk: Desk, row: Any, *, manages: bool) -> Sequence[str]:
    """Say what this person can do with a stack: the second entry of a sheet is for who did not do the first."""
    stack, marks = row.PaperStack, []
    if untouched := stack.sheets - row.begun:
        marks.append(ngettext("%(num)d vel in te voeren", "%(num)d vellen in te voeren", untouched))
    if second := row.once - row.once_by_me:
        marks.append(
            ngettext(
                "%(num)d vel voor de tweede keer in te voeren",
                "%(num)d vellen voor de tweede keer in te voeren",
                second,
            )
        )
    if differ := row.differ if manages else row.differ_by_me:
        marks.append(ngettext("%(num)d verschil op te lossen", "%(num)d verschillen op te lossen", differ))
    if manages and stack.signed_by_id is None and stack.counted_by_id != desk.actor.account_id:
        marks.append(_("aantal te tekenen"))
    return marks
