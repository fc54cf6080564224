"""How often was voted from each network? Counted apart from the ballots, under a secret that goes with the counts."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from participatie.actions.upserting import upserting
from participatie.models.database import transaction
from participatie.models.votes import VoteNetworkCount, VoteNetworkSalt
from participatie.models.wijkbudget import Round
from participatie.spelregels.anomalies import networks_forgotten_at
from participatie.spelregels.keyed_hashes import keyed_hash

#: By round and network (the first part of an address): how often was voted, as the only number.
Casts = Mapping[tuple[int, str], tuple[int, ...]]


def write_networks(engine: Engine, casts: Casts) -> None:
    """Add numbers in a transaction of their own."""
    with transaction(engine) as session:
        add_networks(session, casts)


def add_networks(session: Session, casts: Casts) -> None:
    """Add numbers to those that are there; what is kept of a network is a hash. Rounds that are not open are passed over."""
    # Always in the same order: two workers that write at once then wait for each other and do not lock up.
    for round_id in sorted({round_id for round_id, _network in casts}):
        budget_round = session.get(Round, round_id)
        if budget_round is None or budget_round.rulebook is None:
            continue
        salt = _salt(session, budget_round)
        rows = sorted(
            (network_hash(salt, network), number)
            for (of_round, network), (number,) in casts.items()
            if of_round == round_id
        )
        statement = upserting(session)(VoteNetworkCount)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["round_id", "network"],
                set_={"casts": VoteNetworkCount.casts + statement.excluded.casts},
            ),
            [{"round_id": round_id, "network": network, "casts": number} for network, number in rows],
        )


def network_hash(salt: str, network: str) -> str:
    """Return what is kept of a network: HMAC-SHA256 of the first part of an address with the salt of the round."""
    return keyed_hash(salt, network)


def forget_due_networks(session: Session, now: datetime) -> int:
    """Delete the counts and salts whose day has come, and return of how many rounds."""
    due = list(session.scalars(select(VoteNetworkSalt.round_id).where(VoteNetworkSalt.forget_at <= now)))
    for round_id in due:
        forget_networks(session, round_id)
    return len(due)


def forget_networks(session: Session, round_id: int) -> None:
    """Delete the counts per network of a round, with the salt that they were made with."""
    session.execute(delete(VoteNetworkCount).where(VoteNetworkCount.round_id == round_id))
    session.execute(delete(VoteNetworkSalt).where(VoteNetworkSalt.round_id == round_id))


def _salt(session: Session, budget_round: Round) -> str:
    made = upserting(session)(VoteNetworkSalt).values(
        round_id=budget_round.id,
        salt=secrets.token_hex(32),
        forget_at=networks_forgotten_at(budget_round.clock().closes_at),
    )
    # Of two workers that come first, the salt of one stays.
    session.execute(made.on_conflict_do_nothing())
    return session.scalars(select(VoteNetworkSalt.salt).where(VoteNetworkSalt.round_id == budget_round.id)).one()
