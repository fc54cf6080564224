"""Votes with an account: one per person, however many browsers, accounts and moments there are."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from participatie.actions.residence import take_residence_away
from participatie.actions.votes import CastBallot, cast_ballot, cast_by_account, issue_codes, present_code
from participatie.actions.wijkbudget import change_round, count_round, open_vote, restart_vote
from participatie.models.audit import AuditRow
from participatie.models.base import Base
from participatie.models.residence import Residence, residence_of
from participatie.models.votes import NO_CODE, Ballot, VoterRoll, voters_on_roll
from participatie.models.wijkbudget import Round, round_for_voting
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.residence import VotingMethod, account_selector
from participatie.spelregels.verdicts import Refusal, Refused, refused
from participatie.spelregels.votes import RollStatus
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    SECRET_KEY,
    a_gemeente,
    a_round,
    a_traject,
    a_wijkmanager,
    close_phases,
    codes,
    done,
    during,
    roll_of,
    runs_all,
)
from tests.factories.residence import a_round_of_accounts, a_verified_resident, logs_in_elsewhere
from tests.factories.rounds import RoundTerms


def cast(session: Session, budget_round: Round, residence: Residence, *plans: int, at: Any) -> CastBallot | Refused:
    outcome = cast_by_account(session, budget_round, residence, plans, at)
    session.commit()
    return outcome


def votes(session: Session) -> list[str]:
    return sorted(session.scalars(select(Ballot.choices)))


def test_somebody_votes_with_an_account_and_changes_their_mind(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round_of_accounts(session)
    _account, residence = a_verified_resident(session)
    assert roll_of(session, budget_round) == []
    first = done(cast(session, budget_round, residence, 1, at=clock.now))
    again = done(cast(session, budget_round, residence, 2, at=clock.forward(hours=1)))
    assert (again.receipt, again.replaced) == (first.receipt, True)
    assert votes(session) == ["[2]"]
    [line] = roll_of(session, budget_round)
    assert (line.status, line.verifier_hash, len(line.selector)) == (RollStatus.USED, NO_CODE, 16)


@pytest.mark.parametrize("accounts", [1, 8], ids=["one account", "accounts with one key"])
def test_one_person_at_once_in_eight_browsers_leaves_one_ballot(
    engine: Engine, session: Session, clock: TurnableClock, accounts: int
) -> None:
    """Abuse cases 1 and 13: also with accounts that were remade, for the key is of the letter and not of the account."""
    budget_round = a_round_of_accounts(session)
    account, _residence = a_verified_resident(session)
    slug, account_id = budget_round.slug, account.id
    session.commit()

    def vote(own: Session, place: int) -> CastBallot | Refused:
        its_round = own.scalars(round_for_voting(slug)).one()
        residence = own.scalars(residence_of(account_id)).one()
        own.expunge(residence)
        residence.account_id += place if accounts > 1 else 0
        return cast_by_account(own, its_round, residence, [1 + place % 3], clock.now)

    answers = all_at_once(engine, vote, times=8)
    assert all(isinstance(answer, CastBallot) for answer in answers), answers
    assert len({answer.receipt for answer in answers}) == 1
    assert len(votes(session)) == 1
    assert [line.status for line in roll_of(session, budget_round)] == [RollStatus.USED]


def test_whoever_logs_in_again_after_losing_everything_is_the_same_voter(
    session: Session, clock: TurnableClock
) -> None:
    """Abuse case 13: the residence goes and comes back, and the vote is changed and not doubled."""
    budget_round = a_round_of_accounts(session, by_login=True)
    account, residence = logs_in_elsewhere(session, "burger-1")
    first = done(cast(session, budget_round, residence, 1, at=clock.now))
    assert take_residence_away(session, account.id, clock.now)
    session.commit()
    _same, residence = logs_in_elsewhere(session, "burger-1")
    again = done(cast(session, budget_round, residence, 3, at=clock.now))
    assert (again.receipt, votes(session)) == (first.receipt, ["[3]"])
    _other, of_another = logs_in_elsewhere(session, "burger-2")
    done(cast(session, budget_round, of_another, 1, at=clock.now))
    assert votes(session) == ["[1]", "[3]"]


def test_a_ballot_stays_when_its_voter_lives_nowhere_for_sure_any_more(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round_of_accounts(session)
    account, residence = a_verified_resident(session)
    done(cast(session, budget_round, residence, 2, at=clock.now))
    assert take_residence_away(session, account.id, clock.now)
    session.commit()
    clock.turn_to(budget_round.clock().closes_at)
    counted = done(count_round(session, runs_all(a_wijkmanager(session)), budget_round, clock.now))
    assert counted.ballots == 1


def test_only_a_residence_of_the_area_and_in_the_way_of_the_round_votes(session: Session, clock: TurnableClock) -> None:
    world = a_gemeente(session)
    traject = a_traject(session, phase=PhaseKind.VOTE)
    budget_round = a_round_of_accounts(session, traject=traject)
    assert traject.area.path in world.buurten[0].path
    far = next(area for area in world.buurten if not area.path.startswith(traject.area.path))
    _account, elsewhere = a_verified_resident(session, far)
    _account, other_way = logs_in_elsewhere(session, "burger-1")
    assert cast(session, budget_round, elsewhere, 1, at=clock.now) == refused(Refusal.RESIDENCE_ELSEWHERE)
    assert cast(session, budget_round, other_way, 1, at=clock.now) == refused(Refusal.RESIDENCE_OTHER_WAY)
    assert (votes(session), roll_of(session, budget_round)) == ([], [])


def test_a_ballot_that_is_refused_leaves_no_line_on_the_roll(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round_of_accounts(session, max_choices=1)
    _account, residence = a_verified_resident(session)
    assert not cast(session, budget_round, residence, 1, 2, at=clock.now)
    assert roll_of(session, budget_round) == []
    done(cast(session, budget_round, residence, 1, at=clock.now))
    assert not cast(session, budget_round, residence, 1, 2, at=clock.now)
    assert (votes(session), len(roll_of(session, budget_round))) == (["[1]"], 1)
    clock.turn_to(budget_round.clock().closes_at)
    assert cast(session, budget_round, residence, 2, at=clock.now) == refused(Refusal.VOTE_CLOSED)


def test_letters_and_accounts_do_not_mix(session: Session, clock: TurnableClock) -> None:
    """With accounts no code is made or taken, and with letters no account votes."""
    by_account, by_letter = a_round_of_accounts(session), a_round(session)
    _account, residence = a_verified_resident(session)
    manager = runs_all(a_wijkmanager(session))
    no_letters = refused(Refusal.VOTES_BY_ACCOUNT)
    assert issue_codes(session, manager, by_account, 1, "brieven", SECRET_KEY, clock.now) == no_letters
    [code] = codes(session, by_letter, 1)
    assert present_code(session, by_account, str(code), SECRET_KEY, clock.now) == no_letters
    assert cast(session, by_letter, residence, 1, at=clock.now) == refused(Refusal.VOTES_BY_LETTER)
    selector = account_selector(by_letter.ballot_secret, residence.key_hash)
    assert not cast_ballot(session, by_letter, selector, [1], clock.now)
    assert votes(session) == []


def test_codes_that_went_out_before_the_method_changed_do_not_vote(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session, opened=False)
    [code] = codes(session, budget_round, 1)
    manager = runs_all(a_wijkmanager(session))
    terms = RoundTerms("Ronde", 5_000_000, budget_round.ballot_kind, 1, None, "greedy", "none")
    before = during(session, budget_round.traject, PhaseKind.ASSESS)
    by_account = replace(terms, voting_method=VotingMethod.ACCOUNT_LETTER)
    done(change_round(session, manager, budget_round, by_account, before))
    close_phases(session, budget_round.traject, PhaseKind.VOTE)
    done(open_vote(session, manager, budget_round, clock.now))
    session.commit()
    assert [line.status for line in roll_of(session, budget_round)] == [RollStatus.REVOKED]
    assert not cast_ballot(session, budget_round, code.selector, [1], clock.now)


def test_a_vote_that_is_done_over_begins_with_an_empty_roll(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round_of_accounts(session)
    _account, residence = a_verified_resident(session)
    first = done(cast(session, budget_round, residence, 1, at=clock.now))
    manager = runs_all(a_wijkmanager(session))
    done(restart_vote(session, manager, budget_round, "De plannen klopten niet.", clock.now))
    session.commit()
    assert session.scalar(voters_on_roll(budget_round.id)) == 0
    done(open_vote(session, manager, budget_round, clock.now))
    session.commit()
    assert done(cast(session, budget_round, residence, 2, at=clock.now)).receipt != first.receipt
    assert votes(session) == ["[2]"]


def test_no_table_lays_an_account_beside_a_ballot_or_its_selector(session: Session, clock: TurnableClock) -> None:
    """Without the round's secret nothing in the database says whose ballot it is, and casting leaves no trace."""
    budget_round = a_round_of_accounts(session)
    account, residence = a_verified_resident(session)
    before = session.scalar(select(func.count()).select_from(AuditRow))
    done(cast(session, budget_round, residence, 1, at=clock.now))
    [line] = roll_of(session, budget_round)
    assert session.scalar(select(func.count()).select_from(AuditRow)) == before
    assert line.selector == account_selector(budget_round.ballot_secret, residence.key_hash)
    assert line.selector != account_selector("another secret", residence.key_hash)
    others = [table for table in Base.metadata.sorted_tables if table.name != "voter_roll"]
    kept = json.dumps([list(map(str, row)) for table in others for row in session.execute(select(table))])
    assert line.selector not in kept
    assert {key.column.table.name for key in VoterRoll.__table__.foreign_keys} == {"round", "code_batch"}
    assert str(account.id) not in (line.selector, line.verifier_hash)


def test_the_rulebook_freezes_the_method_and_an_older_one_means_letters(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round_of_accounts(session)
    assert budget_round.frozen_rulebook()["voting_method"] == "account-brief"
    assert budget_round.method() is VotingMethod.ACCOUNT_LETTER
    older = Round(rulebook='{"title":"Van voor die tijd"}', voting_method=VotingMethod.ACCOUNT_OIDC)
    assert older.method() is VotingMethod.LETTER


def test_a_vote_with_an_account_asks_one_statement_more_than_one_with_a_letter(
    engine: Engine, session: Session, clock: TurnableClock
) -> None:
    by_letter, by_account = a_round(session), a_round_of_accounts(session)
    _account, residence = a_verified_resident(session)
    [code] = codes(session, by_letter, 1)
    for budget_round in (by_letter, by_account):
        assert budget_round.traject.facts().phases  # loaded, as the app keeps a round
    with counting_queries(engine) as of_letter:
        done(cast_ballot(session, by_letter, code.selector, [1], clock.now))
    with counting_queries(engine) as of_account:
        done(cast_by_account(session, by_account, residence, [1], clock.now))
    assert len(of_account) == len(of_letter) + 1
