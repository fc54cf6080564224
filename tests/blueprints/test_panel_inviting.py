"""Files of a panel on the screen: a list of addresses, letters with codes, and a pool from elsewhere."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session
from zxingcpp import read_barcodes

from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelPerson
from participatie.models.outbox import OutboxMail
from participatie.spelregels.buurtpanels.members import Recruitment
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.codes import read_code
from participatie.web.kept_files import packed, unpacked
from participatie.web.mail import message_for
from participatie.web.panel_letters import to_the_residents
from tests.factories.panel_homes import listed
from tests.factories.panels import a_panel
from tests.visitor import Visitor

HOMES = "naam,adres,postcode,plaats,taal,buurt\n"
LIST = f"{HOMES},Dijk 1,1234AB,Lindewaard,,Noord\nFatma,Dijk 2,1234AB,Lindewaard,tr,Noord\n,Kade 3,1234AC,Lindewaard,,Zuid\n"
POOL = "id,naam,e-mail,leeftijd,woning\n1,=Anna,anna@x.nl,tot 40,huur\n2,Bram,,vanaf 40,koop\n"

pytestmark = pytest.mark.pages


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


def sends(manager: Visitor, address: str, text: str, status: int = 200, **fields: str) -> str:
    """Choose a file."""
    manager.get(address)
    return manager.post(address, {"file": (BytesIO(text.encode()), "a.csv"), **fields}, status).text


def answer_of(visitor: Visitor) -> bytes:
    assert visitor.response is not None
    return visitor.response.data


def test_a_list_is_looked_at_before_anything_of_it_is_kept(
    manager: Visitor, session: Session, panel: Buurtpanel
) -> None:
    way = f"/buurtpanels/{panel.slug}/adressen"
    said = sends(manager, way, LIST.replace("Kade 3,1234AC,Lindewaard,,Zuid", "dijk 1,1234 AB,Lindewaard,,Zuid"), 400)
    assert "het adres van regel 2" in said
    said = sends(manager, way, LIST)
    assert "In dit bestand staan 3 adressen" in said
    assert session.scalars(select(PanelHousehold)).all() == []
    manager.submit("Zet deze adressen op de lijst")
    assert "3 adressen staan op de lijst" in manager.follow().text
    rows = session.scalars(select(PanelHousehold).order_by(PanelHousehold.address)).all()
    assert [(row.address, row.locale, row.stratum) for row in rows] == [
        ("Dijk 1", None, "Noord"), ("Dijk 2", "tr", "Noord"), ("Kade 3", None, "Zuid"),
    ]  # fmt: skip
    assert "Kies een bestand" in manager.post(f"{way}/inlezen", {"content": "rommel"}, 400).text
    assert "er staat geen adres in" in manager.post(f"{way}/inlezen", {"content": packed(HOMES.encode())}, 400).text
    assert len(session.scalars(select(PanelHousehold)).all()) == 3


def test_letters_go_to_drawn_addresses_with_a_list_of_kenmerken_without_codes(
    manager: Visitor, app: Flask, session: Session, panel: Buurtpanel
) -> None:
    """Abuse case 21: a code stands on the letter alone, behind the `#`."""
    way = f"/buurtpanels/{panel.slug}/adressen"
    listed(session, panel, 1)
    assert "Brieven maakt u na de loting" in manager.get(way).text
    homes = listed(session, panel, 3, invited=True)
    manager.get(way)
    manager.submit("Maak de brieven", status=200)
    with ZipFile(BytesIO(answer_of(manager))) as folder:
        pdf, kept = folder.read("brieven.pdf"), folder.read("kenmerken.csv").decode()
    rows = list(csv.DictReader(StringIO(kept)))
    session.expire_all()
    assert {row["kenmerk"]: row["adres"] for row in rows} == {home.selector: home.address for home in homes}
    document = PdfDocument(pdf)
    for page, row in zip(document, rows, strict=True):
        text = " ".join(page.get_textpage().get_text_bounded().split())
        code = read_code(next(word for word in text.split() if word.count("-") == 3))
        assert code is not None
        assert code.selector == row["kenmerk"]
        assert code.verifier not in kept
        asked = f"?taal={row['taal']}" if row["taal"] else ""
        [square] = read_barcodes(page.render(scale=2, grayscale=True).to_pil())
        assert square.text == f"http://localhost/buurtpanels/{panel.slug}/code{asked}#code={code}"
        assert (row["naam"] or to_the_residents(row["taal"] or "nl")) in text
        assert row["adres"] in text
    document.close()
    page = manager.get(way)
    assert "Kunnen een herinnering krijgen 3" in page.text
    assert "geen adres dat zo'n brief moet krijgen" in manager.submit("Maak de brieven", status=403).text
    manager.submit("Maak de brieven", run="herinnering", status=200)
    session.expire_all()
    assert all(home.reminded_at for home in homes)


def test_a_pool_is_looked_at_and_read_in_with_a_code_for_everybody_who_is_new(
    manager: Visitor, session: Session, panel: Buurtpanel
) -> None:
    way = f"/buurtpanels/{panel.slug}/aanmeldingen/bestand"
    assert "regel 3: verwacht bij woning" in sends(manager, way, POOL.replace("koop", "boot"), 400, otherwise="netwerk")
    assert "2 mensen zijn nieuw" in sends(manager, way, POOL, otherwise="netwerk")
    assert "Zet eerst het vinkje" in manager.submit("Lees deze mensen in", status=400).text
    assert session.scalars(select(PanelPerson)).all() == []
    manager.submit("Lees deze mensen in", consent="y", status=200)
    rows = list(csv.DictReader(StringIO(answer_of(manager).decode())))
    assert [row["naam"] for row in rows] == ["'=Anna", "Bram"]
    people = session.scalars(select(PanelPerson).order_by(PanelPerson.id)).all()
    for row, person in zip(rows, people, strict=True):
        code = read_code(row["code"])
        assert code is not None
        assert code.selector == person.selector
        assert person.salt in row["bewijs"]
        assert person.source is Recruitment.NETWORK
    assert "2 mensen waren al aangemeld" in sends(manager, way, POOL, otherwise="netwerk")
    manager.submit("Lees deze mensen in", consent="y")
    assert "Er is niets veranderd" in manager.follow().text
    panel.status = PanelStatus.DRAWING
    manager.get(way, 403)
    refused = manager.post(
        f"{way}/inlezen", {"content": packed(POOL.encode()), "otherwise": "netwerk", "consent": "y"}, 403
    )
    assert "ligt vast" in refused.text


def test_the_mail_about_a_registration_has_the_code_and_the_proof_in_the_language_of_its_reader(
    app: Flask, session: Session
) -> None:
    facts = {"slug": "molen", "title": "Molen", "code": "ABCD-EFGH-JKMN-PQRST", "proof": '["ab",{},null]'}
    row = OutboxMail(
        id=1, recipient="a@x.nl", locale="nl", template="panel_registered", facts=facts,
        created_at=session.info["clock"](), due_at=session.info["clock"](),
    )  # fmt: skip
    body = message_for(row, app.extensions["participatie.settings"]).get_content()
    assert facts["code"] in body
    assert facts["proof"] in body
    assert "http://localhost/buurtpanels/molen/code" in body


def test_a_packed_file_comes_back_whole_or_not_at_all() -> None:
    assert unpacked(packed(POOL.encode())) == POOL.encode()
    assert unpacked("") is None
    assert unpacked("geen") is None
    assert unpacked(packed(POOL.encode())[:20]) is None
    assert unpacked(packed(b"a" * 7_000_000)) is None
