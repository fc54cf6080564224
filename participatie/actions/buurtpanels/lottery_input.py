"""What does the lot know of a panel and of those who registered? Features, household and leaf: no name and no contact."""

from collections.abc import Iterable

from participatie.lottery import Pool, Quotas
from participatie.models.buurtpanels import Buurtpanel, PanelPerson
from participatie.verification.lots.engine_input import pool_from, quotas_from


def pool_of(people: Iterable[PanelPerson]) -> Pool:
    """Return people as the engine sees them: the id of each is their leaf, so its orders can be checked in public.

    How somebody came to register plays no part: everybody in the pool has a place in the lot.
    """
    return pool_from((person.leaf, person.features, person.household) for person in people)


def quotas_of(panel: Buurtpanel) -> Quotas:
    """Return the quotas of a panel as they are frozen; one without quotas takes anybody."""
    rules = panel.facts()
    return quotas_from([(each.feature, each.value, each.minimum, each.maximum) for each in rules.quotas], rules.seats)
