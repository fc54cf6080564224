"""What a round says about counting: filled in, read by residents, frozen, counted, and read back from the open data."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import election_of
from participatie.allocation import Reason, Utility
from participatie.allocation.pabulib import Fault, PabulibError, read_pabulib, write_pabulib
from participatie.models.accounts import Account
from participatie.models.wijkbudget import AllocationLine, Round
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulebooks import contradiction_in
from participatie.spelregels.verdicts import Refusal, refused
from participatie.verification.rulebook import rules_of
from tests.factories import a_round, a_traject, a_wijkmanager, ballots, count_it, euros
from tests.visitor import Visitor

pytestmark = pytest.mark.pages
FILLED = {"title": "Lente", "slug": "lente", "pot": "20.000", "min_choices": "1", "rule": "equal-shares-add1u"}
COUNTING = {
    "utility": "cardinality", "minimum_votes": "3", "category_caps": "groen: 5.000\n\nspelen: 250,50", "incompatible": "4+1, 2 + 7",
}  # fmt: skip


def prepare(manager: Visitor, session: Session, status: int = 303, /, **fields: str) -> str:
    """Fill in the form for a round."""
    traject = a_traject(session, phase=PhaseKind.VOTE)
    manager.get(f"/trajecten/{traject.slug}/wijkbudget/nieuw")
    filled: dict[str, Any] = {**FILLED, **fields}
    return manager.submit("Bewaar de stemronde", status=status, **filled).text


def test_the_rules_of_counting_are_filled_in_and_come_back(
    session: Session, visit_as: Callable[[Account], Visitor]
) -> None:
    manager = visit_as(a_wijkmanager(session))
    prepare(manager, session, **COUNTING)
    budget_round = session.scalars(select(Round)).one()
    assert (budget_round.utility, budget_round.minimum_votes) == ("cardinality", 3)
    assert budget_round.category_caps_cents == {"groen": 500_000, "spelen": 25_050}
    assert budget_round.incompatible == [[1, 4], [2, 7]]
    page = manager.get("/wijkbudget/lente/bewerken").text
    assert "spelen: 250,50" in page
    manager.submit("Bewaar de veranderingen", rule="phragmen")
    session.expire_all()
    assert budget_round.incompatible == [[1, 4], [2, 7]]
    assert budget_round.utility == "cost"  # nothing asks after it any more
    page = manager.get("/wijkbudget/lente/reglement").text
    for said in ("Plannen 1, 4", "minstens 3 stemmen", "Naar groen gaat hoogstens", "Elke kiezer spaart even snel"):
        assert said in page


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"category_caps": "groen 5000"}, "een dubbele punt en een bedrag"),
        ({"category_caps": "groen: 1\ngroen: 2"}, "twee keer: groen"),
        ({"category_caps": "groen: veel"}, "Schrijf een bedrag"),
        ({"incompatible": "1 en 4"}, "met een plus ertussen"),
        ({"incompatible": "3"}, "met een plus ertussen"),
        ({"incompatible": "3+3"}, "twee keer in dezelfde groep"),
        ({"minimum_votes": "-1"}, "Vul een getal in"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    session: Session, visit_as: Callable[[Account], Visitor], fields: dict[str, str], said: str
) -> None:
    assert said in prepare(visit_as(a_wijkmanager(session)), session, 400, **fields)


@pytest.mark.parametrize(
    "changes, one",
    [({"category_caps_cents": {"muziek": 1}}, "category_caps"), ({"incompatible": ((1, 9),)}, "incompatible")],
)
def test_a_rule_about_plans_that_are_not_there_is_refused(session: Session, changes: dict[str, Any], one: str) -> None:
    rulebook = a_round(session, opened=False, categories=["groen"]).draft_rulebook()
    assert contradiction_in(rulebook)
    assert contradiction_in(replace(rulebook, **changes)) == refused(
        Refusal.RULEBOOK_CONTRADICTS, one=one, other="plans"
    )


def test_a_rulebook_that_says_nothing_new_is_written_as_before(session: Session) -> None:
    usual = a_round(session, opened=False).draft_rulebook()
    assert not {"utility", "incompatible"} & set(usual.canonical_json().replace('"', " ").split())
    assert '"incompatible":[[1,2]]' in replace(usual, incompatible=((1, 2),)).canonical_json()


def test_they_are_counted_and_the_open_data_says_the_same(session: Session) -> None:
    budget_round = a_round(
        session, phase=PhaseKind.DECIDE, pot=euros(1000), categories=["groen", "spelen"], rule="equal-shares-greedy",
        plans=[("Plein met bomen", euros(500)), ("Plein met gras", euros(500)), ("Bank", euros(300))],
        utility="cardinality", incompatible=[[1, 2]], category_caps_cents={"groen": euros(800)},
    )  # fmt: skip
    cast = [[1, 2], [1, 2], [1, 3], [1]]
    ballots(session, budget_round, cast)
    count_it(session, budget_round)
    reasons = {line.plan_id: line.reason for line in session.scalars(select(AllocationLine))}
    by_number = {plan.number: reasons[plan.id] for plan in budget_round.plans}
    assert by_number[2] == Reason.INCOMPATIBLE
    rulebook = budget_round.frozen_rulebook()
    rules = rules_of(rulebook)
    assert (rules.utility, rules.incompatible) == (Utility.CARDINALITY, (("1", "2"),))
    grouped = [("[1,2]", 2), ("[1,3]", 1), ("[1]", 1)]
    written = write_pabulib(election_of(budget_round, grouped, {"1", "3"}))
    again = read_pabulib(written, "weer.pb")
    assert (again.rule, again.utility, again.incompatible) == (rules.rule, rules.utility, rules.incompatible)
    # The format wants a cap for every category: one without gets the whole pot.
    assert again.category_caps == {"groen": euros(800), "spelen": euros(1000)}
    for wrong, fault in (("1+9", Fault.INCOMPATIBLE_UNKNOWN), ("1+1", Fault.INCOMPATIBLE_UNKNOWN)):
        with pytest.raises(PabulibError) as refusal:
            read_pabulib(written.replace("incompatible;1+2", f"incompatible;{wrong}"), "weer.pb")
        assert refusal.value.code is fault
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(written.replace("utility;cardinality", "utility;nut"), "weer.pb")
    assert refusal.value.code is Fault.UTILITY_UNKNOWN
