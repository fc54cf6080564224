"""Which wijk did this visitor choose? One cookie with the number of an area, and only for who chose one."""

from flask import request
from werkzeug import Response

from participatie.web.languages import YEAR_SECONDS
from participatie.web.urls import HIGHEST_ROW

COOKIE = "wijk"
LONGEST = len(str(HIGHEST_ROW))


def chosen_wijk() -> int | None:
    """Return the number of the area that was chosen in this browser; it may not exist (any more)."""
    kept = request.cookies.get(COOKIE, "")
    if not (kept.isascii() and kept.isdigit() and len(kept) <= LONGEST):
        return None
    number = int(kept)
    return number if number <= HIGHEST_ROW else None


def remember_wijk(response: Response, area_id: int) -> None:
    """Keep a choice for a year. The cookie holds that number and nothing else, so it follows nobody."""
    response.set_cookie(
        COOKIE, str(area_id), max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure, httponly=True
    )


def forget_wijk(response: Response) -> None:
    """Take the choice out of this browser."""
    response.delete_cookie(COOKIE, samesite="Lax", secure=request.is_secure, httponly=True)
