"""How does what was told read in a feed reader: answers, days that moved, results and promises?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from participatie.models.promises import Promise
from participatie.models.telling import Event
from participatie.spelregels.promises import Said
from participatie.spelregels.telling import Told
from participatie.web.atom import Entry
from participatie.web.formats import day

#: What happened, as mails say it too. That a traject opened and what was decided stand in a feed by themselves.
HEADLINES: Mapping[Told, LazyString] = {
    Told.ANSWERED: lazy_gettext("De gemeente beantwoordde een idee"),
    Told.PANEL_ANSWERED: lazy_gettext("De gemeente gaf antwoord aan een buurtpanel"),
    Told.PROGRESS: lazy_gettext("Zo staat het met de uitvoering"),
    Told.DELAYED: lazy_gettext("De uitvoering duurt langer"),
    Told.PROMISED: lazy_gettext("Er is een nieuwe toezegging"),
    Told.KEPT: lazy_gettext("Een toezegging is nagekomen"),
}


def events_as_news(events: Sequence[Event], gemeente: str) -> Iterator[Entry]:
    """Yield what was told, of the kinds in HEADLINES; each comes with its traject and idea."""
    for event in events:
        about = event.idea.title if event.idea is not None else event.traject.title
        address = f"{event.path()}#nieuws-{event.id}"
        yield _entry(address, Told(event.kind), about, event.text, event.at, event.facts, gemeente)


def promises_as_news(promises: Sequence[Promise], gemeente: str) -> Iterator[Entry]:
    """Yield that something was promised about an area, and all that was said of it since."""
    for promise in promises:
        address = url_for("promises.detail", promise_id=promise.id)
        first = next((line.before_on for line in promise.lines if line.before_on), promise.due_on)
        place, since, due = promise.area.name, promise.created_at, {"due": first.isoformat()}
        yield _entry(f"{address}#gedaan", Told.PROMISED, place, promise.text, since, due, gemeente)
        for line in promise.lines:
            before, after = line.before_on, line.after_on
            days = {"before": before.isoformat(), "due": after.isoformat()} if before and after else {}
            kind = Told.DELAYED if before and after and after > before else Told.PROGRESS
            kind = Told.KEPT if line.said is Said.KEPT else kind
            text = f"{promise.text}\n\n{line.text}"
            yield _entry(f"{address}#nieuws-{line.id}", kind, place, text, line.at, days, gemeente)


def _entry(
    address: str, kind: Told, about: str, text: str, at: datetime, facts: Mapping[str, Any], gemeente: str
) -> Entry:
    said = [text.strip()]
    if "admitted" in facts:
        said.insert(0, _("Het idee wordt een plan.") if facts["admitted"] else _("Het idee wordt geen plan."))
    if "before" in facts:
        before, due = (day(date.fromisoformat(facts[each])) for each in ("before", "due"))
        said.append(_("Dit was eerst beloofd voor %(before)s. Het is nu beloofd voor %(day)s.", before=before, day=due))
    elif "due" in facts:
        said.append(_("Beloofd voor %(day)s.", day=day(date.fromisoformat(facts["due"]))))
    return Entry(address, f"{HEADLINES[kind]}: {about}", "\n\n".join(said), at, gemeente)
