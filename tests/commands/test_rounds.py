"""A real election comes in as a finished round, is counted, and is published, from the command line."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.commands.rounds import slug_of
from participatie.models.trajecten import Traject
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import AllocationLine, Plan, Round
from participatie.models.wijken import Area
from participatie.settings import ROOT
from participatie.spelregels.wijkbudget import RoundStatus
from tests.commands.conftest import CommandLine
from tests.visitor import Visitor

FOLDER = ROOT.parent / "shared" / "pabulib"
FILES = sorted(FOLDER.glob("*.pb"))
#: Larger files take seconds to half a minute each; the engine reads and counts all of them elsewhere.
LARGE = 60_000
WEST = FOLDER / "Netherlands_Amsterdam_309.pb"
with_data = pytest.mark.skipif(not FILES, reason="the folder with real elections is not there")

SMALL = """META
key;value
description;Plein in het groen
unit;Lindewaard
budget;1000
vote_type;approval
rule;greedy
num_projects;2
num_votes;3
PROJECTS
project_id;cost;name
a;700;Bomen
b;400;Bankjes
VOTES
voter_id;vote
1;a
2;a,b
3;b,a
"""


def write(folder: Path, text: str | bytes, name: str = "plein.pb") -> Path:
    """Write a file of votes."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_file_becomes_a_round_that_is_counted_and_published(
    participatie: CommandLine, tmp_path: Path, session: Session, visitor: Visitor
) -> None:
    file = write(tmp_path, SMALL)
    assert "2 plannen, 3 stembiljetten" in participatie("rounds", "import", file).output
    assert "3 stembiljetten, 1 plannen krijgen geld" in participatie("rounds", "count", "plein").output
    visitor.get("/wijkbudget/plein/uitslag", status=404)  # counted is not published
    assert participatie("rounds", "publish", "plein").output.strip().endswith("/wijkbudget/plein/uitslag")
    page = visitor.get("/wijkbudget/plein/uitslag")
    assert "Bomen" in page.text
    assert "Bankjes" in page.text
    assert session.scalar(select(Area.name)) == "Lindewaard"  # an empty installation takes the file's gemeente


def test_counting_and_publishing_happen_once(participatie: CommandLine, tmp_path: Path) -> None:
    file = write(tmp_path, SMALL)
    participatie("rounds", "import", file)
    assert "al ingelezen" in participatie("rounds", "import", file, exit_code=2).output
    assert "not-counted" in participatie("rounds", "publish", "plein", exit_code=2).output
    participatie("rounds", "count", "plein")
    assert "already-counted" in participatie("rounds", "count", "plein", exit_code=2).output
    participatie("rounds", "publish", "plein")
    assert "already-decided" in participatie("rounds", "publish", "plein", exit_code=2).output


def test_an_unknown_round_names_the_known_ones(participatie: CommandLine, tmp_path: Path) -> None:
    participatie("rounds", "import", write(tmp_path, SMALL))
    assert "plein" in participatie("rounds", "count", "nergens", exit_code=2).output


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (SMALL.replace("VOTES\n", ""), "regel"),
        (SMALL.replace("3;b,a", "3;b,c"), "regel 18"),
        (SMALL.replace("b;400", "b;veel"), "regel 13"),
        (SMALL.replace("3;b,a", "2;b,a"), "regel 18"),
        (SMALL.encode("utf-16"), "plein.pb"),
    ],
    ids=["missing section", "unknown plan in a vote", "cost is no number", "voter twice", "not UTF-8"],
)
def test_a_malformed_file_is_named_and_nothing_is_imported(
    participatie: CommandLine, tmp_path: Path, session: Session, broken: str | bytes, line: str
) -> None:
    output = participatie("rounds", "import", write(tmp_path, broken), exit_code=2).output
    assert "plein.pb" in output
    assert line in output
    assert "verwacht" in output
    assert len(output.strip().splitlines()) == 1
    for table in (Round, Traject, Ballot, Area):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_file_that_is_not_there_is_one_sentence(participatie: CommandLine, tmp_path: Path) -> None:
    output = participatie("rounds", "import", tmp_path / "nergens.pb", exit_code=2).output
    assert output.startswith("nergens.pb: niet te lezen")


@with_data
@pytest.mark.slow
@pytest.mark.parametrize("file", [file for file in FILES if file.stat().st_size < LARGE], ids=lambda file: file.stem)
def test_every_real_election_imports_and_counts(participatie: CommandLine, session: Session, file: Path) -> None:
    participatie("rounds", "import", file)
    participatie("rounds", "count", slug_of(file.stem))
    budget_round = session.scalars(select(Round)).one()
    assert budget_round.status is RoundStatus.COUNTED
    plans = session.scalar(select(func.count()).select_from(Plan))
    assert session.scalar(select(func.count()).select_from(AllocationLine)) == plans
    spent = session.scalar(select(func.sum(AllocationLine.funded_cents))) or 0
    assert 0 < spent <= budget_round.pot_cents
    meta = dict(
        line.split(";")[:2] for line in file.read_text("utf-8").split("PROJECTS")[0].splitlines() if ";" in line
    )
    assert session.scalar(select(func.count()).select_from(Ballot)) == int(meta["num_votes"])


@with_data
def test_west_begroot_reads_the_same_offline_and_online(
    participatie: CommandLine, session: Session, visitor: Visitor
) -> None:
    """The command without a database and the round in the database fund the same plans, and all pages show."""
    offline = participatie("allocate", WEST, "--json").output
    participatie("rounds", "import", WEST)
    participatie("rounds", "count", slug_of(WEST.stem))
    participatie("rounds", "publish", slug_of(WEST.stem))
    funded = session.scalars(
        select(Plan.reference).join(AllocationLine, AllocationLine.plan_id == Plan.id)
        .where(AllocationLine.step.is_not(None)).order_by(AllocationLine.step)
    ).all()  # fmt: skip
    assert funded
    assert f'"funded": {list(funded)}'.replace("'", '"').replace(" ", "") in offline.replace(" ", "").replace("\n", "")
    for number in range(1, 59):
        visitor.get(f"/wijkbudget/{slug_of(WEST.stem)}/plannen/{number}")
