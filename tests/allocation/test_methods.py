"""What holds for Phragmen's method, for completions, and for numbers of any size."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Leftover,
    Outcome,
    Plan,
    Reason,
    Rule,
    Utility,
    allocate,
    trace_of,
)
from participatie.allocation.pabulib import Fault, PabulibError, read_pabulib
from tests.allocation.test_properties import Case, assert_books_balance, elections

COMPLETED = {Rule.EQUAL_SHARES_GREEDY: Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_ADD1U: Rule.EQUAL_SHARES_ADD1}
#: With a raise of a fixed amount more voters do matter.
WITHOUT_RAISES = [rule for rule in Rule if "add1" not in rule.value]
MOST = 2**53


def by(case: Case, rule: Rule) -> Outcome:
    plans, ballots, rules = case
    return allocate(plans, ballots, replace(rules, rule=rule, leftover=Leftover.NONE))


@settings(max_examples=40, deadline=None)
@given(elections())
def test_phragmen_keeps_to_the_pot_and_buys_in_the_order_in_which_the_money_is_earned(case: Case) -> None:
    outcome = by(case, Rule.PHRAGMEN)
    assert_books_balance(outcome, case[0])
    earned = [line.facts["earned_cents"] for line in outcome.lines if line.reason is Reason.FUNDED]
    assert earned == sorted(earned)


@settings(max_examples=30, deadline=None)
@given(elections())
def test_a_completion_only_adds_plans(case: Case) -> None:
    for completed, plain in COMPLETED.items():
        first = by(case, plain).funded
        assert by(case, completed).funded[: len(first)] == first


@settings(max_examples=30, deadline=None)
@given(elections(), st.sampled_from([Rule.PHRAGMEN, Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_ADD1]))
def test_one_group_in_two_gives_the_same_by_phragmen_and_by_cardinality(case: Case, rule: Rule) -> None:
    plans, ballots, rules = case
    rules = replace(rules, rule=rule, utility=Utility.CARDINALITY)
    split = [replace(ballot, count=part) for ballot in ballots for part in (1, ballot.count - 1) if part]
    assert allocate(plans, split, rules) == allocate(plans, ballots, rules)


@settings(max_examples=30, deadline=None)
@given(elections(), st.sampled_from(WITHOUT_RAISES))
def test_a_hundred_million_times_as_many_voters_fund_the_same_plans(case: Case, rule: Rule) -> None:
    plans, ballots, rules = case
    times = 100_000_000
    many = [replace(ballot, count=ballot.count * times) for ballot in ballots]
    rules = replace(rules, rule=rule, minimum_votes=0)
    few, more = allocate(plans, ballots, rules), allocate(plans, many, rules)
    assert (more.funded, more.voters) == (few.funded, few.voters * times)
    assert [(line.reason, line.score) for line in more.lines] == [
        (line.reason, line.score * times) for line in few.lines
    ]


@pytest.mark.parametrize("rule", Rule)
def test_a_million_voters_who_agree_are_one_group(rule: Rule) -> None:
    plans = [Plan("a", 70_000_000), Plan("b", 50_000_000)]
    outcome = allocate(plans, [BallotGroup(("a", "b"), 1_000_000)], AllocationRules(100_000_000, rule))
    assert len(outcome.funded) == 1
    assert outcome.voters == 1_000_000


@pytest.mark.parametrize(
    "ballots",
    [
        [BallotGroup(("a",), MOST + 1)],
        [BallotGroup(("a",), MOST // 2), BallotGroup((), MOST)],
        [BallotGroup(("a",), 2, (MOST,))],
        [BallotGroup(("a",), 1, (10**30,))],
        [BallotGroup(("a",), 1, weight=10**30)],
        [BallotGroup(("a",)), BallotGroup(("a",), weight=Fraction(1, 10**30))],
    ],
)
def test_numbers_beyond_53_bits_are_refused(ballots: list[BallotGroup]) -> None:
    with pytest.raises(ValueError, match="beyond reason"):
        allocate([Plan("a", 1)], ballots, AllocationRules(1))


BIG = """\
META
key;value
budget;999999999999999.99
vote_type;scoring
PROJECTS
project_id;cost
a;999999999999999.98
b;0.01
VOTES
voter_id;vote;points
"""


@pytest.mark.parametrize("rule", [rule for rule in Rule if "add1" not in rule.value])
def test_amounts_of_fifteen_digits_are_counted_to_the_cent(rule: Rule) -> None:
    election = read_pabulib(BIG + "v1;a,b;999999999999999,1\nv2;a,b;3,1\n", "big.pb")
    outcome = allocate(election.plans, election.ballots, election.rules(rule))
    if rule is not Rule.MOST_VOTES:
        assert outcome.spent_cents in {0, 1, 99_999_999_999_999_998, 99_999_999_999_999_999}
    assert outcome.lines[0].score in {10**15 + 2, 2}


def test_points_that_together_are_beyond_reason_are_refused_with_the_line_of_the_highest() -> None:
    votes = [f"v{number};a;{'999999999999999' if number == 7 else '1'}" for number in range(12)]
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(BIG + "\n".join(votes), "big.pb")
    assert (refusal.value.code, refusal.value.line) == (Fault.NUMBER_INVALID, 18)
    assert "regel 18" in str(refusal.value)


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize(
    ("plans", "ballots", "pot_cents"),
    [
        ([Plan("a", 100), Plan("b", 0)], [], 1000),
        ([], [BallotGroup((), 3)], 1000),
        ([], [], 0),
        ([Plan("a", 100), Plan("b", 0)], [BallotGroup(("a", "b"), 3)], 0),
        ([Plan("a", 1001)], [BallotGroup(("a",), 3)], 1000),
        ([Plan(each, 400) for each in "abc"], [BallotGroup(("a", "b", "c"), 5)], 1000),
        ([Plan(each, 400) for each in "abc"], [BallotGroup((each,), 5) for each in "abc"], 1000),
    ],
    ids=["no ballots", "no plans", "nothing", "no pot", "above the pot", "all tied on one ballot", "all tied"],
)
def test_an_election_in_which_little_can_be_done_has_an_outcome_with_a_reason_for_each_plan(
    plans: Sequence[Plan], ballots: Sequence[BallotGroup], pot_cents: int, rule: Rule
) -> None:
    for leftover in Leftover:
        outcome = allocate(plans, ballots, AllocationRules(pot_cents, rule, leftover))
        assert_books_balance(outcome, list(plans))
        assert trace_of(outcome)["leftCents"] == outcome.left_cents
        if rule is not Rule.MOST_VOTES:
            assert not any(line.funded_cents for line in outcome.lines) or pot_cents
