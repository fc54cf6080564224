"""Carrying out a plan that got money: promised steps, finished steps, payments."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.wijkbudget import LedgerEntry
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import a_published_round
from tests.factories import a_round, ballots, count_it
from tests.visitor import Visitor


def test_steps_and_payments_show_on_the_plan(manager: Visitor, visitor: Visitor, session: Session) -> None:
    budget_round, _besluit = a_published_round(session)
    plan = f"/wijkbudget/{budget_round.slug}/plannen/1"
    manager.get(plan)
    manager.click("Houd de uitvoering bij")
    manager.submit("Voeg de stap toe", **{"stap-title": "Bankjes kopen", "stap-due_on": "2026-09-01"})
    assert "Bankjes kopen" in visitor.get(plan).text
    manager.get(f"{plan}/uitvoering")
    manager.submit("Zet op klaar", **{"klaar-done_on": "2026-05-02", "klaar-note": "Eerder dan beloofd."})
    assert "Eerder dan beloofd." in visitor.get(plan).text
    manager.get(f"{plan}/kasboek")
    manager.submit("Schrijf de betaling op", **{"betaling-amount": "1.200,50", "betaling-purpose": "Vier bankjes"})
    assert "€ 1.200,50 van € 12.000" in visitor.get(plan).text


def test_what_is_not_done_yet_is_not_written_down_as_done(manager: Visitor, session: Session) -> None:
    """A step that is done earns a part of the money (Arnhem, seed 000:316), so a day to come would pay beforehand."""
    budget_round, _besluit = a_published_round(session)
    manager.get(f"/wijkbudget/{budget_round.slug}/plannen/3/uitvoering")
    manager.submit("Zet op klaar", status=400, **{"klaar-done_on": "2026-05-05", "klaar-note": "Bijna."})
    assert "Deze dag moet nog komen." in manager.page.text
    assert "Bijna." in manager.page.text
    manager.submit("Zet op klaar", **{"klaar-done_on": "2026-05-04"})


def test_no_more_is_paid_than_was_allocated(manager: Visitor, session: Session) -> None:
    budget_round, _besluit = a_published_round(session)
    address = f"/wijkbudget/{budget_round.slug}/plannen/1/kasboek"
    before = session.scalars(select(LedgerEntry.id)).all()
    manager.get(address)
    fields = {"betaling-amount": "12.000,01", "betaling-purpose": "Te veel"}
    page = manager.submit("Schrijf de betaling op", **fields, status=400)
    assert "Dit is € 0,01 meer dan het plan kreeg" in page.text
    assert page.all("input", name="betaling-purpose")[0].get("value") == "Te veel"
    for amount in ("0", "-5", "NaN", "", " "):
        manager.submit("Schrijf de betaling op", **{**fields, "betaling-amount": amount}, status=400)
    assert session.scalars(select(LedgerEntry.id)).all() == before
    manager.submit("Schrijf de betaling op", **{**fields, "betaling-amount": "12000"})


@pytest.mark.parametrize(
    "fields",
    [
        {"doe": "stap", "stap-title": "Iets", "stap-due_on": "31-12-2026"}, {"doe": "stap", "stap-title": " ", "stap-due_on": "2026-12-31"},
        {"doe": "klaar", "klaar-milestone": "99999", "klaar-done_on": "2026-12-31"}, {"doe": "iets anders"}, {},
    ],
)  # fmt: skip
def test_what_is_not_filled_in_well_is_not_written_down(
    manager: Visitor, session: Session, fields: dict[str, str]
) -> None:
    budget_round, _besluit = a_published_round(session)
    address = f"/wijkbudget/{budget_round.slug}/plannen/3/uitvoering"
    manager.get(address)
    manager.post(address, fields, 400)


def test_a_plan_without_money_is_not_carried_out(manager: Visitor, session: Session) -> None:
    budget_round = a_round(session, phase=PhaseKind.EXECUTE, pot=1_200_000, plans=[("Boom", 1_200_000), ("Bank", 100)])
    ballots(session, budget_round, [[1], [1], [2]])
    count_it(session, budget_round)
    manager.get(f"/wijkbudget/{budget_round.slug}/besluit")
    manager.submit("Publiceer het besluit", motivation="Zo is gestemd.")
    page = manager.get(f"/wijkbudget/{budget_round.slug}/plannen/2/uitvoering", 403)
    assert "Dit plan kreeg geen geld" in page.text
