"""How does the life of a traject read: its phases with what can be done about each, and the figures of its report?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participatie.models.announcements import Product
from participatie.models.trajecten import Phase, Traject
from participatie.spelregels.balance import Of, Side
from participatie.spelregels.closing import react_until
from participatie.spelregels.duties import FROM_LEVEL, OF_PHASE, Duty
from participatie.spelregels.phases import WITH_PRODUCT
from participatie.web.words import word


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase on the page of its wijkmanager. `is_over` holds from the first moment after it."""

    phase: Phase
    duties: tuple[Duty, ...]
    product: Product | None
    has_product: bool
    is_over: bool


def shown_phases(traject: Traject, products: Mapping[int, Product], now: datetime) -> list[ShownPhase]:
    """Return the phases in their order; `products` by the id of their phase."""
    return [
        ShownPhase(
            phase,
            tuple(duty for duty in OF_PHASE[phase.kind] if phase.level.reaches(FROM_LEVEL[duty])),
            products.get(phase.id),
            phase.kind in WITH_PRODUCT,
            now >= phase.ends_at,
        )
        for phase in traject.phases
    ]


def reacting_until(product: Product, traject: Traject) -> datetime:
    """Return until when residents can react to a document."""
    return react_until(product.drafted_at, traject.ruleset().reaction_days)


def shares_in_words(figures: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Return the shares of a report: of what, held by whom, how many percents."""
    return [(word(Of(of)).capitalize(), word(Side(side)), percent) for of, side, percent in figures["shares"]]
