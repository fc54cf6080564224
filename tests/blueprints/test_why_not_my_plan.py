"""A resident asks why a plan got no money: a sentence for every reason, a picture, and the plans that just missed."""

from re import findall
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from participatie.allocation import AllocationRules, BallotGroup, Leftover, Plan, Reason, Rule, allocate
from participatie.blueprints.wijkbudget.explanations import WHY, explain
from participatie.blueprints.wijkbudget.near_misses import MOST_ON_PAGE, without_money
from participatie.blueprints.wijkbudget.option_words import WHY_OPTION
from participatie.blueprints.wijkbudget.pictures import Mark, picture_of
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Allocation, AllocationLine, Round
from participatie.models.wijkbudget import Plan as PlanRow
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.votes import BallotKind
from tests.factories import count_it
from tests.verification.bundles import a_closed_round, a_result
from tests.visitor import Visitor

NAMES = {reference: f"Plan {reference.upper()}" for reference in "abcdef"}
BALLOTS = (BallotGroup(("a", "b"), 6), BallotGroup(("b", "c"), 3), BallotGroup(("d",), 2), BallotGroup(("c",), 1))


def outcome_of(rule: str, pot: int = 10_000, costs: dict[str, int] | None = None, **rules: Any) -> list[AllocationLine]:
    """The lines of a count as they are stored, with their plans."""
    plans = [
        Plan(name, cost, category="groen", area="Noord")
        for name, cost in (costs or {"a": 5_000, "b": 4_000, "c": 3_000, "d": 9_000, "e": 100, "f": 0}).items()
    ]
    counted = allocate(plans, BALLOTS, AllocationRules(pot, Rule(rule), **rules))
    return [
        AllocationLine(
            plan_id=position, votes=line.votes, score=str(line.score), step=line.step, funded_cents=line.funded_cents,
            balance_after_cents=line.balance_after_cents, position=position, reason=line.reason.value,
            facts=dict(line.facts),
            plan=PlanRow(number=position, reference=line.plan_id, name=NAMES[line.plan_id], cost_cents=line.cost_cents),
        )
        for position, line in enumerate(counted.lines, start=1)
    ]  # fmt: skip


#: Elections that meet every reason a plan can have between them.
ELECTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("greedy", {}),
    ("greedy", {"leftover": Leftover.PART, "minimum_votes": 2}),
    ("greedy", {"leftover": Leftover.NEXT_FITTING, "category_caps": {"groen": 6_000}}),
    ("greedy", {"area_caps": {"Noord": 6_000}}),
    ("greedy", {"category_caps": {"groen": 6_000}, "incompatible": (("a", "b"),)}),
    ("greedy-stop", {"pot": 4_500}),
    ("greedy-per-euro", {"pot": 4_500}),
    ("equal-shares", {}),
    ("equal-shares-add1u", {"pot": 14_000}),
    ("equal-shares-greedy", {"pot": 14_000}),
    ("phragmen", {"pot": 9_500}),
    ("phragmen", {"pot": 11_900, "costs": {"a": 5_000, "b": 4_000, "c": 3_000, "d": 2_600, "e": 100, "f": 0}}),
)


def a_round_of(rule: str, kind: BallotKind = BallotKind.APPROVAL, pot: int = 10_000) -> Round:
    traject = Traject(rules=RuleSet(name="toets").canonical_json(), phases=[])
    return Round(rule=rule, currency="EUR", pot_cents=pot, ballot_kind=kind, traject=traject)


def test_every_reason_has_a_sentence() -> None:
    assert WHY.keys() | WHY_OPTION.keys() == set(Reason)


def test_every_line_is_explained_with_facts_that_are_there(app: Flask) -> None:
    """No fact is taken for zero or for nothing: each one that a sentence asks for stands in the line."""
    met = set()
    with app.test_request_context():
        for rule, terms in ELECTIONS:
            for line in outcome_of(rule, **terms):
                met.add(Reason(line.reason))
                budget_round = a_round_of(rule, pot=terms.get("pot", 10_000))
                said = " ".join(explain(line, budget_round, NAMES))
                assert said.startswith("Dit plan"), said
                assert "None" not in said
                assert "  " not in said
                assert "€ 0 meer" not in said, f"{line.reason}: {said}"
                assert "plan ," not in said
                picture = picture_of(line, budget_round, Allocation(trace={}))
                assert picture or line.reason == Reason.NO_VOTES or not line.plan.cost_cents
                for part in (part for bar in (picture.bars if picture else ()) for part in bar):
                    assert 0 <= part.x <= part.x + part.width <= 100.01, f"{line.reason}: {picture}"
                    assert part.mark in {mark for mark, _words, _number in (picture.rows if picture else ())}
    assert met == set(Reason) - {Reason.CHOSEN, Reason.NOT_CHOSEN}


def test_equal_shares_tell_what_each_paid_and_what_supporters_had_together(app: Flask) -> None:
    with app.test_request_context():
        lines = {line.plan.reference: line for line in outcome_of("equal-shares")}

        def said_of(reference: str, budget_round: Round) -> str:
            return " ".join(explain(lines[reference], budget_round, NAMES)).replace("\xa0", " ")

        paid = said_of("b", a_round_of("equal-shares"))
        assert "betaalde hoogstens € 4,45" in paid  # 40 euros among nine
        lacked = said_of("d", a_round_of("equal-shares"))
        assert "hadden samen nog € 16,66. Dat was € 73,34 te weinig." in lacked  # two shares of a twelfth of 100 euros
        picture = picture_of(lines["d"], a_round_of("equal-shares"), Allocation(trace={}))
        assert picture is not None
        assert [mark for mark, _words, _amount in picture.rows] == [Mark.THIS, Mark.SHORT, Mark.OTHERS]
        points = a_round_of("equal-shares", BallotKind.POINTS)
        assert "Elk punt kostte een kiezer hoogstens € 4,45" in said_of("b", points)


def test_the_nearest_come_first_and_who_had_no_vote_did_not_just_miss() -> None:
    lines = outcome_of(
        "greedy", pot=9_000, costs={"a": 5_000, "b": 4_000, "c": 3_000, "d": 8_999, "e": 100, "f": 9_001}
    )
    missed = without_money(lines)
    # c lacks three votes of the seven of a; d five of eight, and its cost is wholly over.
    assert [line.plan.reference for line in missed.near] == ["c", "d"]
    assert [line.plan.reference for line in missed.others] == ["e", "f"]


@pytest.mark.pages
def test_a_resident_sees_the_money_as_it_went_and_what_just_missed(session: Session, visitor: Visitor) -> None:
    plans = [(f"Plan {number}", 10_000) for number in range(1, MOST_ON_PAGE + 7)]
    budget_round = a_result(session, [[1, 2], [1, 2], [1, 3], [2]], plans=plans, pot=25_000)
    result = f"/wijkbudget/{budget_round.slug}/uitslag"
    page = visitor.get(result)
    [drawn] = findall(r'<svg class="pp-money__steps"[^>]*>', page.html)
    assert 'role="img" aria-label="Het geld, stap voor stap: van €\xa0250 naar €\xa050"' in drawn
    assert "Dit plan kwam het minst tekort" in page.text
    assert "Met 2 stemmen meer was het eerder aan de beurt geweest dan het plan Plan" in page.text
    assert "/plannen/20" not in page.html
    visitor.click("Bekijk alle 24 plannen zonder geld")
    assert visitor.page is not None
    assert "/plannen/20" in visitor.page.html
    visitor.get(result)
    visitor.click("Plan 3")
    assert 'role="img" aria-label="Het geld toen dit plan geen geld kreeg"' in visitor.page.html
    assert "Te weinig" in visitor.page.text
    visitor.get(f"/wijkbudget/{a_result(session, plans=plans[:3]).slug}/uitslag/zonder-geld")


@pytest.mark.pages
def test_before_the_besluit_no_page_tells_what_became_of_a_plan(session: Session, visitor: Visitor) -> None:
    budget_round = a_closed_round(session, [[1], [2]])
    count_it(session, budget_round)
    for page in ("uitslag", "uitslag/zonder-geld", "andere-regels", "stemmen.csv", "plannen.csv"):
        visitor.get(f"/wijkbudget/{budget_round.slug}/{page}", status=404)
