"""A hundred processes that cast are killed (SIGKILL) at any moment: nothing acknowledged is lost, nothing is half done.

`make bench` does the same to real servers. On SQLite a process that dies leaves its lock and its half of the log to the
next one; on PostgreSQL the server finds that its client is gone.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from participatie.actions.votes import CastBallot, ballot_key, canonical, cast_ballot
from participatie.models.database import connect, transaction
from participatie.models.votes import Ballot, BallotDraft, VoterRoll
from participatie.models.wijkbudget import Round, round_for_voting
from participatie.spelregels.votes import RollStatus
from tests.clock import TurnableClock
from tests.factories import a_round, codes

KILLS = 100
LETTERS = 600
LONGEST = 0.02  # seconds that a process lives once it began to cast


def casts_until_killed(url: str, slug: str, selectors: list[str], now: datetime, told: int) -> None:
    """Cast one ballot after another, and tell each receipt once its transaction is committed."""
    engine = connect(url)
    for selector in selectors:
        with transaction(engine) as session:
            budget_round = session.scalars(round_for_voting(slug)).one()
            cast = cast_ballot(
                session, budget_round, selector, [1, 2], now, key=f"the page of {selector}".replace(" ", "-")
            )
            assert isinstance(cast, CastBallot)
        os.write(told, f"{selector} {cast.receipt}\n".encode())


def acknowledged(url: str, slug: str, selectors: list[str], now: datetime, lives: float) -> list[list[str]]:
    """Let a process cast, kill it a moment after its first receipt, and return what it told until then."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(heard)
            casts_until_killed(url, slug, selectors, now, told)
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(heard, "rb") as lines:
        first = lines.readline()
        time.sleep(lives)
        os.kill(child, signal.SIGKILL)
        rest = lines.read()
    os.waitpid(child, 0)
    whole = [line for line in (first + rest).split(b"\n")[:-1] if line]
    return [line.decode().split() for line in whole]


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A round whose vote is open."""
    return a_round(session)


@pytest.fixture
def selectors(session: Session, budget_round: Round, clock: TurnableClock) -> Iterator[list[str]]:
    """Voters who chose and only have to cast."""
    letters = [code.selector for code in codes(session, budget_round, LETTERS)]
    rows = [
        {"round_id": budget_round.id, "ballot_key": ballot_key(budget_round, each), "choices": canonical([3]), "saved_at": clock.now}
        for each in letters
    ]  # fmt: skip
    session.execute(insert(BallotDraft), rows)
    session.commit()
    return letters


@pytest.mark.slow
def test_nothing_that_was_acknowledged_is_lost_when_who_casts_is_killed(
    engine: Engine, session: Session, clock: TurnableClock, budget_round: Round, selectors: list[str]
) -> None:
    """Abuse case 61: after each kill the next process begins with the ballot of which nobody knows what became."""
    url, slug, chance = engine.url.render_as_string(hide_password=False), budget_round.slug, random.Random(5)
    receipts: dict[str, str] = {}
    for _ in range(KILLS):
        # Should they all have voted, they vote again: the same pages, so the same receipts.
        waiting = [each for each in selectors if each not in receipts] or selectors
        told = acknowledged(url, slug, waiting, clock.now, chance.uniform(0, LONGEST))
        for selector, receipt in told:
            assert receipts.setdefault(selector, receipt) == receipt
    session.rollback()
    session.expire_all()
    stored = dict(session.execute(select(Ballot.ballot_key, Ballot.receipt)).all())
    keys = {ballot_key(budget_round, selector): selector for selector in selectors}
    assert {keys[key] for key in stored} >= receipts.keys()
    assert all(stored[ballot_key(budget_round, selector)] == receipt for selector, receipt in receipts.items())
    # Of the one that each process was at when it was killed nobody heard, until the next one cast it again.
    assert len(stored) - len(receipts) <= 1
    used = session.scalars(select(VoterRoll.selector).where(VoterRoll.status == RollStatus.USED)).all()
    assert sorted(used) == sorted(keys[key] for key in stored), "a code is used where its ballot is, and nowhere else"
    drafts = set(session.scalars(select(BallotDraft.ballot_key)))
    assert drafts == keys.keys() - stored.keys(), "a draft goes with its ballot, or stays"
