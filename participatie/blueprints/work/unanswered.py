"""What was not answered yet, and who has it?"""

from collections.abc import Callable, Mapping

from flask import url_for
from flask_babel import gettext as _

from participatie.actions.owing import Owed
from participatie.blueprints.work.rows import Desk, WorkList, WorkRow, until
from participatie.spelregels.answers import TURN_OF, Asked, Turn
from participatie.spelregels.permissions import Do, Role, may
from participatie.web.words import word

#: What the address says when only what is one's own is asked for.
MINE = "mij"

#: What each role sees beside what somebody was handed: the wijkmanager all of it, the college what it answers itself
#: and what ever went up to it, also when a colleague has it since.
SEES: Mapping[Role, Callable[[Owed], bool]] = {
    Role.WIJKMANAGER: lambda _owed: True,
    Role.COLLEGE: lambda owed: owed.asked is not Asked.IDEA or Turn.WETHOUDER in owed.told,
}


def unanswered(desk: Desk, role: Role) -> WorkList:
    """Return what waits for an answer in the areas of a role, what was due first on top, with who has it and for how long."""
    paths, me = tuple(desk.paths[role]), desk.actor.account_id
    there = [
        owed for owed in desk.owed
        if owed.traject.area.path.startswith(paths) and (SEES[role](owed) or _is_of(owed, me, role))
    ]  # fmt: skip
    shown = [owed for owed in there if _is_of(owed, me, role)] if desk.only_mine else there
    also = (
        (_("Bekijk ook wat collega's hebben"), url_for("work.overview")) if desk.only_mine
        else (_("Bekijk alleen wat van mij is"), url_for("work.overview", van=MINE))
    )  # fmt: skip
    return WorkList(
        "antwoorden", _("Nog niet beantwoord, oudste eerst"), len(shown),
        lambda start, number: [_row(desk, owed) for owed in shown[start : start + number]],
        also if there else None,
    )  # fmt: skip


def _is_of(owed: Owed, me: int | None, role: Role) -> bool:
    if owed.handed_over and owed.owner is not None and owed.owner.id == me:
        return True  # also once it went up: who took it over still has it to do
    if not owed.with_owner:
        return owed.turn is TURN_OF.get(role)
    return owed.owner is not None and owed.owner.id == me


def _row(desk: Desk, owed: Owed) -> WorkRow:
    has = word(owed.turn)
    if owed.owner is not None and owed.with_owner:
        has = owed.owner.name or has
    place = owed.traject.facts().place_at(desk.now)
    give = url_for("answers.give", asked=owed.asked, thing_id=owed.thing_id)
    return WorkRow(
        owed.title if owed.asked is Asked.IDEA else _("%(kind)s: %(title)s", kind=word(owed.asked), title=owed.title),
        _href(desk, owed),
        _("%(place)s, bij %(who)s", place=owed.place, who=has),
        until(owed.due_at, desk.now),
        owed.due_at <= desk.now,
        owed.lang,
        (_("draag %(title)s over", title=owed.title), give) if may(desk.actor, Do.HAND_OVER_ANSWER, place) else None,
    )


def _href(desk: Desk, owed: Owed) -> str:
    slug, place = owed.traject.slug, owed.traject.facts().place_at(desk.now)
    match owed.asked:
        case Asked.IDEA:
            return url_for("ideas.detail", idea_id=owed.thing_id)
        case Asked.DISPUTE if may(desk.actor, Do.ANSWER_DISPUTE, place):
            return url_for("disputes.reply", slug=slug, dispute_id=owed.thing_id)
        case Asked.DISPUTE:
            return url_for("disputes.overview", slug=slug)
        case Asked.PANEL if may(desk.actor, Do.ANSWER_ADVICE, place):
            return url_for("panel_work.answer_advice", slug=owed.slug)
        case Asked.PANEL:
            return url_for("panel_work.overview", slug=owed.slug)
        case Asked.ADVICE:
            return url_for("trajecten.detail", slug=slug)
