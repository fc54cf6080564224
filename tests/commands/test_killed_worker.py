"""A worker that is killed (SIGKILL) before any statement at all: nothing is lost, and at most one mail comes twice."""

import gc
import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.orm import Session

from participatie.actions.telling import tell
from participatie.commands.digesting import Digester
from participatie.commands.mail import send_due_mail
from participatie.models.outbox import OutboxMail
from participatie.models.telling import Digest, Waiting
from participatie.models.trajecten import Traject
from participatie.settings import Settings
from participatie.spelregels.telling import Cadence, Told
from tests.clock import TurnableClock
from tests.factories import a_traject, now_of
from tests.factories.telling import a_follower
from tests.post_office import PostOffice

#: More statements than writing and sending to them takes; the last turn must come to its end.
MOST = 50


def works_until_killed(engine: Engine, settings: Settings, moment: datetime, statements: int) -> bool:
    """Write digests and send mail in a process that dies before its n-th statement; tell whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = iter(range(statements))

        def die(*_arguments: object) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            gc.disable()
            engine.dispose(close=False)  # the connections are those of the other process
            # Before what begins a transaction too: the moment after the commit of the one before.
            event.listen(engine, "before_cursor_execute", die)
            Digester(engine).work_at(moment)
            while send_due_mail(engine, settings):
                pass
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return not os.WIFSIGNALED(status)


def arrange(session: Session, traject: Traject, moment: datetime) -> None:
    """Begin anew: something waits for each reader, and no mail was written."""
    for table in (Waiting, Digest, OutboxMail):
        session.execute(delete(table))
    tell(session, traject, Told.PROGRESS, moment, "Het plan vordert.")
    session.commit()


@pytest.mark.slow
def test_a_worker_that_is_killed_anywhere_loses_nothing_and_doubles_one_at_most(
    engine: Engine, session: Session, settings: Settings, clock: TurnableClock
) -> None:
    """Abuse case 62: while a digest is built, before a mail is sent, and after it was sent before that is marked."""
    traject, begin = a_traject(session), now_of(session)
    # One mail that is written already, and one that is built while the worker dies.
    readers = [a_follower(session, traject, cadence=each).email for each in (Cadence.AT_ONCE, Cadence.DAILY)]
    clock.now += timedelta(days=1)
    doubled, ended = 0, False
    with PostOffice() as post:
        here = replace(settings, smtp_url=post.url)
        for statements in range(MOST):
            arrange(session, traject, begin)
            post.received.clear()
            ended = works_until_killed(engine, here, clock(), statements)
            Digester(engine).work_at(clock())
            session.execute(update(OutboxMail).values(due_at=OutboxMail.created_at))
            session.commit()
            post.collect(engine, here)
            got = Counter(str(message["To"]) for message in post.received)
            assert sorted(got) == sorted(readers), f"killed before statement {statements}: {got}"
            assert sum(got.values()) <= len(readers) + 1, f"killed before statement {statements}: {got}"
            ids = [message["Message-ID"] for message in post.received]
            assert len(set(ids)) == len(readers), "a mail that comes twice can be recognised as one"
            doubled += sum(got.values()) - len(readers)
            session.rollback()
            if ended:
                break
    assert ended, "the last worker was not killed"
    assert doubled, "no worker was killed between the server's yes and the mark"
    assert session.scalars(select(Waiting)).all() == []
