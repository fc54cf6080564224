"""Which list of ideas does an address ask for? Words, filters and order, each a link that can be passed on."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, g, request, url_for
from flask_babel import gettext as _

from participatie.models.idea_lists import Narrowed, holds, listed_ids, listed_texts, plain
from participatie.models.trajecten import Traject
from participatie.settings import LOCALES
from participatie.spelregels.idea_order import LOT, Order, by_lot, lots_of
from participatie.spelregels.ideas import IdeaStatus
from participatie.web.clock import now
from participatie.web.forms import SelectChoice, clean_line
from participatie.web.languages import NAMES
from participatie.web.transaction import db
from participatie.web.words import word

#: The statuses that a list can be narrowed to, by their word in the address.
LISTED = {
    status.value.replace(" ", "-"): status
    for status in (IdeaStatus.PUBLISHED, IdeaStatus.ADMITTED, IdeaStatus.NOT_ADMITTED)
}
WORDS, BUURT, STATUS, LANGUAGE, ORDER = "zoek", "buurt", "status", "in-taal", "volgorde"
LONGEST = 100  # characters that are looked for


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of the list: `href` puts it on, or takes it off where it is on already."""

    label: str
    href: str
    is_on: bool
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What an address asks for, word for word; empty where it does not say. `order` is a lot or the word of an order."""

    slug: str
    words: str = ""
    buurt: str = ""
    status: str = ""
    language: str = ""
    order: str = ""

    def arguments(self) -> dict[str, str]:
        """Return what stands in the address."""
        named = {
            WORDS: self.words, BUURT: self.buurt, STATUS: self.status, LANGUAGE: self.language, ORDER: self.order,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}

    def href(self) -> str:
        """Return the address of the first page of this list."""
        named: dict[str, Any] = self.arguments()
        return url_for("ideas.overview", slug=self.slug, **named)

    def sort(self) -> Order:
        """Return how it is ordered."""
        return Order.LOT if LOT.fullmatch(self.order) else Order(self.order)

    def narrowed(self) -> Narrowed:
        """Return what is left out."""
        return Narrowed(int(self.buurt) if self.buurt else None, LISTED.get(self.status), self.language or None)

    def is_narrow(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.words or self.buurt or self.status or self.language)

    def idea_ids(self, traject: Traject) -> Sequence[int]:
        """Return the numbers of all ideas of the list, in order. One query; it holds for ten thousand ideas."""
        order, narrowed = self.sort(), self.narrowed()
        if self.words:
            sought = plain(self.words).split()
            rows = db().execute(listed_texts(traject.id, narrowed, order))
            found = [idea_id for idea_id, title, body in rows if holds(title, body, sought)]
        else:
            found = list(db().scalars(listed_ids(traject.id, narrowed, order)))
        return by_lot(found, self.order) if order is Order.LOT else found


def lot_to_keep() -> str | None:
    """Return the order of a page that may be kept for the next reader, or None for one that nobody else will ask.

    An old or made-up lot gives a page like any other, but would push the pages of others out.
    """
    order = asked_order()
    return order if order in lots_of(now()) or not LOT.fullmatch(order) else None


def asked_order() -> str:
    """Return the order in the address; where there is none, a lot of this hour, drawn once for this request."""
    asked = request.args.get(ORDER, "")
    if asked:
        return asked
    if "lot" not in g:
        g.lot = secrets.choice(lots_of(now()))
    lot: str = g.lot
    return lot


def listing_of(traject: Traject, buurten: Iterable[SelectChoice]) -> Listing:
    """Return what this address asks for; 404 for what is no buurt of the traject, no status, language or order."""
    listing = Listing(
        traject.slug,
        (clean_line(request.args.get(WORDS)) or "")[:LONGEST],
        request.args.get(BUURT, ""),
        request.args.get(STATUS, ""),
        request.args.get(LANGUAGE, ""),
        asked_order(),
    )
    known = (
        (listing.buurt, {each.value for each in buurten}),
        (listing.status, set(LISTED)),
        (listing.language, set(LOCALES)),
    )
    orders = {str(order) for order in Order if order is not Order.LOT}
    if any(value and value not in values for value, values in known):
        abort(404)
    if not (LOT.fullmatch(listing.order) or listing.order in orders):
        abort(404)
    return listing


@dataclass(frozen=True, slots=True)
class Filters:
    """The links above a list: those that are on, to take off, and by group those that can be put on."""

    on: list[Choice]
    groups: list[tuple[str, list[Choice]]]
    orders: list[Choice]
    all_href: str


def filters_of(
    listing: Listing, buurten: Sequence[SelectChoice], found: Sequence[tuple[int, IdeaStatus, str]]
) -> Filters:
    """Return the links. `found` is where the traject has ideas: nothing is offered that gives an empty list by itself."""
    areas, statuses, languages = ({row[place] for row in found} for place in range(3))
    by_buurt = [
        _choice(listing, str(each.label), "buurt", str(each.value)) for each in buurten
        if int(each.value) in areas or each.value == listing.buurt
    ]  # fmt: skip
    by_status = [
        _choice(listing, word(status).capitalize(), "status", name) for name, status in LISTED.items()
        if status in statuses or name == listing.status
    ]  # fmt: skip
    by_language = [
        _choice(listing, NAMES[code], "language", code, lang=code) for code in LOCALES
        if code in languages or code == listing.language
    ]  # fmt: skip
    groups = [(_("Stand van zaken"), by_status), (_("Buurt"), by_buurt), (_("Geschreven in het"), by_language)]
    on = [each for _title, choices in groups for each in choices if each.is_on]
    if listing.words:
        on.insert(0, Choice(_("Zoekt: %(words)s", words=listing.words), replace(listing, words="").href(), is_on=True))
    words = {
        Order.LOT: _("Willekeurig"),
        Order.NEWEST: _("Nieuwste eerst"),
        Order.SUPPORT: _("Meeste steun eerst"),
        Order.SEEN: _("Minst gezien eerst"),
    }
    orders = [
        Choice(label, replace(listing, order="" if order is Order.LOT else str(order)).href(), order is listing.sort())
        for order, label in words.items()
    ]
    # A choice of one is no choice, unless it is on.
    shown = [(title, choices) for title, choices in groups if len(choices) > 1 or any(each.is_on for each in choices)]
    return Filters(on, shown, orders, Listing(listing.slug, order=listing.order).href())


def _choice(listing: Listing, label: str, part: str, value: str, lang: str | None = None) -> Choice:
    is_on = getattr(listing, part) == value
    changed = {part: "" if is_on else value}
    return Choice(label, replace(listing, **changed).href(), is_on, lang)
