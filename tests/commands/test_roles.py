"""Somebody gets a role for an area, and loses it, without SQL."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, LoginSession, RoleGrant, account_by_email
from participatie.models.audit import AuditRow
from participatie.spelregels.permissions import Role
from tests.commands.conftest import CommandLine
from tests.factories import World, a_gemeente, a_login, a_resident

EMAIL = "nadia@voorbeeld.example"


def places(session: Session) -> World:
    """The gemeente of this test, with the database free for a command."""
    world = a_gemeente(session)
    session.commit()
    return world


def count(session: Session, table: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_colleague_gets_an_account_with_a_role(participatie: CommandLine, session: Session) -> None:
    wijk = places(session).wijken[0]
    output = participatie("roles", "grant", f" {EMAIL.upper()} ", "wijkmanager", wijk.code).output
    assert EMAIL in output
    assert wijk.name in output
    account = session.scalars(account_by_email(EMAIL)).one()
    assert Role.WIJKMANAGER in account.actor().roles_at(wijk.path)
    assert Role.WIJKMANAGER not in account.actor().roles_at(a_gemeente(session).gemeente.path)
    assert [row.act for row in session.scalars(select(AuditRow).order_by(AuditRow.id))] == [
        "account gemaakt",
        "rol gegeven",
    ]


def test_granting_twice_changes_nothing(participatie: CommandLine, session: Session) -> None:
    code = places(session).gemeente.code
    participatie("roles", "grant", EMAIL, "raad", code)
    a_login(session, session.scalars(account_by_email(EMAIL)).one())
    assert "niets veranderd" in participatie("roles", "grant", EMAIL, "raad", code).output
    assert (count(session, RoleGrant), count(session, AuditRow), count(session, LoginSession)) == (1, 2, 1)


def test_a_change_of_rights_ends_every_session_of_that_account(participatie: CommandLine, session: Session) -> None:
    """Abuse case 28: a session that was taken over before does not gain the new rights, or keep the old ones."""
    code = places(session).gemeente.code
    account, neighbour = a_resident(session), a_resident(session)
    a_login(session, neighbour)
    for act in ("grant", "revoke"):
        a_login(session, account)
        a_login(session, account)
        assert "opnieuw inloggen" in participatie("roles", act, account.email, "moderator", code).output
        session.rollback()
        assert [line.account_id for line in session.scalars(select(LoginSession))] == [neighbour.id]


def test_revoking_takes_one_role_at_one_place(participatie: CommandLine, session: Session) -> None:
    world = places(session)
    for area in (world.wijken[0], world.wijken[1]):
        participatie("roles", "grant", EMAIL, "moderator", area.code)
    participatie("roles", "revoke", EMAIL, "moderator", world.wijken[0].code)
    output = participatie("roles", "list").output
    assert world.wijken[1].code in output
    assert world.wijken[0].code not in output
    assert "is geen moderator" in participatie(
        "roles", "revoke", EMAIL, "moderator", world.wijken[0].code, exit_code=2
    ).output  # fmt: skip
    session.rollback()
    acts = [row.act for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert acts == ["account gemaakt", "rol gegeven", "rol gegeven", "rol ingetrokken"]


def test_without_roles_the_list_says_so(participatie: CommandLine) -> None:
    assert participatie("roles", "list").output.strip() == "Niemand heeft een rol."


@pytest.mark.parametrize(
    ("email", "role", "area", "says"),
    [
        ("geen adres", "wijkmanager", "GM9001", "geen e-mailadres"),
        (EMAIL, "burgemeester", "GM9001", "Kies een van: helper, moderator"),
        (EMAIL, "kiezer", "GM9001", "Kies een van: helper, moderator"),
        (EMAIL, "wijkmanager", "GM0000", "geen gebied met code 'GM0000'"),
    ],
)
@pytest.mark.parametrize("act", ["grant", "revoke"])
def test_what_cannot_be_is_one_sentence_and_leaves_nothing(
    participatie: CommandLine, session: Session, act: str, email: str, role: str, area: str, says: str
) -> None:
    places(session)
    output = participatie("roles", act, email, role, area, exit_code=2).output
    assert says in output
    assert len(output.strip().splitlines()) == 1
    assert count(session, Account) == 0
