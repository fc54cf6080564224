"""The life of an open traject on the screen: the wijkmanager's pages, and what residents read of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.duties import extend_duty
from participatie.actions.trajecten import follow
from participatie.models.accounts import Account
from participatie.models.announcements import Announcement, Product, Report
from participatie.models.trajecten import Traject
from participatie.spelregels.duties import Duty
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import Announced, TrajectStatus
from tests.actions.years import DAY, a_year, adopted, close
from tests.actions.years import manager as manager_of
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import a_resident, a_round, a_traject, a_wijkmanager, an_account, an_idea, done, now_of
from tests.visitor import Visitor

#: The wijkmanager's pages about a traject of which the first phase is one of making a programme.
ACTS = (
    "voortgang", "fasen/1/niveau", "fasen/1/langer", "fasen/1/stuk", "fasen/1/afsluiten", "meer-tijd",
    "nieuws-geven", "verslag-schrijven", "afsluiten",
)  # fmt: skip


@pytest.fixture
def manager(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """The wijkmanager of the gemeente."""
    return visit_as(a_wijkmanager(session))


def here(traject: Traject, page: str = "") -> str:
    return f"/trajecten/{traject.slug}/{page}".rstrip("/")


def test_the_progress_shows_each_phase_and_what_is_owed(
    manager: Visitor, session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME, PhaseKind.COLLECT)
    done(close_later(session, traject, clock))
    an_idea(session, traject)
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


def test_a_document_from_draft_to_adopted(
    manager: Visitor, visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    """Fixture D1 of seed 004, in the browser."""
    traject = a_year(session, PhaseKind.PROGRAMME)
    read = here(traject, "stukken/1")
    visitor.get(read, 404)
    manager.get(here(traject, "fasen/1/stuk"))
    manager.submit("Publiceer het concept", title="Programma 2027", text="Eerst de **bomen**.<script>")
    assert "Het concept is gepubliceerd" in manager.follow().text
    page = visitor.get(read)
    for said in (
        "Programma 2027",
        "concept",
        "Dat kan tot 18 mei 2026 12:00",
        "Reageer met een idee",
        "Eerst de bomen.",
    ):
        assert said in page.text, said
    manager.get(here(traject, "fasen/1/stuk"))
    page = manager.submit("Stel het stuk vast", status=403)
    assert "Bewoners kunnen tot 18-05-2026 reageren" in page.text
    clock.forward(days=14)
    manager.get(here(traject, "fasen/1/stuk"))
    manager.submit("Stel het stuk vast")
    assert "vastgesteld" in manager.follow().text
    page = visitor.get(read)
    assert "Vastgesteld op 18 mei 2026." in page.text
    assert "U kunt reageren" not in page.text
    assert session.scalars(select(Product)).one().text == "Eerst de **bomen**.<script>"


def test_a_document_without_text_keeps_its_title(manager: Visitor, session: Session) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    manager.get(here(traject, "fasen/1/stuk"))
    page = manager.submit("Publiceer het concept", title="Programma 2027", status=400)
    assert page.all("input", name="title")[0].get("value") == "Programma 2027"


def test_closing_says_what_must_be_done_first(manager: Visitor, session: Session, clock: TurnableClock) -> None:
    traject = a_year(session)
    an_idea(session, traject)
    clock.turn_to(traject.phases[0].ends_at)
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


def test_news_is_read_by_everybody(manager: Visitor, visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    assert "Er is nog geen nieuws." in visitor.get(here(traject, "nieuws")).text
    manager.get(here(traject, "nieuws-geven"))
    assert "Vul dit in." in manager.submit("Publiceer het nieuws", text=" ", status=400).text
    manager.submit("Publiceer het nieuws", text="De eerste **boom** staat.\n\n<script>alert(1)</script>")
    assert "De eerste boom staat." in manager.follow().text
    page = visitor.get(here(traject, "nieuws"))
    assert "De eerste boom staat." in page.text
    assert "<script>alert" not in page.html
    feed = visitor.get(here(traject, "feed")).text
    assert "De eerste **boom** staat." in feed


def test_the_report_closes_a_traject(
    manager: Visitor, visitor: Visitor, session: Session, clock: TurnableClock
) -> None:
    traject = a_year(session, PhaseKind.COLLECT)
    idea = an_idea(session, traject)
    idea.status = "toegelaten"
    idea.answered_at = clock.now
    session.commit()
    clock.turn_to(traject.phases[0].ends_at)
    visitor.get(here(traject, "verslag"), 404)
    manager.get(here(traject, "verslag-schrijven"))
    written = {"used": "Er komen **bomen**.", "not_used": "Geen parkeerplaatsen.", "lessons": "Begin eerder."}
    page = manager.submit("Publiceer het eindverslag", **written, status=403)
    assert "Sluit eerst fase 1 af" in page.text
    assert "Geen parkeerplaatsen." in page.text
    page = manager.get(here(traject, "afsluiten"))
    assert "Fase 1: ideeën inzamelen" in page.text
    assert "Sluit eerst fase 1 af" in manager.submit("Sluit dit traject voorgoed af", status=403).text
    done(extend_duty(
        session, manager_of(session), traject, Duty.RESPONSIBLE, clock.now + 90 * DAY, "Zoekt nog.", clock.now
    )) if False else None  # fmt: skip
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


# Lists


@pytest.mark.parametrize("kind", Announced)
def test_everything_that_is_told_has_its_words(visitor: Visitor, session: Session, kind: Announced) -> None:
    traject = a_year(session, PhaseKind.PROGRAMME)
    facts = {
        Announced.LEVEL: {"phase": 1, "before": "meedoen", "after": "meeweten"},
        Announced.LONGER: {"phase": 1, "until": "2026-05-31T22:00:00+00:00"},
        Announced.DUTY: {"duty": "ideeën beantwoorden", "until": "2026-05-31T22:00:00+00:00"},
        Announced.BALANCE: {"act": "een panel loten"},
        Announced.RESTART: {"round": "wijkbudget", "opening": 1},
    }.get(kind, {"phase": 1})
    words = {
        Announced.LEVEL: "Het niveau was meedoen en is nu meeweten.",
        Announced.LONGER: "De fase duurt nu tot en met 31 mei 2026.",
        Announced.DUTY: "Elk idee beantwoorden: uiterlijk op 31 mei 2026.",
        Announced.BALANCE: "Dit doen we: we loten een panel.",
        Announced.PHASE_CLOSED: "Fase 1: het programma maken.",
        Announced.PRODUCT: "Fase 1: het programma maken.",
        Announced.PRODUCT_DRAFT: "Lees het stuk",
        Announced.REPORT: "Lees het eindverslag",
        Announced.RESTART: "De stemmen tot nu toe tellen niet meer.",
    }.get(kind, "Zo staat het er.")
    session.add(
        Announcement(traject_id=traject.id, kind=kind, text="Zo staat het er.", facts=facts, at=now_of(session))
    )
    traject.touch()
    page = visitor.get(here(traject, "nieuws"))
    assert words in page.text
    assert "Zo staat het er." in page.text
    assert "Zo staat het er." in visitor.get(here(traject, "feed")).text


def test_much_news_costs_no_more_and_comes_in_pages(
    manager: Visitor, visitor: Visitor, session: Session, engine: Engine
) -> None:
    traject = a_traject(session)
    done(publish_news(session, manager_of(session), traject, "Nieuws 0.", now_of(session)))
    session.commit()
    asked = {visitor: ("nieuws?taal=nl", "feed"), manager: ("voortgang", "nieuws")}

    def costs() -> list[int]:
        found = []
        for who, pages in asked.items():
            for page in pages:
                who.get(here(traject, page))
                with counting_queries(engine) as queries:
                    who.get(here(traject, page))
                found.append(len(queries))
        return found

    before = costs()
    for number in range(1, 40):
        done(publish_news(session, manager_of(session), traject, f"Nieuws {number}.", now_of(session)))
    session.commit()
    assert costs() == before
    assert "Nieuws 39." in visitor.get(here(traject, "nieuws")).text
    assert "Nieuws 0." in visitor.get(here(traject, "nieuws?pagina=2")).text


def test_work_shows_what_is_late_first(manager: Visitor, session: Session, clock: TurnableClock) -> None:
    late, fresh = a_traject(session, title="Te laat traject"), a_traject(session, title="Vers traject")
    an_idea(session, late)
    clock.forward(days=45)
    done(publish_news(session, manager_of(session), fresh, "Het loopt.", clock.now))
    page = manager.get("/werk")
    assert "Te laat Te laat traject" in page.text
    assert "Elk idee beantwoorden moest op 15 juni 2026 klaar zijn" in page.text
    assert page.text.count("Vers traject") == 2, "in the list of trajecten only"
    assert manager.click("voortgang van Vers traject").h1 == "Voortgang: Vers traject"
    assert timedelta(days=45) > 42 * DAY
