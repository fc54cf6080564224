"""How does the news of a traject read in a feed reader? As Atom, newest first."""

from collections.abc import Sequence

from feedgen.feed import FeedGenerator
from flask import url_for

from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject


def atom_feed(public_url: str, traject: Traject, ideas: Sequence[Idea], besluit: Besluit | None) -> bytes:
    """Return an Atom feed (RFC 4287) with absolute links. Ideas carry the language they were written in."""
    page = public_url + url_for("trajecten.detail", slug=traject.slug)
    feed = FeedGenerator()
    feed.id(page)
    feed.title(traject.title)
    feed.link(href=page)
    feed.link(href=public_url + url_for("trajecten.feed", slug=traject.slug), rel="self")
    feed.language("nl")
    feed.updated(
        max([idea.created_at for idea in ideas] + [traject.created_at] + ([besluit.published_at] if besluit else []))
    )
    if besluit is not None:
        address = public_url + url_for("besluiten.detail", besluit_id=besluit.id)
        _add(feed, address, besluit.title, besluit.motivation, besluit.published_at, besluit.decision_body)
    for idea in ideas:
        address = public_url + url_for("ideas.detail", idea_id=idea.id)
        _add(feed, address, idea.title, idea.body, idea.created_at, idea.author.name or "-")
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add(feed: FeedGenerator, address: str, title: str, text: str, at: object, author: str) -> None:
    entry = feed.add_entry(order="append")
    entry.id(address)
    entry.link(href=address)
    entry.title(title)
    entry.summary(text)
    entry.author(name=author)
    entry.published(at)
    entry.updated(at)
