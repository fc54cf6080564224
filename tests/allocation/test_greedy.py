"""Greedy by hand: who is funded, who is not, and by how much each missed it."""

from fractions import Fraction

import pytest

from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Leftover,
    Line,
    Outcome,
    Plan,
    Reason,
    Rule,
    TieBreak,
    allocate,
    ranked,
    tie_order,
)


def votes(**counts: int) -> list[BallotGroup]:
    """Give every plan its own voters: `votes(bench=3)`."""
    return [BallotGroup((plan_id,), count) for plan_id, count in counts.items()]


def line(outcome: Outcome, plan_id: str) -> Line:
    return next(line for line in outcome.lines if line.plan_id == plan_id)


PLANS = [
    Plan("park", 60_000, category="green"),
    Plan("bench", 50_000, category="street"),
    Plan("tree", 30_000, category="green"),
    Plan("lamp", 10_000, category="street"),
]
BALLOTS = votes(park=40, bench=30, tree=20, lamp=10)


def test_greedy_skips_what_does_not_fit_and_goes_on() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(100_000))
    assert outcome.funded == ("park", "tree", "lamp")
    assert (outcome.spent_cents, outcome.left_cents, outcome.voters) == (100_000, 0, 100)
    assert [(line.plan_id, line.step, line.balance_after_cents) for line in outcome.lines] == [
        ("park", 1, 40_000),
        ("tree", 2, 10_000),
        ("lamp", 3, 0),
        ("bench", None, 40_000),
    ]
    assert line(outcome, "bench").reason is Reason.OVER_BUDGET
    assert line(outcome, "bench").facts == {
        "short_cents": 10_000,
        "available_cents": 40_000,
        "taken_by": "park",
        "votes_short": 11,
    }


def test_a_plan_that_wins_the_tie_needs_one_vote_less() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(100_000), ("bench", "park", "tree", "lamp"))
    assert line(outcome, "bench").facts["votes_short"] == 10


def test_a_plan_dearer_than_the_pot_took_nobodys_place() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(40_000))
    assert line(outcome, "park").facts == {"short_cents": 20_000, "available_cents": 40_000}


def test_greedy_stop_ends_at_the_first_that_does_not_fit() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(100_000, Rule.GREEDY_STOP))
    assert outcome.funded == ("park",)
    assert line(outcome, "bench").reason is Reason.OVER_BUDGET
    assert line(outcome, "tree").reason is Reason.AFTER_STOP
    assert line(outcome, "tree").facts == {
        "stopped_by": "bench",
        "available_cents": 40_000,
        "taken_by": "bench",
        "votes_short": 11,
    }


def test_a_full_category_does_not_end_greedy_stop() -> None:
    rules = AllocationRules(200_000, Rule.GREEDY_STOP, category_caps={"green": 50_000})
    assert allocate(PLANS, BALLOTS, rules).funded == ("bench", "tree", "lamp")


def test_greedy_per_euro_orders_by_votes_for_each_cent() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(100_000, Rule.GREEDY_PER_EURO))
    assert outcome.funded == ("lamp", "park", "tree")
    missed = line(outcome, "bench")
    assert missed.facts["taken_by"] == "park"
    again = allocate(PLANS, [*BALLOTS, *votes(bench=int(str(missed.facts["votes_short"])))], outcome.rules)
    assert "bench" in again.funded


def test_a_category_cap_holds_and_says_what_was_left_in_it() -> None:
    rules = AllocationRules(200_000, category_caps={"green": 70_000})
    outcome = allocate(PLANS, BALLOTS, rules)
    assert outcome.funded == ("park", "bench", "lamp")
    tree = line(outcome, "tree")
    assert tree.reason is Reason.OVER_CATEGORY_CAP
    assert tree.facts == {
        "category": "green",
        "cap_cents": 70_000,
        "available_cents": 10_000,
        "short_cents": 20_000,
        "taken_by": "park",
        "votes_short": 21,
    }


def test_leftover_next_fitting_ignores_the_caps() -> None:
    rules = AllocationRules(150_000, leftover=Leftover.NEXT_FITTING, category_caps={"green": 70_000})
    outcome = allocate(PLANS, BALLOTS, rules)
    assert outcome.funded == ("park", "bench", "lamp", "tree")
    assert line(outcome, "tree").reason is Reason.FUNDED_FROM_LEFTOVER
    assert line(outcome, "tree").facts == {"passed_over": "over-category-cap"}


def test_leftover_next_fitting_goes_on_after_a_stop() -> None:
    rules = AllocationRules(100_000, Rule.GREEDY_STOP, Leftover.NEXT_FITTING)
    assert allocate(PLANS, BALLOTS, rules).funded == ("park", "tree", "lamp")


def test_leftover_part_gives_the_rest_to_the_best_unfunded_plan() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(95_000, leftover=Leftover.PART))
    assert outcome.funded == ("park", "tree", "bench")
    bench = line(outcome, "bench")
    assert (bench.reason, bench.funded_cents, bench.balance_after_cents) == (Reason.FUNDED_IN_PART, 5_000, 0)
    assert bench.facts == {"passed_over": "over-budget", "short_cents": 45_000}


def test_leftover_part_may_reach_the_whole_cost() -> None:
    rules = AllocationRules(100_000, leftover=Leftover.PART, category_caps={"street": 0})
    outcome = allocate(PLANS[1:3], BALLOTS[1:3], rules)
    assert line(outcome, "bench").reason is Reason.FUNDED_FROM_LEFTOVER
    assert outcome.left_cents == 20_000


def test_leftover_part_without_money_helps_nobody() -> None:
    outcome = allocate(PLANS, BALLOTS, AllocationRules(60_000, leftover=Leftover.PART))
    assert outcome.funded == ("park",)


def test_a_plan_under_the_minimum_takes_no_part_not_even_in_the_leftover() -> None:
    rules = AllocationRules(100_000, leftover=Leftover.NEXT_FITTING, minimum_votes=25)
    outcome = allocate(PLANS, BALLOTS, rules)
    assert outcome.funded == ("park",)
    assert line(outcome, "tree").reason is Reason.BELOW_MINIMUM_VOTES
    assert line(outcome, "tree").facts == {"minimum_votes": 25, "votes_short": 5}


def test_a_free_plan_is_always_funded_and_costs_nothing() -> None:
    outcome = allocate([*PLANS, Plan("name", 0)], BALLOTS, AllocationRules(0))
    assert outcome.funded == ("name",)
    assert line(outcome, "name").reason is Reason.FUNDED_FREE


def test_a_plan_without_votes_is_funded_when_it_fits_unless_there_is_a_minimum() -> None:
    plans = [*PLANS, Plan("fountain", 100)]
    assert "fountain" in allocate(plans, BALLOTS, AllocationRules(200_000)).funded
    assert "fountain" not in allocate(plans, BALLOTS, AllocationRules(200_000, minimum_votes=1)).funded


def test_a_tie_is_named_with_the_order_that_broke_it() -> None:
    plans = [Plan("a", 100), Plan("b", 100), Plan("c", 100)]
    rules = AllocationRules(100)
    by_file = allocate(plans, votes(a=5, b=5, c=1), rules)
    assert (by_file.funded, by_file.tie_break) == (("a",), TieBreak.ORDER_OF_PLANS)
    drawn = allocate(plans, votes(a=5, b=5, c=1), rules, ("c", "b", "a"))
    assert (drawn.funded, drawn.tie_break) == (("b",), TieBreak.DRAWN_ORDER)
    (tie,) = drawn.ties
    assert (tie.plan_ids, tie.decisive) == (("b", "a"), True)


def test_a_tie_that_changes_nothing_is_named_too() -> None:
    plans = [Plan("a", 100), Plan("b", 100)]
    (tie,) = allocate(plans, votes(a=5, b=5), AllocationRules(200)).ties
    assert not tie.decisive


def test_the_lots_follow_from_the_seed_alone() -> None:
    # printf 'zaad\nb' | sha256sum gives 45b7…, c 8013…, a 9e0d…
    assert tie_order("abc", "zaad") == tie_order("cba", "zaad") == ("b", "c", "a")
    assert {tie_order("abc", f"seed {number}")[0] for number in range(40)} == {"a", "b", "c"}


def test_points_and_rankings_count_as_points() -> None:
    plans = [Plan("a", 100), Plan("b", 100), Plan("c", 100)]
    ballots = [BallotGroup(("a", "b"), 2, (1, 5)), ranked(("c", "a"), 3)]
    outcome = allocate(plans, ballots, AllocationRules(300))
    assert [(line.plan_id, line.votes, line.score) for line in outcome.lines] == [
        ("b", 2, 10),
        ("c", 3, 6),
        ("a", 5, 5),
    ]


def test_a_weighed_channel_counts_exactly() -> None:
    plans = [Plan("a", 100), Plan("b", 100)]
    ballots = [BallotGroup(("a",), 3, weight=Fraction(1, 3)), BallotGroup(("b",), 1)]
    outcome = allocate(plans, ballots, AllocationRules(100))
    assert [tie.plan_ids for tie in outcome.ties] == [("a", "b")]


@pytest.mark.parametrize(
    ("plans", "ballots", "rules", "order"),
    [
        ([Plan("a", 1), Plan("a", 1)], [], AllocationRules(1), None),
        ([Plan("a", -1)], [], AllocationRules(1), None),
        ([Plan("a", 1)], [], AllocationRules(-1), None),
        ([Plan("a", 1)], [], AllocationRules(1, category_caps={"x": -1}), None),
        ([Plan("a", 1)], [], AllocationRules(1), ("b",)),
        ([Plan("a", 1)], [BallotGroup(("b",))], AllocationRules(1), None),
        ([Plan("a", 1)], [BallotGroup(("a", "a"))], AllocationRules(1), None),
        ([Plan("a", 1)], [BallotGroup(("a",), 0)], AllocationRules(1), None),
        ([Plan("a", 1)], [BallotGroup(("a",), 1, (1, 2))], AllocationRules(1), None),
        ([Plan("a", 1)], [BallotGroup(("a",), 1, (-1,))], AllocationRules(1), None),
    ],
)
def test_what_no_election_can_have_is_a_bug_of_the_caller(
    plans: list[Plan], ballots: list[BallotGroup], rules: AllocationRules, order: tuple[str, ...] | None
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        allocate(plans, ballots, rules, order)
