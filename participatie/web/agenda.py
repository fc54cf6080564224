"""How do the dates of trajecten come into a calendar? As iCalendar (RFC 5545), which a calendar asks again by itself."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event

from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.settings import Settings
from participatie.web.clock import AMSTERDAM
from participatie.web.languages import locale_code
from participatie.web.words import word

CALENDAR = "text/calendar"
INSTANT = timedelta(microseconds=1)


def agenda_of(settings: Settings, title: str, trajecten: Iterable[Traject], rounds: Iterable[Round]) -> bytes:
    """Return a calendar with the first and last day of every phase, and the moment at which each vote closes.

    The rounds are those that opened. An entry keeps its id, so that a calendar moves what was moved here.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.gemeente}//participatie//{locale_code().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for traject in trajecten:
        for entry in _phases(settings, traject):
            calendar.add_component(entry)
    for budget_round in rounds:
        calendar.add_component(_close(settings, budget_round))
    written: bytes = calendar.to_ical()
    return written


def _phases(settings: Settings, traject: Traject) -> Iterator[Event]:
    for phase in traject.phases:
        name = word(phase.kind)
        first = phase.starts_at.astimezone(AMSTERDAM).date()
        # The end itself no longer counts, so midnight belongs to the day before.
        last = (phase.ends_at - INSTANT).astimezone(AMSTERDAM).date()
        begins = _("Begint: %(phase)s. %(traject)s", phase=name, traject=traject.title)
        ends = _("Laatste dag: %(phase)s. %(traject)s", phase=name, traject=traject.title)
        yield _entry(settings, traject, f"fase-{phase.id}-begin", begins, first)
        yield _entry(settings, traject, f"fase-{phase.id}-einde", ends, last)


def _close(settings: Settings, budget_round: Round) -> Event:
    said = (
        _("De peiling sluit: %(title)s", title=budget_round.title)
        if budget_round.is_advice()
        else _("De stemming sluit: %(title)s", title=budget_round.title)
    )
    closes_at = budget_round.clock().closes_at
    return _entry(settings, budget_round.traject, f"stemming-{budget_round.id}", said, closes_at)


def _entry(settings: Settings, traject: Traject, name: str, title: str, when: date | datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{name}@{urlsplit(settings.public_url).hostname}")
    entry.add("dtstamp", traject.opened_at or traject.created_at)
    entry.add("sequence", traject.version)
    entry.add("summary", title)
    entry.add("dtstart", when)
    if not isinstance(when, datetime):
        entry.add("dtend", when + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("url", settings.public_url + url_for("trajecten.detail", slug=traject.slug))
    return entry
