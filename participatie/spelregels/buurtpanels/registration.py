"""When may somebody be in the pool of a panel, what must they have told, and when is all of that deleted?

Nobody is asked for more than the panel needs: a name, one way to reach them, and the features that have quotas.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from unicodedata import normalize

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.buurtpanels.opening import PanelStatus, QuotaRule
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: Below so many times the seats that a value needs at least, a quota is hard to meet.
COMFORTABLE = 3
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")


class PanelConsent(StrEnum):
    """Which sentence was agreed to at a registration. A sentence that changes gets a new value here."""

    ON_SCREEN = "panel-scherm-1"
    BY_STAFF = "panel-balie-1"
    IN_FILE = "panel-bestand-1"


class LetterRun(StrEnum):
    """Which letters are made: the first ones, a reminder, or again with new codes."""

    FIRST = "uitnodiging"
    REMINDER = "herinnering"
    ANEW = "opnieuw"


class Outlook(StrEnum):
    """Whether enough people of a kind registered for the seats that they must have."""

    SHORT = "te weinig"
    TIGHT = "krap"
    ENOUGH = "genoeg"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told at a registration. `features` go by the names of the quotas; `by_letter`: write to the address."""

    name: str
    features: Mapping[str, str]
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    place: str = ""
    locale: str = "nl"
    by_letter: bool = False


def features_of(quotas: Sequence[QuotaRule]) -> Mapping[str, tuple[str, ...]]:
    """Return what a panel asks everybody: its features, each with its values, in the order of the quotas."""
    found: dict[str, tuple[str, ...]] = {}
    for quota in quotas:
        found[quota.feature] = (*found.get(quota.feature, ()), quota.value)
    return found


def tells_enough(quotas: Sequence[QuotaRule], told: Told, *, consents: bool) -> Verdict:
    """Refuse a registration without consent, without a way to reach somebody, or without an answer that the lot needs."""
    if not consents:
        return refused(Refusal.PANEL_CONSENT_MISSING)
    if not (told.email or told.phone or (told.by_letter and told.address)):
        return refused(Refusal.PANEL_CONTACT_MISSING)
    return answers_fit(quotas, told.features)


def answers_fit(quotas: Sequence[QuotaRule], features: Mapping[str, str]) -> Verdict:
    """Refuse features that are incomplete, and a value that has no quota."""
    for feature, values in features_of(quotas).items():
        value = features.get(feature, "")
        if not value:
            return refused(Refusal.PANEL_ANSWER_MISSING, feature=feature)
        if value not in values:
            return refused(Refusal.PANEL_ANSWER_UNKNOWN, feature=feature, value=value)
    return Allowed()


def may_join(*, is_resting: bool, is_registered: bool, rest_years: int) -> Verdict:
    """Refuse somebody who sat on a panel of late, and one who is in the pool already: same household, same name."""
    if is_registered:
        return refused(Refusal.PANEL_REGISTERED_TWICE)
    return refused(Refusal.PANEL_RESTS, years=rest_years) if is_resting else Allowed()


def may_change_addresses(status: PanelStatus, *, has_lot: bool) -> Verdict:
    """Refuse another list of addresses once a lot over it is bound, and once the pool is frozen."""
    if has_lot:
        return refused(Refusal.PANEL_ADDRESSES_BOUND)
    return Allowed() if status in (PanelStatus.DRAFT, PanelStatus.REGISTERING) else refused(Refusal.POOL_FROZEN)


def plain_name(name: str) -> str:
    """Return a name as two ways to type it have in common."""
    return " ".join(normalize("NFKC", name).casefold().split())


def neat_postcode(typed: str) -> str:
    """Return a postcode as it stands on letters and in lists, `1234 AB`; what is none stays as it was typed."""
    plain = "".join(sign for sign in normalize("NFKC", typed).upper() if sign.isalnum())
    return f"{plain[:4]} {plain[4:]}" if re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", plain) else " ".join(typed.split())


def plain_address(postcode: str, address: str) -> str:
    """Return an address as two ways to type it have in common: `12 a`, `12A` and `12-a` are one house, `12-1` and `121` two."""
    code = "".join(sign for sign in normalize("NFKC", postcode).upper() if sign.isalnum())
    parts = (part.lstrip("0") or part for part in _PARTS.findall(normalize("NFKC", address).upper()))
    return " ".join((code, *parts))


def household_key(secret_key: str, panel_id: int, postcode: str, address: str) -> str | None:
    """Return what holds people of one address together in one panel, and tells nobody which address; None without one."""
    if not address.strip():
        return None
    return keyed_hash(secret_key, "panel household", panel_id, plain_address(postcode, address))


def outlook(there: int, quota: QuotaRule) -> Outlook:
    """Return whether so many people of a kind are enough for the seats that they must have at least."""
    if there < quota.minimum:
        return Outlook.SHORT
    return Outlook.TIGHT if there < COMFORTABLE * quota.minimum else Outlook.ENOUGH


def pool_goes_on(kept_days: int, drawn_at: datetime | None) -> date | None:
    """Return the day in Amsterdam on which the pool of a panel is deleted; None as long as its lot was not drawn."""
    return goes_at(kept_days, drawn_at).astimezone(AMSTERDAM).date() if drawn_at is not None else None


def goes_at(kept_days: int, since: datetime) -> datetime:
    """Return the moment from which nothing is kept any more: of the pool since the lot, of members since the panel closed."""
    return since + timedelta(days=kept_days)


def is_past(kept_days: int, since: datetime | None, now: datetime) -> bool:
    """Tell whether that moment has come."""
    return since is not None and now >= goes_at(kept_days, since)
