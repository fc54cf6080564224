"""How is a table written as CSV that no spreadsheet takes for a formula (abuse case 45)?"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV with commas; a cell that a spreadsheet would calculate begins with an apostrophe."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_inert(str(cell)) for cell in row] for row in rows)
    return file.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
