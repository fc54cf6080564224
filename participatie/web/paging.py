"""Which page of a long list does this address ask for? Thirty rows at a time, by `?pagina=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import abort, request
from sqlalchemy import Select

from participatie.web.transaction import db

PARAMETER = "pagina"
ROWS_A_PAGE = 30
LONGEST_NUMBER = 6  # digits

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list: page `number` of `pages`, counted from 1, of a list of `total` rows."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    def href_for(self, number: int) -> str:
        """Return the address of another page of the same list, with the same filters."""
        others = {name: values for name, values in request.args.lists() if name != PARAMETER}
        asked = {**others, PARAMETER: number} if number > 1 else others
        return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path


def page_of(rows: Select[Row], count: Select[int]) -> Page[Row]:
    """Return the page that was asked for; one that does not exist is a 404. Two queries, whatever the length."""
    number = _asked_number()
    total = db().scalar(count) or 0
    pages = max(1, -(-total // ROWS_A_PAGE))
    if number > pages:
        abort(404)
    part = db().scalars(rows.limit(ROWS_A_PAGE).offset((number - 1) * ROWS_A_PAGE)).all()
    return Page(part, number, pages, total)


def _asked_number() -> int:
    asked = request.args.get(PARAMETER, "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER and int(asked) >= 1):
        abort(404)
    return int(asked)
