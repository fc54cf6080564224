"""An idea is reported, hidden and put back: its author wins the appeal, and nothing is lost on the way. Phones of 360 px."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from tests.browser.people import a_phone, follow, let_in, log_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import a_gemeente, a_resident, an_account, an_idea, support
from tests.factories.moderation import an_organisation
from tests.factories.photos import ALT, a_photo
from tests.journeys.mailed import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Leen uw gereedschap bij Jan"
BODY = "Bij Jan in de Lindestraat mag iedereen een boor lenen. Zo hoeft niet elk huis er een te kopen."
WHY_HIDDEN = "U noemt een winkel bij naam."
PLEA = "Jan heeft geen winkel. Hij is mijn buurman, en het lenen kost niets."
WHY_BACK = "Het is geen winkel. Iedereen mag gratis lenen."


def test_an_author_wins_an_appeal_and_nothing_is_lost(chromium: Browser, site: Site, session: Session) -> None:
    """A visitor reports, one moderator hides, another one puts back; the author hears each step with its reason."""
    wijk = a_gemeente(session).wijken[0]
    author, one, other = a_resident(session, name="Fatma"), an_account(session), an_account(session)
    idea = an_idea(session, author=author, title=TITLE, body=BODY)
    support(session, idea, 3)
    a_photo(session, idea)
    an_organisation(session, [wijk], [one, other], name="Buurtkracht Molenkwartier")
    here, listed = f"/ideeen/{idea.id}", f"/trajecten/{idea.traject.slug}/ideeen"
    address, place, secrets = author.email, wijk.name, ("Fatma", "Jan", one.name, one.email, other.name, "winkel")
    session.commit()

    with a_phone(chromium, site, javascript=False) as phone:
        # A passer-by without an account reports the idea; it stays until somebody looked.
        phone.goto(here)
        follow(phone, "Meld dit idee")
        phone.get_by_label("Geen reclame").check()
        phone.get_by_label("Wilt u er iets bij zeggen?").fill("Dit is een winkel.")
        press(phone, "Meld dit idee")
        title_is(phone, "Uw melding")
        follow(phone, "Terug naar het idee")
        title_is(phone, TITLE)

    with a_phone(chromium, site, javascript=False) as phone:
        # A moderator of the bewonersorganisatie finds it in the queue, and cannot hide it without a rule and a reason.
        let_in(phone.context, site, session, one)
        phone.goto("/werk")
        follow(phone, TITLE)
        says(phone, "Dit is een winkel.")
        phone.get_by_label("Het past niet bij een huisregel").check()
        press(phone, "Sla mijn oordeel op")
        says(phone, "Kies de huisregel.")
        phone.get_by_label("Geen reclame").check()
        phone.get_by_label("Waarom?").fill(WHY_HIDDEN)
        press(phone, "Sla mijn oordeel op")
        says(phone, "Uw oordeel is opgeslagen")

    site.post_comes()
    mail = site.post.last_to(address)
    assert mail["Subject"] == "Uw idee is verborgen"
    for part in ("Geen reclame", WHY_HIDDEN, BODY, "Vraag dat uiterlijk op 18 mei 2026"):
        assert part in mail.get_content()

    with a_phone(chromium, site, javascript=False) as phone:
        # Nobody else sees it any more, not in the list either.
        assert phone.goto(here).status == 404  # type: ignore[union-attr]
        phone.goto(listed)
        assert TITLE not in phone.content()
        # Late on the last evening its author presses the link in the mail, logs in on the way, and asks for another look.
        site.clock.turn_to(datetime(2026, 5, 18, 21, 30, tzinfo=UTC))
        phone.goto(link_in(mail, "opnieuw-laten-kijken"))
        log_in(phone, site, address)
        title_is(phone, "Iemand anders laten kijken")
        says(phone, WHY_HIDDEN)
        phone.get_by_label("Waarom bent u het niet eens?").fill(PLEA)
        press(phone, "Vraag het")
        # The page goes on saying so, and offers it once.
        phone.reload()
        says(phone, "Iemand anders kijkt opnieuw naar uw idee")
        expect(phone.get_by_role("link", name="Vraag of iemand anders")).to_have_count(0)

    with a_phone(chromium, site, javascript=False) as phone:
        # Whoever hid it is not offered the appeal; who finds its page reads why they cannot judge.
        let_in(phone.context, site, session, one)
        phone.goto("/moderatie/wachtrij")
        says(phone, "Er wacht nu niets op u")
        phone.goto(f"{here}/opnieuw-kijken")
        says(phone, "U verborg dit idee zelf")
        expect(phone.get_by_role("button", name="Sla mijn oordeel op")).to_have_count(0)

    with a_phone(chromium, site, javascript=False) as phone:
        # Another one reads both sides, and puts it back.
        let_in(phone.context, site, session, other)
        phone.goto("/moderatie/wachtrij")
        follow(phone, TITLE)
        says(phone, WHY_HIDDEN)
        says(phone, PLEA)
        phone.get_by_label("Het idee komt weer online").check()
        phone.get_by_label("Waarom?").fill(WHY_BACK)
        press(phone, "Sla mijn oordeel op")
        says(phone, "Uw oordeel is opgeslagen")

    site.post_comes()
    mail = site.post.last_to(address)
    assert mail["Subject"] == "Uw idee staat weer online"
    assert WHY_BACK in mail.get_content()

    with a_phone(chromium, site, javascript=False) as phone:
        # The idea is public again, with its words, its photo and its supporters.
        phone.goto(link_in(mail, here))
        title_is(phone, TITLE)
        for part in (BODY, "3 mensen steunen dit idee", "Fatma"):
            says(phone, part)
        expect(phone.get_by_alt_text(ALT)).to_be_visible()
        assert "verborgen" not in phone.get_by_role("main").inner_text()
        phone.goto(listed)
        says(phone, TITLE)
        # Everybody reads in the log what happened, and nobody's name, title or words.
        phone.goto("/moderatie/openbaar")
        log = phone.get_by_role("main").inner_text()
        for part in ("4 mei 2026", "Geen reclame", place, "Buurtkracht Molenkwartier", "teruggezet", "opnieuw bekeken"):
            assert part in log
        table = phone.request.get(f"{site.url}/moderatie/openbaar.csv").text()
        for secret in secrets:
            assert secret not in log + table
