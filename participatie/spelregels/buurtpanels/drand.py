"""Which round of drand comes at a moment, and where does anybody read it? The public chain `quicknet`."""

from datetime import UTC, datetime, timedelta

GENESIS = datetime.fromtimestamp(1_692_803_367, UTC)
PERIOD = timedelta(seconds=3)
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def round_at(moment: datetime) -> int:
    """Return the number of the first round that comes at a moment or after it; the first of all came at the genesis."""
    return -((GENESIS - moment) // PERIOD) + 1


def comes_at(number: int) -> datetime:
    """Return the moment of a round."""
    return GENESIS + (number - 1) * PERIOD


def address_of(number: int) -> str:
    """Return where a round can be read, once it is there: the value after `randomness`."""
    return f"https://api.drand.sh/{CHAIN}/public/{number}"
