"""Reading goes on without a connection, what was typed is kept and looked at meanwhile, and many go in one after another."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import make_meeting
from participatie.models.meetings import EnteredIdea
from participatie.spelregels.meetings import MeetingKind
from participatie.spelregels.permissions import Role
from tests.browser.axe import SCRIPT
from tests.browser.conftest import PHONE, Site
from tests.browser.people import let_in, press, says, title_is
from tests.factories import a_resident, a_traject, an_account, an_idea, done, now_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MODES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "active"},
)
CONTRAST = """axe.run(document, {runOnly: ["color-contrast"]}).then(({violations}) =>
    violations.flatMap(({nodes}) => nodes.map((node) => node.html + node.failureSummary)))"""
COLOUR = "selector => getComputedStyle(document.querySelector(selector)).color"
SAID_YES = "De bewoner zegt: dit is mijn idee, en het mag op de website."
WORKS = "navigator.serviceWorker.ready.then(() => new Promise(go => setTimeout(go, 300)))"


@pytest.fixture(autouse=True)
def _on_one_database(engine: Engine) -> None:
    """What a browser keeps does not depend on the database."""
    if engine.dialect.name != "sqlite":
        pytest.skip("the same on every database; run on SQLite alone")


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone in Dutch, with the real policy of the site."""
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def test_pages_that_were_read_can_be_read_again(context: BrowserContext, session: Session, site: Site) -> None:
    idea = an_idea(session, title="Een bankje bij de brug")
    session.commit()
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto("/toegankelijkheid")
    page.evaluate(WORKS)
    for address in (f"/ideeen/{idea.id}", f"/ideeen/{idea.id}?taal=en", "/inloggen"):
        page.goto(address)
    assert errors == []
    context.set_offline(True)
    page.goto(f"/ideeen/{idea.id}")
    says(page, "Een bankje bij de brug")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".pp-copy")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).paddingTop") != "0px"  # with its stylesheet
    page.goto("/toegankelijkheid")  # kept although it was the very first
    title_is(page, "Toegankelijkheid")
    for address in ("/inloggen", "/trajecten"):  # a form, and a page that was not read
        page.goto(address)
        expect(page.locator("[data-kept] li")).to_have_count(2)
        says(page, "Een bankje bij de brug")
    context.set_offline(False)
    page.goto(f"/ideeen/{idea.id}")
    expect(page.locator(".pp-copy")).to_have_count(0)
    idea.hidden_at = idea.created_at
    session.commit()
    page.reload()
    context.set_offline(True)
    page.goto(f"/ideeen/{idea.id}")
    assert "Een bankje" not in page.inner_text("main")  # what was hidden is not kept on


def test_what_was_typed_is_there_again_until_it_is_sent(context: BrowserContext, session: Session, site: Site) -> None:
    traject = a_traject(session)
    resident = a_resident(session)
    session.commit()
    let_in(context, site, session, resident)
    session.commit()
    page = context.new_page()
    form = f"/trajecten/{traject.slug}/ideeen/nieuw"
    kept = "Object.keys(localStorage).length"

    def type_title(text: str) -> None:
        page.goto(form)
        page.locator("[name=title]").fill(text)
        page.wait_for_timeout(600)  # it waits for a pause in the typing
        assert page.evaluate(kept) == 1

    type_title("Een bankje")
    page.goto("/toegankelijkheid")
    page.goto(form)
    expect(page.locator("[name=title]")).to_have_value("Een bankje")
    says(page, "U begon hier eerder aan")
    press(page, "Gooi weg")
    expect(page.locator("[name=title]")).to_have_value("")
    assert page.evaluate(kept) == 0
    type_title("Een schommel")
    press(page, "Dien het idee in")  # without the rest: it comes back with what is wrong, and is not sent
    expect(page.locator("[name=title]")).to_have_value("Een schommel")
    assert page.evaluate(kept) == 1
    context.set_offline(True)
    with suppress(Error):
        press(page, "Dien het idee in")  # never arrives
    context.set_offline(False)
    page.goto("/toegankelijkheid")
    assert page.evaluate(kept) == 1
    page.goto(form)
    expect(page.locator("[name=title]")).to_have_value("Een schommel")
    page.locator("[name=body]").fill("Voor de kinderen van de Kade.")
    page.locator("select[name=area]").select_option(index=1)
    press(page, "Dien het idee in")
    title_is(page, "Een schommel")
    assert page.evaluate(kept) == 0
    type_title("Een boom")
    press(page, "Uitloggen")
    page.wait_for_url("**/")
    assert page.evaluate(kept) == 0


def test_ideas_that_look_alike_appear_while_typing_and_the_idea_is_still_sent(
    context: BrowserContext, session: Session, site: Site
) -> None:
    """With the real policy of the site: the script may run, and may ask."""
    traject, resident = a_traject(session), a_resident(session)
    an_idea(session, traject, title="Een bankje bij de brug")
    let_in(context, site, session, resident)
    session.commit()
    page = context.new_page()
    page.goto(f"/trajecten/{traject.slug}/ideeen/nieuw")
    alike = page.locator("[data-similar]").get_by_role("link")
    page.get_by_label("Hoe heet uw idee?").fill("Een schommel")
    with page.expect_response("**/lijkt-op?*"):
        page.get_by_label("Hoe heet uw idee?").fill("Een bankje aan de brug")
    expect(alike).to_have_text(["Een bankje bij de brug"])
    expect(alike).to_have_attribute("target", "_blank")  # what was typed stays
    page.locator("[name=body]").fill("Zodat wij daar kunnen zitten en naar de boten kijken.")
    page.locator("select[name=area]").select_option(index=1)
    press(page, "Dien het idee in")
    says(page, "Nog niet ingediend.")
    press(page, "Dien toch in")
    title_is(page, "Een bankje aan de brug")


def test_a_helper_enters_three_ideas_in_a_row_on_a_phone_each_of_its_own_resident(
    context: BrowserContext, session: Session, site: Site
) -> None:
    traject, helper = a_traject(session), an_account(session, role=Role.HELPER)
    day = now_of(session)
    meeting = done(
        make_meeting(session, helper.actor(), traject, "Café DOEN", day.date(), "Plein", MeetingKind("café"), day)
    )
    session.flush()
    here = f"/trajecten/{traject.slug}/bijeenkomsten/{meeting.id}"
    let_in(context, site, session, helper)
    session.commit()
    page = context.new_page()
    page.goto(f"{here}/invoeren/1")
    said = {"Een bankje": "Ans", "Een schommel": "Bram", "Een boom": "Cor"}
    for turn, (title, name) in enumerate(said.items(), start=1):
        page.get_by_label("Hoe heet uw idee?").fill(title)
        page.locator("[name=body]").fill("Dat zei een bewoner aan tafel.")
        if turn == 1:
            page.locator("select[name=area]").select_option(index=1)  # kept for the ones after it
        page.get_by_label("Naam van de bewoner").fill(name)
        page.get_by_label(SAID_YES).check()
        press(page, "Dien het idee in voor de bewoner")
        page.wait_for_url(f"**/invoeren/{turn + 1}?*")
        expect(page.get_by_label(SAID_YES)).not_to_be_checked()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    says(page, "Vandaag voerde u 3 ideeën in.")
    page.goto(here)
    for title in said:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    entered = session.scalars(select(EnteredIdea).order_by(EnteredIdea.turn)).all()
    assert {each.idea.title: each.idea.author.name for each in entered} == said
    assert [(each.turn, each.by_id, each.consent) for each in entered] == [
        (turn, helper.id, SAID_YES) for turn in (1, 2, 3)
    ]


def test_colours_can_be_read_in_every_mode(chromium: Browser, site: Site, session: Session) -> None:
    """Dark, with more contrast, both, and with the colours of the system."""
    idea = an_idea(session)
    addresses = ("/", f"/trajecten/{idea.traject.slug}", f"/ideeen/{idea.id}", "/inloggen")
    session.commit()
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, bypass_csp=True)
    page = context.new_page()
    flaws = []
    for address in addresses:
        page.goto(address)
        page.add_script_tag(path=str(SCRIPT))
        for mode in MODES:
            page.emulate_media(**mode)
            flaws += [f"{address} {mode}: {flaw}" for flaw in page.evaluate(CONTRAST)]
        if "/trajecten/" in address:
            page.emulate_media(**MODES[1])
            strong = page.evaluate(COLOUR, ".pp-step__when")
            page.emulate_media(media="print", **MODES[0])
            on_paper = page.evaluate(COLOUR, ".pp-step--now .pp-step__mark"), page.evaluate(COLOUR, "h1")
            page.emulate_media(media="screen")
    context.close()
    assert flaws == []
    assert strong == on_paper[1]  # no grey text with more contrast
    assert on_paper[0] == on_paper[1]  # no white text on a colour that a printer leaves out, also from a dark screen
