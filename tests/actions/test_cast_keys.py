"""A request that comes in again, or later than one of after it, undoes nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, Sent, cast_ballot, new_cast_key, save_draft
from participatie.models.votes import Ballot, BallotDraft, VoterRoll
from participatie.models.wijkbudget import Round
from participatie.spelregels.cast_keys import KEPT_KEYS
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.clock import TurnableClock
from tests.factories import a_round, codes, count_it, done


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A round whose vote is open."""
    return a_round(session)


def test_the_last_few_keys_are_kept_as_hashes_and_are_gone_at_the_count(
    session: Session, clock: TurnableClock, budget_round: Round
) -> None:
    """Abuse cases 2 and 3: each of the last eight requests may come in again; what is kept says nothing by itself."""
    [code] = codes(session, budget_round, 1)
    keys = [new_cast_key() for _ in range(KEPT_KEYS + 1)]

    def cast(key: str, plan: int) -> CastBallot:
        return done(cast_ballot(session, budget_round, code.selector, [plan], clock.now, key))

    receipts = {cast(key, 1 + turn % 3).receipt for turn, key in enumerate(keys)}
    assert len(receipts) == 1
    kept, last = session.execute(select(Ballot.cast_keys, Ballot.choices)).one()
    assert len(kept) <= 200, "the column holds no more"
    assert not any(key in kept for key in keys)
    for key in keys[1:]:
        assert cast(key, 2 if last != "[2]" else 1) == CastBallot(*receipts, replaced=False)
    assert session.scalars(select(Ballot.choices)).one() == last
    assert cast(keys[0], 2).replaced == (last != "[2]"), "the one before those is forgotten: it votes again"
    session.commit()
    clock.turn_to(budget_round.clock().closes_at)
    count_it(session, budget_round)
    session.expire_all()
    assert session.scalars(select(Ballot.cast_keys)).all() == [""]


def test_a_key_of_one_voter_is_none_of_another(session: Session, clock: TurnableClock, budget_round: Round) -> None:
    letters, key = codes(session, budget_round, 2), new_cast_key()
    cast = [done(cast_ballot(session, budget_round, code.selector, [1], clock.now, key)) for code in letters]
    assert cast[0].receipt != cast[1].receipt


def test_a_key_does_not_open_what_is_refused(session: Session, clock: TurnableClock, budget_round: Round) -> None:
    """Abuse case 11: a request that counted once gets no receipt any more once its code was revoked."""
    [code] = codes(session, budget_round, 1)
    key = new_cast_key()
    done(cast_ballot(session, budget_round, code.selector, [1], clock.now, key))
    session.query(VoterRoll).filter_by(selector=code.selector).update({"status": RollStatus.REVOKED})
    session.commit()
    assert cast_ballot(session, budget_round, code.selector, [1], clock.now, key) == refused(Refusal.CODE_REVOKED)
    assert isinstance(cast_ballot(session, budget_round, code.selector, [1], clock.now, "kort"), Refused)


def test_what_a_page_chose_last_stays_whatever_comes_in_last(
    session: Session, clock: TurnableClock, budget_round: Round
) -> None:
    """A page that goes away sends its last choice while one of before is still under way."""
    [code] = codes(session, budget_round, 1)

    def kept(choices: list[int], sent: Sent | None) -> str:
        done(save_draft(session, budget_round, code.selector, choices, clock.now, sent=sent))
        session.commit()
        return session.scalars(select(BallotDraft.choices)).one()

    one, other = "0123456789abcdef", "fedcba9876543210"
    assert kept([1], Sent(one, 2)) == "[1]"
    assert kept([2], Sent(one, 1)) == "[1]"
    assert kept([2], Sent(one, 2)) == "[2]"
    assert kept([3], Sent(one, 3)) == "[3]"
    assert kept([1, 3], Sent(other, 1)) == "[1,3]"
    assert kept([2], None) == "[2]"
