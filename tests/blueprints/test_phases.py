"""The life of an open traject on the screen: the wijkmanager's pages, and what residents read of them."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from participatie.actions.following import follow
from participatie.models.accounts import Account
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.actions.years import a_year, here
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import a_resident, a_round, a_traject, an_account, done, now_of
from tests.visitor import Visitor

#: The wijkmanager's pages about a traject of which the first phase is one of making a programme.
ACTS = (
    "voortgang", "fasen/1/niveau", "fasen/1/langer", "fasen/1/stuk", "fasen/1/afsluiten", "meer-tijd",
    "nieuws-geven", "verslag-schrijven", "afsluiten",
)  # fmt: skip


def test_a_level_goes_up_at_once_and_down_with_a_reason(manager: Visitor, visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    done(follow(session, an_account(session).actor(), traject, now_of(session)))
    manager.get(here(traject, "fasen/1/niveau"))
    manager.submit("Verander het niveau", level="meedoen")
    assert "Het niveau is veranderd" in manager.follow().text
    manager.get(here(traject, "fasen/1/niveau"))
    page = manager.submit("Verander het niveau", level="meeweten", status=400)
    assert "Bewoners krijgen minder te zeggen" in page.text
    manager.submit("Verander het niveau", level="meeweten", reason="De rechter besloot.")
    session.refresh(traject.phases[0])
    assert traject.phases[0].level is Level.MEEWETEN
    news = visitor.get(here(traject, "nieuws")).text
    assert "Het niveau was meedoen en is nu meeweten." in news
    assert "De rechter besloot." in news


def test_the_level_of_today_is_no_choice(manager: Visitor, session: Session) -> None:
    traject = a_traject(session)
    page = manager.get(here(traject, "fasen/1/niveau"))
    assert [field.get("value") for field in page.all("input", name="level")] == ["meeweten", "meedoen", "meebeslissen"]
    for wrong in ("meedenken", "alles"):
        page = manager.post(here(traject, "fasen/1/niveau"), {"level": wrong}, 400)
    assert traject.phases[0].level is Level.MEEDENKEN


def test_a_level_that_may_not_change_says_why_and_keeps_what_was_typed(manager: Visitor, session: Session) -> None:
    traject = a_round(session).traject
    manager.get(here(traject, "fasen/5/niveau"))
    page = manager.submit("Verander het niveau", level="meeweten", reason="Er is minder geld.", status=403)
    assert "De stemming is al geopend" in page.text
    assert "Er is minder geld." in page.text


def test_a_phase_lasts_longer(manager: Visitor, visitor: Visitor, session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    manager.get(here(traject, "fasen/1/langer"))
    manager.submit("Laat de fase langer duren", last_day="2026-05-31", reason="Het is vakantie.")
    manager.follow()
    assert traject.phases[0].ends_at.isoformat() == "2026-05-31T22:00:00+00:00", "midnight in Amsterdam"
    news = visitor.get(here(traject, "nieuws")).text
    assert "De fase duurt nu tot en met 31 mei 2026." in news
    assert "Het is vakantie." in news


@pytest.mark.parametrize(
    "last_day, reason, status, said",
    [
        ("2026-05-01", "Vakantie.", 400, "Kies een latere dag"),
        ("9999-12-31", "Vakantie.", 400, "ligt te ver weg"),
        ("2026-13-01", "Vakantie.", 400, "2026-13-01"),
        ("2026-06-30", "", 400, "Vul dit in."),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(
    manager: Visitor, session: Session, last_day: str, reason: str, status: int, said: str
) -> None:
    traject = a_traject(session)
    before = traject.phases[0].ends_at
    manager.get(here(traject, "fasen/1/langer"))
    page = manager.submit("Laat de fase langer duren", last_day=last_day, reason=reason, status=status)
    assert said in page.html
    assert reason in page.text
    assert traject.phases[0].ends_at == before


# Who comes in, and when


@pytest.mark.parametrize("page", ACTS)
def test_the_pages_are_for_the_wijkmanager_of_the_place(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session, page: str
) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    visitor.get(here(traject, page), 302)
    visit_as(a_resident(session)).get(here(traject, page), 403)
    visit_as(somebody(session, Role.WIJKMANAGER, elsewhere=True)).get(here(traject, page), 403)
    visit_as(somebody(session, Role.WIJKMANAGER)).get(here(traject, page))
    college = visit_as(an_account(session, role=Role.COLLEGE))
    college.get(here(traject, page), 200 if page in ("voortgang", "fasen/1/niveau") else 403)


def test_the_college_is_offered_the_level_alone(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    college = visit_as(an_account(session, role=Role.COLLEGE))
    text = college.get("/werk").link(f"voortgang van {traject.title}")
    page = college.get(text)
    assert "Verander het niveau van fase 1" in page.text
    for other in ("Vertel nieuws", "Laat fase 1 langer duren", "Sluit het traject af", "Schrijf het eindverslag"):
        assert other not in page.text


def test_a_draft_offers_nothing_and_is_there_for_its_wijkmanager_only(
    manager: Visitor, visitor: Visitor, session: Session
) -> None:
    traject = a_traject(session, opened=False)
    page = manager.get(here(traject, "voortgang"))
    assert "Dit traject is nog een concept" in page.text
    assert "Verander het niveau" not in page.text
    manager.get(here(traject, "fasen/1/niveau"))
    assert "niet open" in manager.submit("Verander het niveau", level="meedoen", status=403).text
    for public in ("nieuws", "stukken/1", "verslag", "voortgang"):
        visitor.get(here(traject, public), 404)


def test_a_phase_that_is_not_there_has_no_page(manager: Visitor, visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    for position in (0, 6, 99999999):
        manager.get(here(traject, f"fasen/{position}/niveau"), 404)
        visitor.get(here(traject, f"stukken/{position}"), 404)
