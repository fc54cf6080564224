"""Who came into this browser with a code of a panel: an address that was invited, or a member?

The signed cookie keeps the selector of the code and until when; the half that proves it is never kept. A browser holds
one code at a time and forgets it when it closes. Where somebody got a new code, the old one stops here too.
"""

from datetime import datetime, timedelta

from flask import g, session

from participatie.models.buurtpanels import (
    Buurtpanel,
    PanelHousehold,
    PanelPerson,
    household_by_selector,
    person_by_selector,
)
from participatie.web.clock import now
from participatie.web.transaction import db

KEY = "panel"
HOUSEHOLD, PERSON = "adres", "lid"
#: A browser that stays open forgets a code by itself, as on a computer of the library.
TERM = timedelta(hours=12)


def remember(who: PanelHousehold | PanelPerson) -> None:
    """Let this browser act for an address or a member of one panel; another code is forgotten."""
    kind = HOUSEHOLD if isinstance(who, PanelHousehold) else PERSON
    until = (now() + TERM).isoformat(timespec="seconds")
    session[KEY] = {"panel": who.panel_id, "kind": kind, "selector": who.selector, "until": until}
    g.pop("panel_visitor", None)


def household_here(panel: Buurtpanel) -> PanelHousehold | None:
    """Return the address whose code this browser showed for a panel, or None."""
    found = _visitor(panel)
    return found if isinstance(found, PanelHousehold) else None


def person_here(panel: Buurtpanel) -> PanelPerson | None:
    """Return the person whose code this browser showed for a panel, whatever became of them, or None."""
    found = _visitor(panel)
    return found if isinstance(found, PanelPerson) else None


def leave() -> None:
    """Let this browser forget the code of a panel."""
    session.pop(KEY, None)
    g.pop("panel_visitor", None)


def _visitor(panel: Buurtpanel) -> PanelHousehold | PanelPerson | None:
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("panel") != panel.id:
        return None
    # Asked once a request. A commit in between leaves the row as it was read, as everywhere.
    if "panel_visitor" not in g:
        g.panel_visitor = _found(panel.id, kept)
    visitor: PanelHousehold | PanelPerson | None = g.panel_visitor
    return visitor


def _found(panel_id: int, kept: dict[str, object]) -> PanelHousehold | PanelPerson | None:
    selector, until = kept.get("selector"), kept.get("until")
    if not isinstance(selector, str) or not isinstance(until, str) or now() >= datetime.fromisoformat(until):
        return None
    if kept.get("kind") == HOUSEHOLD:
        return db().scalar(household_by_selector(panel_id, selector))
    return db().scalar(person_by_selector(panel_id, selector))
