"""What is a line of a work list, and a list of them?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participatie.actions.owing import JUST_BEFORE, Owed
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.work import ideas_at_work
from participatie.spelregels.duties import Obligation
from participatie.spelregels.permissions import Actor, Role
from participatie.web.formats import AMSTERDAM, last_day
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do. `text` was written in `lang` (None: ours); `mark` says until when or how it stands.

    `more` is a second link: text and address.
    """

    text: str
    href: str
    about: str = ""
    mark: str = ""
    late: bool = False
    lang: str | None = None
    more: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list under its own heading. `part` gives its rows from a place, so many; `key` is its word in the address.

    `also` is a link under the heading: text and address.
    """

    key: str
    title: str
    total: int
    part: Callable[[int, int], Sequence[WorkRow]]
    also: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at work now: where they hold each role, and the unfinished trajecten there with what is owed.

    `owed` is what waits for an answer there, what was due first on top; `only_mine` leaves out what others have.
    """

    actor: Actor
    now: datetime
    paths: Mapping[Role, Sequence[str]]
    trajecten: Sequence[Traject]
    duties: Mapping[int, Sequence[Obligation]]
    owed: Sequence[Owed] = ()
    only_mine: bool = False

    def trajecten_as(self, role: Role) -> list[Traject]:
        """Return the unfinished trajecten in the areas of a role."""
        return [each for each in self.trajecten if each.area.path.startswith(tuple(self.paths[role]))]


def list_of(key: str, title: str, rows: Sequence[WorkRow]) -> WorkList:
    """Return a list of which all rows are known."""
    return WorkList(key, title, len(rows), lambda start, number: rows[start : start + number])


def list_of_ideas(key: str, title: str, due: Sequence[tuple[int, datetime]], now: datetime) -> WorkList:
    """Return a list of ideas by number, each with the moment on which its answer is due, in that order."""
    in_order = sorted(due, key=lambda each: (each[1], each[0]))

    def part(start: int, number: int) -> Sequence[WorkRow]:
        shown = in_order[start : start + number]
        ideas: dict[int, Idea] = {
            idea.id: idea for idea in db().scalars(ideas_at_work([idea_id for idea_id, _due in shown]))
        }
        return [_idea_row(ideas[idea_id], due_at, now) for idea_id, due_at in shown if idea_id in ideas]

    return WorkList(key, title, len(in_order), part)


def _idea_row(idea: Idea, due_at: datetime, now: datetime) -> WorkRow:
    return WorkRow(
        idea.title,
        url_for("ideas.detail", idea_id=idea.id),
        about=_("%(place)s, in %(traject)s", place=idea.area.name, traject=idea.traject.title),
        mark=until(due_at, now),
        late=now >= due_at,
        lang=idea.lang,
    )


def until(due_at: datetime, now: datetime) -> str:
    """Say until when there must be an answer and how many days are left, or on which day it should have been there."""
    if now >= due_at:
        return str(_("moest op %(day)s beantwoord zijn", day=last_day(due_at)))
    left = ((due_at - JUST_BEFORE).astimezone(AMSTERDAM).date() - now.astimezone(AMSTERDAM).date()).days
    if left == 0:
        return str(_("vandaag beantwoorden"))
    return str(
        ngettext(
            "uiterlijk op %(day)s, nog %(num)d dag",
            "uiterlijk op %(day)s, nog %(num)d dagen",
            left,
            day=last_day(due_at),
        )
    )
