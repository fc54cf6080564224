"""What is owed, on the screen: progress, more time, the report, and closing."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.models.accounts import Account
from participatie.models.announcements import Announcement, Report
from participatie.models.trajecten import Traject
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from tests.actions.years import a_year, adopted, close, here
from tests.actions.years import manager as manager_of
from tests.clock import TurnableClock
from tests.factories import a_traject, a_wijkmanager, an_idea, done
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def test_the_progress_shows_each_phase_and_what_is_owed(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME, PhaseKind.COLLECT)
    done(close_later(session, traject, clock))
    an_idea(session, traject)
    manager = visit_as(a_wijkmanager(session))
    page = manager.get(here(traject, "voortgang"))
    for said in (
        "Fase 1: het programma maken", "Fase 2: ideeën inzamelen", "meedenken", "4 mei 2026 tot en met 3 juni 2026",
        "afgesloten op 3 juni 2026", "Elk idee beantwoorden moet nog", "Nog 1 te doen.", "Een eindverslag uitbrengen",
    ):  # fmt: skip
        assert said in page.text, said
    assert "Sluit fase 1 af" not in page.text
    assert "Laat fase 1 langer duren" not in page.text
    for text in ("Verander het niveau van fase 2", "Laat fase 2 langer duren", "Vertel nieuws"):
        assert manager.get(page.link(text)).h1


def close_later(session: Session, traject: Traject, clock: TurnableClock) -> object:
    """Adopt the document of the first phase and close it on its last day."""
    adopted(session, traject.phases[0], clock)
    clock.turn_to(traject.phases[0].ends_at)
    return close(session, traject, 1)


def test_closing_says_what_must_be_done_first(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session)
    an_idea(session, traject)
    clock.turn_to(traject.phases[0].ends_at)
    manager = visit_as(a_wijkmanager(session))
    page = manager.get(here(traject, "fasen/1/afsluiten"))
    assert "Dit moet eerst" in page.text
    assert "Elk idee beantwoorden" in page.text
    page = manager.submit("Sluit de fase af", status=403)
    assert "Dit is nog niet gedaan: Elk idee beantwoorden. Aantal: 1." in page.text
    manager.click("Neem meer tijd voor een plicht")
    manager.submit("Neem meer tijd", duty="ideeën beantwoorden", last_day="2026-08-31", reason="De toetser is ziek.")
    page = manager.follow()
    assert "meer tijd genomen" in page.text
    manager.get(here(traject, "fasen/1/afsluiten"))
    manager.submit("Sluit de fase af")
    assert "De fase is afgesloten" in manager.follow().text
    assert traject.phases[0].closed_at == clock.now


def test_there_is_no_more_time_for_the_report(manager: Visitor, session: Session, clock: TurnableClock) -> None:
    traject = a_year(session)
    an_idea(session, traject)
    page = manager.get(here(traject, "meer-tijd"))
    assert [field.get("value") for field in page.all("input", name="duty")] == ["ideeën beantwoorden"]
    sent = {"duty": "eindverslag uitbrengen", "last_day": "2026-12-31", "reason": "Geen tijd."}
    manager.post(here(traject, "meer-tijd"), sent, 400)
    assert session.scalars(select(Announcement)).all() == []


def test_the_report_closes_a_traject(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    idea = an_idea(session, traject)
    idea.status = "toegelaten"
    idea.answered_at = clock.now
    session.commit()
    clock.turn_to(traject.phases[0].ends_at)
    visitor.get(here(traject, "verslag"), 404)
    manager = visit_as(a_wijkmanager(session))
    manager.get(here(traject, "verslag-schrijven"))
    written = {"used": "Er komen **bomen**.", "not_used": "Geen parkeerplaatsen.", "lessons": "Begin eerder."}
    page = manager.submit("Publiceer het eindverslag", **written, status=403)
    assert "Sluit eerst fase 1 af" in page.text
    assert "Geen parkeerplaatsen." in page.text
    page = manager.get(here(traject, "afsluiten"))
    assert "Fase 1: ideeën inzamelen" in page.text
    assert "Sluit eerst fase 1 af" in manager.submit("Sluit dit traject voorgoed af", status=403).text
    done(close(session, traject, 1))
    manager.get(here(traject, "afsluiten"))
    page = manager.submit("Sluit dit traject voorgoed af", status=403)
    assert "Dit is nog niet gedaan: Een eindverslag uitbrengen." in page.text
    page = manager.get(here(traject, "verslag-schrijven"))
    assert "mensen deden mee 1" in page.text.replace("deden mee  1", "deden mee 1")
    manager.submit("Publiceer het eindverslag", **written)
    page = manager.follow()
    for said in ("Er komen bomen.", "Geen parkeerplaatsen.", "Begin eerder.", "ideeën 1", "de actiefste tien procent"):
        assert said in page.text, said
    manager.get(here(traject, "afsluiten"))
    manager.submit("Sluit dit traject voorgoed af")
    manager.follow()
    session.refresh(traject)
    assert traject.status is TrajectStatus.CLOSED
    assert "Het traject is afgesloten" in visitor.get(here(traject, "nieuws")).text
    assert "Dit traject is afgesloten" in manager.get(here(traject, "voortgang")).text
    assert len(session.scalars(select(Report)).all()) == 1
    visitor.get(here(traject, "verslag"))


def test_work_shows_what_is_late_first(
    visit_as: Callable[[Account], Visitor], session: Session, clock: TurnableClock
) -> None:
    late, fresh = a_traject(session, title="Te laat traject"), a_traject(session, title="Vers traject")
    an_idea(session, late)
    clock.forward(days=45)
    done(publish_news(session, manager_of(session), fresh, "Het loopt.", clock.now))
    manager = visit_as(a_wijkmanager(session))
    page = manager.get("/werk")
    assert "Te laat Te laat traject" in page.text
    assert "Elk idee beantwoorden moest op 15 juni 2026 klaar zijn" in page.text
    assert page.text.count("Vers traject") == 3, "its phase can be closed, and it is in the list of trajecten"
    assert manager.click("voortgang van Vers traject").h1 == "Voortgang: Vers traject"
