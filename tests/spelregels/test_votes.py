"""What makes a ballot valid, and when a credential may be used."""

from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import (
    GUESSES_PER_HOUR,
    BallotLimits,
    Channel,
    PlanOnBallot,
    RollStatus,
    RoundClock,
    check_choices,
    may_guess,
    may_use_credential,
    may_vote_in,
    may_vote_now,
)

PLANS = {
    1: PlanOnBallot(100_00, "groen"),
    2: PlanOnBallot(200_00, "groen"),
    3: PlanOnBallot(300_00, "sport"),
    4: PlanOnBallot(0, None),
}
OPENS = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
CLOSES = datetime(2026, 4, 11, 22, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "choices, limits, verdict",
    [
        ([1], BallotLimits(), Allowed()),
        ([3, 1, 2, 4], BallotLimits(), Allowed()),
        ([], BallotLimits(min_choices=0), Allowed()),
        ([], BallotLimits(), refused(Refusal.TOO_FEW_CHOICES, chosen=0, minimum=1)),
        ([1, 2], BallotLimits(min_choices=3), refused(Refusal.TOO_FEW_CHOICES, chosen=2, minimum=3)),
        ([1, 2], BallotLimits(max_choices=2), Allowed()),
        ([1, 2, 3], BallotLimits(max_choices=2), refused(Refusal.TOO_MANY_CHOICES, chosen=3, maximum=2)),
        ([1, 2], BallotLimits(max_sum_cents=300_00), Allowed()),
        ([1, 2], BallotLimits(max_sum_cents=299_99), refused(Refusal.OVER_BUDGET, over_cents=1)),
        ([4], BallotLimits(max_sum_cents=0), Allowed()),
        ([1, 3], BallotLimits(max_per_category=1), Allowed()),
        (
            [1, 2],
            BallotLimits(max_per_category=1),
            refused(Refusal.TOO_MANY_IN_CATEGORY, category="groen", maximum=1),
        ),
        ([1, 2, 3], BallotLimits(category_sums_cents={"groen": 300_00}), Allowed()),
        (
            [1, 2, 3],
            BallotLimits(category_sums_cents={"groen": 250_00}),
            refused(Refusal.OVER_CATEGORY_BUDGET, category="groen", over_cents=50_00),
        ),
        ([3], BallotLimits(category_sums_cents={"groen": 0}), Allowed()),
        ([1, 9], BallotLimits(), refused(Refusal.CHOICE_UNKNOWN, plan=9)),
        ([0], BallotLimits(), refused(Refusal.CHOICE_UNKNOWN, plan=0)),
        ([-1], BallotLimits(), refused(Refusal.CHOICE_UNKNOWN, plan=-1)),
        ([10**9], BallotLimits(), refused(Refusal.CHOICE_UNKNOWN, plan=10**9)),
        ([1, 1], BallotLimits(), refused(Refusal.CHOICE_TWICE)),
    ],
)
def test_each_limit_of_a_ballot_holds(choices: list[int], limits: BallotLimits, verdict: Verdict) -> None:
    """Abuse cases 6 and 7: what is not on the ballot, and what is on it twice."""
    assert check_choices(choices, PLANS, limits) == verdict


@pytest.mark.parametrize(
    "moment, verdict",
    [
        (OPENS - SECOND, refused(Refusal.VOTE_NOT_OPEN)),
        (OPENS, Allowed()),
        (CLOSES - SECOND, Allowed()),
        (CLOSES, refused(Refusal.VOTE_CLOSED)),
        (CLOSES + SECOND, refused(Refusal.VOTE_CLOSED)),
    ],
)
def test_the_vote_is_open_from_its_first_second_to_its_last(moment: datetime, verdict: Verdict) -> None:
    """Abuse case 8; the voting time holds the night in which clocks go forward."""
    assert may_vote_now(RoundClock(is_open=True, opens_at=OPENS, closes_at=CLOSES), moment) == verdict


def test_a_round_that_nobody_opened_takes_no_votes() -> None:
    clock = RoundClock(is_open=False, opens_at=OPENS, closes_at=CLOSES)
    assert may_vote_now(clock, OPENS) == refused(Refusal.VOTE_NOT_OPEN)
    assert may_vote_now(clock, CLOSES) == refused(Refusal.VOTE_CLOSED)


@pytest.mark.parametrize(
    "status, used, channel, verdict",
    [
        (RollStatus.ISSUED, None, Channel.WEB, Allowed()),
        (RollStatus.USED, Channel.WEB, Channel.WEB, Allowed()),
        (RollStatus.USED, Channel.PAPER, Channel.WEB, refused(Refusal.CODE_USED_ELSEWHERE)),
        (RollStatus.USED, Channel.WEB, Channel.PAPER, refused(Refusal.CODE_USED_ELSEWHERE)),
        (RollStatus.REVOKED, None, Channel.WEB, refused(Refusal.CODE_REVOKED)),
        (RollStatus.REVOKED, Channel.WEB, Channel.WEB, refused(Refusal.CODE_REVOKED)),
    ],
)
def test_a_credential_votes_again_only_the_way_it_voted(
    status: RollStatus, used: Channel | None, channel: Channel, verdict: Verdict
) -> None:
    """Abuse cases 11 and 57."""
    assert may_use_credential(status, used, channel) == verdict


def test_the_eleventh_wrong_guess_in_an_hour_is_refused() -> None:
    assert may_guess(GUESSES_PER_HOUR - 1)
    assert may_guess(GUESSES_PER_HOUR) == refused(Refusal.TOO_MANY_GUESSES, limit=10)


@pytest.mark.parametrize(
    "seen, opening, refusal",
    [
        (1, 1, Allowed()),
        (None, 2, Allowed()),
        (1, 2, refused(Refusal.VOTE_BEGAN_ANEW)),
        (0, 1, refused(Refusal.VOTE_BEGAN_ANEW)),
    ],
)
def test_a_page_of_another_opening_is_refused(seen: int | None, opening: int, refusal: object) -> None:
    assert may_vote_in(seen, opening) == refusal
