"""Ideas through their pages: put in, read, supported, withdrawn, tested and answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Idea, Support
from participatie.models.outbox import OutboxMail
from participatie.models.wijkbudget import Plan
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from tests.blueprints.full_world import somebody
from tests.clock import TurnableClock
from tests.factories import (
    USUAL_RULES,
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ideas,
    support,
)
from tests.visitor import Visitor

TYPED = {
    "title": "Bankjes bij de vijver",
    "body": "Oudere buren willen\n\n- zitten\n- praten",
    "own_contribution": "Schilderen.",
}
TESTS = (
    "initiative",
    "public_interest",
    "own_contribution",
    "fits_the_plan",
    "third_party_money",
    "no_lasting_cost",
    "feasible",
)


@pytest.fixture
def resident(visit_as: Callable[[Account], Visitor], session: Session) -> Visitor:
    """Somebody who lives in the first buurt."""
    return visit_as(a_resident(session))


def ideas_of(session: Session) -> list[Idea]:
    """All ideas there are."""
    return list(session.scalars(select(Idea).order_by(Idea.id)))


def yes_to_all(**others: Any) -> dict[str, Any]:
    """A form in which every test was passed."""
    return {"cost": "1.250,50", **{f"outcome_{test}": "yes" for test in TESTS}, **others}


def test_an_idea_is_read_in_the_words_and_language_of_its_author(
    resident: Visitor, visitor: Visitor, session: Session
) -> None:
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}")
    resident.click("Dien een idee in")
    resident.submit("Dien het idee in", **TYPED, lang="tr", status=200)
    resident.submit("Dien toch in")
    assert "Uw idee staat online" in resident.follow().text
    page = visitor.get(f"/ideeen/{ideas_of(session)[0].id}")
    assert page.h1 == TYPED["title"]
    assert [element.get("lang") for element in page.all("h1")[0].iter("bdi")] == ["tr"]
    assert [item.text for item in page.all("li") if item.text in ("zitten", "praten")] == ["zitten", "praten"]
    assert session.scalars(select(OutboxMail.template)).all() == ["idea_received"]


@pytest.mark.parametrize(
    "fields",
    [{"title": ""}, {"title": "   "}, {"title": "\u200b\u200d"}, {"title": "t" * 121}, {"body": " \r\n "}, {"body": "b" * 5001},
     {"area": "999999"}, {"area": ""}, {"lang": "xx"}],
)  # fmt: skip
def test_a_refused_form_keeps_everything_that_was_typed(
    resident: Visitor, session: Session, fields: dict[str, str]
) -> None:
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    page = resident.submit("Dien het idee in", **{**TYPED, **fields}, status=400)
    kept = page.form("Dien het idee in").filled({}).values
    for name in TYPED.keys() - fields.keys():
        assert kept[name][0].replace("\r\n", "\n") == TYPED[name]
    assert ideas_of(session) == []


def test_an_idea_lies_in_the_area_of_its_traject(resident: Visitor, session: Session) -> None:
    traject, places = a_traject(session), a_gemeente(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    resident.submit("Dien het idee in", **TYPED, area=str(places.buurten[2].id), status=400)
    assert ideas_of(session) == []


@pytest.mark.parametrize("phase", [None, PhaseKind.ASSESS, PhaseKind.VOTE, PhaseKind.DECIDE, PhaseKind.EXECUTE])
def test_outside_collecting_no_idea_comes_in(resident: Visitor, session: Session, phase: PhaseKind | None) -> None:
    """The page says when it can; a form that was open already is refused in the same words."""
    collecting, traject = a_traject(session), a_traject(session, phase=phase)
    said = "Er loopt nu geen fase" if phase is None else "Dit kan alleen in deze fase: de wijk bekijken"
    assert said in resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw", 403).text
    resident.get(f"/trajecten/{collecting.slug}/ideeen/nieuw")
    area = str(a_gemeente(session).buurten[0].id)
    page = resident.post(f"/trajecten/{traject.slug}/ideeen/nieuw", {**TYPED, "area": area, "lang": "nl"}, 403)
    assert said in page.text
    assert ideas_of(session) == []


@pytest.mark.parametrize("level", list(Level))
def test_the_level_decides_who_may_put_in(resident: Visitor, session: Session, level: Level) -> None:
    traject = a_traject(session, level=level)
    address = f"/trajecten/{traject.slug}/ideeen/nieuw"
    if level is Level.MEEWETEN:
        page = resident.get(address, 403)
        assert "In deze fase is het niveau meeweten. Voor deze stap is minstens meedenken nodig." in page.text
    else:
        resident.get(address)
        resident.submit("Dien het idee in", **TYPED)


def test_the_phase_may_end_while_somebody_types(resident: Visitor, session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    clock.turn_to(traject.phases[0].ends_at)
    assert "Dit kan alleen in deze fase" in resident.submit("Dien het idee in", **TYPED, status=403).text


def test_a_lost_token_loses_nothing_that_was_typed(resident: Visitor, session: Session) -> None:
    traject = a_traject(session)
    resident.get(f"/trajecten/{traject.slug}/ideeen/nieuw")
    page = resident.submit("Dien het idee in", **TYPED, csrf_token="verlopen", status=400)
    assert "Wat u invulde is er nog" in page.text
    resident.submit("Verstuur")
    resident.follow()
    assert [(idea.title, idea.body) for idea in ideas_of(session)] == [(TYPED["title"], TYPED["body"])]


def test_one_supports_once(resident: Visitor, session: Session) -> None:
    idea = an_idea(session)
    resident.get(f"/ideeen/{idea.id}")
    assert resident.page is not None
    again = resident.page.form("Ik steun dit idee").filled({})
    resident.send(again)
    assert "1 persoon steunt dit idee" in resident.follow().text
    assert "Eén keer is genoeg" in resident.send(again, 403).text
    assert (idea.support_count, len(session.scalars(select(Support)).all())) == (1, 1)


def test_opening_the_page_of_support_supports_nothing(resident: Visitor, session: Session) -> None:
    """Abuse case 25."""
    idea = an_idea(session)
    assert resident.get(f"/ideeen/{idea.id}/steunen").h1 == "Steunt u dit idee?"
    assert session.scalars(select(Support)).all() == []


def test_nobody_supports_their_own_idea(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    idea = an_idea(session)
    author = visit_as(idea.author)
    page = author.get(f"/ideeen/{idea.id}")
    assert "Dit is uw eigen idee" in page.text
    assert "Dit is uw eigen idee" in author.post(f"/ideeen/{idea.id}/steunen", status=403).text


def test_somebody_from_elsewhere_supports_nothing(visit_as: Callable[[Account], Visitor], session: Session) -> None:
    idea = an_idea(session)
    for account in (somebody(session, elsewhere=True), an_account(session)):
        outsider = visit_as(account)
        assert "Dit is voor bewoners van dit gebied" in outsider.get(f"/ideeen/{idea.id}").text
        outsider.post(f"/ideeen/{idea.id}/steunen", status=403)
    assert idea.support_count == 0


def test_the_author_takes_an_idea_back(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session)
    author = visit_as(idea.author)
    author.get(f"/ideeen/{idea.id}")
    author.click("Trek dit idee in")
    assert author.page is not None
    again = author.page.form("Ja, trek het idee in").filled({})
    author.send(again)
    assert "U trok uw idee in" in author.follow().text
    assert idea.title not in visitor.get(f"/trajecten/{idea.traject.slug}/ideeen").text
    author.send(again, 403)


def test_an_idea_is_tested_admitted_and_answered(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    traject = a_traject(session, phase=PhaseKind.ASSESS, rules=replace(USUAL_RULES, support_needed=2))
    budget_round = a_round(session, traject=traject, plans=[], opened=False)
    idea = an_idea(session, budget_round.traject, author=a_resident(session, locale="ar"))
    assessor, manager = visit_as(somebody(session, Role.ASSESSOR)), visit_as(a_wijkmanager(session))
    assessor.get(f"/ideeen/{idea.id}")
    assessor.click("Toets dit idee")
    page = assessor.submit("Sla de toetsing op", **yes_to_all(outcome_feasible="no"), status=400)
    assert "Schrijf op waarom" in page.text
    assessor.submit(
        "Sla de toetsing op", **yes_to_all(outcome_feasible="no", reason_feasible="Er ligt een gasleiding.")
    )
    assert "De toetsing is opgeslagen" in assessor.follow().text
    assert "Er ligt een gasleiding." in visitor.get(f"/ideeen/{idea.id}").text

    def admit(status: int) -> str:
        manager.get(f"/ideeen/{idea.id}/antwoorden")
        return manager.submit(
            "Publiceer het antwoord", decision="admit", answer="Mooi plan.", used="Alles.", status=status
        ).text

    assert "Het idee heeft 0 keer steun. Er is 2 keer steun nodig." in admit(403)
    support(session, idea, 2)
    assert "De gemeente kan dit idee niet uitvoeren." in admit(403)
    assessor.get(f"/ideeen/{idea.id}/toetsen")
    assessor.submit("Sla de toetsing op", outcome_feasible="yes", reason_feasible="De leiding is verlegd.")
    admit(303)
    assert "toegelaten als plan" in manager.follow().text
    [plan] = session.scalars(select(Plan))
    assert (plan.name, plan.cost_cents, plan.idea_id) == (idea.title, 125_050, idea.id)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.template == "idea_answered")).one()
    assert (mail.recipient, mail.locale) == (idea.author.email, "ar")
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    assert (
        "al beantwoord"
        in manager.submit("Publiceer het antwoord", decision="reject", answer="Nee", route="Bel ons.", status=403).text
    )


@pytest.mark.parametrize("cost", ["-1", "NaN", "1e9", "12,345", "99999999999", "1.2.3", "veel"])
def test_a_cost_that_is_no_amount_is_refused_and_stays_in_the_form(
    visit_as: Callable[[Account], Visitor], session: Session, cost: str
) -> None:
    idea = an_idea(session)
    assessor = visit_as(somebody(session, Role.ASSESSOR))
    assessor.get(f"/ideeen/{idea.id}/toetsen")
    page = assessor.submit("Sla de toetsing op", cost=cost, status=400)
    assert page.all("input", name="cost")[0].get("value") == cost
    assert idea.cost_cents is None


def test_an_idea_is_turned_down_with_an_answer(
    visit_as: Callable[[Account], Visitor], visitor: Visitor, session: Session
) -> None:
    idea = an_idea(session)
    manager = visit_as(a_wijkmanager(session))
    manager.get(f"/ideeen/{idea.id}/antwoorden")
    manager.submit("Publiceer het antwoord", decision="reject", answer="  ", status=400)
    manager.submit("Publiceer het antwoord", decision="admit", answer="Ja!", used="Alles.", status=403)
    manager.submit(
        "Publiceer het antwoord",
        decision="reject",
        answer="Dit plein is van de **kerk**.",
        used="",
        route="Vraag het de kerk.",
    )
    manager.follow()
    page = visitor.get(f"/ideeen/{idea.id}")
    assert "Dit plein is van de kerk." in page.text
    assert idea.status is IdeaStatus.NOT_ADMITTED


def test_an_answer_that_is_late_is_late_in_public(visitor: Visitor, session: Session, clock: TurnableClock) -> None:
    idea = an_idea(session, a_traject(session, answer_days=10))
    assert "De gemeente antwoordt uiterlijk op" in visitor.get(f"/ideeen/{idea.id}").text
    clock.forward(days=11)
    assert "Dat is nog niet gebeurd" in visitor.get(f"/ideeen/{idea.id}").text


def test_the_list_turns_pages_and_filters(visitor: Visitor, session: Session) -> None:
    traject = a_traject(session)
    ideas(session, traject, 65)
    listed = f"/trajecten/{traject.slug}/ideeen"
    assert "65 ideeën gevonden" in visitor.get(listed).text
    assert "Pagina 2 van 3" in visitor.click("Volgende").text
    assert len(visitor.get(f"{listed}?pagina=3").all("li")) < len(visitor.get(listed).all("li"))
    assert "0 ideeën" in visitor.get(f"{listed}?status=niet-toegelaten").text


@pytest.mark.parametrize(
    "query",
    ["pagina=0", "pagina=4", "pagina=-1", "pagina=x", "pagina=99999999999999999999", "pagina=%D9%A1", "buurt=99999999", "buurt=x",
     "status=alles", "buurt=1%27%20OR%201=1", "status=%00"],
)  # fmt: skip
def test_a_list_that_does_not_exist_is_not_there(visitor: Visitor, session: Session, query: str) -> None:
    """Abuse case 37: nothing but the known filters, with the known words."""
    traject = a_traject(session)
    visitor.get(f"/trajecten/{traject.slug}/ideeen?{query}", 404)
