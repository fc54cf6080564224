"""How is news written for a feed reader? As Atom (RFC 4287), newest first, with absolute links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from participatie.web.languages import locale_code

ATOM = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news; `address` is on this site."""

    address: str
    title: str
    text: str
    at: datetime
    author: str


def write_feed(site: str, page: str, own: str, title: str, since: datetime, news: Iterable[Entry]) -> bytes:
    """Return a feed about a page. `site` stands before every address; `since` is how new it is without any news."""
    entries = sorted(news, key=lambda entry: entry.at, reverse=True)
    feed = FeedGenerator()
    feed.id(site + page)
    feed.title(title)
    feed.link(href=site + page)
    feed.link(href=site + own, rel="self")
    feed.language(locale_code())
    feed.updated(max([since, *(entry.at for entry in entries)]))
    for entry in entries:
        _add(feed, site + entry.address, entry)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add(feed: FeedGenerator, address: str, news: Entry) -> None:
    entry = feed.add_entry(order="append")
    entry.id(address)
    entry.link(href=address)
    entry.title(news.title)
    entry.summary(news.text)
    entry.author(name=news.author)
    entry.published(news.at)
    entry.updated(news.at)
