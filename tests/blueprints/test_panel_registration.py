"""Registering for a panel on the screen: with a letter, with an own code, at a desk; and what staff sees of it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.coming_in import come_in
from participatie.blueprints.panel_registration.forms import CONSENT_BY_STAFF, CONSENT_IN_FILE, CONSENT_ON_SCREEN
from participatie.models.accounts import Account
from participatie.models.buurtpanels import Buurtpanel, PanelHousehold, PanelPerson
from participatie.spelregels.buurtpanels.leaves import proof_of
from participatie.spelregels.buurtpanels.members import HouseholdStatus, MemberStatus, Recruitment
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.registration import PanelConsent
from participatie.spelregels.codes import VotingCode, read_code
from participatie.spelregels.permissions import Role
from participatie.web.panel_members import HOUSEHOLD
from tests.databases import counting_queries
from tests.factories import SECRET_KEY, an_account, now_of
from tests.factories.panel_homes import with_letter
from tests.factories.panels import a_member, a_panel, registered
from tests.visitor import Visitor

ANSWERS = {"feature_0": "tot 40", "feature_1": "huur"}
FATMA = {"name": "Fatma Yıldız", "email": "fatma@lindewaard.example", "consent": "y", **ANSWERS}

pytestmark = pytest.mark.pages


@pytest.fixture
def panel(session: Session) -> Buurtpanel:
    return a_panel(session)


@pytest.fixture
def letter(session: Session, panel: Buurtpanel) -> tuple[PanelHousehold, VotingCode]:
    return with_letter(session, panel, 2)[0]


def shown(visitor: Visitor) -> VotingCode:
    """The code on the page that shows one."""
    assert visitor.page is not None
    assert visitor.page.h1 == "De aanmelding is binnen"
    [text] = visitor.page.all("dd", class_="pp-stat__value")
    code = read_code("".join(text.itertext()))
    assert code is not None
    return code


def test_with_the_letter_somebody_reads_what_it_is_for_and_registers(
    visitor: Visitor, session: Session, panel: Buurtpanel, letter: tuple[PanelHousehold, VotingCode]
) -> None:
    home, code = letter
    way = f"/buurtpanels/{panel.slug}/meedoen"
    visitor.get(way, 303)
    page = visitor.follow()
    assert "Vul eerst uw code in" in page.text
    visitor.submit("Verder", code=str(code))
    page = visitor.follow()
    for said in ("Kiezen uit drie ontwerpen.", "90 dagen na de loting", "hoogstens één per adres"):
        assert said in page.text
    page = visitor.submit("Meld mij aan", name="Fatma Yıldız", feature_0="tot 40", status=400)
    assert "Zet eerst het vinkje" in page.text
    kept = page.form("Meld mij aan").filled({}).values
    assert (kept["name"], kept["feature_0"]) == (["Fatma Yıldız"], ["tot 40"])
    page = visitor.submit("Meld mij aan", feature_1="huur", consent="y", status=400)
    assert "We moeten deze persoon kunnen bereiken" in page.text
    page = visitor.submit("Meld mij aan", by_letter="y", consent="y", status=200)
    own = shown(visitor)
    person = session.scalars(select(PanelPerson)).one()
    assert come_in(session, panel, str(own), SECRET_KEY, now_of(session)) is person
    assert proof_of(person.salt, person.features, person.household) in page.text
    assert visitor.response is not None
    assert visitor.response.headers["Cache-Control"] == "no-store"
    page = visitor.click("Meld nog iemand van dit adres aan")
    assert "meldde 1 persoon zich aan" in page.text
    again = visitor.submit("Meld mij aan", **{**FATMA, "name": "fatma  yıldız"}, status=403)
    assert "is al aangemeld" in again.text
    assert home.status is HouseholdStatus.REGISTERED


def test_a_household_says_no_and_may_think_again(
    app: Flask, session: Session, panel: Buurtpanel, letter: tuple[PanelHousehold, VotingCode]
) -> None:
    home, code = letter
    neighbour = a_member(app, panel, code, HOUSEHOLD)
    neighbour.get(f"/buurtpanels/{panel.slug}/meedoen")
    neighbour.submit(f"/buurtpanels/{panel.slug}/meedoen/niet", reason="x" * 1001, status=400)
    neighbour.submit(f"/buurtpanels/{panel.slug}/meedoen/niet", reason="Wij verhuizen.")
    assert "Bedenkt u zich?" in neighbour.follow().text
    assert home.status is HouseholdStatus.DECLINED
    neighbour.submit("Meld mij aan", **FATMA, status=200)
    assert home.status is HouseholdStatus.REGISTERED


def test_after_the_freeze_a_letter_tells_that_it_is_too_late(
    app: Flask, session: Session, panel: Buurtpanel, letter: tuple[PanelHousehold, VotingCode]
) -> None:
    panel.status = PanelStatus.DRAWING
    late = a_member(app, panel, letter[1], HOUSEHOLD)
    page = late.get(f"/buurtpanels/{panel.slug}/meedoen")
    assert "ligt vast voor de loting" in page.text
    assert "Meld mij aan" not in page.text
    assert "ligt vast" in late.post(f"/buurtpanels/{panel.slug}/meedoen", FATMA, 403).text


def test_with_an_own_code_somebody_changes_and_takes_back(app: Flask, session: Session, panel: Buurtpanel) -> None:
    [(person, code)] = registered(session, panel, 1)
    member = a_member(app, panel, code)
    member.get(f"/buurtpanels/{panel.slug}/lid")
    member.click("Verander uw aanmelding, of neem haar terug")
    before = person.leaf
    assert "geen e-mailadres" in member.submit("Bewaar", email="geen", status=400).text
    member.submit("Bewaar", email="nieuw@x.nl", feature_1="koop")
    assert "Uw aanmelding is veranderd" in member.follow().text
    assert (person.email, person.features["woning"]) == ("nieuw@x.nl", "koop")
    assert person.leaf != before
    member.get(f"/buurtpanels/{panel.slug}/meedoen/wijzigen")
    member.submit("Neem mijn aanmelding terug")
    assert "Uw aanmelding is teruggenomen" in member.follow().text
    assert (person.status, person.name) == (MemberStatus.TAKEN_BACK, "")
    member.get(f"/buurtpanels/{panel.slug}/meedoen/wijzigen", 303)


def test_a_helper_enters_one_after_another_and_sees_numbers_only(
    visit_as: Callable[[Account], Visitor],
    session: Session,
    panel: Buurtpanel,
    letter: tuple[PanelHousehold, VotingCode],
) -> None:
    helper = visit_as(an_account(session, role=Role.HELPER))
    helper.get(f"/buurtpanels/{panel.slug}/aanmeldingen")
    helper.click("Voer een aanmelding in")
    button = "Meld deze persoon aan"
    page = helper.submit(button, **FATMA, kenmerk="ZZZZZZ", status=400)
    assert "hoort niet bij dit panel" in page.text
    helper.submit(button, kenmerk=letter[1].selector, consent="y", status=200)
    shown(helper)
    helper.click("Voer de volgende in")
    emre = {**FATMA, "name": "Emre", "source": "netwerk", "address": "Kade 1", "postcode": "1234ab"}
    page = helper.submit(button, **emre, status=200)
    code = shown(helper)
    people = session.scalars(select(PanelPerson).order_by(PanelPerson.id)).all()
    assert [person.source for person in people] == [Recruitment.LOT, Recruitment.NETWORK]
    assert people[1].selector == code.selector
    page = helper.click("Naar de aanmeldingen")
    assert "Emre" not in page.text
    assert "te weinig" in page.text  # nobody of 40 or older yet
    helper.get(f"/buurtpanels/{panel.slug}/aanmeldingen/mensen", 403)


def test_a_manager_finds_somebody_and_takes_a_registration_back(
    manager: Visitor, session: Session, panel: Buurtpanel
) -> None:
    registered(session, panel, 3)
    way = f"/buurtpanels/{panel.slug}/aanmeldingen"
    page = manager.get(f"{way}/mensen?naam=ner%202")
    assert "Bewoner 2" in page.text
    assert "Bewoner 1" not in page.text
    manager.submit("Neem de aanmelding van Bewoner 2 terug")
    assert "is verwijderd" in manager.follow().text
    assert "aanmelding teruggenomen" in manager.get(way).text
    person = session.scalars(select(PanelPerson).where(PanelPerson.name == "Bewoner 1")).one()
    elsewhere = a_panel(session)
    manager.post(f"/buurtpanels/{elsewhere.slug}/aanmeldingen/{person.id}/terugnemen", status=404)
    manager.post(f"{way}/{person.id}/terugnemen")
    manager.post(f"{way}/{person.id}/terugnemen", status=403)


def test_a_large_pool_costs_what_a_small_one_does(
    manager: Visitor, session: Session, panel: Buurtpanel, engine: Engine
) -> None:
    def costs() -> list[int]:
        found = []
        for page in ("", "/mensen", "/../adressen"):
            address = f"/buurtpanels/{panel.slug}/aanmeldingen{page}".replace("aanmeldingen/../", "")
            manager.get(address)
            with counting_queries(engine) as queries:
                manager.get(address)
            found.append(len(queries))
        return found

    with_letter(session, panel, 1)
    registered(session, panel, 1)
    few = costs()
    registered(session, panel, 12)
    with_letter(session, panel, 12)
    assert costs() == few


def test_a_sentence_of_consent_that_changes_gets_a_new_number() -> None:
    """Who agreed, agreed to these words: change a word, and give the member of `PanelConsent` a new value."""
    sentences = {
        PanelConsent.ON_SCREEN: CONSENT_ON_SCREEN,
        PanelConsent.BY_STAFF: CONSENT_BY_STAFF,
        PanelConsent.IN_FILE: CONSENT_IN_FILE,
    }
    assert {kind.value: sentence._args[0] for kind, sentence in sentences.items()} == {
        "panel-scherm-1": "Ik doe mee aan de loting. De gemeente mag daarvoor bewaren wat ik hier invul, "
        "tot de dag die hierboven staat.",
        "panel-balie-1": "Deze persoon weet wat we bewaren en tot wanneer, en vindt dat goed. "
        "Op papier staat een handtekening.",
        "panel-bestand-1": "Iedereen in dit bestand wil meedoen aan de loting, en vindt goed dat we deze gegevens bewaren.",
    }
