"""On which line does a file say something? `tomllib` tells what, and this tells where."""

import tomllib
from collections.abc import Iterator
from typing import Any

#: Where something stands: the names and places that lead to it, as `("phases", 2, "weeks")`.
Place = tuple[str | int, ...]


def places(text: str) -> dict[Place, int]:
    """Return the line on which each table and each name begins (1 is the first), of a text that is TOML.

    A name is on the first line with which the file, cut off there, holds it. That takes a reading for
    each line, so it is for small files, and only asked when there is something to say about one.
    """
    found: dict[Place, int] = {}
    lines = text.split("\n")
    begin = 1
    for last in range(1, len(lines) + 1):
        data = _read("\n".join(lines[:last]))
        if data is not None:  # else something that goes on over more lines
            for place in _places_in(data, ()):
                found.setdefault(place, begin)
            begin = last + 1
    return found


def broken_line(text: str) -> int:
    """Return the line from which on a text is no TOML: the one after the longest beginning that is."""
    lines = text.split("\n")
    return next(last + 1 for last in range(len(lines), -1, -1) if _read("\n".join(lines[:last])) is not None)


def is_said_twice(text: str, line: int) -> bool:
    """Tell whether a broken line is good by itself, so that only its name is one too many."""
    lines = text.split("\n")
    header = next((before for before in reversed(lines[: line - 1]) if before.lstrip().startswith("[")), "")
    alone = lines[line - 1]
    return _read(alone) is not None if alone.lstrip().startswith("[") else _read(f"{header}\n{alone}") is not None


def _read(text: str) -> dict[str, Any] | None:
    # Brackets in brackets in brackets, or a number of thousands of digits, are no TOMLDecodeError.
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _places_in(value: object, at: Place) -> Iterator[Place]:
    if at:
        yield at
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places_in(inner, (*at, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _places_in(inner, (*at, position))
