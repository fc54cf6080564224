"""A plan is carried out later than promised: everybody hears why, and sees every cent until the thanks. Phones of 360 px."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import Earned, PayoutPart
from participatie.spelregels.telling import Cadence
from tests.browser.people import a_phone, follow, let_in, press, says, title_is
from tests.browser.serving import Site
from tests.factories import (
    USUAL_RULES,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    ballots,
    count_it,
    now_of,
)
from tests.factories.besluiten import a_round_besluit
from tests.factories.photos import PLACE, of_a_phone
from tests.factories.telling import a_follower
from tests.journeys.mailed import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_PARTS = (PayoutPart(40, Earned.GOAL), PayoutPart(40, Earned.INTERIM), PayoutPart(20, Earned.FINAL))
PLAN = "Bankjes langs de Lindevaart"
LATE = "De bankjes komen later uit de fabriek."
ALT = "Vier buren zetten een bank neer."
RESULT = "Er staan zes bankjes. Er wordt elke dag gezeten."


def test_a_plan_takes_longer_and_ends_with_thanks(
    chromium: Browser, site: Site, session: Session, tmp_path: Path
) -> None:
    """Staff writes it down on a phone; a resident reads all of it at the idea: where, who, until when, and what it cost."""
    budget_round = _a_decided_round(session)
    manager, plan = a_wijkmanager(session), f"/wijkbudget/{budget_round.slug}/plannen/1"
    follower = a_follower(session, budget_round.plans[0].idea, cadence=Cadence.WEEKLY)
    address, idea = follower.email, f"/ideeen/{budget_round.plans[0].idea_id}"
    ledger = f"/wijken/{budget_round.traject.area_id}/kasboek"
    photo, receipt = tmp_path / "IMG_1.jpg", tmp_path / "bon.jpg"
    photo.write_bytes(of_a_phone(6).read())
    receipt.write_bytes(of_a_phone().read())
    session.commit()

    with _at_work(chromium, site, session, manager) as phone:
        # The wijkmanager promises two steps, agrees on most of the money, and pays the first part of three.
        phone.goto(plan)
        for step, day in (("Grond klaarmaken", "2026-05-18"), ("Bankjes plaatsen", "2026-06-15")):
            follow(phone, "Houd de uitvoering bij")
            phone.get_by_label("Wat gaat er gebeuren?").fill(step)
            phone.get_by_label("Op welke dag is het klaar?").fill(day)
            press(phone, "Voeg de stap toe")
        phone.goto(f"{plan}/kasboek")
        says(phone, "Nu kan nog € 4.938,26 worden betaald.")
        agreed = phone.locator("form").filter(has=phone.get_by_role("button", name="Schrijf de afspraak op"))
        agreed.get_by_label("Hoeveel euro?").fill("10.000")
        agreed.get_by_label("Met wie is het afgesproken?").fill("Hoveniers De Linde")
        agreed.get_by_label("Waarvoor?").fill("Zes bankjes")
        press(phone, "Schrijf de afspraak op")
        _pay(phone, "4.938,27", "Eerste deel")
        says(phone, "Nu mag hoogstens € 4.938,26 worden betaald.")
        _pay(phone, "4.938,26", "Eerste deel")
        follow(phone, "Voeg de bon toe")
        phone.get_by_label("De bon").set_input_files(receipt)
        press(phone, "Bewaar de bon")
        # One step is done. Then the factory calls.
        site.clock.forward(days=10)
        phone.goto(f"{plan}/uitvoering")
        phone.get_by_label("Welke stap is klaar?").select_option("Grond klaarmaken")
        press(phone, "Zet op klaar")
        follow(phone, "Houd de uitvoering bij")
        phone.get_by_label("Op welke dag is het nu klaar?").fill("2026-08-15")
        phone.get_by_label("Waarom op een andere dag?").fill(LATE)
        press(phone, "Beloof een andere dag")
        says(phone, "Het is opgeslagen.")

    # Who reads a digest once a week hears this at once, with both days and the reason.
    site.post_comes()
    mail = site.post.last_to(address)
    assert mail["Subject"].startswith("De uitvoering duurt langer")
    for part in ("Bankjes plaatsen", LATE, "15 juni 2026", "15 augustus 2026"):
        assert part in mail.get_content()

    with a_phone(chromium, site, javascript=False) as phone:
        # The link leads to the idea: where it is, who has it, until when, and what it cost so far.
        phone.goto(link_in(mail, "/ideeen/"))
        where = phone.get_by_role("region", name="Waar is dit idee nu?")
        for part in ("In uitvoering", "de contactpersoon", "Bankjes plaatsen", "15 augustus 2026", "€ 4.938,26"):
            expect(where).to_contain_text(part)
        phone.goto(plan)
        says(phone, "Eerst beloofd voor 15 juni 2026")
        says(phone, LATE)
        says(phone, "bon aanwezig")
        # The money of the wijk adds up to the cent.
        sums = ["€ 20.845,67", "€ 5.061,74", "€ 4.938,26", "€ 0", "€ 10.845,67"]
        assert _first_row(phone, ledger) == sums

    site.clock.forward(days=90)
    with _at_work(chromium, site, session, manager) as phone:
        # It is done: a photo at the step, the rest of the money, the result with thanks, and the final account.
        phone.goto(f"{plan}/uitvoering")
        phone.get_by_label("Welke stap is klaar?").select_option("Bankjes plaatsen")
        press(phone, "Zet op klaar")
        phone.goto(f"{plan}/uitvoering/fotos/nieuw")
        phone.get_by_label("Wat laat de foto zien?").select_option("Bankjes plaatsen")
        phone.get_by_label("Wat is er op de foto te zien?").fill(ALT)
        phone.get_by_label("De foto", exact=True).set_input_files(photo)
        press(phone, "Voeg de foto toe")
        phone.goto(f"{plan}/kasboek")
        _pay(phone, "5.061,74", "Tweede en derde deel")
        left = phone.locator("form").filter(has=phone.get_by_role("button", name="Geef terug"))
        left.get_by_label("Hoeveel euro?").fill("2.345,67")
        press(phone, "Geef terug")
        press(phone, "Maak de eindafrekening")
        says(phone, "resultaat")
        phone.goto(f"{plan}/resultaat")
        phone.get_by_label("Wat is er gedaan, en wat leverde het op?").fill(RESULT)
        phone.get_by_label("Op welke dag was het klaar?").fill("2026-08-10")
        phone.get_by_label("Wie maakten dit mogelijk?").fill("Fatma Yıldız\nHoveniers De Linde")
        phone.get_by_label("Ik vroeg deze mensen").check()
        press(phone, "Publiceer het resultaat")
        phone.goto(f"{plan}/kasboek")
        press(phone, "Maak de eindafrekening")
        says(phone, "De eindafrekening is gemaakt op 12 augustus 2026.")

    with a_phone(chromium, site, javascript=False) as phone:
        # A resident reads at the idea that it is done, what came of it, who made it, and what it cost in the end.
        phone.goto(idea)
        where = phone.get_by_role("region", name="Waar is dit idee nu?")
        for part in ("Klaar: 10 augustus 2026", "€ 12.345,67", "€ 10.000"):
            expect(where).to_contain_text(part)
        for part in (RESULT, "Fatma Yıldız", "Hoveniers De Linde"):
            says(phone, part)
        follow(phone, "Bekijk plan 1 van de stemronde")
        title_is(phone, PLAN)
        says(phone, "De eindafrekening is gemaakt op 12 augustus 2026.")
        sums = phone.locator("dl").filter(has_text="Over, teruggegeven").inner_text().replace("\xa0", " ").splitlines()
        assert [each for each in sums if "€" in each] == ["€ 12.345,67", "€ 10.000", "€ 0", "€ 2.345,67", "€ 0"]
        # The photo stands upright, and says nothing of where and by what it was taken.
        image = phone.get_by_alt_text(ALT)
        sent = phone.request.get(f"{site.url}{image.get_attribute('src')}").body()
        with Image.open(BytesIO(sent)) as shown:
            assert (shown.format, shown.height > shown.width, dict(shown.getexif())) == ("WEBP", True, {})
        assert PLACE.encode() not in sent
        assert _first_row(phone, ledger) == ["€ 20.845,67", "€ 0", "€ 10.000", "€ 2.345,67", "€ 8.500"]
        says(phone, "afgerekend")


def _a_decided_round(session: Session) -> Round:
    """A round whose money is paid in parts; its first plan comes from an idea, and got money."""
    traject = a_traject(session, phase=PhaseKind.EXECUTE, rules=replace(USUAL_RULES, payout=IN_PARTS))
    budget_round = a_round(session, traject=traject, plans=[(PLAN, 1_234_567), ("Buurtmoestuin", 850_000)])
    idea = an_idea(session, traject, author=a_resident(session), title=PLAN)
    idea.status, idea.answered_at, budget_round.plans[0].idea = IdeaStatus.ADMITTED, now_of(session), idea
    ballots(session, budget_round, [[1, 2], [1]])
    count_it(session, budget_round)
    a_round_besluit(session, budget_round)
    return budget_round


@contextmanager
def _at_work(chromium: Browser, site: Site, session: Session, account: Account) -> Iterator[Page]:
    with a_phone(chromium, site, javascript=False) as phone:
        let_in(phone.context, site, session, account)
        yield phone


def _pay(phone: Page, amount: str, purpose: str) -> None:
    """Write down a payment of what was agreed."""
    paid = phone.locator("form").filter(has=phone.get_by_role("button", name="Schrijf de betaling op"))
    paid.get_by_label("Hoeveel euro?").fill(amount)
    paid.get_by_label("Bij welke afspraak hoort het?").select_option(index=1)
    paid.get_by_label("Waarvoor?").fill(purpose)
    press(phone, "Schrijf de betaling op")


def _first_row(phone: Page, address: str) -> list[str]:
    """Return the figures of all plans together."""
    phone.goto(address)
    cells = phone.get_by_role("table").first.locator("tbody tr").first.locator("th, td").all_inner_texts()
    return [cell.replace("\xa0", " ") for cell in cells]
