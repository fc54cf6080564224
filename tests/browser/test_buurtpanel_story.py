"""From four hundred registrations to a panel of twenty-five, one of whom declines, on phones of 360 px without JavaScript."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.buurtpanels.preparing import commit_lot, lot_input
from participatie.actions.buurtpanels.seats import confirm_seat
from participatie.lottery import prepare
from participatie.models.buurtpanels import PanelLot, PanelPerson
from participatie.spelregels.buurtpanels.members import MemberStatus
from participatie.spelregels.permissions import Actor
from participatie.spelregels.phases import PhaseKind
from participatie.verification.lots.checking import verify_lot
from participatie.verification.lots.contents import OUTCOME
from tests.browser.conftest import Site
from tests.browser.people import a_phone, follow, log_in, press, says, title_is
from tests.factories import SECRET_KEY, a_traject, a_wijkmanager, done

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUOTAS = """leeftijd; 16 tot 35; ; ; 31
leeftijd; 35 tot 60; ; ; 42
leeftijd; 60 en ouder; ; ; 27
woning; huur; ; ; 61,5
woning; koop; ; ; 38,5
deed eerder mee; nee; ; ; 80
deed eerder mee; ja; ; ; 20"""
#: Who registers is not who lives there: older, with a house of their own, and seen before.
REGISTER = {"leeftijd": (20, 30, 50), "woning": (40, 60), "deed eerder mee": (45, 55)}
PEOPLE, SEATS = 400, 25
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def registrations() -> bytes:
    """Return a file of people who registered elsewhere, more of one kind than of another."""
    chance, values = Random(400), dict[str, list[str]]()
    for line in QUOTAS.splitlines():
        feature, value = line.split("; ")[:2]
        values.setdefault(feature, []).append(value)
    rows = [["naam", "e-mail", "adres", "postcode", *values]]
    for number in range(1, PEOPLE + 1):
        told = [chance.choices(values[feature], weights)[0] for feature, weights in REGISTER.items()]
        rows.append([f"Bewoner {number}", f"b{number}@lindewaard.example", f"Kade {number}", "9001 AB", *told])
    written = StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    return written.getvalue().encode()


def test_a_pool_of_four_hundred_becomes_a_confirmed_panel_that_anybody_can_replay(
    chromium: Browser, site: Site, session: Session, tmp_path: Path
) -> None:
    """Nobody chooses: not the members, not the reserve who takes an empty seat, and the package proves it offline."""
    manager, traject = a_wijkmanager(session), a_traject(session, phase=PhaseKind.COLLECT)
    people_file = tmp_path / "aanmeldingen.csv"
    people_file.write_bytes(registrations())
    panel, lot_page = "/buurtpanels/panel-groen", "/buurtpanels/panel-groen/loting/leden-1"

    with a_phone(chromium, site, javascript=False) as phone:
        # The wijkmanager says what the panel is for, and lets people register …
        log_in(phone, site, manager.email)
        phone.goto(f"/trajecten/{traject.slug}")
        follow(phone, "Bereid een buurtpanel voor")
        for label, text in {
            "Naam van het panel": "Buurtpanel Groen", "Kort adres": "panel-groen", "De rol": "Namens de wijk.",
            "Wat het panel doet": "Kiezen uit drie ontwerpen.", "Wat het panel mag": "Advies geven.",
            "Aantal plaatsen": str(SEATS), "Verdeling": QUOTAS, "Waar de cijfers": "CBS 2025",
        }.items():  # fmt: skip
            phone.get_by_label(label).fill(text)
        phone.get_by_label("Het panel geeft advies").check()
        press(phone, "Bewaar het panel")
        press(phone, "Laat bewoners zich aanmelden")
        # … reads a file with people who did so elsewhere, looks at it, and takes it in …
        follow(phone, "Uitnodigen en aanmelden")
        follow(phone, "Lees een bestand in")
        phone.locator("input[type=file]").set_input_files(people_file)
        phone.get_by_role("radio").first.check()
        press(phone, "Kijk het bestand na")
        says(phone, "400 mensen zijn nieuw")
        phone.get_by_role("checkbox").check()
        with phone.expect_download() as download:
            press(phone, "Lees deze mensen in")
        codes = _codes(download.value.path())
        assert len(codes) == PEOPLE
        # … and binds the lot to dice that will be thrown tonight.
        phone.goto(f"{panel}/loting/nieuw/leden")
        phone.get_by_label("dobbelstenen").check()
        tonight = (site.clock.now + timedelta(hours=5)).astimezone(AMSTERDAM)
        phone.locator("[name=due_at]").fill(tonight.strftime("%Y-%m-%dT%H:%M"))
        press(phone, "Leg de loting vast")
        lot = session.scalars(select(PanelLot)).one()
        quotas = lot.panel.facts().quotas
        _prepare(session, lot, site)
        site.clock.turn_to(tonight)
        phone.goto(lot_page)
        follow(phone, "Voer het getal in")
        phone.get_by_label("getal").fill("4 1 6 2 2 5 3 6 1 4")
        press(phone, "Voer het getal in")
        says(phone, "De uitkomst")

    drawn = _people(session, MemberStatus.DRAWN)
    assert len(drawn) == SEATS
    declines, *others = drawn
    with a_phone(chromium, site, javascript=False) as phone:
        # Somebody who was drawn has no time, and says so with their own code …
        phone.goto(f"{panel}/code")
        phone.get_by_label("code").fill(codes[declines.name])
        press(phone, "Verder")
        follow(phone, "Nee, ik doe niet mee")
        phone.get_by_label("geen tijd").check()
        press(phone, "Geef mijn plaats vrij")
    with a_phone(chromium, site, javascript=False) as phone:
        # … and the wijkmanager asks the next of the reserves, whoever that is.
        log_in(phone, site, manager.email)
        phone.goto(f"{panel}/leden")
        press(phone, "Vraag de volgende van de reservelijst")
    [next_one] = [person for person in _people(session, MemberStatus.DRAWN) if person not in others]
    with a_phone(chromium, site, javascript=False) as phone:
        phone.goto(f"{panel}/code")
        phone.get_by_label("code").fill(codes[next_one.name])
        press(phone, "Verder")
        press(phone, "Ja, ik doe mee")
        says(phone, "U bent nu lid van het panel")
    _confirm(session, others, site)

    with a_phone(chromium, site, javascript=False) as phone:
        # A resident who trusts nobody reads how the panel came to be, and takes the package home.
        phone.goto(panel)
        title_is(phone, "Buurtpanel Groen")
        says(phone, "25 van de 25")
        says(phone, "geen tijd")
        phone.goto(lot_page)
        package = phone.request.get(f"{site.url}{lot_page}/pakket.zip").body()
    checked = verify_lot(package)
    assert checked.is_right, checked.as_text()
    sitting = _people(session, MemberStatus.CONFIRMED)
    replayed = json.loads(ZipFile(BytesIO(package)).read(OUTCOME))["members"]
    assert {person.leaf for person in sitting} == {*replayed} - {declines.leaf} | {next_one.leaf}
    for quota in quotas:
        seats = sum(person.told[quota.feature] == quota.value for person in sitting)
        assert quota.minimum <= seats <= quota.maximum, quota


class Person(NamedTuple):
    """Somebody of the pool, apart from the database, which the site goes on writing."""

    name: str
    leaf: str
    told: dict[str, str]


def _people(session: Session, status: MemberStatus) -> list[Person]:
    rows = session.scalars(select(PanelPerson).where(PanelPerson.status == status)).all()
    found = [Person(row.name, row.leaf, row.features) for row in rows]
    session.commit()
    return found


def _confirm(session: Session, people: list[Person], site: Site) -> None:
    """Let the others confirm as well, each through the same action."""
    for row in session.scalars(select(PanelPerson).where(PanelPerson.leaf.in_([each.leaf for each in people]))).all():
        done(confirm_seat(session, Actor(is_panel_member=True), row, SECRET_KEY, site.clock.now))
    session.commit()


def _prepare(session: Session, lot: PanelLot, site: Site) -> None:
    """Do what the worker does, at the moment of this story."""
    given = lot_input(session, lot.id)
    assert given is not None
    commit_lot(session, lot.id, prepare(given.pool, given.quotas, given.seats), site.clock.now)
    session.commit()


def _codes(path: Path) -> dict[str, str]:
    """Return the code of each person in the file that can be downloaded once."""
    text = path.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    return {row["naam"]: row["code"] for row in rows}
