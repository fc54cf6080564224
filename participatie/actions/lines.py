"""How is a file of an operator read, line by line, and how is it told which line is wrong?"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO


class LineError(Exception):
    """A file that is refused: its name, the line (1 is the first), what was expected and what stood there.

    As text it is one Dutch sentence for the command line.
    """

    def __init__(self, name: str, line: int, expected: str, found: str) -> None:
        """Keep where it is; `expected` and `found` are Dutch, short, without a full stop."""
        super().__init__(f"{name}, regel {line}: verwacht {expected}, gevonden {' '.join(found.split()) or 'niets'}.")
        self.line = line


def rows_of(source: bytes, name: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows under a header of these columns that hold anything, with their line numbers.

    UTF-8, with commas or semicolons; Excel's mark at the beginning is fine. Raises LineError for another header,
    another number of columns, and what is no text.
    """
    rows = _rows(source, name)
    _number, header = next(rows, (1, []))
    if tuple(header) != tuple(columns):
        raise LineError(name, 1, f"de kolommen {','.join(columns)}", ",".join(header))
    for number, cells in rows:
        if len(cells) != len(columns):
            raise LineError(name, number, f"{len(columns)} kolommen", f"{len(cells)} kolommen")
        yield number, cells


def table_of(source: bytes, name: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the header of a file whose columns are not known beforehand, and the rows under it as `rows_of` yields them.

    Raises LineError as `rows_of` does, for rows while they are read.
    """
    rows = _rows(source, name)
    _number, header = next(rows, (1, []))

    def below() -> Iterator[tuple[int, list[str]]]:
        for number, cells in rows:
            if len(cells) != len(header):
                raise LineError(name, number, f"{len(header)} kolommen", f"{len(cells)} kolommen")
            yield number, cells

    return header, below()


def _rows(source: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise LineError(name, line, "tekst in UTF-8", f"byte 0x{source[error.start]:02x}") from error
    if "\0" in text:
        raise LineError(name, text[: text.index("\0")].count("\n") + 1, "tekst", "een teken nul")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise LineError(name, reader.line_num, "aanhalingstekens in paren", str(error)) from error
