"""A round from a file is a round all the same: it comes in through whoever may prepare one there."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import import_round
from participatie.allocation.pabulib import read_pabulib
from participatie.commands.rounds import operator
from participatie.models.audit import AuditRow
from participatie.models.trajecten import Traject
from participatie.spelregels.permissions import OPERATOR, Actor, Role
from participatie.spelregels.verdicts import Refusal, Refused
from tests.commands.test_rounds import SMALL
from tests.factories import a_gemeente, an_account, done, now_of

ELECTION = read_pabulib(SMALL.encode(), "plein.pb")


@pytest.mark.parametrize("role", [Role.BEHEERDER, Role.RAAD, Role.MODERATOR, None])
def test_nobody_brings_in_a_vote_who_may_not_prepare_a_round(session: Session, role: Role | None) -> None:
    area = a_gemeente(session).gemeente
    # The beheerder of the server itself has no power over votes either.
    actor = OPERATOR if role is Role.BEHEERDER else an_account(session, role=role).actor()
    refusal = import_round(session, actor, area, ELECTION, "plein", now_of(session))
    assert isinstance(refusal, Refused)
    assert refusal.code is Refusal.NOT_YOUR_ROLE
    assert session.scalar(select(func.count()).select_from(Traject)) == 0


def test_a_wijkmanager_brings_in_no_vote_of_another_wijk(session: Session) -> None:
    here, elsewhere = a_gemeente(session).wijken
    refusal = import_round(session, operator(here), elsewhere, ELECTION, "plein", now_of(session))
    assert isinstance(refusal, Refused)
    assert refusal.code is Refusal.NOT_YOUR_ROLE


def test_the_logbook_says_who_brought_a_round_in(session: Session) -> None:
    area = a_gemeente(session).gemeente
    manager: Actor = an_account(session, role=Role.WIJKMANAGER).actor()
    budget_round = done(import_round(session, manager, area, ELECTION, "plein", now_of(session)))
    session.flush()
    row = session.scalars(select(AuditRow).where(AuditRow.act == "ronde ingelezen")).one()
    assert (row.actor_id, row.object_id) == (manager.account_id, budget_round.id)
