"""Which household is this? A key made of a typed address; the address itself is kept nowhere."""

import hashlib
import hmac
import re
from unicodedata import normalize

from participatie.web.digits import latin_digits
from participatie.web.installation import settings

POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
#: A number, and whatever stands behind it: a letter, `bis`, a dash and a number.
HOUSE_NUMBER = re.compile(r"\W*0*(?P<number>[1-9][0-9]{0,4})(?![0-9])(?P<addition>.*)", re.DOTALL)
ADDITION = re.compile(r"[A-Z0-9]{0,6}")


def plain_postcode(typed: str) -> str | None:
    """Return `1234AB` for every way to type it, or None for what is no postcode."""
    plain = _plain(typed)
    return plain if POSTCODE.fullmatch(plain) else None


def plain_house_number(typed: str) -> str | None:
    """Return `12` or `12-A2` for every way to type it (`012`, `12 a-2`), or None for what is no house number."""
    found = HOUSE_NUMBER.fullmatch(normalize("NFKC", latin_digits(typed)))
    addition = _plain(found["addition"]) if found else ""
    if found is None or not ADDITION.fullmatch(addition):
        return None
    return f"{found['number']}-{addition}" if addition else found["number"]


def household_key(traject_id: int, postcode: str, house_number: str) -> str:
    """Return the key of a household in one traject: keyed with our secret, so that nobody can try all addresses.

    It differs from traject to traject, so that nobody follows a household through them. Raises ValueError for
    what is no Dutch address.
    """
    parts = (plain_postcode(postcode), plain_house_number(house_number))
    if None in parts:
        message = "no postcode, or no house number"
        raise ValueError(message)
    address = f"household\n{traject_id}\n{parts[0]}\n{parts[1]}"
    return hmac.new(settings().secret_key.encode(), address.encode(), hashlib.sha256).hexdigest()


def _plain(typed: str) -> str:
    text = normalize("NFKC", latin_digits(typed)).upper()
    return "".join(sign for sign in text if sign.isalnum())
