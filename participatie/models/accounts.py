"""Who has an account, which roles, and which sessions are alive?"""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from participatie.models.base import Base, Id, Line, Moment, UtcDateTime, words
from participatie.models.wijken import Area
from participatie.spelregels.accounts import LoginCodeFacts
from participatie.spelregels.permissions import Actor, Grant, Role

#: How the address of an account ends that has none: `.invalid` is nobody's (RFC 2606), and nothing is mailed there.
WITHOUT_ADDRESS = "@zonder-adres.invalid"


class Account(Base):
    """Somebody who logs in with a mailed code, or elsewhere (`Identity`). There are no passwords."""

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Line] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(String(5), default="nl")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    created_at: Mapped[Moment]

    area: Mapped[Area | None] = relationship()
    granted: Mapped[list["RoleGrant"]] = relationship(back_populates="account")

    def has_address(self) -> bool:
        """Tell whether mail can be sent: somebody who logs in elsewhere alone gave no address."""
        return not self.email.endswith(WITHOUT_ADDRESS)

    def actor(self) -> Actor:
        """Return this account as the spelregels see it."""
        return Actor(
            account_id=self.id,
            home_path=self.area.path if self.area else None,
            grants=frozenset(Grant(held.role, held.area.path) for held in self.granted),
        )


class RoleGrant(Base):
    """A role that somebody holds for an area and everything in it."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "area_id"),)

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))

    account: Mapped[Account] = relationship(back_populates="granted")
    area: Mapped[Area] = relationship()


class LoginCode(Base):
    """A mailed code of six digits, kept as a keyed hash and bound to the browser that asked for it."""

    __tablename__ = "login_code"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), index=True)
    browser_hash: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def facts(self) -> LoginCodeFacts:
        """Return the code as the spelregels see it."""
        return LoginCodeFacts(self.created_at, self.tries, self.used_at is not None)


class LoginSession(Base):
    """A browser that is logged in; deleting the row logs it out wherever the cookie is."""

    __tablename__ = "login_session"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[Moment]

    account: Mapped[Account] = relationship()


def token_hash(token: str) -> str:
    """Return what is stored of a random token: a copy of the database logs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_by_email(email: str) -> Select[Account]:
    """The account of an address; addresses are stored in lower case."""
    return select(Account).where(Account.email == email)


def grant_of(account_id: int, role: Role, area_id: int) -> Select[RoleGrant]:
    """The grant of one role for one area to one account."""
    return select(RoleGrant).where(
        RoleGrant.account_id == account_id, RoleGrant.role == role, RoleGrant.area_id == area_id
    )


def all_grants() -> Select[RoleGrant]:
    """Every role that somebody holds, by address, with the account and the area."""
    return (
        select(RoleGrant)
        .join(RoleGrant.account)
        .join(RoleGrant.area)
        .options(joinedload(RoleGrant.account), joinedload(RoleGrant.area))
        .order_by(Account.email, Area.path, RoleGrant.role)
    )


def login_codes_since(email: str, moment: datetime) -> Select[int]:
    """How many codes were mailed to an address from a moment on."""
    return select(func.count()).select_from(LoginCode).where(LoginCode.email == email, LoginCode.created_at >= moment)


def newest_login_code(browser_hash: str) -> Select[LoginCode]:
    """The last code that this browser asked for."""
    return select(LoginCode).where(LoginCode.browser_hash == browser_hash).order_by(LoginCode.id.desc()).limit(1)


def account_of_session(token_hash: str, now: datetime) -> Select[Account]:
    """The account behind a session that is still alive, with its home area and roles, in two queries."""
    return (
        select(Account)
        .join(LoginSession, LoginSession.account_id == Account.id)
        .where(LoginSession.token_hash == token_hash, LoginSession.expires_at > now)
        .options(joinedload(Account.area), selectinload(Account.granted).joinedload(RoleGrant.area))
    )


def accounts_with_role(role: Role, area_path: str) -> Select[Account]:
    """The accounts that hold a role for an area or for an area around it."""
    return (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Area, RoleGrant.area_id == Area.id)
        .where(RoleGrant.role == role, func.substr(area_path, 1, func.length(Area.path)) == Area.path)
        .order_by(Account.id)
    )
