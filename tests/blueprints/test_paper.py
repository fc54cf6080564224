"""Ballots on paper on the screen: a stack, its sheets twice, a difference, a signature, and what everybody reads."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.votes import Ballot
from participatie.spelregels.paper import Why
from participatie.spelregels.permissions import Role
from tests.clock import TurnableClock
from tests.factories import a_round, a_wijkmanager, an_account, ballots, codes, count_it, done
from tests.factories.paper import a_helper, a_stack, entered, entered_twice, signed
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

VisitAs = Callable[[Account], Visitor]


def test_a_desk_takes_a_stack_in_enters_it_twice_and_counts(
    session: Session, clock: TurnableClock, manager: Visitor, visit_as: VisitAs
) -> None:
    budget_round = a_round(session)
    one, other = codes(session, budget_round, 2)
    first, second = visit_as(a_helper(session)), visit_as(a_helper(session))
    first.get("/werk")
    first.click(budget_round.title)
    first.click("Schrijf een nieuwe stapel op")
    first.submit("Bewaar de stapel", label="", sheets=2, status=400)
    first.submit("Bewaar de stapel", label="Doos 1", received_on="2026-05-03", sheets=2)
    page = first.follow()
    assert "2 vellen" not in page.text  # a number is a fact of its own
    first.click("Voer vellen in")
    # What cannot be is kept on the page, with its reason.
    page = first.submit("Bewaar en ga naar het volgende vel", code="geen code", choices="1", status=400)
    assert "Deze stemcode kennen we niet." in page.text
    page = first.submit("Bewaar en ga naar het volgende vel", code=one, choices="1 99", status=400)
    assert page.all("input", name="choices")[0].get("value") == "1 99"
    first.submit("Bewaar en ga naar het volgende vel", code=one, choices="1 + 3")
    page = first.follow()
    assert page.all("input", name="number")[0].get("value") == "2"
    assert page.all("input", name="code")[0].get("autofocus") is not None
    first.submit("Bewaar en ga naar het volgende vel", code=other, choices="2")
    page = first.follow()
    assert page.h1 == "U bent klaar met deze stapel"

    second.get("/werk")
    assert "2 vellen voor de tweede keer in te voeren" in second.page.text
    second.click("Doos 1")
    page = second.click("Voer vellen in")
    assert "1. Bankjes" not in page.html.split("<details>", maxsplit=1)[0]
    second.submit("Bewaar en ga naar het volgende vel", code=one, choices="3,1")
    page = second.follow()
    assert "Vel 1 telt mee." in page.text
    second.submit("Bewaar en ga naar het volgende vel", code=other, choices="1")
    page = second.follow()
    assert "De eerste persoon voerde iets anders in." in page.text

    manager.get("/werk")
    manager.click("Doos 1")
    page = manager.click("Vel 2")
    assert "2. Groen schoolplein" in page.text
    page = manager.submit("Los het verschil op", choose="de tweede invoer", motive="", status=400)
    manager.submit("Los het verschil op", choose="de tweede invoer", motive="Het kruisje staat bij plan 1.")
    manager.follow()
    manager.click("Tel de stapel en teken")
    page = manager.submit("Teken", sheets=3, status=400)
    assert "U telde 3 vellen. De eerste persoon telde er 2." in page.text
    manager.submit("Teken", sheets=2)
    page = manager.follow()
    assert "2 van 2" in page.text
    assert "Het kruisje staat bij plan 1." in manager.get(f"{page.url}/vellen/2").text
    assert sorted(session.scalars(select(Ballot.choices))) == ["[1,3]", "[1]"]
    clock.turn_to(budget_round.clock().closes_at)
    assert count_it(session, budget_round).ballots == 2


def test_a_count_that_waits_for_paper_says_for_which_stack(
    session: Session, clock: TurnableClock, visit_as: VisitAs
) -> None:
    budget_round = a_round(session)
    stack = a_stack(session, budget_round)
    clock.turn_to(budget_round.clock().closes_at)
    manager = visit_as(a_wijkmanager(session))
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    page = manager.submit("Tel de stemmen", status=403)
    assert f"Stapel {stack.label} is nog niet klaar. Aantal vellen dat nog moet: 3." in page.text
    manager.get(f"/wijkbudget/{budget_round.slug}/beheer")
    assert "0 van 3 vellen klaar" in manager.click("Stemmen op papier").text


def test_a_helper_reads_no_difference_of_others(session: Session, visit_as: VisitAs, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack, clerks = a_stack(session, budget_round), [a_helper(session), a_helper(session)]
    done(entered(session, clerks[0], stack, 1, code, [1]))
    done(entered(session, clerks[1], stack, 1, code, [2]))
    here = f"/wijkbudget/{budget_round.slug}/papier/{stack.id}/vellen/1"
    third = visit_as(a_helper(session)).get(here)
    assert "Groen schoolplein" not in third.text
    assert third.forms() == [] or "Los het verschil op" not in third.html
    one, other = visit_as(clerks[0]), visit_as(clerks[1])
    one.get(here)
    one.submit("Los het verschil op", choose="ongeldig", why="niet te lezen", motive="Alles is doorgestreept.")
    assert "er ligt een voorstel" in one.follow().text
    assert "Alles is doorgestreept." in other.get(here).text
    other.submit("Los het verschil op", choose="ongeldig", why="niet te lezen", motive="Ja.")
    assert "niet te lezen" in other.follow().text
    assert session.scalars(select(Ballot)).all() == []


def test_what_was_entered_by_mistake_is_taken_back_and_a_wrong_total_mended(
    session: Session, visit_as: VisitAs, manager: Visitor
) -> None:
    stack = a_stack(session, a_round(session))
    helper = visit_as(clerk := a_helper(session))
    done(entered(session, clerk, stack, 2, why=Why.EMPTY))
    here = f"/wijkbudget/{stack.round.slug}/papier/{stack.id}"
    helper.get(here)
    helper.click("Verander het aantal vellen")
    assert "Vel 2 is al ingevoerd." in helper.submit("Bewaar het aantal", sheets=1, status=400).text
    helper.submit("Bewaar het aantal", sheets=5)
    assert "De stapel heeft nu 5 vellen." in helper.follow().text
    helper.click("Neem een vel terug")
    for number, said in ((3, "Vel 3 zit niet in deze stapel."), (99, "Vel 99 zit niet in deze stapel.")):
        assert said in helper.submit("Neem dit vel terug", number=number, status=400).text
    helper.submit("Neem dit vel terug", number=2)
    assert "Vel 2 is teruggenomen." in helper.follow().text
    manager.get(here)
    manager.submit("Haal de stapel weg")
    assert "Er zijn nog geen stapels." in manager.follow().text


def test_a_file_with_a_mistake_is_refused_by_line(session: Session, visit_as: VisitAs) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    stack = a_stack(session, budget_round)
    helper = visit_as(a_helper(session))

    def send(text: str, status: int = 303) -> str:
        page = helper.get(f"/wijkbudget/{budget_round.slug}/papier/{stack.id}/csv")
        data = {"csrf_token": page.csrf_token, "file": (BytesIO(text.encode()), "vellen.csv")}
        return helper.post(page.url, data, status).text

    said = send(f"vel,code,keuze\n1,{code},1\n2,<b>geen</b>,2\n", 400)
    assert "Regel 3: Deze stemcode kennen we niet." in said
    assert session.scalars(select(Ballot)).all() == []
    send(f"vel,code,keuze\n1,{code},1+2\n2,,niets gekozen\n")
    assert "2 vellen zijn ingevoerd." in helper.follow().text
    send(f"vel,code,keuze\n1,{code},1+2\n")
    assert "1 vel voerde u al eerder in." in helper.follow().text


def test_everybody_reads_what_came_in_on_paper_and_no_small_number(
    session: Session, visit_as: VisitAs, clock: TurnableClock
) -> None:
    """Abuse case 53: neither a small number nor one that the total gives away."""
    budget_round = a_round(session)
    letters = codes(session, budget_round, 12)
    ballots(session, budget_round, [[1], [2]])
    stack = a_stack(session, budget_round, sheets=14)
    entered_twice(session, stack, [(code, [1 + place % 3]) for place, code in enumerate(letters)])
    for clerk in (a_helper(session), a_helper(session)):
        for number in (13, 14):
            done(entered(session, clerk, stack, number, why=Why.UNREADABLE))
    signed(session, stack)
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    manager = visit_as(a_wijkmanager(session))
    said = manager.get(f"/wijkbudget/{budget_round.slug}/uitslag").text
    # Two voted online: who knows that there are 14 ballots would know it from the number on paper.
    assert "Op papier gestemd: 10 of meer." in said
    assert "niet te lezen: minder dan 10." in said


def test_a_void_stack_says_so(session: Session, manager: Visitor, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    stack = a_stack(session, budget_round)
    manager.get(f"/wijkbudget/{budget_round.slug}/opnieuw")
    manager.submit("Laat alle stemmen vervallen en begin opnieuw", reason="Het bedrag klopte niet.")
    assert "Vervallen stapels" in manager.get(f"/wijkbudget/{budget_round.slug}/papier").text
    here = f"/wijkbudget/{budget_round.slug}/papier/{stack.id}"
    assert "Deze stapel is vervallen" in manager.get(here).text
    assert "Deze stapel is vervallen" in manager.get(f"{here}/invoeren", 403).text


def test_a_ballot_to_print_has_every_plan_and_where_to_hand_it_in(session: Session, visitor: Visitor) -> None:
    budget_round = a_round(session)
    page = visitor.get(f"/wijkbudget/{budget_round.slug}/papier/stembiljet?inleveren=De+Spil,+<b>balie</b>")
    assert [
        text in page.text for text in ("Bankjes langs de Lindevaart", "Buurtmoestuin", "De Spil, <b>balie</b>")
    ] == [True] * 3
    assert page.text.count("☐") == 3
    draft = a_round(session, opened=False)
    visitor.get(f"/wijkbudget/{draft.slug}/papier/stembiljet", 404)


@pytest.mark.parametrize("role", [Role.RAAD, Role.COLLEGE, Role.ASSESSOR])
def test_others_of_staff_see_no_paper(session: Session, visit_as: VisitAs, role: Role) -> None:
    stack = a_stack(session, a_round(session))
    somebody = visit_as(an_account(session, role=role))
    for tail in ("", f"/{stack.id}", f"/{stack.id}/invoeren", f"/{stack.id}/csv", f"/{stack.id}/tekenen"):
        somebody.get(f"/wijkbudget/{stack.round.slug}/papier{tail}", 403)
