"""Which addresses are there for programs: besluiten as Atom, JSON and CSV, with every version and its hash?"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from participatie.blueprints.besluiten.routes import blueprint
from participatie.models.besluiten import Besluit, besluit_by_id, besluiten_matching
from participatie.models.wijken import Area, area_by_id
from participatie.web.access import Audience, open_to
from participatie.web.atom import ATOM, write_feed
from participatie.web.besluit_changes import named
from participatie.web.besluit_news import news_of
from participatie.web.downloads import download
from participatie.web.installation import settings
from participatie.web.sites import found
from participatie.web.spreadsheets import csv_of
from participatie.web.transaction import db

__all__ = ["blueprint"]

JSON = "application/json"
FEED_LENGTH = 30
#: How new the feed is while there is no besluit: Atom wants a moment.
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = (
    "besluit", "versie", "soort", "gebied", "traject", "titel", "besloten_door", "besloten_op", "uitkomst",
    "afwijking", "gaan_niet_door", "advies", "wettelijke_grond", "motivering", "bezwaar_tot_en_met", "geen_bezwaar_omdat",
    "reden_van_verbetering", "gepubliceerd_op", "sha256", "adres",
)  # fmt: skip
NAMES = (
    "title", "decision_body", "decided_on", "outcome", "deviation_ground", "withheld", "advice_use", "legal_ground",
    "motivation", "objection_until", "no_objection", "reason", "published_at",
)  # fmt: skip


@blueprint.get("/besluiten/feed")
@open_to(Audience.EVERYONE)
def feed() -> ResponseReturnValue:
    """Give the last besluiten as an Atom feed, of all places or of one (`?wijk=3`); a correction counts as news."""
    area = _area()
    title = _("Besluiten: %(area)s", area=area.name) if area else _("Besluiten")
    asked = _asked(area)
    entries = [news_of(besluit) for besluit in db().scalars(besluiten_matching(area).limit(FEED_LENGTH))]
    page, own = url_for("besluiten.overview", **asked), url_for("besluiten.feed", **asked)
    return Response(write_feed(settings().public_url, page, own, title, SINCE, entries), mimetype=ATOM)


@blueprint.get("/besluiten.json")
@open_to(Audience.EVERYONE)
def data_json() -> ResponseReturnValue:
    """Give all besluiten with their versions; `content` of a version is the text of which its hash was made."""
    besluiten = [_data(besluit) for besluit in db().scalars(besluiten_matching(_area()))]
    return Response(json.dumps({"besluiten": besluiten}, ensure_ascii=False, indent=1), mimetype=JSON)


@blueprint.get("/besluiten.csv")
@open_to(Audience.EVERYONE)
def data_csv() -> ResponseReturnValue:
    """Give the same as a table, a row for each version."""
    return download(csv_of(COLUMNS, _rows(_area())), "text/csv", "besluiten.csv")


@blueprint.get("/besluiten/<int:besluit_id>/versies/<int:number>.json")
@open_to(Audience.EVERYONE)
def version_json(besluit_id: int, number: int) -> ResponseReturnValue:
    """Give the very bytes of which the hash of a version was made."""
    besluit = found(besluit_by_id(besluit_id))
    if not 1 <= number <= len(besluit.versions):
        abort(404)
    return download(besluit.versions[number - 1].content, JSON, f"besluit-{besluit.id}-versie-{number}.json")


def _area() -> Area | None:
    asked = request.args.get("wijk", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):  # noqa: PLR2004
        abort(404)
    return found(area_by_id(int(asked)))


def _asked(area: Area | None) -> dict[str, Any]:
    return {"wijk": area.id} if area else {}


def _data(besluit: Besluit) -> Mapping[str, Any]:
    return {
        "id": besluit.id,
        "url": settings().public_url + url_for("besluiten.detail", besluit_id=besluit.id),
        "area": besluit.traject.area.name,
        "versions": [
            {"version": each.number, "sha256": each.sha256, "content": each.content} for each in besluit.versions
        ],
        **{name: value for name, value in json.loads(besluit.latest().content).items() if name != "besluit"},
    }


def _rows(area: Area | None) -> Iterator[list[object]]:
    for besluit in db().scalars(besluiten_matching(area)):
        address = settings().public_url + url_for("besluiten.detail", besluit_id=besluit.id)
        for version in besluit.versions:
            facts = json.loads(version.content)
            about = [besluit.id, version.number, facts["subject_kind"], besluit.traject.area.name, facts["traject"]]
            yield [*about, *(_cell(facts.get(name)) for name in NAMES), version.sha256, address]


def _cell(value: Any) -> str:
    # A version of before a besluit named plans, has none.
    return named(value) if isinstance(value, list) else str("" if value is None else value)
