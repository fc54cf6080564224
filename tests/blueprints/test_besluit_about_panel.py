"""From the answer to a panel to the besluit about it, as staff, residents, printers and programs see it."""

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit
from participatie.models.buurtpanels import Buurtpanel
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.permissions import Role
from tests.factories import a_wijkmanager, an_account
from tests.factories.besluiten import a_besluit
from tests.factories.panel_work import an_advice, an_answer
from tests.factories.panels import a_panel, seated
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
PUBLISH = "Publiceer het besluit"


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    panel = a_panel(session)
    seated(session, panel)
    return panel


def test_from_the_answer_to_a_panel_to_a_corrected_besluit(
    visitor: Visitor, session: Session, panel: Buurtpanel, visit_as: Callable[[Account], Visitor]
) -> None:
    page, form = f"/buurtpanels/{panel.slug}/bijeenkomsten", f"/buurtpanels/{panel.slug}/advies/besluit"
    manager, member_of_raad = visit_as(a_wijkmanager(session)), visit_as(an_account(session, role=Role.RAAD))
    member_of_raad.get(form, 403)
    manager.get(form, 404)
    advice = an_advice(session, panel)
    assert "Geef dat eerst" in manager.get(form, 403).text
    an_answer(session, advice, AdviceUse.PARTLY)
    assert "Schrijf het besluit" not in visitor.get(page).text
    manager.get(page)
    assert "De beuken komen er.\n\nDe bank is te duur." in manager.click("Schrijf het besluit").html
    refused = manager.submit(PUBLISH, outcome="nee", motivation="Toch niet.", status=400)
    assert "iets anders dan het antwoord" in refused.text
    manager.submit(PUBLISH, outcome="deels", motivation="Er komen beuken.", legal_ground="Gemeentewet, artikel 160")
    manager.follow()
    manager.click("Verbeter dit besluit")
    manager.submit("Publiceer de nieuwe versie", motivation="Er komen twee beuken.", reason="Het getal ontbrak.")
    manager.follow()
    besluit = session.scalars(select(Besluit)).one()
    manager.get(form, 303)
    assert "Schrijf het besluit" not in manager.get(page).text
    visitor.get(page)
    shown = visitor.click("Lees het besluit")
    for part in (
        "Het advies is voor een deel gevolgd",
        "twee beuken",
        "Het getal ontbrak.",
        "artikel 160",
        "bezwaar maken",
    ):
        assert part in shown.text
    assert panel.title in visitor.click(panel.title).text, "back to what the panel said"
    assert "Er komen beuken." in visitor.get(f"/besluiten/{besluit.id}/versies/1").text


def test_the_list_paper_and_programs_have_it_too(visitor: Visitor, session: Session, panel: Buurtpanel) -> None:
    advice = an_advice(session, panel)
    an_answer(session, advice)
    besluit = a_besluit(session, advice)
    assert besluit.title in visitor.get("/besluiten?soort=buurtpanel").text
    assert besluit.title not in visitor.get("/besluiten?soort=idee").text
    assert besluit.title in visitor.get(f"/trajecten/{panel.traject.slug}").text
    [found] = json.loads(visitor.client.get("/besluiten.json").text)["besluiten"]
    assert (found["subject_kind"], found["panel"], found["advice_use"]) == ("buurtpanel", panel.slug, "gevolgd")
    assert ",buurtpanel," in visitor.client.get("/besluiten.csv").text
    feed = ET.fromstring(visitor.client.get("/besluiten/feed").text)  # noqa: S314 - our own
    assert [each.findtext("{*}title") for each in feed.iterfind("{*}entry")] == [besluit.title]
    paper = PdfDocument(visitor.client.get(f"/besluiten/{besluit.id}.pdf").get_data())
    assert "Het advies is gevolgd" in paper[0].get_textpage().get_text_range()
