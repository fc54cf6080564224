"""The tables, and the named selects over them. Models hand facts to the spelregels, never the reverse."""

from participatie.models import (
    accounts,
    announcements,
    audit,
    balance,
    besluiten,
    groups,
    ideas,
    moderation,
    outbox,
    trajecten,
    votes,
    wijkbudget,
    wijken,
)
from participatie.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "announcements",
    "audit",
    "balance",
    "besluiten",
    "groups",
    "ideas",
    "moderation",
    "outbox",
    "trajecten",
    "votes",
    "wijkbudget",
    "wijken",
]
