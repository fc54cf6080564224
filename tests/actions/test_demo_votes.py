"""Does the demo vote as its rules say: ballots that could have been cast, codes that work, and a result that can be explained?"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, ballot_key, cast_ballot, present_code
from participatie.commands.demo import DemoSummary
from participatie.models.besluiten import besluit_of_round
from participatie.models.votes import Ballot, VoterRoll, ballot_of
from participatie.models.wijkbudget import Allocation, Round, allocation_lines, round_by_slug
from participatie.spelregels.votes import BallotKind, RollStatus, check_choices
from participatie.spelregels.wijkbudget import RoundStatus
from tests.clock import MOMENT
from tests.factories import SECRET_KEY


def the_round(session: Session, slug: str) -> Round:
    return session.scalars(select(Round).where(Round.slug == slug)).one()


def test_the_running_vote_has_fourteen_plans_of_residents(demo: Session) -> None:
    voting = the_round(demo, "wijkbudget-zeggeveld")
    cast = demo.scalar(select(func.count()).select_from(Ballot).where(Ballot.round_id == voting.id)) or 0
    assert (voting.ballot_kind, voting.pot_cents, len(voting.plans)) == (BallotKind.KNAPSACK, 7_500_000, 14)
    assert all(plan.idea is not None for plan in voting.plans)
    assert 180 <= cast <= 220


def test_every_ballot_is_one_that_could_have_been_cast(demo: Session) -> None:
    for voted in demo.scalars(select(Round).where(Round.status != RoundStatus.DRAFT)):
        clock, plans, limits = voted.clock(), voted.plans_on_ballot(), voted.limits()
        ballots = list(demo.scalars(select(Ballot).where(Ballot.round_id == voted.id)))
        used = list(
            demo.scalars(select(VoterRoll).where(VoterRoll.round_id == voted.id, VoterRoll.status == RollStatus.USED))
        )
        assert {ballot_key(voted, line.selector) for line in used} == {ballot.ballot_key for ballot in ballots}
        for ballot in ballots:
            numbers = [int(number) for number in ballot.choices.strip("[]").split(",")]
            assert check_choices(numbers, plans, limits), ballot.choices
            assert clock.opens_at <= ballot.cast_hour < min(clock.closes_at, MOMENT)


def test_a_ballot_of_the_demo_looks_like_one_that_was_cast(demo: Session, summary: DemoSummary) -> None:
    voting = the_round(demo, summary.voting_slug)
    written = demo.scalars(select(Ballot).where(Ballot.round_id == voting.id)).first()
    selector = present_code(demo, voting, summary.codes[0], SECRET_KEY, MOMENT)
    assert isinstance(selector, str)
    assert isinstance(cast_ballot(demo, voting, selector, [1, 2], MOMENT), CastBallot)
    cast = demo.scalar(ballot_of(voting.id, ballot_key(voting, selector)))
    assert written is not None
    assert cast is not None
    for column in ("ballot_key", "receipt"):
        assert len(getattr(written, column)) == len(getattr(cast, column))
        assert set(getattr(written, column)).isdisjoint("ILOU ")
    assert written.channel is cast.channel
    assert (written.cast_hour.minute, written.cast_hour.second) == (0, 0)


def test_a_visitor_can_vote_with_each_fresh_code(demo: Session, summary: DemoSummary) -> None:
    voting = demo.scalars(round_by_slug(summary.voting_slug)).one()

    assert len(set(summary.codes)) == 5
    for code in summary.codes:
        selector = present_code(demo, voting, code, SECRET_KEY, MOMENT)
        assert isinstance(selector, str)
        cast = cast_ballot(demo, voting, selector, [3], MOMENT)
        assert isinstance(cast, CastBallot)
        assert not cast.replaced


def test_the_published_result_skips_a_popular_plan_and_funds_a_smaller_one(demo: Session) -> None:
    decided = the_round(demo, "wijkbudget-oude-lommer")
    lines = list(demo.scalars(allocation_lines(decided.id)))
    allocation = demo.scalars(select(Allocation).where(Allocation.round_id == decided.id)).one()
    skipped = [line for line in lines if line.reason == "over-budget"]
    fewest = min(line.votes for line in lines if line.funded_cents)

    assert (len(lines), allocation.ballots) == (18, 352)
    assert max(line.votes for line in skipped) > 2 * fewest
    assert not any(tie["decisive"] for tie in allocation.trace["ties"])
    assert demo.scalars(besluit_of_round(decided.id)).one().objection_until > MOMENT.date()
