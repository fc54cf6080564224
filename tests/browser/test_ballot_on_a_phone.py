"""Points and rankings on the narrowest screen without script and without a mouse, and a ballot that saves itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.votes import Ballot, BallotDraft
from participatie.models.wijkbudget import Round
from participatie.spelregels.votes import BallotKind
from tests.browser.conftest import NARROW, Site
from tests.browser.keyboard import Keyboard
from tests.browser.people import a_phone, press, says, title_is
from tests.factories import a_round, codes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Nothing may stand outside the screen: the page does not scroll sideways.
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def a_small_phone(browser: Browser, site: Site, locale: str) -> Iterator[Page]:
    """Hand out a phone of 320 px without script."""
    context = browser.new_context(viewport=NARROW, locale=locale, base_url=site.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def fill_in(page: Page, fields: dict[str, str]) -> None:
    """Go to the fields with Tab, in the order in which they stand on the page, and type."""
    keys = Keyboard(page)
    names = [
        name for name in page.locator(".pp-amount").evaluate_all("all => all.map(one => one.name)") if name in fields
    ]
    for name in names:
        keys.tab_to(page.locator(f"[name={name}]"))
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(fields[name])
    go_on(page, "[name=stap][value=verder]")


def go_on(page: Page, button: str) -> None:
    """Go to a button with Tab, press Enter, and see that the next page fits the screen."""
    Keyboard(page).tab_to(page.locator(button))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} is wider than the screen"


def casts(page: Page) -> None:
    """Check and cast, and see that the page with the receipt is reached."""
    expect(page).to_have_url(re.compile("/controleren$"))
    go_on(page, "main form[action$=controleren] button")
    expect(page).to_have_url(re.compile("/mijn-stem$"))
    expect(page.locator(".pp-stat__value")).to_have_count(1)


def votes(page: Page, budget_round: Round, code: str, first: dict[str, str], again: dict[str, str]) -> None:
    """Show the code, fill in the ballot and cast it, and do that once more."""
    page.goto(f"/stemmen/{budget_round.slug}")
    Keyboard(page).tab_to(page.locator("[name=code]"))
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fill_in(page, first)
    casts(page)
    receipt = page.locator(".pp-stat__value").text_content()
    go_on(page, "main a[href$=kiezen]")
    fill_in(page, again)
    casts(page)
    assert page.locator(".pp-stat__value").text_content() == receipt


def test_points_and_places_are_given_by_keyboard_without_script(
    chromium: Browser, site: Site, session: Session
) -> None:
    """Abuse case 70: 320 px, in Arabic and in Dutch; voting again keeps the receipt."""
    points = a_round(session, ballot_kind=BallotKind.POINTS, points_total=10, points_per_plan=6)
    ranking = a_round(session, ballot_kind=BallotKind.RANKING, max_choices=2)
    [of_points], [of_ranking] = codes(session, points, 1), codes(session, ranking, 1)
    with a_small_phone(chromium, site, "ar") as page:
        votes(page, points, str(of_points), {"punten-1": "٤", "punten-3": "6"}, {"punten-1": "", "punten-2": "٣"})
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    with a_small_phone(chromium, site, "nl-NL") as page:
        votes(page, ranking, str(of_ranking), {"plaats-3": "1"}, {"plaats-3": "2", "plaats-1": "1"})
        title_is(page, "Uw stem is in")
    assert session.scalars(select(Ballot.choices).order_by(Ballot.round_id)).all() == ["[[2,3],[3,6]]", "[1,3]"]


def test_a_choice_is_kept_when_the_tab_is_closed_and_told_when_it_is_not(
    chromium: Browser, site: Site, session: Session
) -> None:
    """The script saves at every choice, one after the other, says when that fails, and casts nothing."""
    budget_round = a_round(session, ballot_kind=BallotKind.POINTS, points_total=10)
    [code] = codes(session, budget_round, 1)
    way = f"/stemmen/{budget_round.slug}/kiezen"
    with a_phone(chromium, site, javascript=True) as page:
        page.goto(f"/stemmen/{budget_round.slug}")
        page.get_by_label("Uw stemcode").fill(str(code))
        press(page, "Verder")
        title_is(page, "Kies uw plannen")
        expect(page.get_by_role("button", name="Bewaar en tel op")).to_have_count(0)
        bar = page.locator("[data-ballot-bar][role=status]")

        # A choice shows at once that it is kept and does not count, and what is too much.
        page.locator("[name=punten-1]").fill("7")
        expect(bar).to_contain_text("bewaard, nog niet geteld")
        expect(bar).to_contain_text("Punten: 7 van 10.")
        page.locator("[name=punten-2]").fill("5")
        expect(bar).to_contain_text("Haal er 2 weg")

        # A slow answer to an earlier choice does not undo a later one.
        def slowly(route: Route) -> None:
            page.wait_for_timeout(300)
            route.continue_()

        page.route(f"**{way}", slowly, times=1)
        page.locator("[name=punten-2]").fill("1")
        page.locator("[name=punten-2]").press("Tab")
        page.locator("[name=punten-2]").fill("2")
        page.locator("[name=punten-2]").press("Tab")
        expect(bar).to_contain_text("Punten: 9 van 10.")

        # No connection: that is said, and the choice is sent when it is there again.
        page.context.set_offline(True)
        page.locator("[name=punten-2]").fill("3")
        expect(bar).to_contain_text("niet bewaard")
        page.context.set_offline(False)
        expect(bar).to_contain_text("Punten: 10 van 10.")

        # The tab goes right after the last key; another one has the choice.
        page.locator("[name=punten-2]").fill("")
        page.locator("[name=punten-3]").press_sequentially("1")
        page.close(run_before_unload=True)
        other = page.context.new_page()
        other.goto(way)
        expect(other.locator("[name=punten-1]")).to_have_value("7")
        says(other, "Uw keuze is bewaard, maar nog niet geteld")
        other.reload()
        expect(other.locator("[name=punten-3]")).to_have_value("1")
    session.expire_all()
    assert session.scalars(select(BallotDraft.choices)).all() == ["[[1,7],[3,1]]"]
    assert session.scalars(select(Ballot)).all() == []
