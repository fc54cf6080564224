"""Making a traject: from a preset to a draft, and from a draft to a promise."""

import itertools
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, RoleGrant
from participatie.models.trajecten import Traject
from participatie.settings import LOCALES
from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.presets import shipped
from participatie.spelregels.trajecten import Assurance, StakeholderGroup, TrajectStatus
from tests.blueprints.full_world import somebody
from tests.blueprints.making import CARD, PRESET, edit, start, the
from tests.factories import a_gemeente, a_traject, an_account, now_of
from tests.page import text_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def how_many(session: Session) -> int:
    """The number of trajecten."""
    return session.scalar(select(func.count()).select_from(Traject)) or 0


def enforced(part: Element) -> list[str]:
    """What stands in the list of what the site holds everybody to."""
    for parent in part.iter():
        children = list(parent)
        for title, below in itertools.pairwise(children):
            if title.tag in ("h2", "h3") and text_of(title) == "Hier houdt de site iedereen aan":
                return [text_of(item) for item in below]
    return []


def test_every_preset_can_be_chosen_with_what_it_holds_everybody_to(manager: Visitor) -> None:
    page = manager.get("/trajecten/nieuw")
    for preset in shipped().values():
        assert preset.name in page.text
        assert preset.summary in page.text
        assert page.link(f"Begin met {preset.name}") == f"/trajecten/nieuw/{preset.key}"
    # What residents read is Dutch, also on a page in another language; and no script is needed to open it.
    assert len([part for part in page.all("p", lang="nl") if part.text]) >= len(shipped())
    assert len(page.all("details")) > len(shipped())


@pytest.mark.parametrize("key", shipped())
def test_a_traject_from_each_preset_gets_its_phases_and_rules_and_opens(
    manager: Visitor, session: Session, key: str
) -> None:
    preset = shipped()[key]
    promised = enforced(
        next(part for part in manager.get("/trajecten/nieuw").all("section", **{"aria-labelledby": key}))
    )
    start(manager, preset=key)
    traject = the(session)
    assert [(phase.kind, phase.level) for phase in traject.phases] == [
        (phase.kind, phase.level) for phase in preset.phases
    ]
    first_day = preset.first_day_from(now_of(session).date())
    assert traject.phases[0].starts_at.date().isoformat() < first_day.isoformat()  # midnight here is still yesterday
    assert traject.ruleset().canonical_json() == preset.rules_from(first_day).canonical_json()
    assert traject.answer_days == preset.answer_days
    manager.follow()
    manager.submit("Open dit traject")
    assert "Het traject is open" in manager.follow().text
    assert the(session).status is TrajectStatus.OPEN
    # Everybody reads the rules that the wijkmanager was told beforehand.
    [shown] = manager.get("/trajecten/groen/spelregels").all("main")
    assert enforced(shown) == promised != []


def test_what_was_filled_in_is_what_is_kept(manager: Visitor, session: Session) -> None:
    city = a_traject(session, area=a_gemeente(session).gemeente, title="Heel de stad")
    start(
        manager, pot="50.000", plan_cap="7.500,50", support_needed="12", dominance_percent="40", news_days="30",
        execution_days="200", answer_days="21", languages=["nl", "ar"], city_wide=True, after=str(city.id),
        ready_before="2027-01-31", weight_in_time=Weight.HARD.value, weight_third_party_money=Weight.OFF.value,
        phase_1_level=Level.MEEDOEN.value, weight_project_group=Weight.SOFT.value, group_needed="3",
    )  # fmt: skip
    traject = the(session)
    rules, card = traject.ruleset(), traject.card()
    assert (rules.pot_cents, rules.plan_cap_cents) == (5_000_000, 750_050)
    assert (rules.support_needed, rules.group_needed, rules.dominance_percent) == (12, 3, 40)
    assert (rules.news_days, rules.execution_days, traject.answer_days) == (30, 200, 21)
    assert str(rules.ready_before) == "2027-01-31"
    assert rules.weight(Test.IN_TIME) is Weight.HARD
    assert rules.weight(Test.THIRD_PARTY_MONEY) is Weight.OFF
    assert rules.weight(Test.PROJECT_GROUP) is Weight.SOFT
    assert rules.name == PRESET
    assert card.stakeholders == (
        StakeholderGroup("ouders", "op het schoolplein"), StakeholderGroup("ouderen", "aan de deur"),
    )  # fmt: skip
    assert (card.languages, card.assurance) == (("nl", "ar"), Assurance.SUBSTANTIAL)
    assert (traject.city_wide, traject.already_decided, traject.after_id) == (True, False, city.id)
    assert traject.phases[0].level is Level.MEEDOEN


def test_the_form_for_a_draft_holds_everything_as_it_is_kept(manager: Visitor, session: Session) -> None:
    """Opening it and saving it again changes nothing."""
    start(manager, pot="50.000", languages=["nl", "ar"], already_decided=True, execution_days="200")
    columns = ("card", "scope", "facts", "ruleset")
    before = [getattr(the(session), name)() for name in columns]
    edit(manager)
    assert "Het is opgeslagen" in manager.follow().text
    assert [getattr(the(session), name)() for name in columns] == before


def test_a_group_without_a_way_is_refused_by_its_name(manager: Visitor, session: Session) -> None:
    """Spelregel 3: who has to be at the table, and how they are reached."""
    start(manager, status=400, stakeholders="ouders: op het schoolplein\njongeren")
    assert manager.page is not None
    assert "Bij deze staat het niet: jongeren." in manager.page.text
    assert manager.page.link("Welke groepen doen mee, en hoe bereikt u ze? – ") == "#stakeholders"
    assert how_many(session) == 0


@pytest.mark.parametrize(
    ("preset", "fields", "sentence", "field"),
    [
        (
            "almelo-wijkfonds",
            {"pot": "20.000", "plan_cap": "30.000"},
            "spreken elkaar tegen: het hoogste bedrag voor één plan en het hele budget.",
            "plan_cap",
        ),
        (
            "almelo-wijkfonds",
            {"phase_1_level": "meedenken", "phase_2_level": "meedenken"},
            "spreken elkaar tegen: de projectgroep en een fase om ideeën in te zamelen of te toetsen op het niveau meedoen",
            "phase_1_level",
        ),
        (
            "almelo-wijkfonds",
            {"group_needed": "0"},
            "spreken elkaar tegen: de projectgroep en het aantal leden.",
            "weight_project_group",
        ),
        (
            PRESET,
            {"weight_in_time": "hard"},
            "spreken elkaar tegen: op tijd klaar zijn en de einddatum.",
            "weight_in_time",
        ),
        (
            PRESET,
            {"phase_3_level": "meedoen"},
            "In fase 3 wordt gestemd. Dat kan alleen op het niveau meebeslissen.",
            "phase_3_level",
        ),
        (PRESET, {"phase_3_from": "2026-06-01"}, "Fase 2 begint of eindigt op een verkeerd moment.", "phase_2_from"),
    ],
)
def test_what_contradicts_itself_is_refused_at_saving_with_the_pair_named(
    manager: Visitor, session: Session, preset: str, fields: dict[str, str], sentence: str, field: str
) -> None:
    start(manager, preset=preset, status=400, **fields)
    page = manager.page
    assert page is not None
    assert sentence in page.text
    assert [link.get("href") for link in page.all("a", class_="pp-mistakes__link")] == [f"#{field}"]
    assert lost(page.html) == []
    assert how_many(session) == 0
    # A draft that exists stays what it was.
    start(manager, preset=preset)
    before = the(session).rules, the(session).facts()
    edit(manager, status=400, **fields)
    assert sentence in manager.page.text  # type: ignore[union-attr]
    assert (the(session).rules, the(session).facts()) == before


def lost(html: str) -> list[str]:
    """What was typed on the card and is no longer in a form."""
    return [line for text in CARD.values() for line in text.split("\n") if line not in html]


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "nieuw"}, {"slug": "bestaat-al"}, {"slug": "Groen!"}, {"slug": "../x"}, {"title": " "},
        {"phase_2_from": "2026-05-01"}, {"ends_on": "9999-12-31"}, {"phase_1_from": "0001-01-01"},
        {"ends_on": "31-12-2026"}, {"phase_3_from": "2026-06-01"}, {"phase_3_from": ""}, {"phase_1_level": "baas"},
        {"answer_days": "0"}, {"answer_days": "9" * 5000}, {"area": "99999999"}, {"after": "99999999"},
        {"pot": "-5"}, {"pot": "veel"}, {"dominance_percent": "101"}, {"support_needed": "-1"}, {"news_days": "0"},
        {"weight_support": "half"}, {"languages": ["nl", "klingon"]}, {"assurance": "zeker"},
        {"ready_before": "31-12-2026"}, {"execution_days": "0"}, {"group_needed": ""},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_everything_that_was_typed(
    manager: Visitor, session: Session, fields: dict[str, Any]
) -> None:
    a_traject(session, slug="bestaat-al")
    start(manager, status=400, **fields)
    assert lost(manager.page.html) == []  # type: ignore[union-attr]
    assert session.scalars(select(Traject.slug)).all() == ["bestaat-al"]


def test_mistakes_are_told_in_the_order_of_the_page(manager: Visitor) -> None:
    """From the name down to the last test, whatever class of the form a field comes from."""
    wrong = ("title", "answer_days", "phase_1_from", "phase_5_from", "news_days", "support_needed", "group_needed")
    start(manager, status=400, **dict.fromkeys(wrong, ""))
    assert manager.page is not None
    told = [str(link.get("href")).removeprefix("#") for link in manager.page.all("a", class_="pp-mistakes__link")]
    on_page = [field.get("id") for field in manager.page.all("input")]
    assert told == [name for name in on_page if name in wrong]


def test_money_is_not_asked_where_there_is_none(manager: Visitor) -> None:
    page = manager.get("/trajecten/nieuw/toronto")
    assert page.all("input", name="pot") == []
    assert page.all("input", name="reaction_days") != []
    assert manager.get("/trajecten/nieuw/zwolle").all("input", name="reaction_days") == []


def test_a_preset_that_is_not_there_is_not_found(manager: Visitor, visitor: Visitor) -> None:
    manager.get("/trajecten/nieuw/atlantis", 404)
    visitor.get("/trajecten/nieuw/atlantis", 302)


@pytest.mark.parametrize("language", LOCALES)
def test_making_a_traject_reads_in_every_language(manager: Visitor, language: str) -> None:
    manager.get(f"/trajecten/nieuw?taal={language}")
    manager.get(f"/trajecten/nieuw/delft?taal={language}")


def test_a_wijkmanager_starts_trajecten_in_ones_own_areas_alone(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    """Whatever other roles they hold elsewhere."""
    places = a_gemeente(session)
    account = an_account(session, role=Role.WIJKMANAGER, role_area=places.wijken[1])
    for role in (Role.MODERATOR, Role.ASSESSOR, Role.RAAD, Role.COLLEGE):
        account.granted.append(RoleGrant(role=role, area=places.wijken[0]))
    [areas] = visit_as(account).get("/trajecten/nieuw/zwolle").all("select", id="area")
    assert {option.text for option in areas} == {"Havenoost", "Kadebuurt", "Loodsbuurt"}


def test_only_a_wijkmanager_chooses_a_preset(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    moderator = visit_as(somebody(session, Role.MODERATOR))
    for address in ("/trajecten/nieuw", "/trajecten/nieuw/zwolle", "/trajecten/nieuw/atlantis"):
        assert "wijkmanager" in moderator.get(address, 403).text
