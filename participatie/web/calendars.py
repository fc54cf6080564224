"""How do meetings get into somebody's calendar? As iCalendar (RFC 5545), in UTC, one by one or all of a panel.

A meeting keeps its UID, and SEQUENCE goes up with every change, so that a calendar replaces what it has. One that was
cancelled stays in the file as CANCELLED: a calendar that never saw that would go on showing it.
"""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from flask import url_for
from icalendar import Calendar, Event

from participatie.models.buurtpanels import Buurtpanel, PanelMeeting
from participatie.settings import Settings

MIMETYPE = "text/calendar"


def calendar_of(panel: Buurtpanel, meetings: Iterable[PanelMeeting], settings: Settings) -> bytes:
    """Return these meetings of a panel as a calendar file, with absolute links. The words are those that staff typed."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.gemeente}//participatie//NL")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", panel.title)
    page = settings.public_url + url_for("panel_work.overview", slug=panel.slug)
    host = urlsplit(settings.public_url).hostname or "localhost"
    for meeting in meetings:
        calendar.add_component(_event(meeting, panel, f"{page}#bijeenkomst-{meeting.id}", host))
    written: bytes = calendar.to_ical()
    return written


def _event(meeting: PanelMeeting, panel: Buurtpanel, address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("created", meeting.made_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", f"{panel.title}: {meeting.title}")
    event.add("location", meeting.place)
    told = [text for text in (meeting.cancel_reason, meeting.agenda, meeting.reading, address) if text]
    event.add("description", "\n\n".join(told))
    event.add("url", address)
    return event
