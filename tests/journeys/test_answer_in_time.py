"""An idea that gets its answer in time, on phones of 360 px without JavaScript; and no traject that closes without one."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.models.trajecten import Traject
from participatie.spelregels.answers import Parts
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from tests.browser.people import a_phone, follow, let_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import a_resident, a_traject, a_wijkmanager, an_idea, done, now_of, runs_all
from tests.journeys.mailed import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Een pad door het Lindepark"
WHY = "Het park is vaak nat. Een pad van hout rot snel."
USED = "Het pad komt er, van schelpen."
NOT_USED = "Lampen komen er niet. Dat is slecht voor de vleermuizen."
ROUTE = "Vraag het buurtfonds om een lamp bij uw eigen poort."


def test_an_idea_is_answered_in_time_and_nothing_closes_before(chromium: Browser, site: Site, session: Session) -> None:
    """Its author sees who has it and until when, gets the answer by mail, and everybody can count on it."""
    traject, manager, author = _a_question(session), a_wijkmanager(session), a_resident(session)
    older = an_idea(session, traject, title="Meer bomen bij de school")
    session.commit()
    site.clock.forward(days=1)

    with a_phone(chromium, site, javascript=False) as phone:
        # A resident puts in her idea, and reads at once who has it and until when.
        let_in(phone.context, site, session, author)
        phone.goto(f"/trajecten/{traject.slug}")
        follow(phone, "Dien een idee in")
        says(phone, "De gemeente antwoordt binnen 14 dagen.")
        phone.get_by_label("Hoe heet uw idee?").fill(TITLE)
        phone.get_by_label("Wat wilt u, en waarom?").fill("Nu loopt iedereen door de modder. Ook lampen graag.")
        press(phone, "Dien het idee in")
        title_is(phone, TITLE)
        says(phone, "Dit ligt nu bij")
        says(phone, "de contactpersoon van het traject")
        says(phone, "19 mei 2026")
        idea_path = phone.url.removeprefix(site.url)
    site.post_comes()
    assert idea_path in site.post.last_to(author.email).get_content()
    assert "binnen 14 dagen" in site.post.last_to(author.email).get_content()

    # The phase ends, and both ideas still wait: in public, and in the way of an end.
    site.clock.turn_to(traject.phases[0].ends_at + timedelta(hours=10))
    assert _counts(chromium, site) == {"Op tijd beantwoord": 0, "Wacht, nog op tijd": 2}
    with a_phone(chromium, site, javascript=False) as phone:
        let_in(phone.context, site, session, manager)
        _cannot_close(phone, traject, waiting=2)
        # The first screen of staff begins with what was not answered, oldest first.
        phone.goto("/werk")
        heading = phone.get_by_role("heading", name="Nog niet beantwoord, oudste eerst")
        listed = heading.locator("xpath=following::ul[1]").get_by_role("listitem")
        expect(listed).to_contain_text([older.title, TITLE])
        parts = Parts(route="Vraag het de school.")
        done(reject_idea(session, runs_all(manager), older, "Er ligt een leiding.", site.clock.now, parts))
        session.commit()
        follow(phone, TITLE)
        follow(phone, "Beantwoord dit idee")
        phone.get_by_label("Niet toelaten").check()
        phone.get_by_label("Uw antwoord aan de indiener").fill(WHY)
        phone.get_by_label("Wat gebruikt de gemeente van het idee?").fill(USED)
        phone.get_by_label("Wat gebruikt de gemeente niet?").fill(NOT_USED)
        press(phone, "Publiceer het antwoord")
        says(phone, "Wie een nee krijgt, hoort ook een andere weg.")
        phone.get_by_label("Waar kan de indiener nu terecht?").fill(ROUTE)
        press(phone, "Publiceer het antwoord")
        title_is(phone, TITLE)
        phone.goto("/werk")
        expect(phone.get_by_role("main").get_by_role("link", name=TITLE)).to_have_count(0)

    # The author gets a mail with all of it, and follows its link.
    site.post_comes()
    mail = site.post.last_to(author.email)
    for part in (WHY, USED, NOT_USED, ROUTE):
        assert part in mail.get_content()
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto(link_in(mail, "/ideeen/"))
        title_is(phone, TITLE)
        for part in ("Niet toegelaten", WHY, USED, NOT_USED, ROUTE):
            says(phone, part)
        expect(phone.get_by_role("main")).not_to_contain_text("Dit ligt nu bij")
    assert _counts(chromium, site) == {"Op tijd beantwoord": 2, "Wacht, nog op tijd": 0}

    with a_phone(chromium, site, javascript=False) as phone:
        # Now it can end: its phase, its report, and the traject itself.
        let_in(phone.context, site, session, manager)
        phone.goto(f"/trajecten/{traject.slug}/fasen/1/afsluiten")
        press(phone, "Sluit de fase af")
        says(phone, "De fase is afgesloten")
        phone.goto(f"/trajecten/{traject.slug}/afsluiten")
        press(phone, "Sluit dit traject voorgoed af")
        says(phone, "Dit is nog niet gedaan")
        follow(phone, "Schrijf het eindverslag")
        phone.get_by_label("Wat is er met de inbreng gedaan?").fill("Het pad komt er.")
        phone.get_by_label("Wat is er niet mee gedaan, en waarom niet?").fill("Er komen geen lampen.")
        press(phone, "Publiceer het eindverslag")
        says(phone, "Het eindverslag staat online")
        phone.goto(f"/trajecten/{traject.slug}/afsluiten")
        press(phone, "Sluit dit traject voorgoed af")
        says(phone, "Het traject is afgesloten")
        title_is(phone, traject.title)


def _a_question(session: Session) -> Traject:
    """A traject without money that asks for ideas until next Monday, and answers within 14 days."""
    midnight = now_of(session).replace(hour=0)
    collect = PhaseFacts(PhaseKind.COLLECT, Level.MEEDENKEN, midnight - timedelta(days=7), midnight + timedelta(days=7))
    rules = RuleSet(weights={}, division=Division.NONE, dominance_percent=0)
    return a_traject(session, title="Het Lindepark", answer_days=14, rules=rules, phases=[collect])


def _cannot_close(phone: Page, traject: Traject, waiting: int) -> None:
    phone.goto(f"/trajecten/{traject.slug}/afsluiten")
    says(phone, "Dit moet eerst")
    says(phone, "Elk idee beantwoorden")
    says(phone, f"Nog {waiting} te doen.")
    press(phone, "Sluit dit traject voorgoed af")
    says(phone, "Sluit eerst fase 1 af")
    follow(phone, "Fase 1: ideeën inzamelen")
    press(phone, "Sluit de fase af")
    says(phone, f"Dit is nog niet gedaan: Elk idee beantwoorden. Aantal: {waiting}.")


def _counts(chromium: Browser, site: Site) -> dict[str, int]:
    """What everybody reads about how many answers came in time and how many wait."""
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto("/antwoorden")
        says(phone, "Er is niets te laat.")
        lines = phone.get_by_role("main").get_by_role("listitem").all_inner_texts()
    told = {name: int(number) for name, _colon, number in (line.partition(": ") for line in lines) if number.isdigit()}
    return {name: told[name] for name in ("Op tijd beantwoord", "Wacht, nog op tijd")}
