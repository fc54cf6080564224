"""A result of the database brings a bundle that is right: also done over, set aside, on paper, restored or forgotten."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import forget_secret, restart_vote
from participatie.models.database import connect
from participatie.models.votes import Ballot
from participatie.models.wijkbudget import Round, round_by_slug
from participatie.verification import unpack, verify
from participatie.verification.contents import ALLOCATION, PAPER_BALLOTS, RULEBOOK, SEAL
from tests.clock import TurnableClock
from tests.commands.conftest import CommandLine
from tests.databases import SQLITE
from tests.factories import a_round, a_wijkmanager, ballots, count_it, done, runs_all
from tests.verification.bundles import (
    a_closed_round,
    a_result,
    checked,
    on_paper,
    package_of,
    packed_now,
    publish,
    revoke_last_batch,
    without_guards,
)
from tests.visitor import Visitor

ELECTION = Path(__file__).parent / "an_election.pb"


def test_everybody_downloads_the_same_bundle_and_finds_it_right(
    participatie: CommandLine, session: Session, visitor: Visitor, tmp_path: Path
) -> None:
    budget_round = a_result(session, slug="plein")
    session.commit()
    page = visitor.get("/wijkbudget/plein/uitslag")
    assert "participatie verify bundel-plein.zip" in page.text
    downloaded = visitor.client.get(page.link("Download het pakket"))
    assert downloaded.data == visitor.client.get("/wijkbudget/plein/bundel.zip").data
    assert downloaded.mimetype == "application/zip"
    file = tmp_path / "bundel-plein.zip"
    file.write_bytes(downloaded.data)
    report = json.loads(participatie("verify", file, "--json").output)
    assert (report["ok"], report["ballots"]) == (True, 6)
    assert all(report["hashes"][name] in page.text for name in ("rulebook_sha256", "ballots_sha256", "seed"))
    files = unpack(downloaded.data)
    assert files[RULEBOOK].decode() == budget_round.rulebook
    everything = b"\n".join(files.values()).decode()
    assert "cast_hour" not in everything
    assert "2026-05-04T" not in files[ALLOCATION].decode() + files[SEAL].decode(), "no moment"


def test_there_is_no_bundle_before_the_result_is_public(session: Session, visitor: Visitor) -> None:
    budget_round = a_closed_round(session, slug="plein")
    count_it(session, budget_round)
    visitor.get("/wijkbudget/plein/bundel.zip", status=404)


def test_votes_that_an_administrator_takes_away_break_the_bundle(session: Session) -> None:
    """Abuse case 40: whatever else is written anew, the outcome and the seal name the break."""
    budget_round = a_closed_round(session)
    count_it(session, budget_round)
    first = session.scalars(select(Ballot.id).where(Ballot.choices == "[1]")).first()
    with without_guards(session):
        session.execute(delete(Ballot).where(Ballot.id == first))
    said = verify(packed_now(session, budget_round)).as_text()
    assert "komt anders uit" in said
    assert "seal.json: ballots klopt niet" in said


def test_a_vote_that_is_changed_breaks_the_seal_also_in_an_outcome_that_is_written_anew(session: Session) -> None:
    """Abuse case 40."""
    budget_round = a_closed_round(session)
    count_it(session, budget_round)
    with without_guards(session):
        session.execute(update(Ballot).where(Ballot.choices == "[2,3]").values(choices="[2]"))
    assert "verzegeld" in verify(packed_now(session, budget_round)).as_text()


def test_a_vote_done_over_is_right(session: Session) -> None:
    budget_round = a_round(session)
    ballots(session, budget_round, [[1], [2]])
    manager, clock = runs_all(a_wijkmanager(session)), session.info["clock"]
    done(restart_vote(session, manager, budget_round, "Er stond een verkeerd bedrag.", clock.now))
    session.commit()
    from_the_start = budget_round.clock()
    budget_round.freeze(budget_round.draft_rulebook())
    budget_round.status = type(budget_round.status).OPEN
    session.commit()
    ballots(session, budget_round, [[1], [3]])
    clock.turn_to(from_the_start.closes_at + timedelta(days=1))
    count_it(session, budget_round)
    publish(session, budget_round)
    report = checked(session, budget_round)
    assert report.is_right, report.as_text()
    assert "withdrawn-rulebook-1.json" in unpack(package_of(session, budget_round))


def test_paper_comes_after_the_seal_and_stays_among_the_others(session: Session) -> None:
    budget_round = a_closed_round(session, [[1]] * 6 + [[2]] * 5)
    on_paper(session, budget_round, ["[3]", "[2]"])
    count_it(session, budget_round)
    publish(session, budget_round)
    report = checked(session, budget_round)
    assert report.is_right, report.as_text()
    assert report.ballots == 13
    files = unpack(package_of(session, budget_round))
    assert PAPER_BALLOTS not in files
    assert json.loads(files[SEAL])["salt"] is None


def test_ballots_set_aside_stay_under_the_seal_and_out_of_the_count(session: Session, clock: TurnableClock) -> None:
    budget_round = a_closed_round(session, [[1]] * 4)
    ballots(session, budget_round, [[2]] * 11)
    revoke_last_batch(session, budget_round)
    count_it(session, budget_round)
    publish(session, budget_round)
    package = package_of(session, budget_round)
    report = verify(package)
    assert report.is_right, report.as_text()
    assert report.ballots == 4
    assert "11 stembiljetten tellen niet mee. Waarom: Een doos brieven was weg." in report.as_text()
    clock.forward(days=60)
    today = clock.now.date()
    done(forget_secret(session, runs_all(a_wijkmanager(session)), budget_round, today, clock.now))
    session.commit()
    assert package_of(session, budget_round) == package, "the bundle outlives what is forgotten"


def test_a_restored_backup_gives_the_same_bundle(session: Session, tmp_path: Path) -> None:
    """Abuse case 67."""
    budget_round = a_result(session, slug="plein")
    package = package_of(session, budget_round)
    session.commit()
    bind = session.get_bind()
    if bind.dialect.name != SQLITE:
        pytest.skip("a copy of a file is a backup on SQLite alone")
    with (
        closing(sqlite3.connect(str(bind.engine.url.database))) as live,
        closing(sqlite3.connect(tmp_path / "restored.db")) as copy,
    ):
        live.backup(copy)
    restored = connect(f"sqlite:///{tmp_path / 'restored.db'}")
    with Session(restored) as again:
        there = again.scalars(round_by_slug("plein")).one()
        assert package_of(again, there) == package
        assert verify(packed_now(again, there)).is_right
    restored.dispose()


def test_an_imported_election_is_right(participatie: CommandLine, session: Session) -> None:
    participatie("rounds", "import", ELECTION, "--slug", "amsterdam")
    participatie("rounds", "count", "amsterdam")
    participatie("rounds", "publish", "amsterdam")
    assert "geven de uitslag die er staat. Het zegel klopt." in participatie("rounds", "recount", "amsterdam").output
    report = checked(session, session.scalars(select(Round)).one())
    assert report.is_right, report.as_text()
    first = select(func.min(Ballot.id)).scalar_subquery()
    with without_guards(session):
        session.execute(update(Ballot).where(Ballot.id == first).values(choices="[]"))
    said = participatie("rounds", "recount", "amsterdam", exit_code=1).output
    assert "Het zegel klopt niet" in said
    assert "zijn andere dan bij de telling" in said
