"""What is told in public about answers: the figures by traject and wijk, what is late, and all of it as a table?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from participatie.actions.owing import JUST_BEFORE, Owed
from participatie.spelregels.answers import Asked, Timing
from participatie.web.formats import AMSTERDAM

COLUMNS = (
    "soort",
    "nummer",
    "traject",
    "gebied",
    "gevraagd op",
    "uiterlijk op",
    "beantwoord op",
    "stand",
    "dagen te laat",
    "aan de beurt",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of each under one heading; `href` is where it is narrowed to those."""

    name: str
    href: str
    counts: Counter[Timing]


def totals(asked: Iterable[Owed], now: datetime) -> Counter[Timing]:
    """Return how many answers came in time and late, and how many wait and are overdue."""
    return Counter(each.timing(now) for each in asked)


def by_traject(asked: Sequence[Owed], now: datetime) -> list[Figures]:
    """Return the figures of every traject in which something was asked, most overdue first."""
    found: dict[int, tuple[Owed, Counter[Timing]]] = {}
    for each in asked:
        found.setdefault(each.traject.id, (each, Counter()))[1][each.timing(now)] += 1
    return _sorted(
        Figures(first.traject.title, url_for("answers.overdue", traject=first.traject.slug), counts)
        for first, counts in found.values()
    )


def by_wijk(asked: Sequence[Owed], wijken: Iterable[tuple[int, str, str]], now: datetime) -> list[Figures]:
    """Return the figures of every wijk that something was asked about."""
    rows = (
        Figures(
            name,
            url_for("answers.overdue", wijk=area_id),
            totals((each for each in asked if each.path.startswith(path)), now),
        )
        for area_id, path, name in wijken
    )
    return _sorted(row for row in rows if row.counts)


def table_of(asked: Iterable[Owed], now: datetime) -> Iterator[tuple[object, ...]]:
    """Return the rows of the CSV: no title and no name, as the number leads to the page."""
    for each in asked:
        waits = each.answered_at is None
        yield (
            str(each.asked),
            each.thing_id,
            each.traject.slug,
            each.place,
            each.since.astimezone(AMSTERDAM).date().isoformat(),
            (each.due_at - JUST_BEFORE).astimezone(AMSTERDAM).date().isoformat(),
            each.answered_at.astimezone(AMSTERDAM).date().isoformat() if each.answered_at else "",
            str(each.timing(now)),
            each.days_late(now),
            str(each.turn) if waits else "",
        )


def href_of(owed: Owed) -> str:
    """Return where it stands on the site."""
    match owed.asked:
        case Asked.IDEA:
            return url_for("ideas.detail", idea_id=owed.thing_id)
        case Asked.DISPUTE:
            return url_for("disputes.overview", slug=owed.traject.slug, _anchor=f"geschil-{owed.thing_id}")
        case Asked.PANEL:
            return url_for("panel_work.overview", slug=owed.slug)
        case Asked.ADVICE:
            return url_for("trajecten.detail", slug=owed.traject.slug)


def _sorted(rows: Iterable[Figures]) -> list[Figures]:
    return sorted(rows, key=lambda row: (-row.counts[Timing.OVERDUE], row.name))
