"""What holds for every election, whatever its rules."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Leftover,
    Outcome,
    Plan,
    Rule,
    Utility,
    allocate,
    canonical_json,
    differences,
    tie_order,
    trace_of,
)

Case = tuple[list[Plan], list[BallotGroup], AllocationRules]
CATEGORIES = ["green", "street"]
AREAS = ["north", "south"]


@st.composite
def elections(draw: st.DrawFn) -> Case:
    ids = [f"p{number}" for number in range(draw(st.integers(1, 7)))]
    plans = [
        Plan(
            plan_id,
            100 * draw(st.integers(0, 9)),
            category=draw(st.sampled_from([None, *CATEGORIES])),
            area=draw(st.sampled_from([None, *AREAS])),
        )
        for plan_id in ids
    ]
    caps = st.integers(0, 1500)
    rules = AllocationRules(
        pot_cents=100 * draw(st.integers(0, 25)),
        rule=draw(st.sampled_from(Rule)),
        leftover=draw(st.sampled_from(Leftover)),
        category_caps=draw(st.dictionaries(st.sampled_from(CATEGORIES), caps)),
        minimum_votes=draw(st.integers(0, 3)),
        area_caps=draw(st.dictionaries(st.sampled_from(AREAS), caps)),
        utility=draw(st.sampled_from(Utility)),
        incompatible=tuple(draw(st.lists(st.sets(st.sampled_from(ids), min_size=2).map(tuple), max_size=2)))
        if len(ids) > 1
        else (),
    )
    return plans, draw(st.lists(ballot_groups(ids), max_size=6)), rules


@st.composite
def ballot_groups(draw: st.DrawFn, ids: list[str]) -> BallotGroup:
    """Approvals, or points; with an equal weight for most."""
    chosen = tuple(draw(st.lists(st.sampled_from(ids), unique=True)))
    points = tuple(draw(st.integers(0, 5)) for _ in chosen) if draw(st.booleans()) else None
    weight = draw(st.sampled_from([1, 1, 1, Fraction(1, 2), Fraction(2, 3)]))
    return BallotGroup(chosen, draw(st.integers(1, 4)), points, weight)


def assert_books_balance(outcome: Outcome, plans: list[Plan]) -> None:
    """Check what holds for every outcome: the pot, the caps, and each plan once."""
    assert sorted(line.plan_id for line in outcome.lines) == sorted(plan.id for plan in plans)
    assert outcome.spent_cents == sum(line.funded_cents for line in outcome.lines)
    assert 0 <= outcome.left_cents == outcome.rules.pot_cents - outcome.spent_cents
    assert [line.plan_id for line in outcome.lines if line.step] == list(outcome.funded)
    left = outcome.rules.pot_cents
    for step, line in enumerate(outcome.lines[: len(outcome.funded)], start=1):
        left -= line.funded_cents
        assert (line.step, line.balance_after_cents) == (step, left)
        assert 0 <= line.funded_cents <= line.cost_cents
    assert not any(line.funded_cents for line in outcome.lines[len(outcome.funded) :])


@settings(max_examples=120, deadline=None)
@given(elections())
def test_never_over_the_pot_or_a_cap_and_every_plan_has_its_line(case: Case) -> None:
    # Categories are capped for the rule only; areas, and plans that exclude each other, for the leftover too.
    plans, ballots, rules = case
    outcome = allocate(plans, ballots, rules)
    assert_books_balance(outcome, plans)
    category = {plan.id: plan.category for plan in plans}
    for capped, cap in rules.category_caps.items():
        by_rule = [
            line.funded_cents
            for line in outcome.lines
            if category[line.plan_id] == capped and line.reason in {"funded", "funded-free", "funded-to-complete"}
        ]
        assert sum(by_rule) <= cap
    if rules.rule is Rule.MOST_VOTES:
        return  # nothing is divided there
    area = {plan.id: plan.area for plan in plans}
    for capped, cap in rules.area_caps.items():
        assert sum(line.funded_cents for line in outcome.lines if area[line.plan_id] == capped) <= cap
    for group in rules.incompatible:
        assert len(set(group) & set(outcome.funded)) <= 1


@settings(max_examples=50, deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_and_the_grouping_of_ballots_never_matter(case: Case, chance: object) -> None:
    plans, ballots, rules = case
    single = [
        replace(ballot, choices=ballot.choices[::-1], count=1, points=ballot.points and ballot.points[::-1])
        for ballot in ballots
        for _ in range(ballot.count)
    ]
    chance.shuffle(single)  # type: ignore[attr-defined]
    assert allocate(plans, single, rules) == allocate(plans, ballots, rules)


@settings(max_examples=40, deadline=None)
@given(elections(), st.text(max_size=5))
def test_the_same_seed_gives_the_same_outcome_in_any_order_of_plans(case: Case, seed: str) -> None:
    plans, ballots, rules = case
    order = tie_order((plan.id for plan in plans), seed)
    forwards = allocate(plans, ballots, rules, order)
    assert allocate(plans[::-1], ballots, rules, order) == forwards


@settings(max_examples=40, deadline=None)
@given(elections(), st.booleans())
def test_a_trace_can_be_counted_again_and_a_forged_one_shows(case: Case, drawn: bool) -> None:
    plans, ballots, rules = case
    order = tie_order((plan.id for plan in plans), "seed") if drawn else None
    trace = trace_of(allocate(plans, ballots, rules, order))
    assert differences(trace, plans, ballots) == ()
    assert canonical_json(trace) == canonical_json(dict(reversed(trace.items())))
    forged = trace | {"leftCents": rules.pot_cents + 1}
    assert differences(forged, plans, ballots) == ("leftCents",)


@settings(max_examples=50, deadline=None)
@given(elections())
def test_the_missing_votes_are_exactly_enough(case: Case) -> None:
    plans, ballots, rules = case
    if rules.rule not in {Rule.GREEDY, Rule.GREEDY_STOP, Rule.GREEDY_PER_EURO}:
        return
    outcome = allocate(plans, ballots, rules)
    for line in outcome.lines:
        short = line.facts.get("votes_short")
        if "taken_by" in line.facts and isinstance(short, int):
            enough = allocate(plans, [*ballots, BallotGroup((line.plan_id,), short)], rules)
            assert line.plan_id in enough.funded
