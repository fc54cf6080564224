"""`participatie rounds export`: the same bytes as the website gives, of a published round, in a new file."""

from pathlib import Path

from sqlalchemy.orm import Session

from tests.commands.conftest import CommandLine
from tests.commands.test_forgetting import a_published_round
from tests.factories import a_round
from tests.visitor import Visitor


def test_a_published_round_goes_out_as_the_website_gives_it(
    participatie: CommandLine, session: Session, visitor: Visitor, tmp_path: Path
) -> None:
    budget_round = a_published_round(session, "lente")
    file = tmp_path / "lente.pb"
    participatie("rounds", "export", "lente", "--pb", file)
    visitor.get(f"/wijkbudget/{budget_round.slug}/stemmen.pb")
    assert visitor.response is not None
    assert file.read_bytes() == visitor.response.data
    assert "bestaat al" in participatie("rounds", "export", "lente", "--pb", file, exit_code=2).output
    nowhere = tmp_path / "geen-map" / "lente.pb"
    assert "niet te schrijven" in participatie("rounds", "export", "lente", "--pb", nowhere, exit_code=2).output


def test_a_round_without_a_public_result_stays_in(participatie: CommandLine, session: Session, tmp_path: Path) -> None:
    a_round(session, slug="zomer")
    said = participatie("rounds", "export", "zomer", "--pb", tmp_path / "zomer.pb", exit_code=2).output
    assert "nog geen openbare uitslag" in said
    assert list(tmp_path.glob("*.pb")) == []
