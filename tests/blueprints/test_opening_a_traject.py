"""Opening a traject: what is in the way, told at once, and spelregels 2, 3 and 4 of Zwolle."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.presets import shipped
from participatie.spelregels.trajecten import TrajectStatus
from tests.blueprints.making import CARD, edit, start, the
from tests.factories import a_gemeente, a_traject, an_account
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

#: Each text of the card, and how the page names it when it is empty.
NAMED = {
    "question": "de vraag aan bewoners", "goal": "het doel", "fixed": "wat vastligt", "open": "wat openstaat",
    "decision_maker": "wie beslist", "dispute_to": "bij wie bewoners terechtkunnen als zij het niet eens zijn",
    "use_of_input": "wat er met inbreng gebeurt", "not_used": "wat u niet met inbreng kunt doen",
    "stakeholders": "welke groepen meedoen en hoe u ze bereikt", "results_back": "hoe bewoners het resultaat horen",
    "languages": "de talen", "assurance": "hoe zeker u weet wie meedoet",
    "assurance_reason": "waarom dat zeker genoeg is",
}  # fmt: skip


def test_a_traject_starts_as_a_draft_and_opens_as_a_promise(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    start(manager)
    assert "nog een concept" in manager.follow().text
    visitor.get("/trajecten/groen", 404)
    assert "Groen in de wijk" not in visitor.get("/trajecten").text
    manager.submit("Open dit traject")
    assert "Het traject is open" in manager.follow().text
    assert "Dien een idee in" in visitor.get("/trajecten/groen").text
    card = visitor.click("Trajectkaart: wat is beloofd").text
    promises = [line for name, text in CARD.items() if name != "assurance" for line in text.split("\n")]
    assert [promise for promise in promises if promise not in card] == []
    assert "Wim Bakker" in card


def test_phases_turn_at_midnight_in_amsterdam_also_when_the_clock_is_set_back(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    """The vote ends with Sunday 25 October 2026, a day of 25 hours (abuse case 8)."""
    start(manager)
    manager.follow()
    manager.submit("Open dit traject")
    vote = next(phase for phase in the(session).phases if phase.kind is PhaseKind.VOTE)
    assert vote.starts_at == datetime(2026, 10, 11, 22, tzinfo=UTC)
    assert vote.ends_at == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert "12 oktober 2026 tot en met 25 oktober 2026" in visitor.get("/trajecten/groen").text


@pytest.mark.parametrize("name", NAMED)
def test_each_empty_field_is_named_with_the_way_to_it(
    manager: Visitor, visitor: Visitor, session: Session, name: str
) -> None:
    """Spelregel 2 of Zwolle: no opening without a complete card."""
    start(manager, **{name: [] if name == "languages" else ""})
    page = manager.follow()
    assert page.link(f"Vul in: {NAMED[name]}") == f"/trajecten/groen/bewerken#{name}"
    refused = manager.submit("Open dit traject", status=403)
    assert f"Vul eerst in: {NAMED[name]}" in refused.text
    manager.click("Terug naar waar u was")
    visitor.get("/trajecten/groen", 404)
    form = manager.click(f"Vul in: {NAMED[name]}")
    assert form.all(form_tag(name), id=name) != []


def form_tag(name: str) -> str:
    """The kind of element that a field of the card is."""
    return {"languages": "fieldset", "assurance": "select", "decision_maker": "input", "dispute_to": "input"}.get(
        name, "textarea"
    )


def test_a_contact_person_without_a_name_is_sent_to_ones_own_page(
    visit_as: Callable[[Account], Visitor], session: Session
) -> None:
    manager = visit_as(an_account(session, role=Role.WIJKMANAGER, name=""))
    start(manager)
    assert manager.follow().link("Vul in: de contactpersoon") == "/mijn/gegevens"
    assert "Vul eerst in: de contactpersoon" in manager.submit("Open dit traject", status=403).text


def test_everything_in_the_way_is_told_at_once_each_with_its_field(manager: Visitor, session: Session) -> None:
    wijk = a_gemeente(session).wijken[0]
    start(manager, area=str(wijk.id), goal="", open="", city_wide=True, already_decided=True)
    page = manager.follow()
    ways = {
        "Vul in: het doel": "goal",
        "Vul in: wat openstaat": "open",
        "Er staat niets open voor inbreng.": "open",
        "Het besluit is al genomen.": "already_decided",
        "Deze vraag gaat over de hele stad.": "after",
    }
    assert {text: page.link(text) for text in ways} == {
        text: f"/trajecten/groen/bewerken#{field}" for text, field in ways.items()
    }


def test_without_room_for_input_only_meeweten_can_be_promised(manager: Visitor, session: Session) -> None:
    """Spelregel 4 of Zwolle: only start when there is real room."""
    start(manager, preset="delft", open="")
    assert "Dan mag alleen het niveau meeweten" in manager.follow().text
    manager.submit("Open dit traject", status=403)
    edit(manager, **told_only("delft"))
    manager.follow()
    manager.submit("Open dit traject")
    assert the(session).status is TrajectStatus.OPEN


def test_after_the_decision_only_meeweten_can_be_promised(manager: Visitor, session: Session) -> None:
    """Spelregel 4, fixture Z3: a decision that was taken already, with one phase of say too many."""
    start(manager, preset="delft", already_decided=True)
    manager.follow()
    refused = manager.submit("Open dit traject", status=403)
    assert "Het besluit is al genomen. Dan kunnen bewoners alleen meeweten." in refused.text
    edit(manager, **{**told_only("delft"), "phase_5_level": Level.MEEDENKEN.value})
    manager.follow()
    manager.submit("Open dit traject", status=403)
    edit(manager, **told_only("delft"))
    manager.follow()
    manager.submit("Open dit traject")
    assert the(session).status is TrajectStatus.OPEN


def told_only(key: str) -> dict[str, str]:
    """Every phase of a preset at meeweten."""
    return {f"phase_{place}_level": Level.MEEWETEN.value for place in range(1, len(shipped()[key].phases) + 1)}


def test_a_question_of_the_whole_city_goes_to_the_city_first(manager: Visitor, session: Session) -> None:
    """Spelregel 3 of Zwolle, fixture Z5: first the city, and then the wijk about the consequences."""
    wijk = a_gemeente(session).wijken[0]
    start(manager, area=str(wijk.id), city_wide=True)
    assert "Vraag eerst de hele stad" in manager.follow().text
    assert "Vraag eerst de hele stad" in manager.submit("Open dit traject", status=403).text
    elsewhere = a_traject(session, title="Van een wijk")
    city = a_traject(session, area=a_gemeente(session).gemeente, title="Heel de stad")
    offered = {option.text for option in manager.get("/trajecten/groen/bewerken").all("select", id="after")[0]}
    assert offered == {"Geen traject van de hele stad", "Heel de stad"}
    edit(manager, status=400, after=str(elsewhere.id))
    edit(manager, after=str(city.id))
    manager.follow()
    manager.submit("Open dit traject")
    assert the(session).status is TrajectStatus.OPEN


def test_a_question_of_the_whole_city_opens_in_the_city_itself(manager: Visitor, session: Session) -> None:
    start(manager, area=str(a_gemeente(session).gemeente.id), city_wide=True)
    manager.follow()
    manager.submit("Open dit traject")
    assert the(session).status is TrajectStatus.OPEN


def test_dates_that_are_past_are_told_and_do_not_stop_the_opening(manager: Visitor, session: Session) -> None:
    start(manager, phase_1_from="2026-02-02", phase_2_from="2026-03-02", phase_3_from="2026-05-11")
    page = manager.follow()
    assert page.link("Fase 1 (ideeën inzamelen) is al voorbij.") == "/trajecten/groen/bewerken#phase_1_from"
    assert "Fase 2" not in page.text
    manager.submit("Open dit traject")
    assert "is al voorbij" not in manager.follow().text
    assert the(session).status is TrajectStatus.OPEN


def test_opening_twice_is_refused(manager: Visitor, session: Session) -> None:
    draft = a_traject(session, opened=False)
    manager.get(f"/trajecten/{draft.slug}")
    assert manager.page is not None
    filled = manager.page.form("Open dit traject").filled({})
    manager.send(filled)
    assert "al geopend" in manager.send(filled, 403).text


def test_an_open_traject_is_no_longer_edited(manager: Visitor, session: Session) -> None:
    draft = a_traject(session, opened=False)
    manager.get(f"/trajecten/{draft.slug}/bewerken")
    assert manager.page is not None
    filled = manager.page.form("Bewaar als concept").filled({"goal": "Iets heel anders"})
    manager.get(f"/trajecten/{draft.slug}")
    manager.submit("Open dit traject")
    assert "al geopend" in manager.send(filled, 403).text
    assert the(session, draft.slug).goal != "Iets heel anders"
