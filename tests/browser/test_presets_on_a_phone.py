"""A wijkmanager makes a traject from a preset on a phone of 360 px, and is told what is still in the way."""

from datetime import datetime, time

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from participatie.spelregels.presets import Preset, shipped
from participatie.web.formats import AMSTERDAM
from participatie.web.words import WORDS
from tests.browser.axe import WIDER, flaws_of
from tests.browser.conftest import Site
from tests.browser.people import follow, log_in, press, says, title_is
from tests.factories import a_gemeente, a_wijkmanager

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What is typed, by the label of its field. Nothing is typed yet in what stands open.
TYPED = {
    "Naam van het traject": "Koelte in de wijk",
    "Kort adres": "koelte",
    "Wat vraagt u aan bewoners?": "Waar is het in de zomer te heet?",
    "Waarom doet u dit?": "In elke buurt komt een koele plek.",
    "Wat ligt al vast?": "De bomen blijven staan.",
    "Wie beslist?": "De bewoners van de wijk.",
    "Bij wie kunnen bewoners terecht als zij het niet eens zijn?": "Wethouder De Boer",
    "Wat doet u met de inbreng?": "Elk idee krijgt antwoord, met redenen.",
    "Met welke inbreng kunt u niets doen?": "Ideeën voor één tuin.",
    "Hoe horen bewoners wat eruit komt?": "Op deze site en in de wijkkrant.",
    "Waarom is dat zeker genoeg?": "Elk adres krijgt een brief.",
}
GROUPS = "Welke groepen doen mee, en hoe bereikt u ze?"
OPEN = "Wat staat nog open?"
WIJK = "Molenkwartier"
ENFORCED = "Hier houdt de site iedereen aan"


@pytest.fixture
def manager(phone: Page, site: Site, session: Session) -> Page:
    """The phone of the wijkmanager, who has just logged in with a mailed code."""
    a_gemeente(session)
    account = a_wijkmanager(session)
    session.commit()
    log_in(phone, site, account.email)
    expect(phone.get_by_role("button", name="Uitloggen")).to_be_attached()
    return phone


#: The longest list of rules and the shortest; tests/blueprints does the same with all of them, without a browser.
CHOSEN = ("zwolle", "arnhem")


@pytest.mark.parametrize("key", CHOSEN)
def test_a_traject_from_a_preset(manager: Page, site: Site, key: str) -> None:
    preset = shipped()[key]
    promised = read_what_it_enforces(manager, preset)

    # Saved with nothing typed: what cannot wait is named, at its field.
    press(manager, "Bewaar als concept")
    mistakes = manager.get_by_role("alert")
    expect(mistakes).to_contain_text("Naam van het traject – ")
    expect(mistakes).to_contain_text("Kort adres – ")
    fill_in_the_card(manager)

    # A group without a way to reach it is refused by its name, and nothing else is lost.
    press(manager, "Bewaar als concept")
    expect(mistakes).to_contain_text("Bij deze staat het niet: jongeren.")
    assert flaws_of(manager) == []
    mistakes.get_by_role("link").click()
    expect(manager.get_by_label(GROUPS)).to_be_focused()
    manager.keyboard.press("Control+End")
    manager.keyboard.type(": op het trapveld")
    press(manager, "Bewaar als concept")

    # The draft says what is missing, does not open without it, and leads to the field.
    title_is(manager, TYPED["Naam van het traject"])
    says(manager, "nog een concept")
    press(manager, "Open dit traject")
    says(manager, "Vul eerst in: wat openstaat")
    fits(manager)
    follow(manager, "Terug naar waar u was")
    follow(manager, "Vul in: wat openstaat")
    manager.get_by_label(OPEN).fill("Waar de plekken komen, en hoe ze eruitzien.")
    press(manager, "Bewaar als concept")
    expect(manager.get_by_role("link", name="Vul in: ")).to_have_count(0)
    press(manager, "Open dit traject")
    says(manager, "Het traject is open.")
    fits(manager)

    # Everybody reads the level and the rules, as the wijkmanager was told beforehand.
    site.clock.turn_to(_first_morning(preset, site))
    manager.goto("/trajecten/koelte")
    says(manager, f"Niveau: {WORDS[preset.phases[0].level]}")
    timeline = manager.get_by_role("main").locator(".pp-steps")
    for phase in preset.phases:
        expect(timeline).to_contain_text(str(WORDS[phase.kind]), ignore_case=True)
    fits(manager)
    follow(manager, "De spelregels van dit traject")
    title_is(manager, "Spelregels van Koelte in de wijk")
    assert listed(manager.get_by_role("main"), ENFORCED) == promised
    fits(manager)


def read_what_it_enforces(page: Page, preset: Preset) -> list[str]:
    """Choose a preset in the list of all, and return what it says to enforce."""
    page.goto("/trajecten/nieuw")
    panel = page.get_by_role("region", name=preset.name, exact=True)
    expect(panel).to_contain_text(preset.summary)
    panel.get_by_text("Wat houdt dit in").click()
    promised = listed(panel, ENFORCED)
    expect(panel.get_by_text(promised[-1])).to_be_visible()
    fits(page)
    panel.get_by_role("link", name="Begin met").click()
    says(page, f"U begint met de spelregels van {preset.name}.")
    return promised


def fill_in_the_card(page: Page) -> None:
    """Type and choose everything but what stands open; one group has no way to reach it yet."""
    for label, text in TYPED.items():
        page.get_by_label(label, exact=False).fill(text)
    page.get_by_label(GROUPS).fill("ouders: op het schoolplein\njongeren")
    page.get_by_label("Gebied").select_option(label=WIJK)
    page.get_by_label("Hoe zeker weet u wie meedoet?").select_option(
        label="middel: bijvoorbeeld een brief met een code"
    )
    page.get_by_role("checkbox", name="Polski").uncheck()


def listed(part: Locator, heading: str) -> list[str]:
    """Return what stands in the list under a heading."""
    title = part.get_by_role("heading", name=heading)
    return title.locator("xpath=following-sibling::ul[1]/li").all_inner_texts()


def fits(page: Page) -> None:
    """Expect that nobody has to scroll sideways."""
    assert page.evaluate(WIDER) <= 0, page.url


def _first_morning(preset: Preset, site: Site) -> datetime:
    first_day = preset.first_day_from(site.clock().date())
    return datetime.combine(first_day, time(9), AMSTERDAM)
