"""Submitting an idea and voting, with a keyboard alone: every step shows where the focus is."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from participatie.spelregels.phases import PhaseKind
from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard
from tests.browser.people import a_phone, let_in, says, title_is
from tests.factories import a_resident, a_round, a_traject, codes

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_idea_is_submitted_without_a_mouse(chromium: Browser, site: Site, session: Session) -> None:
    resident = a_resident(session)
    traject = a_traject(session, phase=PhaseKind.COLLECT)
    with a_phone(chromium, site, javascript=True) as page:
        let_in(page.context, site, session, resident)
        session.commit()
        keys = Keyboard(page)
        page.goto(f"/trajecten/{traject.slug}")
        keys.skip_to_the_content()
        keys.press("link", "Dien een idee in")
        title_is(page, "Een idee indienen")

        # Sent too early: the summary of mistakes takes the focus, and leads to the field.
        keys.skip_to_the_content()
        keys.press("button", "Dien het idee in", key="Space")
        keys.go_to_the_mistake("Hoe heet uw idee?", "Er ging iets mis")
        page.keyboard.type("Bankjes bij de vijver")
        keys.type_in("Wat wilt u, en waarom?", "Oudere buren willen even kunnen zitten.")
        keys.press("button", "Dien het idee in")
        title_is(page, "Bankjes bij de vijver")
        keys.skip_to_the_content()


def test_a_vote_is_cast_without_a_mouse(chromium: Browser, site: Site, session: Session) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    with a_phone(chromium, site, javascript=True) as page:
        keys = Keyboard(page)
        page.goto(f"/stemmen/{budget_round.slug}")
        keys.skip_to_the_content()
        keys.type_in("Uw stemcode", "FOUT")
        page.keyboard.press("Enter")
        keys.go_to_the_mistake("Uw stemcode", "Er ging iets mis")
        page.keyboard.press("Control+A")
        page.keyboard.type(str(code))
        page.keyboard.press("Enter")
        title_is(page, "Kies uw plannen")

        # Nothing chosen: the summary says so, and the way on to the plans is short.
        keys.press("button", "Verder")
        expect(page.get_by_role("alert").first).to_be_focused()
        keys.tab_to(page.get_by_role("checkbox").first)
        page.keyboard.press("Space")
        expect(page.get_by_role("checkbox").first).to_be_checked()
        keys.press("button", "Verder", key="Space")
        title_is(page, "Controleer uw stem")
        keys.press("button", "Stem")
        title_is(page, "Uw stem is in")
        says(page, "Uw bewijs")
        keys.skip_to_the_content()
