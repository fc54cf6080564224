"""The areas of a gemeente come in from a file, as one tree or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.audit import AuditRow
from participatie.models.wijken import Area, AreaKind
from tests.commands.conftest import CommandLine

GOOD = """code,kind,name,parent
BU99990101,buurt,"Molenbuurt, oost",WK999901
GM9999,gemeente,Lindewaard,
WK999901,wijk,Noord,SD9901
SD9901,stadsdeel,Overvaart,GM9999
"""


def write(folder: Path, text: str | bytes) -> Path:
    """Write a file of areas."""
    file = folder / "gebieden.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def the_tree(session: Session) -> dict[str, str]:
    """Every area by code, as the names from the root down."""
    session.rollback()
    areas = session.execute(select(Area.id, Area.code, Area.name, Area.path)).all()
    session.rollback()  # a command comes next, and must find the database free
    names = {str(area.id): area.name for area in areas}
    return {area.code: " > ".join(names[part] for part in area.path.strip("/").split("/")) for area in areas}


def test_areas_come_in_in_any_order(participatie: CommandLine, tmp_path: Path, session: Session) -> None:
    assert "4 nieuw" in participatie("areas", "import", write(tmp_path, GOOD)).output
    tree = the_tree(session)
    assert tree["BU99990101"] == "Lindewaard > Overvaart > Noord > Molenbuurt, oost"
    assert tree["GM9999"] == "Lindewaard"
    parents = dict(session.execute(select(Area.code, Area.kind)).all())
    assert parents["SD9901"] is AreaKind.STADSDEEL
    assert [row.act for row in session.scalars(select(AuditRow))] == ["gebieden inlezen"]


def test_a_second_time_changes_nothing(participatie: CommandLine, tmp_path: Path, session: Session) -> None:
    participatie("areas", "import", write(tmp_path, GOOD))
    before = the_tree(session)
    assert "0 nieuw, 0 gewijzigd, 4 gelijk" in participatie("areas", "import", write(tmp_path, GOOD)).output
    assert the_tree(session) == before
    assert session.scalar(select(func.count()).select_from(AuditRow)) == 1


def test_a_new_name_and_another_place_are_taken_over(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    """A file with semicolons and Excel's mark, that names two of the four areas."""
    participatie("areas", "import", write(tmp_path, GOOD))
    later = "\ufeffcode;kind;name;parent\r\nWK999901;wijk;Noord-West;GM9999\r\nBU99990102;buurt;Kade;WK999901\r\n"
    assert "1 nieuw, 1 gewijzigd, 0 gelijk" in participatie("areas", "import", write(tmp_path, later)).output
    tree = the_tree(session)
    assert tree["WK999901"] == "Lindewaard > Noord-West"
    assert tree["BU99990101"] == "Lindewaard > Noord-West > Molenbuurt, oost", "what lies in it moves along"
    assert tree["BU99990102"] == "Lindewaard > Noord-West > Kade"
    assert tree["SD9901"] == "Lindewaard > Overvaart"


@pytest.mark.parametrize(
    ("broken", "line", "expected"),
    [
        (GOOD.replace("code,", "nummer,"), 1, "de kolommen code,kind,name,parent"),
        ("", 1, "de kolommen"),
        ("code,kind,name,parent\n", 2, "minstens één gebied"),
        (GOOD.replace(",wijk,", ",dorp,"), 4, "een van gemeente, stadsdeel, wijk, buurt"),
        (GOOD.replace("Noord,SD9901", "Noord,SD9907"), 4, "een parent die als code bestaat"),
        (GOOD + "GM8888,gemeente,Elders,\n", 3, "één gebied zonder parent"),
        (GOOD + "WK999902,wijk,Zuid,\n", 6, "een parent"),
        (GOOD + "SD9901,stadsdeel,Nog eens,GM9999\n", 6, "elke code één keer (zie regel 5)"),
        (GOOD.replace("Overvaart,GM9999", "Overvaart,BU99990101"), 2, "een parent die er niet zelf in ligt"),
        (GOOD.replace("Overvaart,GM9999", "Overvaart,SD9901"), 2, "een parent die er niet zelf in ligt"),
        (GOOD + "SD9902,stadsdeel,Binnenwaard,WK999901\n", 6, "dat SD9902 (stadsdeel) in een groter gebied ligt"),
        (GOOD.replace("SD9901,stadsdeel,Overvaart,GM9999", "SD9901,stadsdeel,Overvaart"), 5, "4 kolommen"),
        (GOOD.replace("Noord", ""), 4, "een naam"),
        (GOOD.replace("WK999901,wijk", "WK 999901,wijk"), 4, "een code"),
        (GOOD.replace("Noord", '"No"ord'), 4, "aanhalingstekens in paren"),
        (GOOD.replace("Noord", "Noördwijk").encode("latin-1"), 4, "tekst in UTF-8"),
        (GOOD.encode("utf-16"), 1, "tekst in UTF-8"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_line_and_nothing_comes_in(
    participatie: CommandLine, tmp_path: Path, session: Session, broken: str | bytes, line: int, expected: str
) -> None:
    output = participatie("areas", "import", write(tmp_path, broken), exit_code=2).output
    assert output.startswith(f"gebieden.csv, regel {line}: verwacht {expected}"), output
    assert len(output.strip().splitlines()) == 1
    assert the_tree(session) == {}


def test_a_second_gemeente_is_refused_beside_the_one_that_is_there(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    participatie("areas", "import", write(tmp_path, GOOD))
    other = GOOD.replace("GM9999", "GM8888")
    output = participatie("areas", "import", write(tmp_path, other), exit_code=2).output
    assert "dat is GM9999 al" in output
    assert "GM8888" not in the_tree(session)


def test_a_file_that_is_not_there_is_one_sentence(participatie: CommandLine, tmp_path: Path) -> None:
    output = participatie("areas", "import", tmp_path / "nergens.csv", exit_code=2).output
    assert output.startswith("nergens.csv: niet te lezen")
