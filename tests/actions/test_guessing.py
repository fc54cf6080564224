"""Who tries codes is stopped, for one letter and for a whole round; whoever holds a letter never notices."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import present_code
from participatie.models.votes import WHOLE_ROUND, CodeGuess
from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import ALPHABET, VotingCode
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import SECRET_KEY, a_round, codes, done

WRONG = refused(Refusal.VOTING_CODE_WRONG)
STOPPED = refused(Refusal.TOO_MANY_WRONG_CODES)


def a_guess(place: int) -> VotingCode:
    """A code with a selector of its own."""
    signs = [ALPHABET[place // 32**power % 32] for power in range(6)]
    return VotingCode("".join(signs), "0" * 10)


def present(session: Session, budget_round: Round, code: object, clock: TurnableClock) -> str | Refused:
    return present_code(session, budget_round, str(code), SECRET_KEY, clock.now)


def test_six_hundred_guesses_trip_the_limit_of_the_round_and_every_voter_passes(
    session: Session, clock: TurnableClock
) -> None:
    """Abuse case 19: selectors that are made up and that exist; voters in between and afterwards."""
    budget_round, other_round = a_round(session), a_round(session)
    letters = codes(session, budget_round, 20)
    refusals = []
    for place in range(600):
        letter = letters[place % 20]
        guess = a_guess(place) if place % 3 else VotingCode(letter.selector, "0" * 10)
        refusals.append(present(session, budget_round, guess, clock))
        if place % 60 == 0:
            assert done(present(session, budget_round, letter, clock)) == letter.selector
    assert WRONG in refusals[:500]
    assert STOPPED not in refusals[:500]
    assert refusals[500:] == [STOPPED] * 100, "of known and of unknown selectors"
    for letter in letters:
        assert done(present(session, budget_round, letter, clock)) == letter.selector
    assert present(session, other_round, a_guess(1), clock) == WRONG, "another vote goes on as usual"
    clock.forward(hours=1)
    assert present(session, budget_round, a_guess(1), clock) == WRONG


def test_a_selector_that_nobody_has_is_refused_after_ten_tries_like_one_that_exists(
    session: Session, clock: TurnableClock
) -> None:
    budget_round = a_round(session)
    [letter] = codes(session, budget_round, 1)
    known, unknown = VotingCode(letter.selector, "0" * 10), a_guess(7)
    for _try in range(10):
        assert present(session, budget_round, known, clock) == present(session, budget_round, unknown, clock) == WRONG
    stopped = refused(Refusal.TOO_MANY_GUESSES, limit=10)
    assert present(session, budget_round, known, clock) == present(session, budget_round, unknown, clock) == stopped


@pytest.mark.parametrize("kind", ["known", "unknown", "foreign"])
def test_every_wrong_code_costs_the_same_statements(session: Session, clock: TurnableClock, kind: str) -> None:
    """No answer comes sooner because a selector does not exist; a right code writes nothing at all."""
    budget_round, other_round = a_round(session), a_round(session)
    [letter], [foreign] = codes(session, budget_round, 1), codes(session, other_round, 1)
    wrong = {"known": VotingCode(letter.selector, "0" * 10), "unknown": a_guess(3), "foreign": foreign}[kind]
    engine = session.get_bind().engine
    with counting_queries(engine) as queries:
        assert present(session, budget_round, wrong, clock) == WRONG
    assert [query.split()[0] for query in queries] == ["SELECT", "INSERT", "INSERT"], queries
    with counting_queries(engine) as queries:
        done(present(session, budget_round, letter, clock))
    assert [query.split()[0] for query in queries] == ["SELECT"], queries
    session.commit()
    lines = {row.selector for row in session.scalars(select(CodeGuess))}
    assert WHOLE_ROUND in lines
    assert len(lines) == 2
