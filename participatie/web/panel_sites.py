"""Which buurtpanel is an address about?"""

from flask import abort

from participatie.models.buurtpanels import Buurtpanel, panel_by_slug
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.permissions import Do
from participatie.web.access import Site, may_here
from participatie.web.clock import now
from participatie.web.sites import found


def panel_site(slug: str) -> Site:
    """A panel; one in preparation is there for its wijkmanager only."""
    panel = found(panel_by_slug(slug))
    site = site_of_panel(panel)
    if panel.status is PanelStatus.DRAFT and not may_here(Do.MANAGE_PANEL, site):
        abort(404)
    return site


def site_of_panel(panel: Buurtpanel, *, is_member: bool = False) -> Site:
    """Return a panel that was loaded as what a route is about, now."""
    return Site(panel, panel.traject.facts().place_at(now()), is_panel_member=is_member)
