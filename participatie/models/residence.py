"""Where does somebody live for sure, and which codes prove it? Apart from the home that people tell us themselves."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, words
from participatie.models.wijken import Area
from participatie.spelregels.residence import ResidenceFacts, ResidenceMethod


class Residence(Base):
    """The verified residence of one account. `verified_on` is a day in Amsterdam.

    `key_hash` is the hash of what proved it, a code or a login elsewhere: no two accounts have the same, and from it
    comes the credential that votes. Whoever makes a new account is so the same voter still.
    """

    __tablename__ = "residence"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    method: Mapped[ResidenceMethod] = mapped_column(words(ResidenceMethod, "method"))
    verified_on: Mapped[date]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)

    area: Mapped[Area] = relationship()

    def facts(self) -> ResidenceFacts:
        """Return the residence as the spelregels see it."""
        return ResidenceFacts(self.area.path, self.method)


class ResidenceBatch(Base):
    """Residence codes that were made together, for the people of one buurt or wijk."""

    __tablename__ = "residence_batch"

    id: Mapped[Id]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    label: Mapped[Line]
    size: Mapped[int]
    created_at: Mapped[Moment]

    area: Mapped[Area] = relationship()


class ResidenceCode(Base):
    """A code of a letter that proves where somebody lives. It is kept as a keyed hash and works once."""

    __tablename__ = "residence_code"

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("residence_batch.id"), index=True)
    selector: Mapped[str] = mapped_column(String(16), unique=True)
    verifier_hash: Mapped[str] = mapped_column(String(64))
    is_used: Mapped[bool] = mapped_column(default=False)

    batch: Mapped[ResidenceBatch] = relationship()


class ResidenceTry(Base):
    """How many residence codes an account tried within an hour."""

    __tablename__ = "residence_try"
    __table_args__ = (
        CheckConstraint("tries > 0", name="tries"),
        Index("ix_residence_try_hour", "hour"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    hour: Mapped[Moment] = mapped_column(primary_key=True)
    tries: Mapped[int]


def residence_of(account_id: int) -> Select[Residence]:
    """The verified residence of an account, with its area."""
    return select(Residence).where(Residence.account_id == account_id).options(joinedload(Residence.area))


def residence_code(selector: str) -> Select[ResidenceCode]:
    """The residence code with that selector, with its batch and area."""
    return (
        select(ResidenceCode)
        .where(ResidenceCode.selector == selector)
        .options(joinedload(ResidenceCode.batch).joinedload(ResidenceBatch.area))
    )


def residence_selectors() -> Select[str]:
    """Every selector that was given out, so that none is given twice."""
    return select(ResidenceCode.selector)
