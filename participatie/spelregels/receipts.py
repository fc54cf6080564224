"""Is what somebody typed a receipt, however they typed it, and what became of the ballot it belongs to?"""

from enum import StrEnum
from unicodedata import category

#: Receipts are made of Crockford's base 32, which has none of these three letters.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FILLING = frozenset({"Pd", "Cf"})
LONGEST = 24


class Fate(StrEnum):
    """What became of the ballot with a receipt."""

    COUNTED = "geteld"
    SET_ASIDE = "telt niet mee"
    UNKNOWN = "niet op de lijst"


def spellings_of(typed: str) -> tuple[str, ...]:
    """Return how a typed receipt may stand on the list; none when it cannot be one.

    Spaces, dashes, small letters, and O, I and L for 0, 1 and 1 are fine. The receipts of an imported file are
    written in small letters.
    """
    signs = (sign for sign in typed.upper() if not sign.isspace() and category(sign) not in _FILLING)
    text = "".join(signs).translate(_LOOKALIKES)
    if not text or len(text) > LONGEST or not (text.isascii() and text.isalnum()):
        return ()
    return tuple(dict.fromkeys((text, text.lower())))
