"""How does the news of a traject read in a feed reader? As Atom, newest first."""

from collections.abc import Sequence

from flask import url_for

from participatie.models.announcements import Announcement
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.telling import Event
from participatie.models.trajecten import Traject
from participatie.settings import Settings
from participatie.web.announced import facts_in_words
from participatie.web.atom import Entry, write_feed
from participatie.web.besluit_news import news_of
from participatie.web.told_news import events_as_news
from participatie.web.words import word


def atom_feed(
    settings: Settings,
    traject: Traject,
    ideas: Sequence[Idea],
    besluiten: Sequence[Besluit],
    told: Sequence[Announcement],
    events: Sequence[Event],
) -> bytes:
    """Return an Atom feed (RFC 4287) with absolute links. Our own words are in the reader's language, all else as typed."""
    entries = [_of_idea(idea) for idea in ideas] + [_of_told(each, traject, settings.gemeente) for each in told]
    entries += [*map(news_of, besluiten), *events_as_news(events, settings.gemeente)]
    page, own = url_for("trajecten.detail", slug=traject.slug), url_for("trajecten.feed", slug=traject.slug)
    return write_feed(settings.public_url, page, own, traject.title, traject.created_at, entries)


def _of_idea(idea: Idea) -> Entry:
    address = url_for("ideas.detail", idea_id=idea.id)
    return Entry(address, idea.title, idea.body, idea.created_at, idea.author.name or "-")


def _of_told(told: Announcement, traject: Traject, gemeente: str) -> Entry:
    address = url_for("phases.news", slug=traject.slug, _anchor=f"nieuws-{told.id}")
    text = "\n".join([*facts_in_words(told, traject), *([told.text] if told.text else [])])
    return Entry(address, word(told.kind), text, told.at, gemeente)
