"""Figures about who lives in a wijk come in from a file, all or nothing, and never about origin."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.audit import AuditRow
from participatie.models.balance import WijkFigure
from tests.commands.conftest import CommandLine
from tests.factories import a_gemeente

HEADER = "area,feature,group,share,source,year,people\n"
GOOD = (
    HEADER + "WK900101,leeftijd,18 tot 35 jaar,31.5,CBS,2025,9340\n"
    "WK900101,leeftijd,35 jaar en ouder,68.5,CBS,2025,9340\n"
    "WK900101,woning,huur,62,WoON,2024,1200\n"
    "WK900102,leeftijd,18 tot 35 jaar,20,CBS,2025,5000\n"
)


@pytest.fixture(autouse=True)
def _places(session: Session) -> None:
    """The gemeente of this test, with the database free for a command."""
    a_gemeente(session)
    session.commit()


def write(folder: Path, text: str | bytes) -> Path:
    """Write a file of figures."""
    file = folder / "wijkprofiel.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def figures(session: Session) -> list[tuple[str, str, int, str, int, int]]:
    """Every figure, in the order of the file."""
    session.rollback()
    rows = session.scalars(select(WijkFigure).order_by(WijkFigure.area_id, WijkFigure.feature, WijkFigure.position))
    found = [(row.feature, row.group, row.share_permille, row.source, row.year, row.people) for row in rows]
    session.rollback()  # a command comes next, and must find the database free
    return found


def test_figures_come_in_with_their_source(participatie: CommandLine, tmp_path: Path, session: Session) -> None:
    assert "cijfers 4, kenmerken 3." in participatie("profile", "import", write(tmp_path, GOOD)).output
    assert figures(session) == [
        ("leeftijd", "18 tot 35 jaar", 315, "CBS", 2025, 9340),
        ("leeftijd", "35 jaar en ouder", 685, "CBS", 2025, 9340),
        ("woning", "huur", 620, "WoON", 2024, 1200),
        ("leeftijd", "18 tot 35 jaar", 200, "CBS", 2025, 5000),
    ]
    [row] = session.scalars(select(AuditRow))
    assert (row.act, row.actor_id, row.facts) == ("wijkprofiel inlezen", None, {"figures": 4, "features": 3})


def test_a_second_time_replaces_the_features_that_are_named(
    participatie: CommandLine, tmp_path: Path, session: Session
) -> None:
    """A file with semicolons, decimal commas and Excel's mark; the feature with a capital."""
    participatie("profile", "import", write(tmp_path, GOOD))
    later = "\ufeff" + HEADER.replace(",", ";") + "WK900101;Leeftijd;18 tot 27 jaar;12,5;CBS;2026;9500\r\n"
    assert "cijfers 1, kenmerken 1." in participatie("profile", "import", write(tmp_path, later)).output
    assert figures(session) == [
        ("Leeftijd", "18 tot 27 jaar", 125, "CBS", 2026, 9500),
        ("woning", "huur", 620, "WoON", 2024, 1200),
        ("leeftijd", "18 tot 35 jaar", 200, "CBS", 2025, 5000),
    ]


def test_the_same_file_twice_is_the_same(participatie: CommandLine, tmp_path: Path, session: Session) -> None:
    participatie("profile", "import", write(tmp_path, GOOD))
    before = figures(session)
    participatie("profile", "import", write(tmp_path, GOOD))
    assert figures(session) == before


def line(**changed: str) -> str:
    """A file of one good line, with these cells changed."""
    cells = {
        "area": "WK900101", "feature": "woning", "group": "huur", "share": "62",
        "source": "WoON", "year": "2024", "people": "1200",
    }  # fmt: skip
    return HEADER + ",".join({**cells, **changed}.values()) + "\n"


@pytest.mark.parametrize(
    ("broken", "number", "expected"),
    [
        ("", 1, "de kolommen area,feature,group,share,source,year,people"),
        (HEADER, 2, "minstens één cijfer"),
        (GOOD.replace("share", "aandeel"), 1, "de kolommen"),
        (GOOD.replace(",1200", ""), 4, "7 kolommen"),
        (line(area="WK999999"), 2, "een gebied dat als code bestaat"),
        (line(feature=""), 2, "een kenmerk van hoogstens 80 tekens"),
        (line(group="x" * 81), 2, "een groep van hoogstens 80 tekens"),
        (line(source=""), 2, "een bron van hoogstens 200 tekens"),
        (line(source="x" * 201), 2, "een bron van hoogstens 200 tekens"),
        (line(share="62.55"), 2, "een percentage met hoogstens één cijfer achter de komma"),
        (line(share="62%"), 2, "een percentage met hoogstens één cijfer"),
        (line(share="-1"), 2, "een percentage met hoogstens één cijfer"),
        (line(share="NaN"), 2, "een percentage met hoogstens één cijfer"),
        (line(share="100.1"), 2, "een percentage van hoogstens 100"),
        (line(share="٦٢"), 2, "een percentage met hoogstens één cijfer"),
        (line(year="24"), 2, "een jaar van 1900 tot en met"),
        (line(year="2999"), 2, "een jaar van 1900 tot en met"),
        (line(year="²⁰²⁴"), 2, "een jaar van 1900 tot en met"),
        (line(people="0"), 2, "een aantal mensen"),
        (line(people="1e9"), 2, "een aantal mensen"),
        (line(people="9" * 30), 2, "een aantal mensen"),
        (line(feature="herkomst"), 2, "een kenmerk dat niet over herkomst of geloof gaat"),
        (line(feature="Migratie-achtergrond"), 2, "een kenmerk dat niet over herkomst of geloof gaat"),
        (line(group="niet-westers"), 2, "een groep die niet over herkomst of geloof gaat"),
        (GOOD + "WK900101,Leeftijd,18 TOT 35 jaar,1,CBS,2025,9340\n", 6, "elke groep één keer (zie regel 2)"),
        (GOOD + "WK900101,woning,koop,38.1,WoON,2024,1200\n", 6, "samen hoogstens 100 procent voor woning"),
        (GOOD.replace("WoON", '"Wo"ON'), 4, "aanhalingstekens in paren"),
        (GOOD.replace("WoON", "W\0N"), 4, "tekst"),
        (GOOD.replace("WoON", "ë").encode("latin-1"), 4, "tekst in UTF-8"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_nothing_comes_in(
    participatie: CommandLine, tmp_path: Path, session: Session, broken: str | bytes, number: int, expected: str
) -> None:
    output = participatie("profile", "import", write(tmp_path, broken), exit_code=2).output
    assert output.startswith(f"wijkprofiel.csv, regel {number}: verwacht {expected}"), output
    assert len(output.strip().splitlines()) == 1
    assert figures(session) == []


def test_a_wrong_file_leaves_what_was_there(participatie: CommandLine, tmp_path: Path, session: Session) -> None:
    participatie("profile", "import", write(tmp_path, GOOD))
    before = figures(session)
    participatie("profile", "import", write(tmp_path, GOOD + line(share="x").removeprefix(HEADER)), exit_code=2)
    assert figures(session) == before


def test_a_file_that_is_not_there_is_one_sentence(participatie: CommandLine, tmp_path: Path) -> None:
    output = participatie("profile", "import", tmp_path / "nergens.csv", exit_code=2).output
    assert output.startswith("nergens.csv: niet te lezen")
