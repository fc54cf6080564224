"""The result of a wijkbudget is shown on the place: with and without money told apart by shape, and in words."""

from re import findall

import pytest
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import open_vote
from participatie.models.wijkbudget import Round
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.phases import PhaseKind
from tests.factories import (
    a_round,
    a_traject,
    a_wijkmanager,
    an_idea,
    ballots,
    close_phases,
    codes,
    count_it,
    done,
    during,
    runs_all,
)
from tests.factories.places import middle_of, placed, shapes
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def a_counted_round(session: Session) -> Round:
    """Three plans of ideas, of which two are on the map; there is money for the first and third."""
    traject = a_traject(session, phase=PhaseKind.DECIDE)
    ideas = [an_idea(session, traject) for _each in range(3)]
    for idea in ideas:
        idea.status = IdeaStatus.ADMITTED
    offered = [("Bank", 10_000), ("Brug", 90_000), ("Boom", 5_000)]
    budget_round = a_round(session, traject=traject, plans=offered, pot=20_000, opened=False)
    for plan, idea in zip(budget_round.plans, ideas, strict=True):
        plan.idea_id, plan.cost_cents = idea.id, min(plan.cost_cents, 20_000)
    for number in (0, 1):
        placed(session, ideas[number], *middle_of(number))
    codes(session, budget_round, 1)
    close_phases(session, traject, PhaseKind.VOTE)
    done(open_vote(session, runs_all(a_wijkmanager(session)), budget_round, during(session, traject, PhaseKind.VOTE)))
    session.commit()
    ballots(session, budget_round, [[1, 3], [1, 3], [2]])
    count_it(session, budget_round)
    return budget_round


def test_plans_with_and_without_money_have_pins_of_their_own_shape(manager: Visitor, session: Session) -> None:
    shapes(session)
    budget_round = a_counted_round(session)
    html = manager.get(f"/wijkbudget/{budget_round.slug}/uitslag").html.replace("\n", " ")
    plans = f"/wijkbudget/{budget_round.slug}/plannen"
    pins = findall(r'<a class="(pp-pin[^"]*)" href="([^"]+)"[^>]*>.*?<(circle|rect) .*?<text [^>]*>(\d+)</text>', html)
    assert pins == [
        ("pp-pin", f"{plans}/1", "circle", "1"),
        ("pp-pin pp-pin--without", f"{plans}/2", "rect", "2"),
    ]
    assert "Rond: dit plan kreeg geld." in html
    assert "Vierkant: dit plan kreeg geen geld." in html
    with_money, without = html.split("Deze plannen kregen geen geld", 1)
    assert "nummer 1 op de kaart" in with_money
    assert "nummer 2 op de kaart" in without


def test_a_round_without_places_has_no_map(manager: Visitor, session: Session) -> None:
    budget_round = a_counted_round(session)
    assert "pp-map" not in manager.get(f"/wijkbudget/{budget_round.slug}/uitslag").html, "there are no shapes"
