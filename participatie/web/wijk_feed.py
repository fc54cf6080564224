"""How does the news of an area read in a feed reader?"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask import url_for
from flask_babel import gettext as _

from participatie.models.announcements import Announcement
from participatie.models.besluiten import Besluit
from participatie.models.promises import Promise
from participatie.models.telling import Event
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.settings import Settings
from participatie.web.announced import facts_in_words
from participatie.web.atom import Entry, write_feed
from participatie.web.besluit_news import news_of
from participatie.web.told_news import events_as_news, promises_as_news
from participatie.web.words import word

#: How new a feed is of an area in which nothing happened yet: Atom wants a moment.
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def feed_of_wijk(
    settings: Settings,
    area: Area,
    trajecten: Sequence[Traject],
    told: Sequence[tuple[Announcement, Traject]],
    besluiten: Sequence[Besluit],
    events: Sequence[Event],
    promises: Sequence[Promise],
) -> bytes:
    """Return an Atom feed. Our own words are in the reader's language, all else as typed."""
    entries = [*_opened(trajecten, settings), *_told(told, settings), *map(news_of, besluiten)]
    entries += [*events_as_news(events, settings.gemeente), *promises_as_news(promises, settings.gemeente)]
    page, own = url_for("wijken.detail", area_id=area.id), url_for("telling.feed", area_id=area.id)
    since = min([each.created_at for each in trajecten], default=SINCE)
    return write_feed(settings.public_url, page, own, area.name, since, entries)


def _opened(trajecten: Sequence[Traject], settings: Settings) -> Iterator[Entry]:
    for traject in trajecten:
        title = _("Er is een nieuw traject: %(traject)s", traject=traject.title)
        address = url_for("trajecten.detail", slug=traject.slug)
        yield Entry(address, title, traject.question, traject.opened_at or traject.created_at, settings.gemeente)


def _told(told: Sequence[tuple[Announcement, Traject]], settings: Settings) -> Iterator[Entry]:
    for each, traject in told:
        address = url_for("phases.news", slug=traject.slug, _anchor=f"nieuws-{each.id}")
        text = "\n".join([*facts_in_words(each, traject), *([each.text] if each.text else [])])
        yield Entry(address, f"{traject.title}: {word(each.kind)}", text, each.at, settings.gemeente)
