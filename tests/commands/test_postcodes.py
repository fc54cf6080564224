"""Postcodes come in from a file, each with the area it lies in, or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.audit import AuditRow
from participatie.models.postcodes import Postcode
from tests.commands.conftest import CommandLine
from tests.factories import a_gemeente

GOOD = "postcode,area\n8011 AB,BU90010101\n8011ac,BU90010102\n8012,WK900102\n"


def write(folder: Path, text: str) -> Path:
    """Write a file of postcodes."""
    file = folder / "postcodes.csv"
    file.write_text(text)
    return file


def known(session: Session) -> dict[str, str]:
    """Every postcode with the code of its area."""
    session.rollback()
    codes = {area.id: area.code for area in [*a_gemeente(session).wijken, *a_gemeente(session).buurten]}
    found = {each.code: codes[each.area_id] for each in session.scalars(select(Postcode))}
    session.rollback()
    return found


def test_postcodes_come_in_and_are_brought_up_to_date(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    a_gemeente(session)
    session.commit()  # a command comes next, and must find the database free
    assert "3 nieuw, 0 gewijzigd" in participatie("areas", "postcodes", write(tmp_path, GOOD)).output
    assert known(session) == {"8011AB": "BU90010101", "8011AC": "BU90010102", "8012": "WK900102"}
    assert "3 gelijk" in participatie("areas", "postcodes", write(tmp_path, GOOD)).output
    later = "postcode;area\r\n8011AB;BU90010102\r\n8013;WK900101\r\n"
    assert "1 nieuw, 1 gewijzigd, 0 gelijk" in participatie("areas", "postcodes", write(tmp_path, later)).output
    assert known(session)["8011AB"] == "BU90010102"
    assert known(session)["8012"] == "WK900102", "what the file does not name stays"
    assert [row.act for row in session.scalars(select(AuditRow))] == ["gebieden inlezen"] * 2


@pytest.mark.parametrize(
    ("broken", "line", "expected"),
    [
        (GOOD.replace("postcode,", "code,"), 1, "de kolommen postcode,area"),
        ("postcode,area\n", 2, "minstens één postcode"),
        (GOOD.replace("8011ac", "801AC"), 3, "een postcode zoals 8011AB of 8011"),
        (GOOD.replace("8011ac", "8011AB"), 3, "elke postcode één keer (zie regel 2)"),
        (GOOD.replace("WK900102", "WK900109"), 4, "de code van een gebied dat is ingelezen"),
        (GOOD.replace(",WK900102", ""), 4, "2 kolommen"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_comes_in(
    participatie: CommandLine, tmp_path: Path, session: Session, broken: str, line: int, expected: str
) -> None:
    a_gemeente(session)
    session.commit()
    output = participatie("areas", "postcodes", write(tmp_path, broken), exit_code=2).output
    assert output.startswith(f"postcodes.csv, regel {line}: verwacht {expected}"), output
    assert known(session) == {}
