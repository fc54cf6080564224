"""Which addresses may get an invitation for a panel, and which got one? Emptied when the term is over."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Prose, UtcDateTime, words
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.buurtpanels.people import PanelPerson
from participatie.spelregels.buurtpanels.members import HouseholdStatus


class PanelHousehold(Base):
    """An address on the list of a panel. `stratum` is the buurt; `locale` NULL where the language is not known.

    `leaf` stands for it in public, made with its salt. It gets a code with its letter, of which only a hash is kept.
    """

    __tablename__ = "panel_household"
    __table_args__ = (
        UniqueConstraint("panel_id", "leaf"),
        UniqueConstraint("panel_id", "selector"),
        Index("ix_panel_household_status", "panel_id", "status"),
        CheckConstraint("(selector IS NULL) = (verifier_hash IS NULL)", name="code"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"))
    name: Mapped[Line] = mapped_column(default="")
    address: Mapped[Line]
    postcode: Mapped[str] = mapped_column(String(10))
    place: Mapped[Line]
    locale: Mapped[str | None] = mapped_column(String(5))
    stratum: Mapped[Line]
    salt: Mapped[str] = mapped_column(String(64))
    leaf: Mapped[str] = mapped_column(String(64))
    selector: Mapped[str | None] = mapped_column(String(16))
    verifier_hash: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[HouseholdStatus] = mapped_column(words(HouseholdStatus, "status"), default=HouseholdStatus.LISTED)
    letter_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    panel: Mapped[Buurtpanel] = relationship()


class PanelNoThanks(Base):
    """Why somebody will not take part, in their own words, without their address."""

    __tablename__ = "panel_no_thanks"

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    reason: Mapped[Prose]


def households_of(panel_id: int) -> Select[PanelHousehold]:
    """Every address on the list of a panel, in the order of their leaves, which is nobody's order."""
    return select(PanelHousehold).where(PanelHousehold.panel_id == panel_id).order_by(PanelHousehold.leaf)


def household_by_selector(panel_id: int, selector: str) -> Select[PanelHousehold]:
    """The address whose code begins with a selector."""
    return select(PanelHousehold).where(PanelHousehold.panel_id == panel_id, PanelHousehold.selector == selector)


def household_of(panel_id: int, household_id: int) -> Select[PanelHousehold]:
    """One address of a panel."""
    return select(PanelHousehold).where(PanelHousehold.panel_id == panel_id, PanelHousehold.id == household_id)


def households_by_id(numbers: Collection[int]) -> Select[PanelHousehold]:
    """The addresses with these numbers."""
    return select(PanelHousehold).where(PanelHousehold.id.in_(numbers))


def households_at(panel_id: int, postcodes: Collection[str]) -> Select[PanelHousehold]:
    """The addresses of a panel with one of these postcodes, written as in the list."""
    return households_of(panel_id).where(PanelHousehold.postcode.in_(postcodes))


def to_be_written(panel_id: int, limit: int) -> Select[PanelHousehold]:
    """The addresses that were drawn and have no letter yet, at most so many."""
    return _invited(panel_id).where(PanelHousehold.letter_at.is_(None)).limit(limit)


def to_be_reminded(panel_id: int, limit: int) -> Select[PanelHousehold]:
    """The addresses that got a letter, did not answer and were not reminded, at most so many."""
    return (
        _invited(panel_id)
        .where(PanelHousehold.letter_at.is_not(None), PanelHousehold.reminded_at.is_(None))
        .limit(limit)
    )


def to_be_written_anew(panel_id: int, limit: int) -> Select[PanelHousehold]:
    """The addresses that got a letter and did not answer, the longest ago first, at most so many."""
    return (
        _invited(panel_id)
        .where(PanelHousehold.letter_at.is_not(None))
        .order_by(None)
        .order_by(PanelHousehold.letter_at, PanelHousehold.leaf)
        .limit(limit)
    )


def _invited(panel_id: int) -> Select[PanelHousehold]:
    return households_of(panel_id).where(PanelHousehold.status == HouseholdStatus.INVITED)


def households_by_status(panel_id: int) -> Select[HouseholdStatus, str | None, int, int, int]:
    """How many addresses are how far, in which language, how many of them got a letter, and a second one."""
    return (
        select(
            PanelHousehold.status,
            PanelHousehold.locale,
            func.count(),
            func.count(PanelHousehold.letter_at),
            func.count(PanelHousehold.reminded_at),
        )
        .where(PanelHousehold.panel_id == panel_id)
        .group_by(PanelHousehold.status, PanelHousehold.locale)
        .order_by(PanelHousehold.status, PanelHousehold.locale)
    )


def households_by_stratum(panel_id: int) -> Select[str, int]:
    """How many addresses there are in each buurt."""
    return (
        select(PanelHousehold.stratum, func.count())
        .where(PanelHousehold.panel_id == panel_id)
        .group_by(PanelHousehold.stratum)
        .order_by(PanelHousehold.stratum)
    )


def selectors_on(panel_id: int) -> Select[str]:
    """The first half of every code of a panel, of addresses and of people."""
    of_people = select(PanelPerson.selector).where(PanelPerson.panel_id == panel_id)
    of_homes = select(PanelHousehold.selector).where(
        PanelHousehold.panel_id == panel_id, PanelHousehold.selector.is_not(None)
    )
    return select(literal_column("selector", String)).select_from(union_all(of_people, of_homes).subquery())


def no_thanks_for(panel_id: int, limit: int) -> Select[str]:
    """What those wrote who will not take part, the newest first."""
    return (
        select(PanelNoThanks.reason)
        .where(PanelNoThanks.panel_id == panel_id)
        .order_by(PanelNoThanks.id.desc())
        .limit(limit)
    )
