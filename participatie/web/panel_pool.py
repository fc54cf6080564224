"""How does the pool of a panel stand beside its quotas and beside the wijk, and when does it go? In numbers, never crossed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from participatie.models.buurtpanels import Buurtpanel, drawn_moment
from participatie.spelregels.buurtpanels.opening import PanelRules, QuotaRule
from participatie.spelregels.buurtpanels.registration import Outlook, outlook, pool_goes_on
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One value of a feature: its quota, how many registered, which part of the pool that is (tenths of a percent), and if it is enough."""

    quota: QuotaRule
    there: int
    share: int
    outlook: Outlook


def feature_rows(rules: PanelRules, told: Iterable[Mapping[str, str]]) -> Mapping[str, list[FeatureRow]]:
    """Return the values of each feature, in the order of the quotas. `told` is what each person in the pool told."""
    found: dict[tuple[str, str], int] = {}
    people = 0
    for features in told:
        people += 1
        for pair in features.items():
            found[pair] = found.get(pair, 0) + 1
    rows: dict[str, list[FeatureRow]] = {}
    for quota in rules.quotas:
        there = found.get((quota.feature, quota.value), 0)
        share = round(1000 * there / people) if people else 0
        rows.setdefault(quota.feature, []).append(FeatureRow(quota, there, share, outlook(there, quota)))
    return rows


def kept_until(panel: Buurtpanel) -> date | None:
    """Return the day on which the pool of a panel is deleted, or None as long as nobody was drawn. One query."""
    return pool_goes_on(panel.facts().kept_days, db().scalar(drawn_moment(panel.id)))
