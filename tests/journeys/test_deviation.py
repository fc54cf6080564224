"""Residents decided, and the college cannot do all of it: only with a listed ground, for ever to be read. Phones of 360 px."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument
from sqlalchemy.orm import Session

from participatie.spelregels.permissions import Role
from tests.browser.people import a_phone, follow, let_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import an_account
from tests.factories.besluiten import a_counted_round
from tests.factories.telling import a_follower
from tests.journeys.mailed import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Lentebudget verdeeld, zonder de bankjes"
BODY = "de gemeenteraad"
WHY = "De bankjes komen er niet: er ligt een gasleiding onder de vaart. De buurtmoestuin krijgt zijn geld wel."
LAW = "Gemeentewet, artikel 147"
WRONG = "De leiding ligt onder de kade en niet onder de vaart."
#: Six weeks end on the first day of Christmas; the second and a Sunday come after it.
OBJECT_UNTIL = "28 december 2026"


def test_a_besluit_departs_from_the_vote_in_the_open(chromium: Browser, site: Site, session: Session) -> None:
    """Refused without a ground of the list, marked wherever it stands, and corrected without losing the first version."""
    site.clock.turn_to(datetime(2026, 11, 13, 10, 0, tzinfo=UTC))
    budget_round = a_counted_round(session)
    traject, college = budget_round.traject, an_account(session, role=Role.COLLEGE)
    follower, author = a_follower(session, traject), budget_round.plans[0].idea.author
    addresses = {"follower": follower.email, "author": author.email}
    slug, idea_path, wijk_id = budget_round.slug, f"/ideeen/{budget_round.plans[0].idea_id}", traject.area_id
    session.commit()

    with a_phone(chromium, site, javascript=False) as phone:
        # The college reads what residents chose, and departs from it in silence: that cannot be published.
        let_in(phone.context, site, session, college)
        phone.goto(f"/wijkbudget/{slug}/besluit")
        says(phone, "Bewoners beslisten mee")
        says(phone, "Bankjes langs de Lindevaart")
        phone.get_by_label("Titel van het besluit").fill(TITLE)
        phone.get_by_label("Wie nam het besluit?").fill(BODY)
        phone.get_by_label("Nee, het besluit wijkt af van de uitslag.").check()
        phone.get_by_label("Wat besluit de gemeente, en waarom?").fill(WHY)
        phone.get_by_label("Op welke wet of regel rust het besluit?").fill(LAW)
        press(phone, "Publiceer het besluit")
        says(phone, "Wie afwijkt van de uitslag, kiest een grond uit de lijst.")
        phone.get_by_label("Het is gevaarlijk voor mensen").check()
        press(phone, "Publiceer het besluit")
        says(phone, "Zet bij „Welke plannen gaan niet door?” een vinkje")
        # Without reasons it cannot be published either. All that was typed is still there.
        phone.get_by_label("1. Bankjes langs de Lindevaart").check()
        phone.get_by_label("Wat besluit de gemeente, en waarom?").fill("")
        press(phone, "Publiceer het besluit")
        expect(phone.get_by_label("Op welke wet of regel rust het besluit?")).to_have_value(LAW)
        phone.get_by_label("Wat besluit de gemeente, en waarom?").fill(WHY)
        press(phone, "Publiceer het besluit")
        title_is(phone, TITLE)

    site.post_comes()
    mail = site.post.last_to(addresses["follower"])
    assert TITLE in mail.get_content()
    besluit = link_in(mail, "/besluiten/")
    # Her plan won the vote; the mail does not leave her with that.
    told = site.post.last_to(addresses["author"]).get_content()
    assert "Bankjes langs de Lindevaart" in told
    assert "Het plan was gekozen, maar het gaat niet door" in told
    assert "Het is gevaarlijk voor mensen" in told

    site.clock.forward(days=7)
    with a_phone(chromium, site, javascript=False) as phone:
        # A follower reads all of it, by the link of the mail.
        phone.goto(besluit)
        for part in (
            "Dit besluit wijkt af van de stemming", "Het is gevaarlijk voor mensen", WHY, LAW, BODY, "13 november 2026",
            f"tot en met {OBJECT_UNTIL}",
        ):  # fmt: skip
            says(phone, part)
        # It stands in the list of what departs, at the outcome, at the plan, and at the idea that it was.
        phone.goto("/besluiten?afwijkend=y")
        follow(phone, TITLE)
        for place in (f"/wijkbudget/{slug}/uitslag", f"/wijkbudget/{slug}/plannen/1", idea_path):
            phone.goto(place)
            says(phone, "Het besluit wijkt af van de stemming")
            follow(phone, "Lees het besluit van de gemeente")
            title_is(phone, TITLE)
        _says_that_the_benches_do_not_come(phone, slug, idea_path, wijk_id)

    with a_phone(chromium, site, javascript=False) as phone:
        # A week later the college mends a mistake in the reasons, and says what it was.
        let_in(phone.context, site, session, college)
        phone.goto(besluit)
        follow(phone, "Verbeter dit besluit")
        phone.get_by_label("Wat besluit de gemeente, en waarom?").fill(WHY.replace("vaart", "kade"))
        press(phone, "Publiceer de nieuwe versie")
        phone.get_by_label("Wat was er niet goed, en wat verandert er?").fill(WRONG)
        press(phone, "Publiceer de nieuwe versie")
        title_is(phone, TITLE)

    site.post_comes()
    mail = site.post.last_to(addresses["follower"])
    assert WRONG in mail.get_content()

    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto(link_in(mail, "/besluiten/"))
        says(phone, "onder de kade")
        # The same is decided, so nobody gets more time to object.
        says(phone, f"tot en met {OBJECT_UNTIL}")
        follow(phone, "Versie 1 van 13 november 2026")
        says(phone, "Zij geldt niet meer")
        says(phone, WHY)
        phone.go_back()
        follow(phone, "Versie 2 van 20 november 2026")
        says(phone, WRONG)
        expect(phone.locator("del")).to_contain_text("vaart.")
        expect(phone.locator("ins")).to_contain_text("kade.")
        _says_the_same_elsewhere(phone, site, besluit, wijk_id)


def _says_that_the_benches_do_not_come(phone: Page, slug: str, idea_path: str, wijk_id: int) -> None:
    """The money that the vote gave them is given nowhere: at the plan, at the idea that it was, in the ledger."""
    for place in (f"/wijkbudget/{slug}/plannen/1", idea_path):
        phone.goto(place)
        says(phone, "De gemeente besloot dat dit niet doorgaat. De reden: Het is gevaarlijk voor mensen.")
        expect(phone.get_by_text("Zo gaat het met de uitvoering")).to_have_count(0)
        expect(phone.get_by_text("uit het wijkbudget", exact=False)).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("Niet doorgegaan: 13 november 2026")
    expect(phone.locator("main")).not_to_contain_text("Geld gekregen")
    phone.goto(f"/wijkbudget/{slug}/uitslag")
    expect(phone.get_by_role("row").filter(has_text="Bankjes langs de Lindevaart")).to_contain_text("gaat niet door")
    phone.goto(f"/wijken/{wijk_id}/kasboek")
    says(phone, "Gekozen, maar niet doorgegaan")
    expect(phone.get_by_role("row").filter(has_text="Bankjes langs de Lindevaart")).to_have_count(0)
    follow(phone, "Bankjes langs de Lindevaart")


def _says_the_same_elsewhere(phone: Page, site: Site, besluit: str, wijk_id: int) -> None:
    """On paper, in the feeds, and as open data."""
    facts = ("Het is gevaarlijk voor mensen", BODY, "onder de kade", OBJECT_UNTIL)
    pages = PdfDocument(BytesIO(phone.request.get(f"{site.url}{besluit}.pdf").body()))
    paper = " ".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", " ")
    assert not [part for part in (*facts, TITLE, LAW) if part not in paper]
    for feed in ("/besluiten/feed", f"/besluiten/feed?wijk={wijk_id}", f"/wijken/{wijk_id}/feed"):
        news = ET.fromstring(phone.request.get(f"{site.url}{feed}").text())  # noqa: S314 - our own
        [told] = [each for each in news.iterfind("{*}entry") if each.findtext("{*}title") == TITLE]
        said = "".join(told.itertext())
        assert not [part for part in (*facts, WRONG) if part not in said], feed
    [data] = phone.request.get(f"{site.url}/besluiten.json").json()["besluiten"]
    assert (data["deviation_ground"], data["objection_until"]) == ("gevaar voor mensen", "2026-12-28")
    first, second = data["versions"]
    assert json.loads(first["content"])["motivation"] == WHY
    assert sha256(second["content"].encode()).hexdigest() == second["sha256"]
    assert second["sha256"] in paper.replace(" ", "")
