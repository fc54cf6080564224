"""The final report on the screen: a draft beside its figures, an example, the archive, paper, and a correction."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.actions.moderation import hide_idea
from participatie.models.accounts import Account
from participatie.spelregels.levels import Level
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.verification import unpack, verify
from tests.actions.years import a_year, close, here
from tests.actions.years import manager as manager_of
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, a_wijkmanager, an_account, an_idea, done
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
FLAG = "Of er iets veranderde in de wijk, is niet gemeten."


def test_a_report_is_written_in_parts_published_archived_and_corrected(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, clock: TurnableClock, app: Flask
) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    idea = an_idea(session, traject, title="Een boom")
    done(reject_idea(session, manager_of(session), idea, "Hier is geen plek.", clock.now, OTHER_ROUTE))
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    manager = visit_as(a_wijkmanager(session))
    manager.get(here(traject, "verslag-schrijven"))
    manager.submit("Bewaar als concept", used="Nog bezig.", save="1")
    assert "Nog bezig." in manager.follow().html
    manager.submit("Bekijk het concept", asked="Wij vroegen het aan huis.", look="1")
    page = manager.follow()
    assert page.text.index("Wij vroegen het aan huis.") < page.text.index("Nog bezig.")
    assert traject.question in page.text
    visitor.get(here(traject, "verslag"), 404)
    manager.get(here(traject, "verslag-schrijven"))
    manager.submit(
        "Publiceer het eindverslag", used="Er kwam een dag.", not_used="De boom niet.", outcome="Het is leuk."
    )
    manager.follow()
    page = visitor.get(here(traject, "verslag"))
    for said in (
        "Wij vroegen het aan huis.",
        "Er kwam een dag.",
        "Hier is geen plek.",
        "Een boom",
        FLAG,
        "op tijd beantwoord: 1",
    ):
        assert said in page.text, said
    assert "Er kwam een dag." in visitor.get(here(traject, "verslag/afdrukken")).text
    archive = here(traject, "verslag/versies/1/archief.zip")
    found = verify(_package(app, archive))
    assert found.is_right
    assert found.hashes["manifest.json"] in page.text
    measured = {"measured": "Vertrouwen", "before": "6,1", "after": "6,4", "measured_by": "Wijkmonitor"}
    manager.get(here(traject, "verslag-schrijven"))
    assert "Vul dit in." in manager.submit("Publiceer het eindverslag", **measured, status=400).text
    manager.submit("Publiceer het eindverslag", **measured, reason="Wij vergaten een meting.")
    page = visitor.get(here(traject, "verslag"))
    assert FLAG not in page.text
    for said in ("Wij vergaten een meting.", "Vertrouwen", "6,4", "Versie 1 van"):
        assert said in page.text, said
    assert FLAG in visitor.get(here(traject, "verslag/versies/1")).text
    moderator = an_account(session, role=Role.MODERATOR).actor()
    done(hide_idea(session, moderator, idea, HouseRule.ADVERTISING, "Reclame.", clock.now))
    session.commit()
    assert "Een boom" not in visitor.get(here(traject, "verslag")).text
    hidden = _package(app, archive)
    assert verify(hidden).is_right
    assert b"Een boom" not in b"".join(unpack(hidden).values())
    visitor.get(here(traject, "verslag/versies/3"), 404)


def test_where_residents_only_know_a_traject_ends_with_its_report_too(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.EXECUTE, level=Level.MEEWETEN)
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    session.commit()
    manager = visit_as(a_wijkmanager(session))
    page = manager.get(here(traject, "afsluiten"))
    assert "Een eindverslag uitbrengen" in page.text
    assert "Een traject sluit pas als elk idee" in page.text
    manager.get(here(traject, "verslag-schrijven"))
    manager.submit("Publiceer het eindverslag", used="De weg is open.", not_used="Niets.")
    assert "De weg is open." in visitor.get(here(traject, "verslag")).text
    assert traject.title in visitor.get(here(traject, "verslag/afdrukken")).text
    manager.get(here(traject, "afsluiten"))
    manager.submit("Sluit dit traject voorgoed af")
    assert "Het traject is afgesloten." in manager.follow().text


def _package(app: Flask, address: str) -> bytes:
    answer = app.test_client().get(address)
    assert answer.mimetype == "application/zip"
    return answer.data
