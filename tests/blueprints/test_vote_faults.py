"""The database is locked, full, read-only or gone while somebody casts: they are told what counts, and nothing counts twice."""

import resource
from collections.abc import Iterator
from threading import Thread
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from participatie.models.database import connect
from participatie.models.wijkbudget import Round
from participatie.web.transaction import ATTEMPTS
from tests.blueprints.voting import a_voter, cast, receipt_on
from tests.databases import POSTGRESQL
from tests.factories import a_round
from tests.visitor import Visitor

#: Seconds that the app waits for a lock in these tests, and PostgreSQL before it looks for a deadlock.
PATIENCE, DEADLOCK = 0.3, "100ms"


@pytest.fixture
def needs_postgresql(migrated_engine: Engine) -> None:
    """SQLite has no server that could go away, and one lock is all there is. Named first, so that nothing is arranged."""
    if migrated_engine.dialect.name != POSTGRESQL:
        pytest.skip("SQLite has no server, and one lock")


@pytest.fixture
def budget_round(session: Session) -> Round:
    """A round whose vote is open."""
    return a_round(session)


@pytest.fixture
def voter(app: Flask, session: Session, budget_round: Round) -> Visitor:
    """Somebody who has chosen, and looks at the last page."""
    voter = a_voter(app, session, budget_round)
    voter.submit("Verder", keuze=["1"])
    voter.follow()
    return voter


@pytest.fixture
def impatient(app: Flask, engine: Engine) -> Iterator[Engine]:
    """The engine of the app as it serves: it does not ask first whether a connection lives, and waits but shortly."""
    own = connect(engine.url.render_as_string(hide_password=False), pings=False, patience=PATIENCE)
    app.extensions["participatie.engine"] = own
    yield own
    own.dispose()


def is_told_that_it_does_not_count(voter: Visitor) -> None:
    """The answer is 503, says so, and holds what was sent."""
    page = voter.submit("Stem", status=503)
    assert page.h1 == "Uw stem is nog niet geteld"
    assert voter.response is not None
    assert voter.response.headers["Retry-After"] == "30"
    assert voter.response.headers["Cache-Control"] == "no-store"


def sends_it_again(voter: Visitor, session: Session) -> None:
    """Nothing is stored yet; the button of that page sends the same ballot, and then it counts."""
    assert cast(session) == []
    voter.submit("Stuur mijn stem nog eens")
    voter.follow()
    receipt_on(voter)
    assert cast(session) == ["[1]"]


def locking(engine: Engine, budget_round: Round) -> Connection:
    """Another program that holds what casting needs: on SQLite all of the database."""
    other = engine.connect()
    if engine.dialect.name == POSTGRESQL:
        other.execute(text("SELECT 1 FROM round WHERE id = :id FOR UPDATE"), {"id": budget_round.id})
    else:
        other = other.execution_options(sqlite_begin="IMMEDIATE")
        other.execute(text("SELECT 1"))
    return other


def test_a_database_that_somebody_else_holds_gets_a_page_that_says_it_does_not_count_yet(
    impatient: Engine, voter: Visitor, session: Session, engine: Engine, budget_round: Round
) -> None:
    """Abuse case 63: well before the server would stop a worker that does not answer."""
    session.commit()
    other = locking(engine, budget_round)
    is_told_that_it_does_not_count(voter)
    other.close()
    sends_it_again(voter, session)


def test_a_database_that_cannot_be_written_gets_a_page_that_says_it_does_not_count_yet(
    impatient: Engine, voter: Visitor, session: Session
) -> None:
    """Abuse case 63: after a switch to the spare server, or on a disk that somebody mounted read-only."""
    on_postgresql = impatient.dialect.name == POSTGRESQL
    setting = "SET default_transaction_read_only = on" if on_postgresql else "PRAGMA query_only = ON"

    def spoil(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute(setting)
        connection.commit()

    event.listen(impatient, "checkout", spoil)
    is_told_that_it_does_not_count(voter)
    event.remove(impatient, "checkout", spoil)
    impatient.dispose()
    sends_it_again(voter, session)


def test_a_full_disk_gets_a_page_that_says_it_does_not_count_yet(
    impatient: Engine, voter: Visitor, session: Session
) -> None:
    """Abuse case 63: as far as this process goes there is no room for another byte."""
    if impatient.dialect.name == POSTGRESQL:
        pytest.skip("the disk of PostgreSQL is filled by its own processes")
    session.commit()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        page = voter.submit("Stem", status=503)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert page.h1 == "Uw stem is nog niet geteld"
    sends_it_again(voter, session)


def test_a_server_that_was_started_again_between_two_pages_loses_no_vote(
    needs_postgresql: None, impatient: Engine, voter: Visitor, session: Session
) -> None:
    """Abuse case 64: every connection of the app is dead, and it only finds out when it casts."""
    with impatient.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
    voter.submit("Stem")
    voter.follow()
    receipt_on(voter)
    assert cast(session) == ["[1]"]


def test_a_connection_that_dies_within_the_vote_is_begun_anew_and_a_server_that_stays_away_says_so(
    needs_postgresql: None, impatient: Engine, voter: Visitor, session: Session
) -> None:
    """Abuse case 64: once is chance; three times is a database that is not there."""
    session.commit()
    deaths = [99]

    def dies(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("WITH marked") and deaths[0] > 0:
            deaths[0] -= 1
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with session.get_bind().connect() as other:  # type: ignore[union-attr]
                other.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})

    event.listen(impatient, "before_cursor_execute", dies)
    is_told_that_it_does_not_count(voter)
    assert deaths[0] == 99 - ATTEMPTS
    deaths[0] = 1
    sends_it_again(voter, session)
    assert deaths[0] == 0


def test_a_commit_of_which_nobody_heard_is_sent_again_and_counts_once(
    needs_postgresql: None, impatient: Engine, voter: Visitor, session: Session
) -> None:
    """Abuse cases 3 and 64: the server commits, and the line drops before it could say so."""
    session.commit()
    dropped = []

    def commits_and_dies(connection: Connection) -> None:
        if not dropped:
            driver = connection.connection.driver_connection
            driver.execute("COMMIT")  # type: ignore[union-attr]
            dropped.append(driver.info.backend_pid)  # type: ignore[union-attr]
            driver.close()  # type: ignore[union-attr]

    event.listen(impatient, "commit", commits_and_dies)
    voter.submit("Stem")
    event.remove(impatient, "commit", commits_and_dies)
    assert "komt in de plaats" not in voter.follow().text
    receipt_on(voter)
    assert dropped
    assert cast(session) == ["[1]"]


def test_a_deadlock_is_begun_anew(
    needs_postgresql: None, impatient: Engine, voter: Visitor, session: Session, engine: Engine, budget_round: Round
) -> None:
    """Abuse case 64: somebody holds the code and wants the round; the voter holds the round and wants the code."""
    session.commit()
    impatient.dispose()
    event.listen(
        impatient,
        "connect",
        lambda driver, _record: (driver.execute(f"SET deadlock_timeout = '{DEADLOCK}'"), driver.commit()),
    )
    with engine.connect() as other:
        other.execute(text("SET LOCAL deadlock_timeout = '20s'"))
        other.execute(text("SELECT 1 FROM voter_roll FOR UPDATE"))
        done: list[object] = []
        sender = Thread(target=lambda: done.append(voter.submit("Stem")))
        sender.start()
        holds_the_round = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        with engine.connect() as watcher:
            while not watcher.execute(holds_the_round).scalar():
                watcher.rollback()
                sleep(0.01)
        other.execute(text("SELECT 1 FROM round WHERE id = :id FOR UPDATE"), {"id": budget_round.id})
        other.rollback()
    sender.join()
    assert done, "the vote ended in an error"
    voter.follow()
    receipt_on(voter)
    assert cast(session) == ["[1]"]
