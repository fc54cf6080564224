"""Where do the three sections of a Pabulib file stand, and which row is on which line?"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import NamedTuple

from participatie.allocation.pabulib.errors import Fault, PabulibError

NAMES = ("META", "PROJECTS", "VOTES")


class Row(NamedTuple):
    """The cells of one row, and the line of the file on which it ends."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: the columns of its header row, and the rows below it."""

    name: str
    line: int
    columns: dict[str, int]
    rows: list[Row]

    def column(self, name: str, file: str) -> int:
        """Return the position of a column the section must have."""
        if name not in self.columns:
            raise PabulibError(
                file, self.line, Fault.COLUMN_MISSING, f"een kolom '{name}' in {self.name}", ";".join(self.columns)
            )
        return self.columns[name]


def text_of(source: str | bytes, name: str) -> str:
    """Return the text of a file; bytes must be UTF-8, with or without a byte order mark."""
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{source[error.start]:02x}"
        raise PabulibError(name, line, Fault.NOT_UTF8, "tekst in UTF-8", found) from error


def without_votes(text: str) -> tuple[str, str]:
    """Return the text up to and with the header of VOTES, and the lines of votes below it.

    Only where VOTES stands last, below the others, and nothing before it is quoted over a line end;
    otherwise all of the text and nothing.
    """
    plain = text.replace("\r\n", "\n") if "\r" in text else text
    head, found, tail = plain.partition("\nVOTES\n")
    header, _, body = tail.partition("\n")
    below = f"\n{body}".upper()
    if not found or "\nPROJECTS\n" not in head or head.count('"') % 2 or any(f"\n{title}" in below for title in NAMES):
        return text, ""
    return f"{head}{found}{header}\n", body


def sections_of(text: str, name: str) -> dict[str, Section]:
    """Split the text into META, PROJECTS and VOTES; every row must be as wide as its header."""
    if not text.strip():
        raise PabulibError(name, 1, Fault.EMPTY_FILE, "de secties META, PROJECTS en VOTES", "een leeg bestand")
    sections: dict[str, Section] = {}
    rows = _rows(text, name)
    current: Section | None = None
    last = 1
    for row in rows:
        last = row.line
        title = row.cells[0].strip().upper()
        if title in NAMES and not any(row.cells[1:]):
            current = _open(title, row.line, rows, name)
            if title in sections:
                raise PabulibError(name, row.line, Fault.SECTION_TWICE, f"één sectie {title}", "een tweede")
            sections[title] = current
            last = current.line
        elif current is None:
            raise PabulibError(name, row.line, Fault.SECTION_MISSING, "de sectie META", row.cells[0])
        elif len(row.cells) != len(current.columns):
            raise PabulibError(
                name,
                row.line,
                Fault.COLUMN_COUNT,
                f"{len(current.columns)} kolommen in {current.name}",
                str(len(row.cells)),
            )
        else:
            current.rows.append(row)
    for title in NAMES:
        if title not in sections:
            raise PabulibError(name, last, Fault.SECTION_MISSING, f"een sectie {title}", "het einde van het bestand")
    return sections


def _open(title: str, line: int, rows: Iterator[Row], name: str) -> Section:
    header = next(rows, None)
    if header is None or header.cells[0].strip().upper() in NAMES:
        found = header.cells[0] if header else "het einde van het bestand"
        raise PabulibError(name, line, Fault.COLUMN_MISSING, f"een kopregel onder {title}", found)
    columns = {cell.strip(): position for position, cell in enumerate(header.cells)}
    if len(columns) != len(header.cells):
        raise PabulibError(
            name, header.line, Fault.COLUMN_COUNT, f"elke kolom één keer in {title}", ";".join(header.cells)
        )
    return Section(title, header.line, columns, [])


def _rows(text: str, name: str) -> Iterator[Row]:
    """Yield the rows that hold anything, with their line numbers."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        for cells in reader:
            if any(chain.from_iterable(cells)):
                yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise PabulibError(
            name, reader.line_num, Fault.NOT_CSV, "cellen met ; ertussen en aanhalingstekens in paren", str(error)
        ) from error
