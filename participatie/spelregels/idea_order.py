"""In which order does a list of ideas stand? By lot unless the reader asks otherwise, so that nobody has the best place.

The lot is in the address of the page: whoever opens it again, or gets it sent, sees the same order.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

#: How a lot is written in an address.
LOT = re.compile(r"[a-p]{6}")
#: How many lots are given out in an hour. The next hour has others, so over a day every idea comes on top as often;
#: and as so few are in use at a time, pages made for one reader serve the next.
LOTS_AN_HOUR = 16


class Order(StrEnum):
    """How a reader may ask a list to be ordered; the words of the address."""

    LOT = "willekeurig"
    NEWEST = "nieuwste"
    SUPPORT = "meeste-steun"
    SEEN = "minst-gezien"


def lots_of(hour: datetime) -> list[str]:
    """Return the lots that are given out in the hour of a moment (UTC)."""
    digests = (sha256(f"lot\n{hour:%Y%m%d%H}\n{number}".encode()).digest() for number in range(LOTS_AN_HOUR))
    return ["".join(chr(ord("a") + byte % LOTS_AN_HOUR) for byte in digest[:6]) for digest in digests]


def by_lot(idea_ids: Iterable[int], lot: str) -> list[int]:
    """Return ideas in the order of a lot. It depends on nothing but the lot and their numbers, on any machine."""
    return sorted(idea_ids, key=lambda idea_id: sha256(f"{lot}\n{idea_id}".encode()).digest())
