"""Places and people."""

import secrets
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account, LoginSession, RoleGrant, token_hash
from participatie.models.wijken import Area, AreaKind
from participatie.spelregels.accounts import SESSION_TERM
from participatie.spelregels.permissions import Actor, Grant, Role
from participatie.spelregels.verdicts import Refused
from tests.factories.moments import now_of
from tests.factories.remembered import remembered

Result = TypeVar("Result")

WIJKEN = {"Molenkwartier": ("Wiekbuurt", "Meelbuurt"), "Havenoost": ("Kadebuurt", "Loodsbuurt")}
NAMES = ("Fatma Yıldız", "Kees de Wit", "Sanne Visser", "Omar Haddad", "Oksana Koval", "Piotr Nowak", "Ruth Maduro")

_numbers = count(1)


def next_number() -> int:
    """Return a number that no row of this process has in its name yet."""
    return next(_numbers)


@dataclass(frozen=True, slots=True)
class World:
    """A made-up gemeente: one stadsdeel, two wijken of two buurten each."""

    gemeente: Area
    stadsdeel: Area
    wijken: list[Area]
    buurten: list[Area]


def a_gemeente(session: Session) -> World:
    """The gemeente of this test, made at the first call."""
    areas = list(session.scalars(select(Area).order_by(Area.id))) or _the_usual_areas(session)
    kinds = {kind: [area for area in areas if area.kind is kind] for kind in AreaKind}
    return World(kinds[AreaKind.GEMEENTE][0], kinds[AreaKind.STADSDEEL][0], kinds[AreaKind.WIJK], kinds[AreaKind.BUURT])


@remembered
def _the_usual_areas(session: Session) -> list[Area]:
    root = _an_area(session, "GM9001", AreaKind.GEMEENTE, "Lindewaard", None)
    stadsdeel = _an_area(session, "SD900101", AreaKind.STADSDEEL, "Stadsdeel Oost", root)
    for place, (wijk_name, buurt_names) in enumerate(WIJKEN.items(), start=1):
        wijk = _an_area(session, f"WK90010{place}", AreaKind.WIJK, wijk_name, stadsdeel)
        for digit, name in enumerate(buurt_names, start=1):
            _an_area(session, f"BU90010{place}0{digit}", AreaKind.BUURT, name, wijk)
    session.commit()
    return list(session.scalars(select(Area).order_by(Area.id)))


@remembered
def an_account(
    session: Session,
    *,
    area: Area | None = None,
    role: Role | None = None,
    role_area: Area | None = None,
    locale: str = "nl",
    name: str | None = None,
    email: str | None = None,
) -> Account:
    """Somebody with an account: living in `area` (None: nowhere known), with `role` in `role_area` (the gemeente)."""
    number = next_number()
    account = Account(
        email=email or f"bewoner-{number}@voorbeeld.example",
        name=NAMES[number % len(NAMES)] if name is None else name,
        locale=locale,
        area=area,
        created_at=now_of(session),
        granted=[],
    )
    if role is not None:
        account.granted.append(RoleGrant(role=role, area=role_area or a_gemeente(session).gemeente))
    session.add(account)
    session.commit()
    return account


@remembered
def a_resident(session: Session, *, locale: str = "nl", name: str | None = None) -> Account:
    """Somebody who lives in the first buurt."""
    return an_account(session, area=a_gemeente(session).buurten[0], locale=locale, name=name)


@remembered
def a_wijkmanager(session: Session) -> Account:
    """The wijkmanager of the whole gemeente, always the same one in a test."""
    held = select(Account).join(RoleGrant, RoleGrant.account_id == Account.id).where(RoleGrant.role == Role.WIJKMANAGER)
    found = session.scalars(held.order_by(Account.id)).first()
    return found or an_account(session, role=Role.WIJKMANAGER, name="Wim Bakker")


def a_login(session: Session, account: Account) -> str:
    """A session token of that account, as a login makes it."""
    token = secrets.token_urlsafe(32)
    expires_at = now_of(session) + SESSION_TERM
    session.add(LoginSession(token_hash=token_hash(token), account_id=account.id, expires_at=expires_at))
    session.commit()
    return token


def done(result: Result | Refused) -> Result:
    """Return what an action made; a refusal is a mistake of the test."""
    assert not isinstance(result, Refused), f"refused: {result}"
    return result


def _an_area(session: Session, code: str, kind: AreaKind, name: str, parent: Area | None) -> Area:
    area = Area(code=code, kind=kind, name=name, parent=parent, path="/")
    session.add(area)
    session.flush()
    area.path = f"{parent.path if parent else '/'}{area.id}/"
    return area


def runs_all(account: Account) -> Actor:
    """The account as an actor; a wijkmanager of one wijk may make a world elsewhere too."""
    return Actor(account.id, grants=frozenset({Grant(Role.WIJKMANAGER, "/")}))
