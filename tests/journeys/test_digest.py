"""One digest a day in Turkish, never an empty one, and one click that ends it: on a phone of 360 px without JavaScript."""

from datetime import datetime, time, timedelta
from email.message import EmailMessage
from urllib.request import Request, urlopen

import pytest
from babel.support import Translations
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.models.trajecten import Traject
from participatie.settings import ROOT
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.telling import Cadence
from tests.browser.people import a_phone, follow, log_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import a_gemeente, a_traject, a_wijkmanager, done, now_of, runs_all
from tests.factories.telling import a_follower
from tests.journeys.mailed import link_in
from tests.journeys.worker import the_worker_works

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READER = "elif@lindewaard.example"
NEWS = "De bomen komen in maart."
turkish = Translations.load(str(ROOT / "translations"), ["tr"]).gettext


def test_a_digest_comes_once_in_the_readers_language_and_ends_with_one_click(
    chromium: Browser, site: Site, session: Session
) -> None:
    """Two things in one mail at eight, none on a day without news, and none at all after the stop of that mail."""
    wijk = a_gemeente(session).wijken[0]
    traject = a_traject(session, title="Bomen voor de wijk")
    neighbour = a_follower(session, traject, wijk, cadence=Cadence.DAILY, locale="tr")
    session.commit()

    with a_phone(chromium, site, javascript=False) as phone:
        # Somebody without an account follows a traject and a wijk, and chooses her language and one mail a day.
        phone.goto(f"/trajecten/{traject.slug}")
        follow(phone, "Log in om dit traject te volgen per e-mail")
        log_in(phone, site, READER)
        title_is(phone, "Mijn gegevens")
        phone.get_by_label("Naam").fill("Elif")
        phone.get_by_label("Taal").select_option("tr")
        phone.get_by_label("Buurt").select_option(label="Wiekbuurt")
        press(phone, "Opslaan")
        expect(phone.locator("html")).to_have_attribute("lang", "tr")
        says(phone, turkish("Uw gegevens zijn opgeslagen."))
        press(phone, turkish("Volg dit traject per e-mail"))
        says(phone, turkish("U krijgt voortaan e-mail over dit traject."))
        phone.goto(f"/wijken/{wijk.id}")
        press(phone, turkish("Volg deze plek per e-mail"))
        says(phone, turkish("U krijgt voortaan e-mail over wat hier gebeurt."))
        phone.goto("/mijn/volgen")
        phone.get_by_label(turkish("elke dag één overzicht")).check()
        press(phone, turkish("Opslaan"))
        says(phone, turkish("Uw keuze is opgeslagen."))
        the_worker_works(site)

        # Two things happen in one day. Nothing comes before eight, and then both come in one mail.
        _tell(session, traject)
        a_traject(session, title="Een nieuw plein", area=wijk)
        assert the_worker_works(site) == []
        site.clock.turn_to(_at_eight(site.clock.now) - timedelta(minutes=1))
        assert the_worker_works(site) == []
        site.clock.forward(minutes=1)
        mails = {mail["To"]: mail for mail in the_worker_works(site)}
        assert mails.keys() == {READER, neighbour.email}
        _tells_both(mails[READER])
        assert the_worker_works(site) == []
        # A day without news brings no mail.
        site.clock.forward(days=1)
        assert the_worker_works(site) == []

        # On another phone, with nobody logged in, the link of the mail asks, and stops when she says so.
        stop = link_in(mails[READER], "/e-mail-stoppen/alles-")
        with a_phone(chromium, site, javascript=False) as other:
            other.goto(stop)
            title_is(other, turkish("Wilt u van niets meer e-mail?"))
            press(other, turkish("Geen e-mail meer"))
            title_is(other, turkish("U krijgt geen e-mail meer"))
            # It can do nothing else: nobody is logged in by it.
            other.goto("/mijn/volgen")
            expect(other.get_by_label("E-mailadres")).to_be_visible()
        # The mail program of her neighbour does the same without a page, by the header (RFC 8058).
        assert mails[neighbour.email]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        _one_click(site, mails[neighbour.email])

        # What she follows is as it was; only the mail has ended.
        phone.reload()
        expect(phone.get_by_label(turkish("nooit"), exact=True)).to_be_checked()
        for followed in (traject.title, wijk.name):
            says(phone, followed)

    # Nothing comes any more: not at once, not in the morning, and not on a Monday.
    _tell(session, traject)
    for days in (0, 1, 7):
        site.clock.turn_to(_at_eight(site.clock.now) + timedelta(days=days))
        assert the_worker_works(site) == []


def _tell(session: Session, traject: Traject) -> None:
    done(publish_news(session, runs_all(a_wijkmanager(session)), traject, NEWS, now_of(session)))
    session.commit()


def _at_eight(now: datetime) -> datetime:
    """The next morning, when digests go."""
    return datetime.combine(now.astimezone(AMSTERDAM).date() + timedelta(days=1), time(8), AMSTERDAM)


def _tells_both(mail: EmailMessage) -> None:
    """Both things, in the language of the reader; what somebody typed as they typed it."""
    text = mail.get_content()
    assert mail["Content-Language"] == "tr"
    assert mail["Subject"] == turkish("Wat er gebeurde")
    news, opened = turkish("Nieuws"), turkish("Er is een nieuw traject")
    for part in ("Bomen voor de wijk", news, NEWS, "Een nieuw plein", opened):
        assert text.count(part) == 1, part


def _one_click(site: Site, mail: EmailMessage) -> None:
    """Send what a mail program sends: to the address of the header, without cookies."""
    address = dict(mail.raw_items())["List-Unsubscribe"].strip("<>").replace("http://localhost", site.url)
    with urlopen(Request(address, data=mail["List-Unsubscribe-Post"].encode(), method="POST")) as answer:  # noqa: S310
        assert (answer.status, answer.headers["Set-Cookie"]) == (200, None)
