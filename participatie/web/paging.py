"""Which page of a long list does this address ask for? Thirty rows at a time, by `?pagina=2`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from flask import abort, request
from sqlalchemy import Select

from participatie.web.transaction import db

PARAMETER = "pagina"
ROWS_A_PAGE = 30
LONGEST_NUMBER = 6  # digits

Row = TypeVar("Row")


class HasNumber(Protocol):
    """A row that is known by its number."""

    id: Any


Numbered = TypeVar("Numbered", bound=HasNumber)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list: page `number` of `pages`, counted from 1, of a list of `total` rows."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int
    #: What the address of another page must hold beside what this address holds.
    fixed: Mapping[str, str] = field(default_factory=dict)

    def href_for(self, number: int) -> str:
        """Return the address of another page of the same list, with the same filters."""
        others = {**self.fixed, **{name: values for name, values in request.args.lists() if name != PARAMETER}}
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


def page_of_numbers(
    numbers: Sequence[int], rows: Callable[[Sequence[int]], Select[Numbered]], fixed: Mapping[str, str]
) -> Page[Numbered]:
    """Return the page that was asked for of a list of which the numbers of all rows are known, in that order.

    `rows` selects rows by their numbers. One query; a page that does not exist is a 404.
    """
    number = _asked_number()
    pages = max(1, -(-len(numbers) // ROWS_A_PAGE))
    if number > pages:
        abort(404)
    part = numbers[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    found = {row.id: row for row in db().scalars(rows(part))}
    return Page([found[each] for each in part if each in found], number, pages, len(numbers), fixed)


def part_of(total: int, rows: Callable[[int, int], Sequence[Row]]) -> Page[Row]:
    """Return the page that was asked for of a list that gives its rows from a place on, so many."""
    number = _asked_number()
    pages = max(1, -(-total // ROWS_A_PAGE))
    if number > pages:
        abort(404)
    return Page(rows((number - 1) * ROWS_A_PAGE, ROWS_A_PAGE), number, pages, total)


def _asked_number() -> int:
    asked = request.args.get(PARAMETER, "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER and int(asked) >= 1):
        abort(404)
    return int(asked)
