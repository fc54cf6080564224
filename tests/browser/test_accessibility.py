"""Every kind of page is accessible on a phone, in Dutch and from right to left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.commands.demo import DemoSummary, load_demo
from participatie.models.besluiten import Besluit
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan, Round
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.wijkbudget import RoundStatus
from tests.browser.axe import flaws_of
from tests.browser.conftest import PHONE, Site
from tests.browser.people import log_in, press
from tests.factories import SECRET_KEY, now_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def demo(session: Session, site: Site) -> DemoSummary:
    """The whole demo gemeente: it has something of everything."""
    del site
    summary = load_demo(session, SECRET_KEY, now_of(session))
    session.commit()
    return summary


@pytest.fixture(params=["nl", "ar"])
def context(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A narrow phone in one language. The policy is put aside so that axe can run; other tests check it."""
    context = chromium.new_context(viewport=NARROW, base_url=site.url, bypass_csp=True)
    context.add_cookies([{"name": "taal", "value": request.param, "url": site.url}])
    yield context
    context.close()


def public_addresses(session: Session) -> list[str]:
    """One address of every kind of page that everybody may see."""
    published = session.scalars(select(Round).where(Round.status == RoundStatus.PUBLISHED).order_by(Round.id)).all()
    voting = session.scalars(select(Round).where(Round.status == RoundStatus.OPEN)).one()
    answered = select(Idea).where(Idea.status == IdeaStatus.NOT_ADMITTED, Idea.hidden_at.is_(None))
    plan = session.scalars(select(Plan).where(Plan.round_id == published[0].id)).first()
    wijk = session.scalars(select(Area).where(Area.kind == AreaKind.WIJK)).first()
    idea, besluit = session.scalars(answered).first(), session.scalars(select(Besluit)).first()
    assert plan and wijk and idea and besluit  # noqa: PT018 - the demo has all of them
    slug = voting.traject.slug
    return [
        "/",
        "/wijken",
        f"/wijken/{wijk.id}",
        "/trajecten",
        f"/trajecten/{slug}",
        f"/trajecten/{slug}/trajectkaart",
        f"/trajecten/{slug}/ideeen",
        f"/ideeen/{idea.id}",
        f"/wijkbudget/{voting.slug}",
        f"/wijkbudget/{voting.slug}/reglement",
        f"/stemmen/{voting.slug}",
        f"/wijkbudget/{published[0].slug}/uitslag",
        f"/wijkbudget/{published[-1].slug}/uitslag",
        f"/wijkbudget/{published[0].slug}/plannen/{plan.number}",
        "/besluiten",
        f"/besluiten/{besluit.id}",
        "/spelregels",
        "/toegankelijkheid",
        "/privacy",
        "/over",
        "/inloggen",
        "/bestaat-niet",
    ]


def test_public_pages(context: BrowserContext, session: Session, demo: DemoSummary) -> None:
    """No page has a flaw that axe knows, or scrolls sideways at 320 px."""
    del demo
    page = context.new_page()
    flaws = []
    for address in public_addresses(session):
        page.goto(address)
        flaws += flaws_of(page)
    assert flaws == []


def test_the_way_of_a_voter(context: BrowserContext, demo: DemoSummary) -> None:
    """Code, ballot, a mistake, check and receipt: all accessible."""
    page = context.new_page()
    page.goto(f"/stemmen/{demo.voting_slug}")
    page.locator("input[name=code]").fill("fout")
    page.locator("main form button[type=submit]").first.click()
    flaws = flaws_of(page)
    page.locator("input[name=code]").fill(demo.codes[0])
    page.locator("main form button[type=submit]").first.click()
    page.locator("button[value=verder]").click()  # nothing chosen yet
    flaws += flaws_of(page)
    page.locator("input[name=keuze]").first.check()
    page.locator("button[value=verder]").click()
    flaws += flaws_of(page)
    page.locator("form[action$=controleren] button[type=submit]").click()
    flaws += flaws_of(page)
    assert page.url.endswith("/mijn-stem")
    assert flaws == []


def test_pages_behind_a_login(chromium: Browser, site: Site, session: Session, demo: DemoSummary) -> None:
    """What residents and staff fill in is accessible too."""
    people = {what: email for email, what in reversed(demo.accounts)}
    context = chromium.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, bypass_csp=True)
    page, flaws = context.new_page(), []
    waiting = session.scalars(
        select(Idea).where(Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None)).order_by(Idea.id.desc())
    ).first()
    assert waiting
    session.commit()  # reading with a writing session keeps SQLite's lock, and the site must write
    for who, addresses in {
        "bewoner": ["/mijn", "/mijn/gegevens"],
        "toetser": [f"/ideeen/{waiting.id}/toetsen"],
        "wijkmanager": ["/werk", "/trajecten/nieuw", f"/ideeen/{waiting.id}", f"/ideeen/{waiting.id}/antwoorden"],
        "moderator": ["/moderatie"],
        "raad": ["/logboek"],
    }.items():
        email = next(address for what, address in people.items() if who in what.lower())
        log_in(page, site, email)
        page.wait_for_url(lambda url: "inloggen" not in url)
        for address in addresses:
            page.goto(address)
            flaws += flaws_of(page)
        press(page, "Uitloggen")
    context.close()
    assert flaws == []
