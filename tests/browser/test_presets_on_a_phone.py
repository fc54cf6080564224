"""A wijkmanager makes a traject from every preset on a phone of 360 px, and is stopped where a spelregel is broken."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from participatie.app import create_app
from participatie.models.accounts import Account
from participatie.spelregels.presets import Preset, shipped
from tests.browser.axe import flaws_of
from tests.browser.conftest import PHONE, Site
from tests.browser.people import follow, log_in, press, says, title_is
from tests.factories import a_gemeente, a_traject, a_wijkmanager

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What is typed, by the label at which it is typed; the groups, the languages and the assurance are filled in apart.
TYPED = {
    "Naam van het traject": "Koelte in de wijk",
    "Adres op de site": "koelte",
    "Wat vraagt u aan bewoners?": "Waar is het in de zomer te heet?",
    "Waarom doet u dit?": "In elke buurt komt een koele plek.",
    "Wat ligt al vast?": "Het bedrag, en dat bomen blijven staan.",
    "Wat staat nog open?": "Waar de plekken komen en hoe ze eruitzien.",
    "Wie beslist?": "De bewoners van de wijk.",
    "Bij wie kunnen bewoners terecht als zij het niet eens zijn?": "Wethouder De Boer",
    "Welke groepen doen mee, en hoe bereikt u ze?": "ouders: op het schoolplein\nouderen: aan de deur",
    "Waarom is dat zeker genoeg?": "Elk adres krijgt een brief.",
    "Wat doet u met de inbreng?": "Elk idee krijgt antwoord, met redenen.",
    "Met welke inbreng kunt u niets doen?": "Ideeën voor één tuin.",
    "Hoe horen bewoners wat eruit komt?": "Op deze site en in de wijkkrant.",
}
