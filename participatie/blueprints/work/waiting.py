"""Which reports, first ideas and appeals wait for somebody at work?"""

from flask import url_for
from flask_babel import gettext as _

from participatie.actions.moderation import queue_of
from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, list_of
from participatie.models.moderation import ModerationItem
from participatie.spelregels.moderation import Waiting
from participatie.web.formats import moment
from participatie.web.transaction import db
from participatie.web.words import word


def waiting_of(desk: Desk) -> WorkList:
    """Return what this person can look at, in all their roles, what came first on top."""
    rows = [_row(item, late=item.due_at < desk.now) for item in queue_of(db(), desk.actor, desk.now)]
    return list_of("wachtrij", _("Wacht op een oordeel"), rows)


def _row(item: ModerationItem, *, late: bool) -> WorkRow:
    view = "moderation.judge_appeal" if item.kind is Waiting.APPEAL else "moderation.judge"
    return WorkRow(
        item.idea.title,
        url_for(view, idea_id=item.idea_id),
        word(item.kind),
        _("uiterlijk %(moment)s", moment=moment(item.due_at)),
        late=late,
        lang=item.idea.lang,
    )
