"""Which shapes may a parameter in an address have?"""

from urllib.parse import urlsplit

from werkzeug.routing import BaseConverter, IntegerConverter, Map

HIGHEST_ROW = 2**31 - 1


class SlugConverter(BaseConverter):
    """A short name in lower case with dashes, as in `/trajecten/<slug:slug>`."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class RowNumberConverter(IntegerConverter):
    """A number of a row. One that no column could hold is no address, and not an error of the database."""

    def __init__(self, url_map: Map) -> None:
        """Take the numbers from 0 to the highest of an integer column."""
        super().__init__(url_map, max=HIGHEST_ROW)


def safe_next(target: str | None) -> str | None:
    """Return a path on this site to go back to, or None for anything that leads elsewhere (abuse case 32)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return None
    if any(ord(sign) <= ord(" ") for sign in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
