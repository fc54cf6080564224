"""Codes and letters from the command line: in a new file that its owner alone reads, or not at all."""

import csv
import stat
from io import StringIO
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import present_code
from participatie.models.votes import CodeBatch
from participatie.models.wijkbudget import Round
from participatie.spelregels.phases import PhaseKind
from tests.commands.conftest import CommandLine
from tests.factories import SECRET_KEY, a_round, count_it, now_of, roll_of

ADDRESSES = (
    "naam;adres;postcode;plaats;taal\nFatma Yıldız;Dijk 1;1234 AB;Lindewaard;tr\n+Jan;Kade 2;1234 AC;Lindewaard;\n"
)


@pytest.fixture
def budget_round(session: Session) -> Round:
    """An open round."""
    return a_round(session)


def write(folder: Path, text: str) -> Path:
    file = folder / "adressen.csv"
    file.write_text(text)
    return file


def test_codes_go_into_a_new_file_that_its_owner_reads(
    participatie: CommandLine, session: Session, budget_round: Round, tmp_path: Path
) -> None:
    file, before = tmp_path / "codes.csv", len(roll_of(session, budget_round))
    session.commit()
    said = participatie("codes", "issue", budget_round.slug, "--count", "4", "--csv", file, "--label", "balie").output
    assert "4 stemcodes" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = list(csv.DictReader(StringIO(file.read_text())))
    assert [set(row) for row in rows] == [{"kenmerk", "stemcode"}] * 4
    assert not any(row["stemcode"] in said for row in rows)
    session.expire_all()
    shown = [present_code(session, budget_round, row["stemcode"], SECRET_KEY, now_of(session)) for row in rows]
    assert shown == [row["kenmerk"] for row in rows]
    assert len(roll_of(session, budget_round)) == before + 4
    session.commit()
    again = participatie("codes", "issue", budget_round.slug, "--count", "1", "--csv", file, exit_code=2)
    assert "bestaat al" in again.stderr
    assert len(list(csv.DictReader(StringIO(file.read_text())))) == 4
    session.expire_all()
    assert len(roll_of(session, budget_round)) == before + 4


def test_letters_go_to_addresses_and_the_kenmerken_into_a_list(
    participatie: CommandLine, session: Session, budget_round: Round, tmp_path: Path
) -> None:
    addresses, pdf, kept = write(tmp_path, ADDRESSES), tmp_path / "brieven.pdf", tmp_path / "kenmerken.csv"
    slug = budget_round.slug
    session.commit()
    participatie("codes", "letters", slug, "--addresses", addresses, "--pdf", pdf, "--list", kept)
    with PdfDocument(pdf) as document:
        texts = [document[place].get_textpage().get_text_bounded() for place in range(len(document))]
    rows = list(csv.DictReader(StringIO(kept.read_text())))
    assert [row["naam"] for row in rows] == ["Fatma Yıldız", "'+Jan"]
    assert all(row["kenmerk"] in text for row, text in zip(rows, texts, strict=True))
    assert {stat.S_IMODE(file.stat().st_mode) for file in (pdf, kept)} == {0o600}
    session.expire_all()
    assert {row["kenmerk"] for row in rows} <= {line.selector for line in roll_of(session, budget_round)}


@pytest.mark.parametrize(
    "words, said",
    [
        (("issue", "nergens", "--count", "1", "--csv", "{}/a.csv"), "geen ronde"),
        (("issue", "{round}", "--count", "1", "--csv", "{}/nergens/a.csv"), "niet te schrijven"),
        (("letters", "{round}", "--addresses", "{}/nergens.csv", "--pdf", "{}/a.pdf"), "niet te lezen"),
        (("letters", "{round}", "--addresses", "{}/adressen.csv", "--pdf", "{}/a.pdf"), "regel 2"),
    ],
)
def test_what_cannot_be_makes_no_code_and_no_file(
    participatie: CommandLine, session: Session, budget_round: Round, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    write(tmp_path, "naam,adres,postcode,plaats,taal\nJan,,1234 AC,Lindewaard,\n")
    before = len(roll_of(session, budget_round))
    session.commit()
    asked = [word.format(tmp_path, round=budget_round.slug) for word in words]
    assert said in participatie("codes", *asked, exit_code=2).stderr
    session.expire_all()
    assert len(roll_of(session, budget_round)) == before
    assert not list(tmp_path.glob("a.*"))


def test_a_counted_round_gets_no_codes(participatie: CommandLine, session: Session, tmp_path: Path) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    count_it(session, budget_round)
    file = tmp_path / "a.csv"
    said = participatie("codes", "issue", budget_round.slug, "--count", "1", "--csv", file, exit_code=2).stderr
    assert "already-counted" in said
    assert not file.exists()


def test_a_batch_may_name_the_buurt_that_its_letters_go_to(
    participatie: CommandLine, session: Session, budget_round: Round, tmp_path: Path
) -> None:
    area = budget_round.traject.area
    code, number = area.code, area.id
    session.commit()
    asked = ("codes", "issue", budget_round.slug, "--count", "1", "--csv")
    participatie(*asked, tmp_path / "a.csv", "--label", "buurt", "--area", code)
    session.expire_all()
    assert session.scalars(select(CodeBatch.area_id).where(CodeBatch.label == "buurt")).one() == number
    session.commit()
    refused = participatie(*asked, tmp_path / "b.csv", "--area", "BU99999999", exit_code=2)
    assert "BU99999999: geen gebied binnen" in refused.stderr
    assert not (tmp_path / "b.csv").exists()
