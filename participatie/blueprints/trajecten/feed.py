"""How does the news of a traject read in a feed reader? As Atom, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator
from flask import url_for

from participatie.models.announcements import Announcement
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.settings import Settings
from participatie.web.announced import facts_in_words
from participatie.web.languages import locale_code
from participatie.web.words import word


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news; `address` is on this site."""

    address: str
    title: str
    text: str
    at: datetime
    author: str


def atom_feed(
    settings: Settings,
    traject: Traject,
    ideas: Sequence[Idea],
    besluit: Besluit | None,
    told: Sequence[Announcement],
) -> bytes:
    """Return an Atom feed (RFC 4287) with absolute links. Our own words are in the reader's language, all else as typed."""
    entries = [_of_idea(idea) for idea in ideas] + [_of_told(each, traject, settings.gemeente) for each in told]
    if besluit is not None:
        entries.append(_of_besluit(besluit))
    entries.sort(key=lambda entry: entry.at, reverse=True)
    page = settings.public_url + url_for("trajecten.detail", slug=traject.slug)
    feed = FeedGenerator()
    feed.id(page)
    feed.title(traject.title)
    feed.link(href=page)
    feed.link(href=settings.public_url + url_for("trajecten.feed", slug=traject.slug), rel="self")
    feed.language(locale_code())
    feed.updated(max([traject.created_at, *(entry.at for entry in entries)]))
    for entry in entries:
        _add(feed, settings.public_url + entry.address, entry)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _of_idea(idea: Idea) -> Entry:
    address = url_for("ideas.detail", idea_id=idea.id)
    return Entry(address, idea.title, idea.body, idea.created_at, idea.author.name or "-")


def _of_besluit(besluit: Besluit) -> Entry:
    address = url_for("besluiten.detail", besluit_id=besluit.id)
    used = [f"{word(besluit.advice_use)}."] if besluit.advice_use is not None else []
    text = "\n".join([*used, besluit.motivation])
    return Entry(address, besluit.title, text, besluit.published_at, besluit.decision_body)


def _of_told(told: Announcement, traject: Traject, gemeente: str) -> Entry:
    address = url_for("phases.news", slug=traject.slug, _anchor=f"nieuws-{told.id}")
    text = "\n".join([*facts_in_words(told, traject), *([told.text] if told.text else [])])
    return Entry(address, word(told.kind), text, told.at, gemeente)


def _add(feed: FeedGenerator, address: str, news: Entry) -> None:
    entry = feed.add_entry(order="append")
    entry.id(address)
    entry.link(href=address)
    entry.title(news.title)
    entry.summary(news.text)
    entry.author(name=news.author)
    entry.published(news.at)
    entry.updated(news.at)
