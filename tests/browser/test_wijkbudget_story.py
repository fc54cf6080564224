"""The whole story of a wijkbudget, from an idea to a published decision, on phones of 360 px without JavaScript."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import RoundTerms, prepare_round
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Plan
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind
from tests.browser.conftest import Site
from tests.browser.people import a_phone, follow, log_in, press, says, title_is
from tests.factories import (
    USUAL_RULES,
    a_gemeente,
    a_resident,
    a_traject,
    a_wijkmanager,
    an_account,
    codes,
    done,
    euros,
    now_of,
    runs_all,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AUTHOR = "zeynep@lindewaard.example"
RIVAL = "Speelbos achter de school"


def test_from_an_idea_to_a_published_decision(chromium: Browser, site: Site, session: Session) -> None:
    """Zeynep's idea finds support, becomes a plan, misses the money, and everybody can read why: without a script."""
    world = a_gemeente(session)
    manager = a_wijkmanager(session)
    assessor = an_account(session, role=Role.ASSESSOR, role_area=world.gemeente)
    neighbours = [a_resident(session) for _ in range(3)]
    traject = a_traject(session, phase=PhaseKind.COLLECT, rules=replace(USUAL_RULES, support_needed=3))
    terms = RoundTerms("Lentebudget", euros(20_000), BallotKind.APPROVAL, 1, 2, rule="greedy", leftover="none")
    budget_round = done(prepare_round(session, runs_all(manager), traject, "lente", terms, now_of(session)))
    session.commit()

    with a_phone(chromium, site, javascript=False) as phone:
        # A resident reads what is promised …
        phone.goto("/")
        follow(phone, traject.title)
        follow(phone, "Trajectkaart: wat is beloofd")
        says(phone, "Wat staat open")
        # … logs in with a mailed code, and says who she is and which language she reads …
        log_in(phone, site, AUTHOR)
        title_is(phone, "Mijn gegevens")
        phone.get_by_label("Naam").fill("Zeynep")
        phone.get_by_label("taal").first.select_option("tr")
        phone.get_by_label("buurt").first.select_option(label=world.buurten[0].name)
        press(phone, "Opslaan")
        expect(phone.locator("html")).to_have_attribute("lang", "tr")
        # She goes on in Dutch today (the mail will come in Turkish) and puts in an idea.
        phone.goto(f"/trajecten/{traject.slug}?taal=nl")
        follow(phone, "Dien een idee in")
        phone.get_by_label("Hoe heet uw idee?").fill("Bankjes bij de vijver")
        phone.get_by_label("Wat wilt u, en waarom?").fill("Oudere buren willen even kunnen zitten.")
        phone.get_by_label("Wat doen u en uw buren zelf?").fill("Wij schilderen ze.")
        press(phone, "Dien het idee in")
        title_is(phone, "Bankjes bij de vijver")
        idea_address = phone.url

    for neighbour in neighbours:
        with a_phone(chromium, site, javascript=False) as phone:
            # Three neighbours come by the link she shared, and support it after logging in.
            phone.goto(idea_address)
            follow(phone, "Log in om te steunen")
            log_in(phone, site, neighbour.email)
            press(phone, "Ja, ik steun dit idee")
            says(phone, "U steunt dit idee")

    site.clock.forward(days=1)
    with a_phone(chromium, site, javascript=False) as phone:
        # The assessor finds it feasible, at a cost.
        log_in(phone, site, assessor.email)
        phone.goto(idea_address)
        follow(phone, "Toets dit idee")
        phone.get_by_label("Geschatte kosten in euro's").fill("12.500")
        for yes in phone.get_by_role("radio", name="Ja", exact=True).all():
            yes.check()
        press(phone, "Sla de toetsing op")
        says(phone, "De toetsing is opgeslagen")

    with a_phone(chromium, site, javascript=False) as phone:
        # The wijkmanager admits it as a plan; another plan stands on the ballot already.
        log_in(phone, site, manager.email)
        phone.goto(idea_address)
        follow(phone, "Beantwoord dit idee")
        phone.get_by_label("Toelaten", exact=True).check()
        phone.get_by_label("Uw antwoord aan de indiener").fill("Mooi plan, en goed te onderhouden.")
        phone.get_by_label("Wat gebruikt de gemeente van het idee?").fill("Het hele plan.")
        press(phone, "Publiceer het antwoord")
        says(phone, "toegelaten als plan")
        _another_plan(session, budget_round.id)
        letters = codes(session, budget_round, 3)
        session.commit()

    # The voting phase begins, and the vote opens with rules that are frozen from now on.
    site.clock.turn_to(_start_of(traject, PhaseKind.VOTE) + timedelta(hours=1))
    with a_phone(chromium, site, javascript=False) as phone:
        log_in(phone, site, manager.email)
        for position in (1, 2):
            phone.goto(f"/trajecten/{traject.slug}/fasen/{position}/afsluiten")
            press(phone, "Sluit de fase af")
            says(phone, "De fase is afgesloten")
        phone.goto("/wijkbudget/lente/beheer")
        press(phone, "Open de stemming")
        says(phone, "stemming open")

    with a_phone(chromium, site, javascript=False) as phone:
        # A resident with a letter and no account votes, in three screens.
        phone.goto("/stemmen/lente")
        phone.get_by_label("Uw stemcode").fill(str(letters[0]).lower())
        press(phone, "Verder")
        title_is(phone, "Kies uw plannen")
        phone.get_by_label("Bankjes bij de vijver").check()
        press(phone, "Bewaar en tel op")
        says(phone, "12.500")
        press(phone, "Verder")
        title_is(phone, "Controleer uw stem")
        press(phone, "Stem")
        title_is(phone, "Uw stem is in")
        receipt = phone.locator("main").inner_text()
        # She changes her mind: the second ballot replaces the first.
        follow(phone, "Kies opnieuw")
        phone.get_by_label("Bankjes bij de vijver").uncheck()
        phone.get_by_label(RIVAL).check()
        press(phone, "Verder")
        press(phone, "Stem")
        title_is(phone, "Uw stem is in")
        assert phone.locator("main").inner_text().split()[-1:] == receipt.split()[-1:]

    for letter, plan in ((letters[1], RIVAL), (letters[2], "Bankjes bij de vijver")):
        with a_phone(chromium, site, javascript=False) as phone:
            phone.goto("/stemmen/lente")
            phone.get_by_label("Uw stemcode").fill(str(letter))
            press(phone, "Verder")
            phone.get_by_label(plan).check()
            press(phone, "Verder")
            press(phone, "Stem")
            title_is(phone, "Uw stem is in")
            # Nobody sees how it stands before the close.
            assert phone.goto("/wijkbudget/lente/uitslag").status == 404  # type: ignore[union-attr]

    # The vote closes by the clock.
    site.clock.turn_to(_end_of(traject, PhaseKind.VOTE))
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto("/stemmen/lente")
        says(phone, "De stemming is gesloten")
        # The wijkmanager counts, and publishes the besluit.
        log_in(phone, site, manager.email)
        phone.goto("/wijkbudget/lente/beheer")
        press(phone, "Tel de stemmen")
        phone.goto("/wijkbudget/lente/besluit")
        phone.get_by_label("Titel van het besluit").fill("Het lentebudget is verdeeld")
        phone.get_by_label("Ja, alle plannen uit de uitslag krijgen hun geld.").check()
        phone.get_by_label("Wat besluit de gemeente, en waarom?").fill("Wij volgen de uitslag van de stemming.")
        press(phone, "Publiceer het besluit")
        title_is(phone, "Het lentebudget is verdeeld")

    # The author gets a mail in her own language.
    site.post_comes()
    mail = site.post.last_to(AUTHOR)
    assert mail["Content-Language"] == "tr"
    assert "Bankjes bij de vijver" in mail.get_content()

    with a_phone(chromium, site, javascript=False) as phone:
        # A visitor reads why the other plan got the money, and this one did not.
        phone.goto(f"/trajecten/{traject.slug}")
        follow(phone, "Bekijk de uitslag")
        says(phone, RIVAL)
        follow(phone, "Bankjes bij de vijver")
        says(phone, "Dit plan kreeg geen geld.")
        expect(phone.locator("html")).to_have_attribute("lang", "nl")


def _another_plan(session: Session, round_id: int) -> None:
    """Put a second plan on the ballot: dearer than half the pot, so that only one of the two fits."""
    session.add(Plan(round_id=round_id, number=2, reference="2", name=RIVAL, cost_cents=euros(15_000)))
    session.commit()


def _start_of(traject: Traject, kind: PhaseKind) -> datetime:
    return next(phase.starts_at for phase in traject.phases if phase.kind is kind)


def _end_of(traject: Traject, kind: PhaseKind) -> datetime:
    return next(phase.ends_at for phase in traject.phases if phase.kind is kind)
