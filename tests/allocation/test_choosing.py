"""Most votes: which option wins, by how much the others missed it, and what no name, order or grouping can change."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participatie.allocation import (
    AllocationRules,
    BallotGroup,
    Line,
    Outcome,
    Plan,
    Reason,
    Rule,
    allocate,
    differences,
    ranked,
    tie_order,
    trace_of,
)

OPTIONS = [Plan("green", 0), Plan("play", 0), Plan("park", 0)]
ONE_WINS = AllocationRules(0, Rule.MOST_VOTES)
TWO_WIN = AllocationRules(0, Rule.MOST_VOTES, seats=2)


def votes(**counts: int) -> list[BallotGroup]:
    return [BallotGroup((option,), count) for option, count in counts.items()]


def line(outcome: Outcome, option: str) -> Line:
    return next(line for line in outcome.lines if line.plan_id == option)


def test_the_option_with_most_votes_wins_and_the_others_hear_how_many_they_lacked() -> None:
    outcome = allocate(OPTIONS, votes(green=12, play=9, park=2), ONE_WINS)
    assert outcome.funded == ("green",)
    assert [(it.plan_id, it.reason, it.votes, it.step, it.funded_cents) for it in outcome.lines] == [
        ("green", Reason.CHOSEN, 12, 1, 0),
        ("play", Reason.NOT_CHOSEN, 9, None, 0),
        ("park", Reason.NOT_CHOSEN, 2, None, 0),
    ]
    # By the order of the plans green wins a tie, so the others need one vote more than it has.
    assert line(outcome, "play").facts == {"taken_by": "green", "votes_short": 4}
    assert line(outcome, "park").facts == {"taken_by": "green", "votes_short": 11}
    assert (outcome.spent_cents, outcome.left_cents, outcome.ties) == (0, 0, ())


def test_who_wins_the_tie_needs_one_vote_less() -> None:
    outcome = allocate(OPTIONS, votes(green=12, play=9), ONE_WINS, ("play", "green", "park"))
    assert line(outcome, "play").facts["votes_short"] == 3


def test_with_two_seats_two_options_win() -> None:
    outcome = allocate(OPTIONS, votes(green=12, play=9, park=2), TWO_WIN)
    assert outcome.funded == ("green", "play")
    assert line(outcome, "park").facts == {"taken_by": "play", "votes_short": 8}


def test_an_option_without_a_vote_never_wins() -> None:
    outcome = allocate(OPTIONS, votes(green=3), TWO_WIN)
    assert outcome.funded == ("green",)
    assert {line(outcome, option).reason for option in ("play", "park")} == {Reason.NO_VOTES}
    assert line(outcome, "play").facts == {}
    nobody = allocate(OPTIONS, [], ONE_WINS)
    assert (nobody.funded, nobody.ties) == ((), ())


def test_points_and_places_are_added_up() -> None:
    in_points = [BallotGroup(("green", "play"), 2, (1, 4)), BallotGroup(("green",), 3, (2,))]
    outcome = allocate(OPTIONS, in_points, ONE_WINS)
    assert [(it.plan_id, it.votes, it.score) for it in outcome.lines] == [
        ("green", 5, 8),
        ("play", 2, 8),
        ("park", 0, 0),
    ]
    # Borda: the last place on a ballot gives 1 point, each place above it 1 more.
    borda = [ranked(("play", "green", "park"), 2), ranked(("park",)), ranked(("green", "play"))]
    outcome = allocate(OPTIONS, borda, ONE_WINS)
    assert [(it.plan_id, it.score) for it in outcome.lines] == [("play", 7), ("green", 6), ("park", 3)]


def test_what_options_cost_and_a_pot_play_no_part() -> None:
    dear = [Plan("green", 900_000), Plan("play", 100)]
    outcome = allocate(dear, votes(green=2, play=1), AllocationRules(500, Rule.MOST_VOTES))
    assert (outcome.funded, outcome.spent_cents, outcome.left_cents) == (("green",), 0, 500)


@pytest.mark.parametrize("seed", ["een", "twee", "drie", "vier"])
def test_a_tie_is_broken_by_the_published_seed(seed: str) -> None:
    order = tie_order([option.id for option in OPTIONS], seed)
    outcome = allocate(OPTIONS, votes(green=5, play=5, park=5), ONE_WINS, order)
    assert outcome.funded == order[:1]
    [tie] = outcome.ties
    assert (tie.plan_ids, tie.decisive) == (order, True)
    assert line(outcome, order[0]).facts["tied_with"] == order[1:]
    assert line(outcome, order[1]).facts == {"taken_by": order[0], "tied_with": order[:1], "votes_short": 1}


def test_a_tie_that_decides_nothing_is_told_and_names_no_lot() -> None:
    outcome = allocate(OPTIONS, votes(green=5, play=5, park=1), TWO_WIN)
    assert [tie.decisive for tie in outcome.ties] == [False]
    assert "tied_with" not in line(outcome, "green").facts


def test_nothing_to_win_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nothing can be won"):
        allocate(OPTIONS, [], AllocationRules(0, Rule.MOST_VOTES, seats=0))


Case = tuple[list[Plan], list[BallotGroup], AllocationRules]


@st.composite
def choices(draw: st.DrawFn) -> Case:
    ids = [f"o{number}" for number in range(draw(st.integers(1, 5)))]
    picked = st.lists(st.sampled_from(ids), unique=True).map(tuple)
    ballots = draw(
        st.lists(
            st.one_of(
                st.builds(BallotGroup, picked, st.integers(1, 4), weight=st.sampled_from([1, Fraction(1, 2)])),
                picked.map(ranked),
            ),
            max_size=6,
        )
    )
    return (
        [Plan(option, 0) for option in ids],
        ballots,
        AllocationRules(0, Rule.MOST_VOTES, seats=draw(st.integers(1, 3))),
    )


@settings(max_examples=80, deadline=None)
@given(choices())
def test_nobody_who_won_has_less_than_somebody_who_did_not(case: Case) -> None:
    options, ballots, rules = case
    outcome = allocate(options, ballots, rules)
    won = [it.score for it in outcome.lines if it.step is not None]
    lost = [it.score for it in outcome.lines if it.step is None]
    assert len(won) <= rules.seats
    assert all(score > 0 for score in won)
    assert not won or not lost or min(won) >= max(lost)
    assert len(won) == rules.seats or not any(lost)
    assert differences(trace_of(outcome), options, ballots) == ()


@settings(max_examples=80, deadline=None)
@given(choices(), st.randoms(use_true_random=False))
def test_no_order_and_no_grouping_of_voters_matters(case: Case, chance: object) -> None:
    """Anonymity: who cast a ballot, and after whom, changes nothing."""
    options, ballots, rules = case
    single = [BallotGroup(it.choices, 1, it.points, it.weight) for it in ballots for _ in range(it.count)]
    chance.shuffle(single)  # type: ignore[attr-defined]
    assert allocate(options, single, rules) == allocate(options, ballots, rules)


@settings(max_examples=80, deadline=None)
@given(choices(), st.data())
def test_no_name_of_an_option_matters(case: Case, data: st.DataObject) -> None:
    """Neutrality: with other names, and the lots drawn alike, the same options win with the same votes."""
    options, ballots, rules = case
    ids = [option.id for option in options]
    name = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
    order = tuple(data.draw(st.permutations(ids)))
    renamed = [
        BallotGroup(tuple(name[option] for option in it.choices), it.count, it.points, it.weight) for it in ballots
    ]
    plain = allocate(options, ballots, rules, order)
    other = allocate(options, renamed, rules, tuple(name[option] for option in order))
    assert other.funded == tuple(name[option] for option in plain.funded)
    assert [(name[it.plan_id], it.score, it.reason) for it in plain.lines] == [
        (it.plan_id, it.score, it.reason) for it in other.lines
    ]


@settings(max_examples=60, deadline=None)
@given(choices())
def test_the_missing_votes_are_exactly_enough(case: Case) -> None:
    options, ballots, rules = case
    for it in allocate(options, ballots, rules).lines:
        short = it.facts.get("votes_short")
        if isinstance(short, int):
            assert it.plan_id in allocate(options, [*ballots, BallotGroup((it.plan_id,), short)], rules).funded
            if short > 1:
                less = allocate(options, [*ballots, BallotGroup((it.plan_id,), short - 1)], rules)
                assert it.plan_id not in less.funded
