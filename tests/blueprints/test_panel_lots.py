"""From a pool of forty to a drawn panel on the screen: what everybody sees of a lot, and who may do what with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.audit import AuditRow
from participatie.models.buurtpanels import PanelLot
from participatie.spelregels.buurtpanels.drand import round_at
from participatie.spelregels.buurtpanels.leaves import proof_of
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus
from participatie.verification import unpack
from participatie.verification.lots.checking import verify_lot
from participatie.verification.lots.contents import OUTCOME
from tests.clock import TurnableClock
from tests.factories.lots import A_NUMBER, HOUR, a_committed_lot, addresses, bound, drawn, invited_by_buurt, prepared
from tests.factories.panels import a_panel, registered
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_a_pool_of_forty_becomes_a_panel_before_everybodys_eyes(
    session: Session, manager: Visitor, visitor: Visitor, clock: TurnableClock
) -> None:
    panel = a_panel(session)
    people = registered(session, panel, 40)
    lots, lot_page = f"/buurtpanels/{panel.slug}/loting", f"/buurtpanels/{panel.slug}/loting/leden-1"
    manager.get(lots)
    manager.click("Loot de leden")
    manager.submit("Leg de loting vast", due_at="2026-05-04T20:00")
    assert "stap 1 van" in manager.follow().text
    lot = session.scalars(select(PanelLot)).one()
    page = visitor.get(lot_page)
    assert visitor.response is not None
    assert visitor.response.headers["Refresh"] == "5"
    visitor.click("Zet dat uit")
    assert "Refresh" not in visitor.response.headers

    prepared(session, lot)
    page = visitor.get(lot_page)
    for text in (lot.commitment or "", "duizend panels", f"{round_at(lot.due_at):,}".replace(",", ".")):
        assert text in page.text
    assert visitor.get(f"{lot_page}/lijst.txt").response.text.split() == sorted(each.leaf for each, _code in people)
    assert visitor.get(f"{lot_page}/scherm").text.count(lot.commitment or "") == 1
    assert "kan er nog niet zijn" in manager.get(f"{lot_page}/getal", status=403).text

    clock.turn_to(lot.due_at)
    manager.get(lot_page)
    manager.click("Voer het getal in")
    manager.submit("Voer het getal in", number="geen getal", status=400)
    manager.submit("Voer het getal in", number=f"  {A_NUMBER.upper()} ")
    page = manager.follow()
    assert "De uitkomst" in page.text
    session.refresh(lot)
    assert (lot.status, lot.public_number) == (LotStatus.DRAWN, A_NUMBER)
    shown = visitor.get(f"{lot_page}/scherm").text
    assert A_NUMBER in shown
    assert "6 geloot" in shown
    package = visitor.get(f"{lot_page}/pakket.zip").response.data
    assert verify_lot(package).is_right
    names = [name for person, _code in people for name in (person.name, person.salt, person.email)]
    assert not [name for name in names if name.encode() in package], "nobody can be found in it"


def test_somebody_finds_their_own_proof_and_nobody_elses(session: Session, visitor: Visitor) -> None:
    panel = a_panel(session)
    people = registered(session, panel, 12)
    lot = prepared(session, bound(session, panel))
    address = f"/buurtpanels/{panel.slug}/loting/leden-1/bewijs"
    own = proof_of(people[0][0].salt, people[0][0].features, None)
    visitor.get(address)
    assert "van de duizend panels" in visitor.submit("Zoek mijn bewijs", proof=own, status=200).text
    assert "geloot" not in visitor.submit("Zoek mijn bewijs", proof=own, status=200).text.partition("Bij uw")[0]
    salt = people[0][0].salt
    changed = own.replace(salt, f"{(int(salt[0], 16) + 1) % 16:x}{salt[1:]}")
    assert "staat niet op de lijst" in visitor.submit("Zoek mijn bewijs", proof=changed, status=200).text
    drawn(session, lot)
    answer = visitor.submit("Zoek mijn bewijs", proof=own, status=200).text
    session.refresh(people[0][0])
    place = people[0][0].reserve_place
    assert ("U bent geloot" if place is None else f"reserve nummer {place}") in answer


def test_what_cannot_be_drawn_is_said_one_sentence_each_and_kept(session: Session, manager: Visitor) -> None:
    panel = a_panel(session)
    registered(session, panel, 4)
    manager.get(f"/buurtpanels/{panel.slug}/loting/nieuw/leden")
    page = manager.submit("Leg de loting vast", due_at="2026-05-04T20:00", source_text="Ronde van acht uur", status=400)
    assert "6 plaatsen en 4 aanmeldingen" in page.text
    assert "Ronde van acht uur" in page.response.text, "what was typed stays"
    page = manager.submit("Leg de loting vast", due_at="2026-05-04T11:00", status=400)
    assert "minstens 15 minuten later" in page.text


def test_a_withdrawn_and_a_failed_lot_stay_listed_with_why(
    session: Session, manager: Visitor, visitor: Visitor
) -> None:
    lot = a_committed_lot(session)
    slug = lot.panel.slug
    manager.get(f"/buurtpanels/{slug}/loting/leden-1")
    manager.click("Trek deze loting in")
    manager.submit("Trek de loting in", reason="", status=400)
    manager.submit("Trek de loting in", reason="De lijst was niet volledig.")
    failed = bound(session, lot.panel)
    failed.status, failed.failure = LotStatus.FAILED, [
        {"feature": "woning", "value": "koop", "bound": "minimum", "by": 2}, {"fault": "too-late"},
    ]  # fmt: skip
    session.commit()
    page = visitor.get(f"/buurtpanels/{slug}/loting")
    assert "De lijst was niet volledig." in page.text
    page = visitor.get(f"/buurtpanels/{slug}/loting/leden-2")
    assert "het kleinste aantal 2 te hoog" in page.text
    assert "te laat klaar" in page.text
    assert "De lijst was niet volledig." in visitor.get(f"/buurtpanels/{slug}/loting/leden-1").text
    for address in ("leden-9", "leden-0", "mensen-1", "leden-2/pakket.zip", "leden-2/lijst.txt", "leden-2/bewijs"):
        visitor.get(f"/buurtpanels/{slug}/loting/{address}", status=404)


def test_the_sealed_list_is_for_auditors_and_is_in_the_log(
    session: Session, manager: Visitor, visitor: Visitor
) -> None:
    lot = a_committed_lot(session)
    address = f"/buurtpanels/{lot.panel.slug}/loting/leden-1"
    manager.get(address)
    page = manager.submit("Download de verzegelde lijst", status=200)
    assert page.response.text == lot.sealed
    assert session.scalars(select(AuditRow).where(AuditRow.act == "verzegelde lijst opgehaald")).one()
    assert "verzegelde lijst" not in visitor.get(address).text
    visitor.get(f"{address}/bewijs")
    visitor.post(f"{address}/verzegeld.csv", status=302)
    assert "inloggen" in visitor.response.headers["Location"]


def test_a_late_number_is_asked_for_in_public(session: Session, visitor: Visitor, clock: TurnableClock) -> None:
    lot = a_committed_lot(session)
    clock.turn_to(lot.due_at + timedelta(days=3))
    assert "had hier al moeten staan" in visitor.get(f"/buurtpanels/{lot.panel.slug}/loting/leden-1").text
    drawn(session, lot)
    assert OUTCOME in unpack(visitor.get(f"/buurtpanels/{lot.panel.slug}/loting/leden-1/pakket.zip").response.data)


def test_addresses_are_drawn_over_buurten(
    session: Session, manager: Visitor, visitor: Visitor, clock: TurnableClock
) -> None:
    panel = a_panel(session)
    addresses(session, panel, 30)
    address = f"/buurtpanels/{panel.slug}/loting"
    manager.get(f"{address}/nieuw/adressen")
    fields = {"source": "dobbelstenen", "source_text": "De avond in het wijkcentrum", "due_at": "2026-05-04T20:00"}
    manager.submit("Leg de loting vast", number="40", **fields, status=400)
    manager.submit("Leg de loting vast", number="9", weights="Buurt 0 zwaar", **fields, status=400)
    page = manager.submit("Leg de loting vast", number="9", weights="Buurt 9: 3", **fields, status=400)
    assert "geen adressen op de lijst in “Buurt 9”" in page.text
    manager.submit("Leg de loting vast", number="9", weights="Buurt 0: 2\nBuurt 1: 1", **fields)
    manager.follow()
    lot = session.scalars(select(PanelLot)).one()
    assert (lot.kind, lot.status) == (LotKind.INVITATION, LotStatus.COMMITTED)
    clock.turn_to(lot.due_at + HOUR / 2)
    manager.get(f"{address}/adressen-1/getal")
    manager.submit("Voer het getal in", number="1 2 3 4 5 6 6 5 4 3 2 1")
    manager.follow()
    assert invited_by_buurt(session, panel) == {"Buurt 0": 5, "Buurt 1": 2, "Buurt 2": 2}
    assert verify_lot(visitor.get(f"{address}/adressen-1/pakket.zip").response.data).is_right
    visitor.get(f"{address}/adressen-1/scherm")
    visitor.get(f"{address}/adressen-1")
