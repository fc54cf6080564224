"""Which lot is an address about?"""

import re
from collections.abc import Mapping
from dataclasses import replace

from flask import abort

from participatie.models.buurtpanels import Buurtpanel, PanelLot, lot_of
from participatie.spelregels.buurtpanels.lots import LotKind
from participatie.web.access import Site
from participatie.web.panel_sites import panel_site
from participatie.web.sites import found

#: How a kind is called in an address.
IN_ADDRESS: Mapping[LotKind, str] = {LotKind.INVITATION: "adressen", LotKind.SELECTION: "leden"}
_KINDS = {word: kind for kind, word in IN_ADDRESS.items()}
_LOT = re.compile(r"(adressen|leden)-([1-9][0-9]{0,5})", re.ASCII)


def lot_site(slug: str, lot: str) -> Site:
    """A lot of a panel by its name in the address, as `leden-1`."""
    site = panel_site(slug)
    panel: Buurtpanel = site.subject
    named = _LOT.fullmatch(lot)
    if named is None:
        abort(404)
    return replace(site, subject=found(lot_of(panel.id, _KINDS[named[1]], int(named[2]))))


def named(lot: PanelLot) -> str:
    """Return how a lot is called in an address."""
    return f"{IN_ADDRESS[lot.kind]}-{lot.number}"
