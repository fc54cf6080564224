"""How are quotas and a pool read from CSV, in the shapes that sortition-algorithms uses?

Quotas: a line for each value, `feature,value,min,max`. Pool: a line for each person, `id`, a column for each feature of
the quotas, and `household` where it is known. Other columns are ignored. UTF-8 with or without BOM, commas or semicolons.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from participatie.lottery.checking import problems_of_people, problems_of_quotas
from participatie.lottery.faults import MOST_PROBLEMS, Fault, LotteryError, PoolError, Problem, QuotasError
from participatie.lottery.terms import Person, Pool, Quota, Quotas

ID, HOUSEHOLD = "id", "household"
FEATURE, VALUE, MINIMUM, MAXIMUM = "feature", "value", "min", "max"
#: No panel has more seats than this many digits can say; a longer number is a slip.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows below a header, each by the names of its columns, with the line in which it ends."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...]


def read_quotas(source: bytes) -> Quotas:
    """Read quotas. Raises QuotasError with all that is wrong, by line."""
    table = _table(source, QuotasError, (FEATURE, VALUE, MINIMUM, MAXIMUM))
    quotas: list[Quota] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for row, line in zip(table.rows, table.lines, strict=True):
        wrong = [Problem(Fault.FIELD_EMPTY, {"column": name}, (line,)) for name in (FEATURE, VALUE) if not row[name]]
        wrong += [
            Problem(Fault.NOT_A_NUMBER, {"column": name, "found": row[name]}, (line,))
            for name in (MINIMUM, MAXIMUM)
            if not _is_number(row[name])
        ]
        problems += wrong
        if not wrong:
            quotas.append(Quota(row[FEATURE], row[VALUE], int(row[MINIMUM]), int(row[MAXIMUM])))
            lines.append(line)
    if quotas or not problems:
        problems += problems_of_quotas(quotas, lines)
    if problems:
        raise QuotasError(_by_line(problems))
    return Quotas(tuple(quotas))


def read_pool(source: bytes, quotas: Quotas) -> Pool:
    """Read the people. Raises PoolError with all that is wrong, by line; the heading is line 1."""
    table = _table(source, PoolError, (ID,))
    missing = [
        Problem(Fault.FEATURE_MISSING, {"feature": feature}, (1,))
        for feature in quotas.features
        if feature not in table.columns
    ]
    people = [
        Person(
            row[ID],
            {feature: row[feature] for feature in quotas.features if feature in row},
            row.get(HOUSEHOLD) or None,
        )
        for row in table.rows
    ]
    found = problems_of_people(people, quotas, table.lines)
    problems = [*missing, *(problem for problem in found if problem.fault is not Fault.FEATURE_MISSING)]
    if problems:
        raise PoolError(_by_line(problems))
    return Pool(tuple(people), quotas.features)


def _table(source: bytes, error: type[LotteryError], needed: tuple[str, ...]) -> _Table:
    """Read a table with at least the needed columns, or raise the error."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise error([Problem(Fault.NOT_UTF8, {}, (source[: wrong.start].count(b"\n") + 1,))]) from wrong
    head = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row)))
    except csv.Error as wrong:
        raise error([Problem(Fault.NOT_CSV, {}, (reader.line_num,))]) from wrong
    if not rows:
        raise error([Problem(Fault.NO_ROWS)])
    columns = [name.casefold() if name.casefold() in (*needed, HOUSEHOLD) else name for name in rows[0][1]]
    problems = [Problem(Fault.COLUMN_MISSING, {"column": name}, (1,)) for name in needed if name not in columns]
    problems += [
        Problem(Fault.COLUMN_TWICE, {"column": name}, (1,))
        for name in dict.fromkeys(columns)
        if name and columns.count(name) > 1
    ]
    if not problems:
        problems += [
            Problem(Fault.COLUMN_COUNT, {"expected": len(columns), "found": len(row)}, (line,))
            for line, row in rows[1:]
            if len(row) != len(columns)
        ]
    if problems:
        raise error(problems[:MOST_PROBLEMS])
    return _Table(
        tuple(columns),
        tuple(dict(zip(columns, row, strict=True)) for _, row in rows[1:]),
        tuple(line for line, _ in rows[1:]),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _by_line(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.lines[:1])
