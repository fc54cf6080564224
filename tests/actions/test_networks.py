"""Votes by network: a salted hash, apart from the ballots, that goes thirty days after the close."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.votes import add_networks, forget_due_networks
from participatie.actions.votes.networks import network_hash
from participatie.actions.wijkbudget import restart_vote
from participatie.models.votes import Ballot, VoteNetworkCount, VoteNetworkSalt, casts_by_network
from participatie.models.wijkbudget import Round
from tests.clock import TurnableClock
from tests.factories import a_round, a_wijkmanager, done, runs_all

SCHOOL, STREET = "203.0.113.0/24", "2001:db8:1::/48"


def by_network(session: Session, budget_round: Round) -> list[int]:
    """How often was voted from each network."""
    return [casts for _network, casts in session.execute(casts_by_network(budget_round.id))]


def test_numbers_are_added_under_a_salt_of_the_round(session: Session) -> None:
    budget_round, other = a_round(session), a_round(session)
    add_networks(session, {(budget_round.id, SCHOOL): (3,), (budget_round.id, STREET): (1,), (other.id, SCHOOL): (1,)})
    add_networks(session, {(budget_round.id, SCHOOL): (4,), (99999999, SCHOOL): (5,)})
    session.commit()
    assert by_network(session, budget_round) == [7, 1]
    kept = list(session.scalars(select(VoteNetworkCount.network)))
    assert len(set(kept)) == 3, "the same network has another name in another round"
    assert not any(network in name for name in kept for network in (SCHOOL, STREET))
    salt = session.get_one(VoteNetworkSalt, budget_round.id).salt
    assert network_hash(salt, SCHOOL) in kept


def test_the_counts_have_no_key_in_common_with_a_ballot() -> None:
    columns = {column.name for column in VoteNetworkCount.__table__.columns}
    assert columns & {column.name for column in Ballot.__table__.columns} == {"round_id"}


def test_counts_and_salt_go_thirty_days_after_the_close(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    add_networks(session, {(budget_round.id, SCHOOL): (3,)})
    due = budget_round.clock().closes_at + timedelta(days=30)
    assert forget_due_networks(session, due - timedelta(seconds=1)) == 0
    assert by_network(session, budget_round) == [3]
    assert forget_due_networks(session, due) == 1
    session.commit()
    for table in (VoteNetworkCount, VoteNetworkSalt):
        assert session.scalars(select(table)).all() == []
    assert forget_due_networks(session, due) == 0


def test_a_vote_that_is_done_over_is_counted_anew(session: Session, clock: TurnableClock) -> None:
    budget_round = a_round(session)
    add_networks(session, {(budget_round.id, SCHOOL): (3,)})
    done(restart_vote(session, runs_all(a_wijkmanager(session)), budget_round, "Een fout.", clock.now))
    add_networks(session, {(budget_round.id, SCHOOL): (1,)})
    session.commit()
    assert by_network(session, budget_round) == [], "what another worker still held came too late"
