"""Equal shares by hand, and against a slow count voter by voter."""

from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Leftover,
    Line,
    Outcome,
    Plan,
    Reason,
    Rule,
    allocate,
    equal_shares,
    purses,
)


def line(outcome: Outcome, plan_id: str) -> Line:
    return next(line for line in outcome.lines if line.plan_id == plan_id)


def test_supporters_buy_together_what_their_shares_allow() -> None:
    # Nine euros, three voters: three euros each. a and b have two supporters each
    # (a tie, a first): 2 + 1 euro each. The third voter buys c; d stays 2 euros short.
    plans = [Plan("a", 400), Plan("b", 200), Plan("c", 300), Plan("d", 500), Plan("e", 100)]
    ballots = [BallotGroup(("a", "b"), 2), BallotGroup(("c", "d"))]
    outcome = allocate(plans, ballots, AllocationRules(900, Rule.EQUAL_SHARES))
    assert outcome.funded == ("a", "b", "c")
    assert outcome.facts == {"share_cents": 300}
    assert line(outcome, "a").facts == {"price_cents": 200, "tied_with": ("b",)}
    assert [(tie.plan_ids, tie.decisive) for tie in outcome.ties] == [(("a", "b"), False)]
    assert line(outcome, "d").reason is Reason.NOT_AFFORDABLE_BY_SUPPORTERS
    assert line(outcome, "d").facts == {"supporters_cents": 0, "short_cents": 500}
    assert line(outcome, "e").reason is Reason.NO_VOTES


def test_who_has_too_little_pays_all_and_the_others_share_the_rest() -> None:
    # Twelve euros, three voters: four each. The two supporters of a pay 3 each. Of those
    # of b (5 euros) one has 1 left and pays it, the other pays 4.
    plans = [Plan("a", 600), Plan("b", 500)]
    ballots = [BallotGroup(("a", "b"), 1), BallotGroup(("b",), 1), BallotGroup(("a",), 1)]
    outcome = allocate(plans, ballots, AllocationRules(1200, Rule.EQUAL_SHARES))
    assert outcome.funded == ("a", "b")
    assert line(outcome, "b").facts["price_cents"] == 400


def test_a_large_majority_does_not_take_everything() -> None:
    plans = [Plan("a", 400), Plan("b", 400), Plan("minority", 200)]
    ballots = [BallotGroup(("a", "b"), 8), BallotGroup(("minority",), 2)]
    greedy = allocate(plans, ballots, AllocationRules(800))
    shares = allocate(plans, ballots, AllocationRules(1000, Rule.EQUAL_SHARES))
    assert "minority" not in greedy.funded
    assert shares.funded == ("a", "b", "minority")


def test_points_make_a_supporter_pay_in_proportion() -> None:
    # a: 3 points against 1; the price of a point is 1 euro: 3 and 1 euro.
    plans = [Plan("a", 400), Plan("b", 100)]
    ballots = [BallotGroup(("a",), 1, (3,)), BallotGroup(("a", "b"), 1, (1, 2))]
    outcome = allocate(plans, ballots, AllocationRules(800, Rule.EQUAL_SHARES))
    assert line(outcome, "a").facts["price_cents"] == 100
    assert outcome.funded == ("a", "b")


def test_without_completion_money_may_stay_and_leftover_may_spend_it() -> None:
    plans = [Plan("a", 600), Plan("b", 500)]
    ballots = [BallotGroup(("a",)), BallotGroup(("b",))]
    rules = AllocationRules(1000, Rule.EQUAL_SHARES)
    assert allocate(plans, ballots, rules).funded == ("b",)
    rest = AllocationRules(1000, Rule.EQUAL_SHARES, Leftover.PART)
    outcome = allocate(plans, ballots, rest)
    assert outcome.funded == ("b", "a")
    assert line(outcome, "a").funded_cents == 500


def test_add1_raises_every_share_by_a_euro_until_nothing_fits() -> None:
    plans = [Plan("a", 600), Plan("b", 400)]
    ballots = [BallotGroup(("a",)), BallotGroup(("b",))]
    outcome = allocate(plans, ballots, AllocationRules(1000, Rule.EQUAL_SHARES_ADD1))
    assert outcome.funded == ("a", "b")
    assert outcome.facts == {"raises": 1, "share_cents": 600}


def test_add1_stops_before_the_raise_that_would_break_the_pot() -> None:
    plans = [Plan("a", 600), Plan("b", 600)]
    ballots = [BallotGroup(("a",)), BallotGroup(("b",))]
    outcome = allocate(plans, ballots, AllocationRules(1000, Rule.EQUAL_SHARES_ADD1))
    assert outcome.funded == ()
    assert outcome.facts == {"raises": 0, "share_cents": 500}


def test_the_comparison_goes_on_after_nothing_fits_and_then_asks_the_voters() -> None:
    # Greedy funds big for seven voters; equal shares funds small for three: greedy is preferred.
    plans = [Plan("big", 1000), Plan("small", 300)]
    ballots = [BallotGroup(("big",), 7), BallotGroup(("small",), 3)]
    shares = allocate(plans, ballots, AllocationRules(1000, Rule.EQUAL_SHARES_ADD1))
    compared = allocate(plans, ballots, AllocationRules(1000, Rule.EQUAL_SHARES_ADD1_COMPARISON))
    assert shares.funded == ("small",)
    assert compared.funded == ("big",)
    assert (compared.facts["prefer_equal_shares"], compared.facts["prefer_greedy"]) == (3, 7)


@pytest.mark.parametrize("rule", [Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_ADD1])
def test_a_cap_holds_under_equal_shares(rule: Rule) -> None:
    plans = [Plan("a", 400, category="x"), Plan("b", 400, category="x"), Plan("c", 200)]
    ballots = [BallotGroup(("a", "b", "c"), 2)]
    outcome = allocate(plans, ballots, AllocationRules(1000, rule, category_caps={"x": 500}))
    assert outcome.funded == ("a", "c")
    assert line(outcome, "b").reason is Reason.OVER_CATEGORY_CAP
    assert line(outcome, "b").facts["available_cents"] == 100


def test_an_election_without_ballots_funds_nothing_by_equal_shares() -> None:
    outcome = allocate([Plan("a", 100)], [], AllocationRules(1000, Rule.EQUAL_SHARES_ADD1))
    assert outcome.funded == ()
    assert line(outcome, "a").reason is Reason.NO_VOTES


def count_slowly(plans: list[Plan], ballots: list[dict[str, int]], share: Fraction, order: list[str]) -> list[str]:
    """Run the definition in the paper, voter by voter, in fractions."""
    owned = [share] * len(ballots)
    bought: list[str] = []

    def reach(plan_id: str, voter: int) -> Fraction:
        return owned[voter] / ballots[voter][plan_id]

    while True:
        offers = []
        for plan in plans:
            backers = [voter for voter, ballot in enumerate(ballots) if ballot.get(plan.id)]
            if plan.id in bought or sum(owned[voter] for voter in backers) < plan.cost_cents or not backers:
                continue
            backers.sort(key=partial(reach, plan.id))
            left, points = Fraction(plan.cost_cents), sum(ballots[voter][plan.id] for voter in backers)
            for voter in backers:
                given = ballots[voter][plan.id]
                if left * given <= owned[voter] * points:
                    break
                left, points = left - owned[voter], points - given
            offers.append((left / points / plan.cost_cents, order.index(plan.id), plan, left / points))
        if not offers:
            return bought
        _, _, plan, price = min(offers, key=lambda offer: offer[:2])
        bought.append(plan.id)
        for voter, ballot in enumerate(ballots):
            owned[voter] -= min(owned[voter], price * ballot.get(plan.id, 0))


@st.composite
def small_elections(draw: st.DrawFn) -> tuple[list[Plan], list[dict[str, int]], int, list[str]]:
    ids = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    plans = [Plan(plan_id, 100 * draw(st.integers(1, 12))) for plan_id in ids]
    most = draw(st.sampled_from([1, 3]))
    ballot = st.dictionaries(st.sampled_from(ids), st.integers(1, most), max_size=6)
    ballots = draw(st.lists(ballot, min_size=1, max_size=9))
    return plans, ballots, 100 * draw(st.integers(1, 30)), draw(st.permutations(ids))


def grouped(ballots: list[dict[str, int]]) -> list[BallotGroup]:
    return [BallotGroup(tuple(ballot), 1, tuple(ballot.values())) for ballot in ballots]


@settings(max_examples=200, deadline=None)
@given(small_elections())
def test_equal_shares_is_the_definition_in_the_paper(
    election: tuple[list[Plan], list[dict[str, int]], int, list[str]],
) -> None:
    plans, ballots, pot, order = election
    outcome = allocate(plans, grouped(ballots), AllocationRules(pot, Rule.EQUAL_SHARES), order)
    assert list(outcome.funded) == count_slowly(plans, ballots, Fraction(pot, len(ballots)), order)


@settings(max_examples=60, deadline=None)
@given(small_elections(), st.sampled_from([2.0**-30, 2.0**-10, 2.0**-4]))
def test_the_quick_purses_never_decide(
    election: tuple[list[Plan], list[dict[str, int]], int, list[str]], rounding: float
) -> None:
    """With floats that are taken to err a million times as much, or wildly, the exact purses decide the same."""
    plans, ballots, pot, order = election
    rules = AllocationRules(pot, Rule.EQUAL_SHARES_ADD1)
    quick = allocate(plans, grouped(ballots), rules, order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(purses, "ROUNDING", rounding)
        patch.setattr(equal_shares, "_LESS", 1 - rounding)
        slow = allocate(plans, grouped(ballots), rules, order)
    assert slow == quick
