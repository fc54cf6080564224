"""An idea that nobody answers: it goes up by mail, everybody sees it, and what was late stays counted. Phones of 360 px."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from participatie.spelregels.answers import term_ends
from participatie.spelregels.permissions import Role
from tests.browser.people import a_phone, follow, let_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import a_gemeente, a_traject, an_account, an_idea
from tests.journeys.mailed import link_in
from tests.journeys.worker import the_worker_works

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Een hek om de speelplek"
DAYS = 14


def test_an_idea_that_nobody_answers_goes_up_and_stays_counted(chromium: Browser, site: Site, session: Session) -> None:
    """Contact person, wijkmanager and wethouder are each told once; the list is public until the answer comes."""
    world = a_gemeente(session)
    # Who started the traject, and works in another wijk by now, is its contact person.
    contact = an_account(session, role=Role.WIJKMANAGER, role_area=world.wijken[1], name="Coen Smit")
    manager = an_account(session, role=Role.WIJKMANAGER, role_area=world.wijken[0], name="Mia Jansen")
    wethouder = an_account(session, role=Role.COLLEGE, name="Ilse de Boer")
    traject = a_traject(session, answer_days=DAYS)
    idea = an_idea(session, traject, title=TITLE)
    author, due_at = idea.author, term_ends(idea.created_at, DAYS)
    session.commit()
    the_worker_works(site)

    # Until midnight of the last day nobody is told anything.
    site.clock.turn_to(due_at - timedelta(minutes=1))
    assert the_worker_works(site) == []
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto("/antwoorden")
        says(phone, "Er is niets te laat.")

    # After that it goes up: at once, after a week, and after three weeks. A worker that looks again tells nobody anew.
    for days, told, turn in (
        (0, contact, "de contactpersoon van het traject"), (7, manager, "de wijkmanager"), (21, wethouder, "de wethouder"),
    ):  # fmt: skip
        site.clock.turn_to(due_at + timedelta(days=days))
        mail = the_worker_works(site)
        assert [each["To"] for each in mail] == [told.email]
        assert TITLE in str(mail[0]["Subject"])
        site.clock.forward(hours=10)
        assert the_worker_works(site) == []
        with a_phone(chromium, site, javascript=False) as phone:
            phone.goto(link_in(mail[0], "/antwoorden"))
            late = phone.get_by_role("listitem").filter(has_text=TITLE)
            expect(late).to_contain_text(f"{days + 1} {'dag' if days == 0 else 'dagen'} te laat")
            expect(late).to_contain_text(f"Aan de beurt: {turn}.")
            expect(phone.get_by_role("main")).not_to_contain_text(author.name)
            follow(phone, TITLE)
            says(phone, "De gemeente had op 18 mei 2026 moeten antwoorden.")
            says(phone, turn)

    with a_phone(chromium, site, javascript=False) as phone:
        # The wethouder opens her mail, and gives it to the wijkmanager, who hears of it once more.
        let_in(phone.context, site, session, wethouder)
        phone.goto("/werk")
        says(phone, "bij de wethouder")
        phone.goto(link_in(mail[0], "/ideeen/"))
        follow(phone, "Draag het antwoord over")
        phone.get_by_label("Wie geeft het antwoord?").select_option(label=manager.name)
        press(phone, "Draag over")
        says(phone, "Overgedragen.")
    [handed] = the_worker_works(site)
    assert handed["To"] == manager.email

    with a_phone(chromium, site, javascript=False) as phone:
        let_in(phone.context, site, session, manager)
        phone.goto(link_in(handed, "/ideeen/"))
        follow(phone, "Beantwoord dit idee")
        phone.get_by_label("Niet toelaten").check()
        phone.get_by_label("Uw antwoord aan de indiener").fill("Het spijt ons dat u zo lang moest wachten.")
        phone.get_by_label("Waar kan de indiener nu terecht?").fill("Bel de wijkbeheerder.")
        press(phone, "Publiceer het antwoord")
        title_is(phone, TITLE)
    [answer] = the_worker_works(site)
    assert answer["To"] == author.email
    assert "Het spijt ons" in answer.get_content()

    # Nothing goes up any more. The list is empty, and that it was late stays to be counted.
    site.clock.forward(days=30)
    assert the_worker_works(site) == []
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto("/antwoorden")
        says(phone, "Er is niets te laat.")
        says(phone, "Te laat beantwoord: 1")
        says(phone, "Op tijd beantwoord: 0")
        assert _row_of(phone, site, idea.id) == ["2026-05-18", "2026-06-09", "te laat beantwoord", "22", ""]


def _row_of(phone: Page, site: Site, idea_id: int) -> list[str]:
    """The columns from `uiterlijk op` on, of one idea, in the file that everybody can download."""
    text = phone.request.get(f"{site.url}/antwoorden.csv").text()
    [row] = [line.split(",") for line in text.splitlines() if line.startswith(f"idee,{idea_id},")]
    return row[5:]
