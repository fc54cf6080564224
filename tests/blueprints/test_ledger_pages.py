"""What everybody reads of the money of plans and of promises, and what staff alone does."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.promises import Promise
from participatie.models.wijkbudget import LedgerEntry, Milestone, PlanPhotoFile
from participatie.spelregels.permissions import Role
from tests.blueprints.full_world import a_published_round
from tests.blueprints.test_query_counts import cost
from tests.clock import TurnableClock
from tests.factories import a_gemeente, an_account
from tests.factories.photos import PLACE, of_a_phone
from tests.factories.promises import a_promise
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def amounts(page: Visitor, address: str) -> list[str]:
    """The cells of figures on a page."""
    found = page.get(address).all("td")
    return ["".join(cell.itertext()).replace("\xa0", " ") for cell in found if "€" in "".join(cell.itertext())]


def test_money_stands_on_the_pages_of_plan_and_wijk_and_names_no_person(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    budget_round, _besluit = a_published_round(session)
    plan = f"/wijkbudget/{budget_round.slug}/plannen/1"
    manager.get(f"{plan}/kasboek")
    typed = {"afspraak-amount": "5000", "afspraak-to_whom": "Mevrouw De Vries", "afspraak-purpose": "Vier banken"}
    manager.submit("Schrijf de afspraak op", **typed, **{"afspraak-names_person": True})
    [line] = session.scalars(select(LedgerEntry).where(LedgerEntry.purpose == "Vier banken")).all()
    manager.submit(
        "Schrijf de betaling op",
        **{"betaling-amount": "2000,50", "betaling-purpose": "De helft", "betaling-commitment": str(line.id)},
    )
    shown = visitor.get(plan).text
    assert "De Vries" not in shown
    assert "een persoon" in shown
    wijk = f"/wijken/{budget_round.traject.area_id}"
    totals = ["€ 20.500", "€ 2.999,50", "€ 4.500,50", "€ 0", "€ 13.000"]
    assert amounts(visitor, wijk)[-4:] == totals[1:]
    assert amounts(visitor, f"{wijk}/kasboek")[:4] == totals[1:]
    table = visitor.client.get(f"{wijk}/kasboek.csv").text
    assert "12000.00,2999.50,2000.50,0.00,7000.00,nee" in table
    manager.get(f"{plan}/kasboek")
    manager.click("Draai terug")
    manager.submit("Draai terug", reason=" ", status=400)
    manager.submit("Draai terug", reason="Verkeerde leverancier.")
    assert "Verkeerde leverancier." in visitor.get(plan).text


def test_a_receipt_is_for_staff_and_who_checks_them(
    manager: Visitor, visitor: Visitor, visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    budget_round, _besluit = a_published_round(session)
    plan = f"/wijkbudget/{budget_round.slug}/plannen/3"
    manager.get(f"{plan}/kasboek")
    manager.click("Voeg de bon toe")
    entry = session.scalars(select(LedgerEntry.id)).first()
    address = f"{plan}/kasboek/{entry}/bon"
    manager.post(f"{address}-toevoegen", {"receipt": (BytesIO(b"<html>"), "bon.pdf")}, 400)
    manager.post(f"{address}-toevoegen", {"receipt": (of_a_phone(), "bon.jpg")}, 303)
    assert "bon aanwezig" in visitor.get(plan).text
    raad = visit_as(an_account(session, role=Role.RAAD)).client.get(address)
    assert (raad.status_code, raad.mimetype) == (200, "image/jpeg")
    assert raad.headers["Content-Disposition"].startswith("attachment")
    assert visit_as(an_account(session, role=Role.HELPER)).client.get(address).status_code == 404
    assert visitor.client.get(address).status_code in (302, 303)


def test_a_photo_of_the_work_says_in_words_what_is_on_it_and_not_where_it_was_taken(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    """Abuse case 44."""
    budget_round, _besluit = a_published_round(session)
    plan = f"/wijkbudget/{budget_round.slug}/plannen/3"
    address, step = f"{plan}/uitvoering/fotos/nieuw", session.scalars(select(Milestone.id)).first()
    manager.get(address)
    for alt, status in ((" ", 400), ("Vijf mensen planten een boom.", 303)):
        manager.post(address, {"step": str(step), "alt": alt, "photo": (of_a_phone(), "IMG_1.jpg")}, status)
    [image] = [each for each in visitor.get(plan).all("img") if each.get("alt") == "Vijf mensen planten een boom."]
    sent = visitor.client.get(str(image.get("src")))
    assert (sent.status_code, sent.mimetype) == (200, "image/webp")
    for content in session.scalars(select(PlanPhotoFile.content)):
        assert PLACE.encode() not in content
        assert b"Jansen" not in content
        assert b"Exif" not in content
    manager.get(plan)
    manager.submit("Haal deze foto weg")
    assert visitor.client.get(str(image.get("src"))).status_code == 404


def test_a_step_that_takes_longer_keeps_its_first_day_and_a_result_ends_the_plan(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    budget_round, _besluit = a_published_round(session)
    plan = f"/wijkbudget/{budget_round.slug}/plannen/3"
    manager.get(f"{plan}/uitvoering")
    manager.submit("Beloof een andere dag", **{"later-due_on": "2026-11-01", "later-reason": "Te droog."})
    told = visitor.get(plan).text
    assert "Eerst beloofd voor 1 september 2026" in told
    assert "Te droog." in told
    manager.get(f"{plan}/resultaat")
    fields = {
        "text": "Er groeit **sla**.",
        "makers": "Fatma\nJan",
        "celebrated_on": "2026-05-03",
        "celebration": "Soep",
    }
    refusal = manager.submit("Publiceer het resultaat", **fields, status=400)
    assert "Vraag de mensen eerst" in refusal.text
    manager.submit("Publiceer het resultaat", **fields, consent=True)
    told = visitor.get(plan).text
    assert "Fatma" in told
    assert "Gevierd op 3 mei 2026" in told
    manager.get(plan)
    manager.submit("Haal de namen weg")
    assert "Fatma" not in visitor.get(plan).text
    manager.get(f"{plan}/kasboek")
    assert "Er is nog" in manager.submit("Maak de eindafrekening", status=400).text


def test_a_promise_is_made_moved_and_kept_in_public(
    manager: Visitor, visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    wijk = f"/wijken/{a_gemeente(session).wijken[0].id}"
    manager.get(f"{wijk}/toezeggingen")
    manager.click("Schrijf een toezegging op")
    fields = {
        "text": "Er komt een zebrapad.", "owner": "Wethouder Smit", "source": "bijeenkomst", "source_name": "Avond",
        "due_on": "2026-06-01",
    }  # fmt: skip
    manager.submit("Zet de toezegging op de website", **fields, source_link="javascript:alert(1)", status=400)
    manager.submit("Zet de toezegging op de website", **fields, source_link="/besluiten")
    promise = session.scalars(select(Promise)).one()
    assert "Wethouder Smit" in visitor.get(f"{wijk}/toezeggingen").text
    clock.forward(days=49)
    assert "al 49 dagen geen nieuws" in visitor.get(f"/toezeggingen/{promise.id}").text
    assert "te laat" in visitor.page.text


def test_late_and_silent_promises_stand_on_the_work_list_and_cost_no_more_queries(
    manager: Visitor, visitor: Visitor, session: Session, engine: Engine
) -> None:
    area = a_gemeente(session).wijken[0]
    budget_round, _besluit = a_published_round(session)
    pages = {
        visitor: [f"/wijken/{area.id}/toezeggingen?taal=nl", f"/wijken/{area.id}/kasboek?taal=nl", f"/wijken/{area.id}?taal=nl"],
        manager: ["/werk"],
    }  # fmt: skip
    promise = a_promise(session, area)
    promise.due_on -= timedelta(days=60)
    a_promise(session, budget_round.traject.area, budget_round.traject)
    before = {(who, page): cost(who, engine, page) for who, addresses in pages.items() for page in addresses}
    assert "Er komt een bankje." in manager.get("/werk").text
    for number in range(8):
        a_promise(session, area, budget_round.traject, f"Belofte {number}")
    a_published_round(session)
    assert {(who, page): cost(who, engine, page) for who, page in before} == before
