"""Where is a traject in time? Its phases as the steps of a timeline."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from participatie.models.trajecten import Traject
from participatie.web.formats import day, last_day
from participatie.web.words import word


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A phase on the screen: `state` is done, now or later; `note` says how much say there is."""

    title: str
    when: str
    state: str
    note: str


def timeline(traject: Traject, now: datetime) -> list[TimelineStep]:
    """Return the phases of a traject as steps, each with its days and its level."""
    return [
        TimelineStep(
            title=word(phase.kind).capitalize(),
            when=_("%(first)s tot en met %(last)s", first=day(phase.starts_at), last=last_day(phase.ends_at)),
            state="done" if phase.ends_at <= now else "now" if phase.starts_at <= now else "later",
            note=_("Niveau: %(level)s", level=word(phase.level)),
        )
        for phase in traject.phases
    ]
