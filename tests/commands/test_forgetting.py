"""After the objection term a round forgets which code cast which ballot, and nothing else."""

import importlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.votes import ballot_key
from participatie.models.audit import AuditRow
from participatie.models.besluiten import Besluit, besluit_of_round
from participatie.models.votes import Ballot, grouped_ballots
from participatie.models.wijkbudget import Round, allocation_of
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.wijkbudget import sha256_of
from tests.commands.conftest import CommandLine
from tests.factories import a_round, a_wijkmanager, ballots, count_it, done, now_of, roll_of, runs_all


def publish(session: Session, budget_round: Round) -> Besluit:
    """Publish a besluit that follows the vote."""
    besluit = publish_besluit(
        session, runs_all(a_wijkmanager(session)), budget_round, title="Besluit", decision_body="college",
        motivation="Wij volgen de uitslag.", deviates=False, ground=None, now=now_of(session),
    )  # fmt: skip
    session.commit()
    return done(besluit)


def a_published_round(session: Session, slug: str) -> Round:
    """A round of three ballots that was counted and published."""
    budget_round = a_round(session, phase=PhaseKind.DECIDE, slug=slug)
    ballots(session, budget_round, [[1], [1, 2], [1]])
    count_it(session, budget_round)
    publish(session, budget_round)
    return budget_round


@pytest.fixture
def on_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> object:
    """A function that puts the commands' clock a number of days after the test's moment."""

    def turn(days: float) -> datetime:
        moment = now_of(session) + timedelta(days=days)
        monkeypatch.setattr(importlib.import_module("participatie.commands.rounds"), "now", lambda: moment)
        return moment

    return turn


def test_a_forgotten_round_keeps_its_ballots_and_links_none(
    participatie: CommandLine, session: Session, on_day: object
) -> None:
    budget_round = a_published_round(session, "plein")
    keys = {ballot_key(budget_round, line.selector) for line in roll_of(session, budget_round)}
    before = {ballot.receipt: (ballot.choices, ballot.cast_hour) for ballot in session.scalars(select(Ballot))}
    assert keys >= {ballot.ballot_key for ballot in session.scalars(select(Ballot))}
    session.commit()
    on_day(43)
    assert "plein" in participatie("rounds", "forget", "plein").output
    session.expire_all()
    assert session.scalars(select(Round.ballot_secret)).one() is None
    after = list(session.scalars(select(Ballot).order_by(Ballot.id)))
    assert {ballot.receipt: (ballot.choices, ballot.cast_hour) for ballot in after} == before
    assert not keys & {ballot.ballot_key for ballot in after}, "an old copy of the secret finds nothing either"
    assert [ballot.receipt for ballot in after] == sorted(before), "the order of casting is gone"
    rows = sorted(tuple(row) for row in session.execute(grouped_ballots(budget_round.id)))
    counted = session.scalars(allocation_of(budget_round.id)).one()
    assert sha256_of("\n".join(f"{count} {choices}" for choices, count in rows)) == counted.ballots_sha256
    assert session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first().act == "geheim vernietigd"
    session.commit()
    assert "niets te vernietigen" in participatie("rounds", "forget", "plein").output


def test_nothing_is_forgotten_while_somebody_can_object(
    participatie: CommandLine, session: Session, on_day: object
) -> None:
    """The last day counts in full, by the calendar of Amsterdam."""
    budget_round = a_published_round(session, "plein")
    until = session.scalars(besluit_of_round(budget_round.id)).one().objection_until
    session.commit()
    last = datetime(until.year, until.month, until.day, 21, 59, tzinfo=UTC)
    on_day((last - now_of(session)) / timedelta(days=1))
    output = participatie("rounds", "forget", "plein", exit_code=2).output
    assert f"{until:%d-%m-%Y}" in output
    assert "niets te vernietigen" in participatie("rounds", "forget", "--due").output
    on_day((last + timedelta(minutes=1) - now_of(session)) / timedelta(days=1))
    assert "plein" in participatie("rounds", "forget", "plein").output


def test_a_round_without_a_besluit_is_not_forgotten(
    participatie: CommandLine, session: Session, on_day: object
) -> None:
    budget_round = a_round(session, phase=PhaseKind.DECIDE, slug="plein")
    count_it(session, budget_round)
    on_day(400)
    assert "not-decided" in participatie("rounds", "forget", "plein", exit_code=2).output
    session.expire_all()
    assert session.scalars(select(Round.ballot_secret)).one() is not None


def test_all_rounds_whose_term_is_over_are_forgotten_at_once(
    participatie: CommandLine, session: Session, on_day: object
) -> None:
    for slug in ("plein", "park"):
        a_published_round(session, slug)
    a_round(session, slug="later")
    on_day(43)
    output = participatie("rounds", "forget", "--due").output
    assert "plein, park" in output
    session.expire_all()
    assert {
        budget_round.slug: budget_round.ballot_secret is None for budget_round in session.scalars(select(Round))
    } == {
        "plein": True,
        "park": True,
        "later": False,
    }


@pytest.mark.parametrize("words", [(), ("plein", "--due")])
def test_one_round_or_all_that_are_due(participatie: CommandLine, words: tuple[str, ...]) -> None:
    assert "--due" in participatie("rounds", "forget", *words, exit_code=2).output
