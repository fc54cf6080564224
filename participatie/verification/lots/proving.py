"""What did a lot do with somebody's proof? Asked on the site and offline by whoever holds it."""

from collections.abc import Sequence
from typing import Any

from participatie.spelregels.buurtpanels.leaves import leaf_in
from participatie.verification.lots.choosing import Panels
from participatie.verification.lots.report import Proof


def proof_in(leaves: Sequence[str], panels: Panels | None, outcome: Any, typed: str) -> Proof:
    """Tell what a lot did with a proof that somebody typed. Nothing of it is kept."""
    leaf = leaf_in(typed)
    if leaf is None or leaf not in leaves:
        return Proof(leaf or "", listed=False)
    on = panels.counts()[leaves.index(leaf)] if panels is not None else None
    if not outcome:
        return Proof(leaf, listed=True, panels=on)
    reserves = outcome["reserves"]
    place = reserves.index(leaf) + 1 if leaf in reserves else None
    return Proof(leaf, listed=True, panels=on, drawn=leaf in outcome["members"], reserve=place)
