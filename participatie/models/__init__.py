"""The tables, and the named selects over them. Models hand facts to the spelregels, never the reverse."""

from participatie.models import (
    accounts,
    audit,
    besluiten,
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
    "audit",
    "besluiten",
    "ideas",
    "moderation",
    "outbox",
    "trajecten",
    "votes",
    "wijkbudget",
    "wijken",
]
