"""West Begroot (Amsterdam, 14,411 ballots, 58 plans, 300,000 euros) from its file to its result on a phone."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.wijkbudget import count_round, import_round
from participatie.allocation.pabulib import read_pabulib
from participatie.commands.rounds import operator
from participatie.settings import ROOT
from tests.browser.conftest import Site
from tests.browser.people import follow, says, title_is
from tests.factories import a_gemeente, done, now_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WEST = ROOT.parent / "shared" / "pabulib" / "Netherlands_Amsterdam_309.pb"


@pytest.mark.skipif(not WEST.exists(), reason="the folder with real elections is not there")
def test_a_resident_reads_why_a_plan_got_no_money(session: Session, site: Site, phone: Page) -> None:
    """From the home page to the reason of one plan in four taps."""
    world, now = a_gemeente(session), now_of(session)
    election = read_pabulib(WEST.read_bytes(), WEST.name)
    budget_round = done(import_round(session, operator(world.gemeente), world.gemeente, election, "west-begroot", now))
    done(count_round(session, operator(world.gemeente), budget_round, now))
    done(
        publish_besluit(
            session,
            operator(world.gemeente),
            budget_round,
            title="Besluit West Begroot",
            decision_body="stadsdeel",
            motivation="Wij volgen de uitslag.",
            deviates=False,
            ground=None,
            now=now,
        )
    )
    session.commit()

    phone.goto("/")
    follow(phone, "West Begroot (2020)")
    follow(phone, "Bekijk de uitslag")
    says(phone, "14.411")
    says(phone, "€ 300.000")
    says(phone, "Bloemperken aanleggen in de Willem de Zwijgerlaan voor meer bijen")
    # The first plan that did not fit: by hand, the eleventh in votes costs more than is left after ten.
    follow(phone, "Inclusief West: wij erkennen kleur")
    title_is(phone, "Inclusief West: wij erkennen kleur")
    says(phone, "€ 70.250")
    expect(phone.get_by_role("main")).to_contain_text("Dit plan kreeg")
