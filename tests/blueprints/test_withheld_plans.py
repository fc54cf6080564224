"""A plan that does not go ahead by besluit, as residents and staff read it on every page where it stands."""

import csv
import io
import json

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.besluit_versions import canonical
from participatie.actions.deciding import correct_besluit
from participatie.actions.wijkbudget import add_milestone, commit_money, finish_milestone, reverse
from participatie.models.besluiten import Besluit
from participatie.models.wijkbudget import Round
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.wijkbudget import sha256_of
from tests.databases import counting_queries
from tests.factories import a_round, a_traject, a_wijkmanager, ballots, count_it, done, euros, now_of, runs_all
from tests.factories.besluiten import a_counted_round, a_round_besluit, said
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

PUBLISH, CORRECT = "Publiceer het besluit", "Publiceer de nieuwe versie"
BENCHES = "Bankjes langs de Lindevaart"
STOPPED = "De gemeente besloot dat dit niet doorgaat. De reden: Het is gevaarlijk voor mensen."
UNSAFE = {"follows": "wijkt af", "ground": DeviationGround.SAFETY.value, "motivation": "Er ligt een gasleiding."}


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A counted round whose first and third plan got money."""
    return a_counted_round(session)


def test_the_gemeente_says_which_plan_does_not_go_ahead(
    manager: Visitor, visitor: Visitor, session: Session, budget_round: Round
) -> None:
    here = f"/wijkbudget/{budget_round.slug}"
    manager.get(f"{here}/besluit")
    page = manager.submit(PUBLISH, **UNSAFE, status=400)
    assert "Zet bij „Welke plannen gaan niet door?” een vinkje" in page.text
    assert "Er ligt een gasleiding." in page.text
    page = manager.submit(PUBLISH, **UNSAFE, withheld="2", status=400)
    assert "Bewoners kozen dit plan niet." in page.text
    manager.submit(PUBLISH, **UNSAFE, withheld="een", status=400)
    visitor.get(f"{here}/uitslag", 404)
    manager.submit(PUBLISH, **UNSAFE, withheld="1")
    page = manager.follow()
    assert "Deze plannen gaan daarom niet door:" in page.text
    assert f"1. {BENCHES}" in page.text

    page = visitor.get(f"{here}/plannen/1")
    assert STOPPED in page.text
    assert "Zo gaat het met de uitvoering" not in page.text
    page = visitor.get(f"{here}/plannen/3")
    assert STOPPED not in page.text
    assert "wijkt af" not in page.text, "this plan does go ahead"
    page = visitor.get(f"{here}/uitslag")
    assert "gaat niet door" in page.text
    assert "wordt niet uitgegeven, door het besluit" in page.text
    page = visitor.get(f"/ideeen/{budget_round.plans[0].idea_id}")
    assert STOPPED in page.text
    assert "Niet doorgegaan" in page.text
    assert not [said for said in ("Geld gekregen", "uit het wijkbudget", "Klaar:", "Gekregen") if said in page.text]
    ledger = f"/wijken/{budget_round.traject.area_id}/kasboek"
    page = visitor.get(ledger)
    assert "Gekozen, maar niet doorgegaan" in page.text
    assert BENCHES in page.text.split("Gekozen, maar niet doorgegaan")[1]
    assert BENCHES not in page.text.split("Gekozen, maar niet doorgegaan")[0]
    assert [row["plan"] for row in table(visitor, f"{ledger}.csv")] == [budget_round.plans[2].name]
    manager.get(f"{here}/plannen/1/uitvoering", 403)
    rows = {row["plan"]: row["gaat door"] for row in table(visitor, f"{here}/plannen.csv")}
    assert rows == {plan.name: said for plan, said in zip(budget_round.plans, ("nee", "", "ja"), strict=True)}


def test_what_was_written_down_or_done_before_stays_on_the_page_of_the_plan(
    visitor: Visitor, session: Session, budget_round: Round
) -> None:
    besluit, now, boss = a_round_besluit(session, budget_round), now_of(session), runs_all(a_wijkmanager(session))
    plan = budget_round.plans[0]
    line = done(commit_money(session, boss, plan, 100, "Hout BV", "Planken", now))
    done(reverse(session, boss, plan, line, "Er ligt een gasleiding.", now))
    for title in ("Graven", "Planten"):
        step = done(add_milestone(session, boss, plan, title, now.date(), now))
    done(finish_milestone(session, boss, plan, step, now.date(), "Het staat.", now))
    terms = said(outcome=None, deviates=True, ground=DeviationGround.SAFETY, withheld=[1])
    done(correct_besluit(session, boss, besluit, terms, "Er ligt een gasleiding.", 1, now))
    session.commit()
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/plannen/1")
    for left in (STOPPED, "Hout BV", "Planken", "Planten", "Het staat."):
        assert left in page.text
    for promised in ("Graven", "Nog vrij", "nog niet klaar"):
        assert promised not in page.text


def test_open_data_says_of_a_plan_that_it_goes_ahead_only_where_that_is_certain(
    visitor: Visitor, session: Session, budget_round: Round
) -> None:
    besluit = a_round_besluit(session, budget_round)
    here = f"/wijkbudget/{budget_round.slug}"

    def goes_ahead() -> list[str]:
        session.commit()
        return [row["gaat door"] for row in table(visitor, f"{here}/plannen.csv")]

    assert goes_ahead() == ["ja", "ja", ""]
    besluit.deviation_ground = DeviationGround.SAFETY  # as before besluiten named plans
    assert goes_ahead() == ["", "", ""]


def test_an_idea_is_promised_no_money_by_advice_that_is_not_followed(
    visitor: Visitor, session: Session, budget_round: Round
) -> None:
    besluit, here = a_round_besluit(session, budget_round), f"/ideeen/{budget_round.plans[0].idea_id}"
    promise = "uit het wijkbudget"
    assert promise in visitor.get(here).text
    besluit.advice_use = AdviceUse.NOT_FOLLOWED
    budget_round.traject.touch()
    session.commit()
    assert promise not in visitor.get(here).text


def test_a_plan_that_costs_nothing_and_does_not_go_ahead_is_not_told_to_go_ahead(
    visitor: Visitor, session: Session
) -> None:
    traject = a_traject(session, phase=PhaseKind.DECIDE)
    budget_round = a_round(session, traject=traject, plans=[("Ruilkast", 0), ("Bankje", euros(100))])
    ballots(session, budget_round, [[1, 2]])
    count_it(session, budget_round)
    a_round_besluit(session, budget_round, withheld=[1])
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/plannen/1")
    assert STOPPED in page.text
    assert "Dit plan kost de gemeente niets." in page.text
    assert "Daarom gaat het door." not in page.text


def test_open_data_and_paper_name_the_plans_too(visitor: Visitor, session: Session, budget_round: Round) -> None:
    besluit = a_round_besluit(session, budget_round, withheld=[1, 3])
    [row] = table(visitor, "/besluiten.csv")
    third = budget_round.plans[2].name
    assert row["gaan_niet_door"] == f"1. {BENCHES}; 3. {third}"
    visitor.get("/besluiten.json")
    [data] = json.loads(visitor.response.data)["besluiten"]
    assert data["withheld"] == [{"name": BENCHES, "number": 1}, {"name": third, "number": 3}]
    visitor.get("/besluiten/feed")
    assert f"1. {BENCHES}; 3. {third}" in visitor.response.data.decode()
    assert visitor.get(f"/besluiten/{besluit.id}/versies/1").text.count(BENCHES) == 1


def test_a_correction_keeps_the_ticks_and_shows_what_changed(
    manager: Visitor, visitor: Visitor, session: Session, budget_round: Round
) -> None:
    """Also when the first version is of before besluiten named plans: it stays as it is."""
    besluit = a_round_besluit(session, budget_round)
    first = besluit.versions[0]
    first.content = canonical({name: said for name, said in json.loads(first.content).items() if name != "withheld"})
    first.sha256 = sha256_of(first.content)
    session.commit()
    address, kept = f"/besluiten/{besluit.id}", first.content
    manager.get(f"{address}/verbeteren")
    page = manager.submit(CORRECT, **UNSAFE, withheld=["1", "3"], reason=" ", status=400)
    ticked = [box.get("value") for box in page.all("input", name="withheld") if box.get("checked") is not None]
    assert sorted(ticked) == ["1", "3"]
    manager.submit(CORRECT, **UNSAFE, withheld="1", reason="Er ligt een gasleiding.")
    manager.follow()
    page = manager.click("Verbeter dit besluit")
    assert [box.get("value") for box in page.all("input", name="withheld") if box.get("checked") is not None] == ["1"]
    assert f"1. {BENCHES}" in visitor.get(f"{address}/versies/2").text
    assert BENCHES not in visitor.get(f"{address}/versies/1").text
    assert table(visitor, "/besluiten.csv")[0]["gaan_niet_door"] == ""
    session.expire_all()
    assert session.scalars(select(Besluit)).one().versions[0].content == kept


def test_many_plans_that_do_not_go_ahead_cost_no_more_queries(
    visitor: Visitor, session: Session, engine: Engine
) -> None:
    def a_decided_round(plans: int, withheld: int) -> Round:
        named = [(f"Plan {number}", euros(100)) for number in range(1, plans + 1)]
        budget_round = a_round(
            session, traject=a_traject(session, phase=PhaseKind.DECIDE), plans=named, pot=euros(100_000)
        )
        ballots(session, budget_round, [list(range(1, plans + 1))])
        count_it(session, budget_round)
        a_round_besluit(session, budget_round, withheld=range(1, withheld + 1))
        return budget_round

    def costs(budget_round: Round) -> list[int]:
        besluit = session.scalars(select(Besluit).where(Besluit.round_id == budget_round.id)).one()
        here, area_id = f"/wijkbudget/{budget_round.slug}", budget_round.traject.area_id
        addresses = [f"{here}/uitslag", f"/besluiten/{besluit.id}", f"/wijken/{area_id}/kasboek", f"{here}/plannen/1"]
        session.commit()
        counted = []
        for address in addresses:
            visitor.get(address)
            with counting_queries(engine) as queries:
                visitor.get(address)
            counted.append(len(queries))
        return counted

    few = a_decided_round(3, 1)
    before = costs(few)
    assert costs(a_decided_round(12, 10)) == before
    assert costs(few) == before, "and another round in the same ledger costs none"


def table(visitor: Visitor, address: str) -> list[dict[str, str]]:
    """Return the rows of a table that is there to download."""
    visitor.get(address)
    assert visitor.response is not None
    return list(csv.DictReader(io.StringIO(visitor.response.data.decode("utf-8-sig"))))
