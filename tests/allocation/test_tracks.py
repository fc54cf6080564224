"""Every track is counted apart, with its own pot and its own plans."""

import pytest

from participatie.allocation import AllocationRules, BallotGroup, Leftover, Plan, Rule, allocate
from participatie.allocation.tracks import Track, allocate_tracks

PLANS = [
    Plan("n1", 600, area="noord"), Plan("n2", 500, area="noord"), Plan("z1", 400, area="zuid"),
    Plan("z2", 400, area="zuid"),
]  # fmt: skip
TRACKS = [Track("Noord", 1000, area="noord"), Track("Zuid", 700, area="zuid")]
BALLOTS = [BallotGroup(("n1", "z2"), 3), BallotGroup(("n2",), 2), BallotGroup(("z1",), 3), BallotGroup((), 1)]
ORDER = ["z1", "n2", "n1", "z2"]


@pytest.mark.parametrize("rule", [Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN])
def test_a_track_is_the_election_of_its_own_plans(rule: Rule) -> None:
    rules = AllocationRules(1, rule, Leftover.NONE)
    outcomes = allocate_tracks(PLANS, BALLOTS, TRACKS, rules, ORDER)
    alone = allocate(
        PLANS[2:], [BallotGroup(("z2",), 3), BallotGroup(("z1",), 3)], AllocationRules(700, rule), ["z1", "z2"]
    )
    assert outcomes["Zuid"] == alone
    assert outcomes["Noord"].voters == 5
    assert outcomes["Noord"].rules.pot_cents == 1000


def test_ties_are_broken_by_the_one_order_and_money_stays_in_its_track() -> None:
    outcomes = allocate_tracks(PLANS, BALLOTS, TRACKS, AllocationRules(1), ORDER)
    assert outcomes["Zuid"].funded == ("z1",)
    assert (outcomes["Noord"].funded, outcomes["Noord"].left_cents) == (("n1",), 400)
    assert outcomes["Zuid"].left_cents == 300


def test_points_stay_what_the_voter_gave() -> None:
    ballots = [BallotGroup(("n1", "z1"), 1, (2, 5)), BallotGroup(("z2",), 1, (4,))]
    outcomes = allocate_tracks(PLANS, ballots, TRACKS, AllocationRules(1), ORDER)
    assert {line.plan_id: line.score for line in outcomes["Zuid"].lines} == {"z1": 5, "z2": 4}


@pytest.mark.parametrize(
    "tracks, incompatible, said",
    [
        ([TRACKS[0]], (), "in 0 tracks"),
        ([*TRACKS, Track("Alles", 1)], (), "in 2 tracks"),
        ([TRACKS[0], TRACKS[0]], (), "occurs twice"),
        (TRACKS, (("n1", "z1"),), "exclude each other"),
    ],
)
def test_tracks_that_do_not_hold_together_are_refused(
    tracks: list[Track], incompatible: tuple[tuple[str, ...], ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        allocate_tracks(PLANS, BALLOTS, tracks, AllocationRules(1, incompatible=incompatible), ORDER)
