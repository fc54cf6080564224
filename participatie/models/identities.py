"""Which account belongs to somebody who logged in elsewhere? Kept is a hash of who they are there, and nothing else."""

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.accounts import Account
from participatie.models.base import Base, Id, Line, Moment


class Identity(Base):
    """Somebody at a login service: one account, and one identity of that service for an account."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject_hash"), UniqueConstraint("issuer", "account_id"))

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    issuer: Mapped[Line]
    subject_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]

    account: Mapped[Account] = relationship()


class SpentLogin(Base):
    """A login elsewhere that came back: it works once, also for whoever kept an old cookie. Rows live ten minutes."""

    __tablename__ = "spent_login"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[Moment] = mapped_column(index=True)


def identity_of(issuer: str, subject_hash: str) -> Select[Identity]:
    """The identity with that hash at one login service, with its account."""
    return (
        select(Identity)
        .where(Identity.issuer == issuer, Identity.subject_hash == subject_hash)
        .options(joinedload(Identity.account))
    )


def identity_of_account(issuer: str, account_id: int) -> Select[Identity]:
    """How an account is known at one login service."""
    return select(Identity).where(Identity.issuer == issuer, Identity.account_id == account_id)
