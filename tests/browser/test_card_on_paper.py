"""A trajectkaart fits on one sheet of A4, with everything that was promised on it."""

import re

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from participatie.actions.trajecten import TrajectDraft, open_traject, start_traject
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import Assurance, ProcessCard, StakeholderGroup
from tests.browser.conftest import PHONE, Site
from tests.factories import USUAL_RULES, a_gemeente, a_wijkmanager, done, now_of, phases_around, runs_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: As long as a wijkmanager writes who has something to say: one to three sentences a field, six groups.
FULL_CARD = ProcessCard(
    question=(
        "Wat maakt het Molenkwartier koeler en groener in de zomer? Wij zoeken plannen voor straten, pleinen en"
        " schoolpleinen, die u samen met uw buren bedenkt en waar u zelf ook iets voor doet."
    ),
    goal=(
        "In de zomer is het in de wijk vijf graden warmer dan buiten de stad. Ouderen en kleine kinderen hebben daar"
        " last van. Wij willen dat er in elke buurt binnen twee jaar een koele plek is, op loopafstand van huis."
    ),
    fixed=(
        "Het bedrag ligt vast: 50.000 euro, in één keer. Plannen staan in de openbare ruimte van de wijk. Bomen die er"
        " staan blijven staan, en de brandweer moet overal langs kunnen. Parkeerplaatsen tellen we samen."
    ),
    open=(
        "Welke plannen er komen, waar ze komen, hoe ze eruitzien en wie ze onderhoudt. Ook de volgorde staat open, en"
        " of een plan in één keer of in stappen wordt uitgevoerd."
    ),
    decision_maker="De bewoners van het Molenkwartier kiezen; het college van B en W voert de uitslag uit.",
    dispute_to="Wethouder De Boer, de wijkwethouder van Oost",
    use_of_input=(
        "Elk idee krijgt binnen zes weken antwoord, met redenen. Ideeën die de zeven toetsen halen, komen op het"
        " stembiljet. Wat niet kan, leggen wij uit, en wij noemen een andere weg als die er is."
    ),
    not_used=(
        "Ideeën voor één huishouden, ideeën die elk jaar geld van de gemeente kosten, en plannen buiten de wijk. Ook"
        " over de verkoop van woningen kunnen we hier niets beslissen."
    ),
    stakeholders=(
        StakeholderGroup("ouders met jonge kinderen", "op het schoolplein van De Vlieger, elke dinsdag in mei"),
        StakeholderGroup("ouderen", "aan de deur, samen met de ouderenadviseur, en bij de koffie in De Spil"),
        StakeholderGroup("jongeren", "op het trapveld en via de jongerenwerker"),
        StakeholderGroup("bewoners die slecht Nederlands lezen", "met tolken in het taalcafé en een filmpje"),
        StakeholderGroup("ondernemers", "een ronde langs alle winkels aan de Molenstraat"),
        StakeholderGroup("huurders van Woonbelang", "een brief bij de huur en de bewonerscommissie"),
    ),
    results_back=(
        "De uitslag en de uitvoering staan op deze site. Wie meedeed, krijgt een e-mail of een brief, en in oktober is"
        " er een avond in De Spil waar u alles kunt vragen."
    ),
    languages=("nl", "en", "tr", "ar", "pl", "uk"),
    assurance=Assurance.SUBSTANTIAL,
    assurance_reason=(
        "Elk adres in de wijk krijgt een brief met codes voor iedereen van zestien jaar en ouder. Dat is zeker genoeg,"
        " omdat het om een klein bedrag gaat."
    ),
)
PAGE_IN_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_full_card_is_one_sheet(chromium: Browser, site: Site, session: Session, language: str) -> None:
    """Also in Arabic, from right to left."""
    manager = a_wijkmanager(session)
    phases = phases_around(now_of(session), PhaseKind.COLLECT)
    draft = TrajectDraft("Een koel en groen Molenkwartier", FULL_CARD, phases, USUAL_RULES)
    area = a_gemeente(session).wijken[0]
    traject = done(start_traject(session, runs_all(manager), area, "koel", draft, manager, now_of(session)))
    done(open_traject(session, runs_all(manager), traject, now_of(session)))
    session.commit()
    context = chromium.new_context(viewport=PHONE, base_url=site.url)
    page = context.new_page()
    page.goto(f"/trajecten/koel/trajectkaart?taal={language}")
    printed = page.pdf(format="A4")
    page.emulate_media(media="print")
    on_paper = page.locator("main").inner_text()
    shown = page.evaluate("getComputedStyle(document.querySelector('.pp-sheet')).fontSize")
    context.close()
    assert len(PAGE_IN_PDF.findall(printed)) == 1
    promised = [FULL_CARD.question, FULL_CARD.not_used, FULL_CARD.assurance_reason, str(traject.rules_sha256)]
    promised += [f"{group.name}: {group.reached}" for group in FULL_CARD.stakeholders]
    assert [text for text in promised if text not in on_paper] == []
    # One sheet, and still to be read: 9 points are 12 px.
    assert float(shown.removesuffix("px")) >= 12
