"""Counts per network go when their day has come: by the command of every night, and by the worker."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.votes import add_networks
from participatie.commands.forgetting import Forgetter
from participatie.models.votes import VoteNetworkCount
from tests.commands.conftest import CommandLine
from tests.factories import a_round


def counted(session: Session) -> None:
    """A vote of the past, as the clock of commands is that of the machine, with a count."""
    add_networks(session, {(a_round(session).id, "203.0.113.0/24"): (3,)})
    session.commit()


def test_the_command_of_every_night_deletes_them(participatie: CommandLine, session: Session) -> None:
    counted(session)
    assert "rondes: 1" in participatie("rounds", "forget", "--due").output
    session.expire_all()
    assert session.scalars(select(VoteNetworkCount)).all() == []
    session.rollback()
    assert "niets te vernietigen" in participatie("rounds", "forget", "--due").output


def test_the_worker_deletes_them_and_looks_again_after_an_hour(session: Session, engine: Engine) -> None:
    counted(session)
    forgetter = Forgetter(engine)
    assert forgetter.work() == 1
    session.expire_all()
    assert session.scalars(select(VoteNetworkCount)).all() == []
    session.rollback()
    counted(session)
    assert forgetter.work() == 0
