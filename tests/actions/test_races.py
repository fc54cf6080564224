"""Many at once: the database decides, and nobody sees an error. Run on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.ideas import support_idea
from participatie.actions.votes import CastBallot, cast_ballot, present_code, save_draft
from participatie.actions.wijkbudget import count_round, open_vote
from participatie.models.accounts import Account
from participatie.models.database import transaction
from participatie.models.ideas import Idea, Support, idea_by_id
from participatie.models.votes import Ballot, BallotDraft, CodeGuess, VoterRoll
from participatie.models.wijkbudget import Allocation, round_by_slug, round_for_voting
from participatie.spelregels.codes import VotingCode
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.clock import TurnableClock
from tests.factories import SECRET_KEY, a_resident, a_round, a_wijkmanager, an_idea, ballots, close_phases, codes

Answer = TypeVar("Answer")
AT_ONCE, CASTS_AT_ONCE = 20, 50


def all_at_once(engine: Engine, act: Callable[[Session, int], Answer], times: int = AT_ONCE) -> list[Answer]:
    """Run `act` in as many threads, each with a transaction of its own, all begun at one moment."""
    start = Barrier(times)

    def run(place: int) -> Answer:
        start.wait()
        with transaction(engine) as session:
            return act(session, place)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_fifty_casts_with_one_code_leave_one_ballot(engine: Engine, session: Session, clock: TurnableClock) -> None:
    """Abuse case 1: every one of them gets the same receipt, and none an error."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    slug = budget_round.slug

    def vote(own: Session, place: int) -> CastBallot | Refused:
        its_round = own.scalars(round_for_voting(slug)).one()
        return cast_ballot(own, its_round, code.selector, [1 + place % 3], clock.now)

    answers = all_at_once(engine, vote, CASTS_AT_ONCE)
    assert all(isinstance(answer, CastBallot) for answer in answers), answers
    assert len({answer.receipt for answer in answers}) == 1
    [ballot] = session.scalars(select(Ballot)).all()
    assert ballot.choices in ("[1]", "[2]", "[3]")
    used = session.scalars(select(VoterRoll).where(VoterRoll.status == RollStatus.USED)).all()
    assert [line.selector for line in used] == [code.selector]


def test_fifty_voters_at_once_are_all_counted(engine: Engine, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    letters = codes(session, budget_round, CASTS_AT_ONCE)
    slug = budget_round.slug

    def vote(own: Session, place: int) -> CastBallot | Refused:
        its_round = own.scalars(round_for_voting(slug)).one()
        selector = present_code(own, its_round, str(letters[place]), SECRET_KEY, clock.now)
        assert isinstance(selector, str)
        return cast_ballot(own, its_round, selector, [1], clock.now)

    answers = all_at_once(engine, vote, CASTS_AT_ONCE)
    assert len({answer.receipt for answer in answers if isinstance(answer, CastBallot)}) == CASTS_AT_ONCE
    assert session.scalar(select(func.count()).select_from(Ballot)) == CASTS_AT_ONCE


def test_twenty_drafts_at_once_are_one_draft(engine: Engine, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    slug = budget_round.slug

    def choose(own: Session, place: int) -> bool:
        its_round = own.scalars(round_for_voting(slug)).one()
        return not isinstance(save_draft(own, its_round, code.selector, [1 + place % 3], clock.now), Refused)

    assert all(all_at_once(engine, choose))
    assert session.scalar(select(func.count()).select_from(BallotDraft)) == 1


def test_wrong_codes_at_once_are_all_counted(engine: Engine, session: Session, clock: TurnableClock) -> None:
    """Abuse case 19: guessing in parallel gives no more guesses than one after another."""
    budget_round = a_round(session)
    [code] = codes(session, budget_round, 1)
    wrong = str(VotingCode(code.selector, "0" * 10))
    slug = budget_round.slug

    def guess(own: Session, _place: int) -> object:
        return present_code(own, own.scalars(round_for_voting(slug)).one(), wrong, SECRET_KEY, clock.now)

    answers = Counter(answer.code for answer in all_at_once(engine, guess) if isinstance(answer, Refused))
    assert answers[Refusal.VOTING_CODE_WRONG] + answers[Refusal.TOO_MANY_GUESSES] == AT_ONCE
    assert session.scalars(select(CodeGuess.failures)).all() == [AT_ONCE, AT_ONCE], "of the selector and of the round"


def test_support_clicked_many_times_counts_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    idea, neighbour = an_idea(session), a_resident(session)
    idea_id, account_id = idea.id, neighbour.id
    session.commit()

    def click(own: Session, _place: int) -> object:
        return support_idea(own, own.get_one(Account, account_id), own.scalars(idea_by_id(idea_id)).one(), clock.now)

    answers = all_at_once(engine, click)
    assert sum(isinstance(answer, Support) for answer in answers) == 1
    assert answers.count(refused(Refusal.ALREADY_SUPPORTED)) == AT_ONCE - 1
    session.expire_all()
    assert session.get_one(Idea, idea_id).support_count == 1


def test_two_officials_open_a_vote_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, opened=False)
    codes(session, budget_round, 1)
    close_phases(session, budget_round.traject, PhaseKind.VOTE)
    actor, slug = a_wijkmanager(session).actor(), budget_round.slug
    session.commit()

    def click(own: Session, _place: int) -> object:
        return open_vote(own, actor, own.scalars(round_by_slug(slug)).one(), clock.now)

    answers = all_at_once(engine, click, times=4)
    assert answers.count(refused(Refusal.ROUND_NOT_DRAFT)) == 3
    session.expire_all()
    assert budget_round.opening == 1


def test_a_round_is_counted_once(engine: Engine, session: Session, clock: TurnableClock) -> None:
    """Abuse case 69."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE)
    ballots(session, budget_round, [[1], [1, 2]])
    actor, slug = a_wijkmanager(session).actor(), budget_round.slug
    session.commit()

    def click(own: Session, _place: int) -> object:
        return count_round(own, actor, own.scalars(round_by_slug(slug)).one(), clock.now)

    answers = all_at_once(engine, click, times=4)
    assert sum(isinstance(answer, Allocation) for answer in answers) == 1
    assert answers.count(refused(Refusal.ALREADY_COUNTED)) == 3
