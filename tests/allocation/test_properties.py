"""What holds for every election, whatever its rules."""

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
    allocate,
    canonical_json,
    differences,
    tie_order,
    trace_of,
)

Case = tuple[list[Plan], list[BallotGroup], AllocationRules]
CATEGORIES = ["green", "street"]


@st.composite
def elections(draw: st.DrawFn) -> Case:
    ids = [f"p{number}" for number in range(draw(st.integers(1, 7)))]
    plans = [
        Plan(plan_id, 100 * draw(st.integers(0, 9)), category=draw(st.sampled_from([None, *CATEGORIES])))
        for plan_id in ids
    ]
    chosen = st.lists(st.sampled_from(ids), unique=True).map(tuple)
    weights = st.sampled_from([1, 1, 1, Fraction(1, 2), Fraction(2, 3)])
    ballots = draw(st.lists(st.builds(BallotGroup, chosen, st.integers(1, 4), weight=weights), max_size=6))
    rules = AllocationRules(
        pot_cents=100 * draw(st.integers(0, 25)),
        rule=draw(st.sampled_from(Rule)),
        leftover=draw(st.sampled_from(Leftover)),
        category_caps=draw(st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 1500))),
        minimum_votes=draw(st.integers(0, 3)),
    )
    return plans, ballots, rules


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


@settings(max_examples=200, deadline=None)
@given(elections())
def test_never_over_the_pot_or_a_cap_and_every_plan_has_its_line(case: Case) -> None:
    plans, ballots, rules = case
    outcome = allocate(plans, ballots, rules)
    assert_books_balance(outcome, plans)
    category = {plan.id: plan.category for plan in plans}
    for capped, cap in rules.category_caps.items():
        by_rule = [
            line.funded_cents
            for line in outcome.lines
            if category[line.plan_id] == capped and line.reason in {"funded", "funded-free"}
        ]
        assert sum(by_rule) <= cap


@settings(max_examples=80, deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_and_the_grouping_of_ballots_never_matter(case: Case, chance: object) -> None:
    plans, ballots, rules = case
    single = [
        BallotGroup(ballot.choices[::-1], 1, weight=ballot.weight) for ballot in ballots for _ in range(ballot.count)
    ]
    chance.shuffle(single)  # type: ignore[attr-defined]
    assert allocate(plans, single, rules) == allocate(plans, ballots, rules)


@settings(max_examples=60, deadline=None)
@given(elections(), st.text(max_size=5))
def test_the_same_seed_gives_the_same_outcome_in_any_order_of_plans(case: Case, seed: str) -> None:
    plans, ballots, rules = case
    order = tie_order((plan.id for plan in plans), seed)
    forwards = allocate(plans, ballots, rules, order)
    assert allocate(plans[::-1], ballots, rules, order) == forwards


@settings(max_examples=60, deadline=None)
@given(elections(), st.booleans())
def test_a_trace_can_be_counted_again_and_a_forged_one_shows(case: Case, drawn: bool) -> None:
    plans, ballots, rules = case
    order = tie_order((plan.id for plan in plans), "seed") if drawn else None
    trace = trace_of(allocate(plans, ballots, rules, order))
    assert differences(trace, plans, ballots) == ()
    assert canonical_json(trace) == canonical_json(dict(reversed(trace.items())))
    forged = trace | {"leftCents": rules.pot_cents + 1}
    assert differences(forged, plans, ballots) == ("leftCents",)


@settings(max_examples=80, deadline=None)
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
