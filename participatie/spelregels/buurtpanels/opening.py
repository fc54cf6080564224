"""What must a buurtpanel have said before anybody registers, and what may be changed after that?

Role, task and powers of a panel are public before it begins (seed 004, line 227); so are its seats and quotas.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts
from participatie.spelregels.trajecten import TrajectStatus, is_running
from participatie.spelregels.verdicts import Allowed, Refusal, Refused, Verdict, refused

FEWEST_SEATS, MOST_SEATS = 3, 500
#: A panel that spoke once is not asked again within so many years at most.
MOST_REST_YEARS = 10
#: Between the lot and the day on which the pool goes, in days.
KEPT_DAYS = 90


class Mandate(StrEnum):
    """What a panel does with what it is asked."""

    ADVISE = "adviseren"
    DECIDE = "beslissen"


class PanelStatus(StrEnum):
    """How far a panel is. From REGISTERING on its rules are frozen; from DRAWING on its pool is."""

    DRAFT = "in voorbereiding"
    REGISTERING = "aanmelden"
    DRAWING = "loten"
    SITTING = "aan het werk"
    CLOSED = "klaar"


#: How much say residents must have in the traject for a panel with this mandate.
NEEDED: Mapping[Mandate, Level] = {Mandate.ADVISE: Level.MEEDENKEN, Mandate.DECIDE: Level.MEEBESLISSEN}


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """How many seats go to residents with one value of a feature. `share` is theirs in the wijk, in tenths of a percent."""

    feature: str
    value: str
    minimum: int
    maximum: int
    share: int | None = None


@dataclass(frozen=True, slots=True)
class PanelRules:
    """What holds for a panel, in public, from the moment that people can register. Money in cents, terms in days."""

    title: str
    mandate: Mandate
    role: str
    task: str
    powers: str
    seats: int
    quotas: tuple[QuotaRule, ...]
    profile_source: str
    allowance_cents: int
    rest_years: int
    answer_days: int
    kept_days: int = KEPT_DAYS

    def as_document(self) -> dict[str, Any]:
        """Return the rules as they are frozen."""
        return asdict(self)

    def canonical_json(self) -> str:
        """Return the bytes that are hashed: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.as_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def sha256(self) -> str:
        """Return the hash of the rules, in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


def may_change_rules(status: PanelStatus) -> Verdict:
    """Refuse a change of the rules once people could register: they did so under these."""
    return Allowed() if status is PanelStatus.DRAFT else refused(Refusal.PANEL_RULES_FROZEN)


def check_quotas(seats: int, quotas: Sequence[QuotaRule]) -> Verdict:
    """Refuse quotas that no panel can meet: a value twice, least above most, or sums that do not leave room for the seats."""
    seen: set[tuple[str, str]] = set()
    for quota in quotas:
        if (quota.feature, quota.value) in seen:
            return refused(Refusal.QUOTA_TWICE, feature=quota.feature, value=quota.value)
        seen.add((quota.feature, quota.value))
        if not 0 <= quota.minimum <= quota.maximum:
            return refused(Refusal.QUOTA_UPSIDE_DOWN, feature=quota.feature, value=quota.value)
    for feature in dict.fromkeys(quota.feature for quota in quotas):
        own = [quota for quota in quotas if quota.feature == feature]
        least, most = sum(quota.minimum for quota in own), sum(quota.maximum for quota in own)
        if least > seats:
            return refused(Refusal.QUOTAS_ASK_TOO_MUCH, feature=feature, least=least, seats=seats)
        if most < seats:
            return refused(Refusal.QUOTAS_LEAVE_EMPTY, feature=feature, most=most, seats=seats)
    return Allowed()


def may_open_registration(
    rules: PanelRules, status: PanelStatus, traject: TrajectStatus, phases: Sequence[PhaseFacts]
) -> Verdict:
    """Refuse registration for a panel that did not say what it is for, that nobody gives that say, or whose quotas clash."""
    if status is not PanelStatus.DRAFT:
        return refused(Refusal.PANEL_RULES_FROZEN)
    running = is_running(traject)
    if isinstance(running, Refused):
        return running
    missing = [name for name in ("role", "task", "powers") if not getattr(rules, name).strip()]
    if missing:
        return refused(Refusal.PANEL_CARD_INCOMPLETE, missing=", ".join(f"panel_{name}" for name in missing))
    if rules.quotas and not rules.profile_source.strip():
        return refused(Refusal.PANEL_CARD_INCOMPLETE, missing="panel_profile_source")
    if not any(phase.level.reaches(NEEDED[rules.mandate]) for phase in phases):
        return refused(Refusal.MANDATE_ABOVE_LEVEL, needed=NEEDED[rules.mandate])
    return check_quotas(rules.seats, rules.quotas)
