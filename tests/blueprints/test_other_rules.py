"""The same ballots under other rules, the tables to download, a besluit that deviates, and turnout by buurt."""

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import issue_codes
from participatie.actions.wijkbudget import recount_round
from participatie.models.votes import CodeBatch, VoterRoll
from participatie.models.wijkbudget import OtherRules, Round, other_rules_of
from participatie.models.wijken import Area
from participatie.settings import ROOT
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused
from participatie.spelregels.votes import BallotKind, RollStatus
from tests.factories import SECRET_KEY, a_gemeente, a_round, a_wijkmanager, count_it, done, now_of, runs_all
from tests.verification.bundles import a_closed_round, a_result, publish, revoke_last_batch
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

#: Bridges have more votes; benches and trees are cheaper.
PLANS = (("Brug", 100_000), ("Bank", 30_000), ("Boom", 20_000))
CAST = ([1], [1], [1], [2, 3], [2, 3], [1, 2])


def lessons(session: Session, budget_round: Round) -> OtherRules:
    found = session.scalar(other_rules_of(budget_round.id))
    assert found is not None
    return found


def test_the_other_rules_are_counted_with_the_result_and_told_apart(session: Session, visitor: Visitor) -> None:
    budget_round = a_result(session, CAST, plans=PLANS, pot=100_000)
    outcomes = lessons(session, budget_round).outcomes
    assert {each["rule"]: sorted(each["funded"]) for each in outcomes["rules"]} == {
        "greedy-stop": ["1"],
        "greedy-per-euro": ["2", "3"],
        "equal-shares-add1": ["2", "3"],
        "phragmen": ["2", "3"],
    }
    assert outcomes["left_out"] == []
    visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    visitor.click("Bekijk dezelfde stemmen onder andere regels")
    assert visitor.page is not None
    assert "Dit verandert niets aan de uitslag" in visitor.page.text
    assert "De regels lagen vast voor de stemming begon." in visitor.page.text
    assert "Dat zijn dezelfde plannen als in de uitslag." in visitor.page.text
    assert visitor.page.text.count("2 plannen krijgen dan wel geld") == 3
    assert re.findall(r"<th scope=\"row\"><bdi[^>]*>(\w+)</bdi></th><td>(\w+)</td>", visitor.page.html) == [
        ("Brug", "ja"), ("Bank", "nee"), ("Boom", "nee"),
    ]  # fmt: skip


def test_equal_shares_are_left_out_where_they_would_take_long(session: Session, visitor: Visitor) -> None:
    budget_round = a_result(session, [[1], [2]], plans=PLANS, pot=100_001)
    assert lessons(session, budget_round).outcomes["left_out"] == ["equal-shares-add1"]
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/andere-regels")
    assert "De regel Gelijke delen staat er niet bij." in page.text


def test_a_recount_takes_the_place_of_what_the_first_count_wrote(session: Session) -> None:
    budget_round = a_closed_round(session, CAST, plans=PLANS, pot=100_000)
    count_it(session, budget_round)
    done(recount_round(session, runs_all(a_wijkmanager(session)), budget_round, "Nog eens.", now_of(session)))
    assert len(lessons(session, budget_round).outcomes["rules"]) == 4


def test_ballots_and_plans_go_out_as_tables_without_formulas(app: Flask, session: Session, visitor: Visitor) -> None:
    """Abuse case 45: a spreadsheet that opens the file calculates nothing."""
    plans = (("=HYPERLINK(1)", 10_000), ("Bank", 30_000))
    budget_round = a_result(
        session, [[(2, 3), (1, 1)], [(2, 4)], [(2, 4)]], plans=plans, pot=30_000,
        ballot_kind=BallotKind.POINTS, points_total=4,
    )  # fmt: skip
    visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    visitor.click("Alle stemmen zonder namen (CSV)")
    assert visitor.response is not None
    assert visitor.response.data.decode().split() == ["plannen", "1:1", "2:3", "2:4", "2:4"]
    visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    visitor.click("De plannen met wat er met elk plan gebeurde (CSV)")
    rows = list(csv.DictReader(StringIO(visitor.response.data.decode())))
    assert [(row["plan"], row["kosten"], row["score"], row["kreeg"]) for row in rows] == [
        ("Bank", "300.00", "11", "300.00"), ("'=HYPERLINK(1)", "100.00", "1", "0.00"),
    ]  # fmt: skip
    assert rows[1]["uitleg"].startswith("Dit plan kreeg geen geld.")
    assert "=HYPERLINK" in rows[1]["plan"]


def test_a_besluit_that_deviates_says_why_on_the_result_for_ever(session: Session, visitor: Visitor) -> None:
    budget_round = a_closed_round(session, CAST, plans=PLANS, pot=100_000)
    count_it(session, budget_round)
    manager = runs_all(a_wijkmanager(session))
    done(
        publish_besluit(
            session, manager, budget_round, title="Besluit", decision_body="college", motivation="De brug is onveilig.",
            deviates=True, ground=DeviationGround.SAFETY, withheld=[1], now=now_of(session),
        )
    )  # fmt: skip
    session.commit()
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    assert "Het besluit wijkt af van de stemming" in page.text
    assert "De reden: " in page.text
    again = recount_round(session, manager, budget_round, "Anders uitkomen.", now_of(session))
    assert isinstance(again, Refused)
    assert again.code is Refusal.ALREADY_DECIDED


def test_only_a_count_or_an_award_writes_an_outcome() -> None:
    """Nobody changes an outcome by hand: no other code makes, changes or drops one."""
    writes = re.compile(
        r"(?:insert|update|delete)\((?:Allocation|AllocationLine)\)|\b(?:Allocation|AllocationLine)\(\s"
    )
    sets = re.compile(
        r"\.(?:funded_cents|spent_cents|left_cents|trace|balance_after_cents)\s*=[^=]|line\.position\s*=[^=]"
    )
    found = {
        file.name
        for file in (ROOT / "participatie").rglob("*.py")
        if "models" not in file.parts and (writes.search(text := file.read_text()) or sets.search(text))
    }
    rehearsing = "rehearsing.py"  # shows lines that it never keeps
    assert found - {rehearsing} == {"counting.py", "awarding.py", "recounting.py"}
    assert not any(".add(" in file.read_text() for file in (ROOT / "participatie").rglob(rehearsing))


def test_an_official_names_the_buurt_of_the_letters(session: Session, visit_as: Callable[..., Visitor]) -> None:
    budget_round = a_round(session)
    buurt = buurten_of(session, budget_round)[0]
    manager = visit_as(a_wijkmanager(session))
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes")
    manager.submit("Maak de codes", count="3", label="mei", buurt=str(buurt.id), status=200)
    manager.get(f"/wijkbudget/{budget_round.slug}/stemcodes")
    manager.submit("Maak de codes", count="3", label="mei", buurt="999", status=400)
    assert [batch.area_id for batch in session.scalars(select(CodeBatch).where(CodeBatch.label == "mei"))] == [buurt.id]


@pytest.mark.parametrize(
    ("without", "rows"),
    [
        (30, [("{one}", "40", "20", "50"), ("{two}", "60", "12", "20"), ("Codes zonder buurt", "31", "15", "48")]),
        # Those without a buurt are few, and would be known by taking the others from the whole.
        (5, [("Samen: {one}, en codes zonder buurt", "46", "22", "48"), ("{two}", "60", "12", "20")]),
    ],
)
def test_turnout_stands_by_buurt_where_it_tells_nothing_about_few(
    session: Session, visitor: Visitor, without: int, rows: list[tuple[str, ...]]
) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE)  # with one code of its own
    one, two, *_others = buurten_of(session, budget_round)
    for buurt, made, voted in ((one, 40, 20), (two, 60, 12), (None, without, without // 2), (two, 30, 30)):
        issued(session, budget_round, buurt, made, voted)
    revoke_last_batch(session, budget_round)  # its thirty ballots count nowhere
    count_it(session, budget_round)
    publish(session, budget_round)
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/uitslag")
    table = page.html.split("<caption")[-1]
    shown = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in table.split("<tr")[1:]]
    wanted = sorted([row[0].format(one=one.name, two=two.name), *row[1:]] for row in rows)
    assert sorted(row for row in shown if row[0] != "Buurt") == wanted


def buurten_of(session: Session, budget_round: Round) -> list[Area]:
    return [area for area in a_gemeente(session).buurten if area.path.startswith(budget_round.traject.area.path)]


def issued(session: Session, budget_round: Round, buurt: Area | None, made: int, voted: int) -> None:
    """A batch of codes for a buurt, some of which were used."""
    manager = runs_all(a_wijkmanager(session))
    done(issue_codes(session, manager, budget_round, made, "x", SECRET_KEY, now_of(session), area=buurt))
    last = session.scalars(select(CodeBatch).order_by(CodeBatch.id.desc())).first()
    assert last is not None
    for line in session.scalars(select(VoterRoll).where(VoterRoll.batch_id == last.id)).all()[:voted]:
        line.status = RollStatus.USED
    session.commit()


def test_a_batch_for_a_buurt_elsewhere_is_refused(session: Session) -> None:
    budget_round = a_round(session)
    elsewhere = a_gemeente(session).gemeente
    made = issue_codes(
        session, runs_all(a_wijkmanager(session)), budget_round, 1, "x", SECRET_KEY, now_of(session), area=elsewhere
    )
    assert isinstance(made, Refused)
