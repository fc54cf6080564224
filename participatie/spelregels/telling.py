"""How often does somebody want mail, about what, and when is a digest due?"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import NamedTuple

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.keyed_hashes import keyed_hash

DIGEST_TIME = time(8)
#: How many signs of the hash stand in an address: 128 bits, which nobody guesses.
SIGNS = 32


class Cadence(StrEnum):
    """How often somebody wants mail about what they follow."""

    AT_ONCE = "meteen"
    DAILY = "elke dag"
    WEEKLY = "elke week"
    NEVER = "nooit"


class About(StrEnum):
    """What somebody follows; EVERYTHING is only for stopping."""

    TRAJECT = "traject"
    IDEA = "idee"
    AREA = "gebied"
    EVERYTHING = "alles"


class Told(StrEnum):
    """What is told beside the announcements of a traject (`Announced`)."""

    OPENED = "traject geopend"
    ANSWERED = "idee beantwoord"
    PANEL_ANSWERED = "buurtpanel beantwoord"
    BESLUIT = "besluit genomen"
    PROGRESS = "stand van de uitvoering"
    DELAYED = "uitvoering later"
    PROMISED = "toezegging gedaan"
    KEPT = "toezegging nagekomen"


#: Of these there are as many as ideas, often fifty in one go: who did not ask for the idea itself, and follows its
#: traject or wijk, reads them in a digest, also when they want mail at once.
OF_EACH_IDEA = frozenset({Told.ANSWERED, Told.BESLUIT})


def last_due(cadence: Cadence, now: datetime) -> datetime:
    """Return when the last digest of a cadence was due: 08:00 in Amsterdam, today or before, on a Monday for a week.

    What is left of a reader who changed to another cadence goes the next morning.
    """
    local = now.astimezone(AMSTERDAM)
    # By the clock on the wall, so that the day on which that changes is no exception.
    day = local.date() if local.time() >= DIGEST_TIME else local.date() - timedelta(days=1)
    if cadence is Cadence.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, DIGEST_TIME, AMSTERDAM)


def next_due(cadence: Cadence, now: datetime) -> datetime:
    """Return when the next digest of a cadence is due."""
    day = last_due(cadence, now).date() + timedelta(days=7 if cadence is Cadence.WEEKLY else 1)
    return datetime.combine(day, DIGEST_TIME, AMSTERDAM)


class Stop(NamedTuple):
    """What one address in a mail can stop: mail to one account about one thing, or all mail about what it follows."""

    account_id: int
    about: About
    thing_id: int


def stop_token(secret: str, stop: Stop) -> str:
    """Return what stands in the address of that stop; `secret` is the reader's, and good for nothing else."""
    return f"{stop.about}-{stop.thing_id}-{stop.account_id}-{_sign(secret, stop)}"


def read_stop(token: str) -> Stop | None:
    """Return what a token says that it stops, to be checked with `is_signed`; None for what is no token."""
    parts = token.split("-")
    if len(parts) != 4 or parts[0] not in set(About) or not token.isascii():  # noqa: PLR2004
        return None
    about, thing, account, _signs = parts
    if not (thing.isdigit() and account.isdigit() and max(len(thing), len(account)) < 10):  # noqa: PLR2004
        return None
    return Stop(int(account), About(about), int(thing))


def is_signed(token: str, secret: str, stop: Stop) -> bool:
    """Tell whether the token is the one that its reader was mailed for this stop, and no other."""
    return compare_digest(token, stop_token(secret, stop))


def _sign(secret: str, stop: Stop) -> str:
    return keyed_hash(secret, "stop", stop.about, stop.thing_id, stop.account_id)[:SIGNS]
