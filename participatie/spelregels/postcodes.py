"""What is a postcode, however it was typed? Four numbers, with or without two letters."""

import re

SHAPE = re.compile(r"(?P<numbers>[1-9][0-9]{3})(?P<letters>[A-Z]{2})?")


def plain_postcode(typed: str) -> str | None:
    """Return `8011AB` or `8011` for what was typed with spaces, dashes or small letters; None for what is no postcode.

    Numbers are 0 to 9: whoever reads from a screen first turns the digits of other scripts into these.
    """
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return plain if SHAPE.fullmatch(plain) else None


def numbers_of(code: str) -> str:
    """Return the four numbers of a plain postcode."""
    return code[:4]
