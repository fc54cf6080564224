"""Who came in with a code, what did they answer about a seat, and who rests after it?"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base, Id, Moment, Prose, words
from participatie.models.buurtpanels.lots import PanelLot
from participatie.models.buurtpanels.people import PanelChange, PanelPerson
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus
from participatie.spelregels.buurtpanels.members import SEATED, MemberStatus
from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.buurtpanels.seats import SeatChannel

#: The line of `PanelGuess` that counts every wrong code of a panel; no selector is written so.
WHOLE_PANEL = "*"


class PanelGuess(Base):
    """How often a wrong code was tried within an hour: for one selector, and on a line of its own for the whole panel."""

    __tablename__ = "panel_guess"
    __table_args__ = (
        CheckConstraint("failures > 0", name="failures"),
        Index("ix_panel_guess_hour", "hour"),
    )

    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), primary_key=True)
    selector: Mapped[str] = mapped_column(String(16), primary_key=True)
    hour: Mapped[Moment] = mapped_column(primary_key=True)
    failures: Mapped[int]


class PanelAnswer(Base):
    """What somebody said about their seat, and how. It goes with the person.

    `note` is private: it is for the staff of the panel, and is emptied when it closes. `by_id` is who wrote down
    what was said by telephone or at a desk. `without_lot` tells that nobody drew this member.
    """

    __tablename__ = "panel_answer"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("panel_person.id", ondelete="CASCADE"), index=True)
    status: Mapped[MemberStatus] = mapped_column(words(MemberStatus, "status"))
    channel: Mapped[SeatChannel] = mapped_column(words(SeatChannel, "channel"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    note: Mapped[Prose] = mapped_column(default="")
    without_lot: Mapped[bool] = mapped_column(default=False)
    at: Mapped[Moment]


class PanelStep(Base):
    """A step of a panel that needs a public reason: that it began without a lot, and how it ended."""

    __tablename__ = "panel_step"
    __table_args__ = (UniqueConstraint("panel_id", "status"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"))
    status: Mapped[PanelStatus] = mapped_column(words(PanelStatus, "status"))
    reason: Mapped[Prose]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PanelRest(Base):
    """That somebody sat on a panel, and until when nobody asks them again. Who it is stands here as a keyed hash only."""

    __tablename__ = "panel_rest"

    person_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[date] = mapped_column(Date, index=True)


def answers_of(panel_id: int) -> Select[PanelAnswer]:
    """What everybody of a panel said about a seat, oldest first."""
    return (
        select(PanelAnswer)
        .join(PanelPerson, PanelPerson.id == PanelAnswer.person_id)
        .where(PanelPerson.panel_id == panel_id)
        .order_by(PanelAnswer.id)
    )


def steps_of(panel_id: int) -> Select[PanelStep]:
    """The steps of a panel that have a reason, oldest first."""
    return select(PanelStep).where(PanelStep.panel_id == panel_id).order_by(PanelStep.id)


def seat_people(panel_id: int) -> Select[PanelPerson]:
    """Those who have or had a seat on a panel, in the order of their leaves."""
    had = (*SEATED, MemberStatus.DECLINED, MemberStatus.LEFT)
    return (
        select(PanelPerson)
        .where(PanelPerson.panel_id == panel_id, PanelPerson.status.in_(had))
        .order_by(PanelPerson.leaf)
    )


def reserves_of(panel_id: int) -> Select[PanelPerson]:
    """Those who may still be asked for a seat, in the order of the lot."""
    return (
        select(PanelPerson)
        .where(
            PanelPerson.panel_id == panel_id,
            PanelPerson.status == MemberStatus.REGISTERED,
            PanelPerson.reserve_place.is_not(None),
        )
        .order_by(PanelPerson.reserve_place)
    )


#: What the pages tell about the lot of the members; not the long texts that an auditor asks for.
DRAWN_LOT = (PanelLot.number, PanelLot.seats, PanelLot.lowest_chance, PanelLot.highest_chance, PanelLot.entered_at)


def drawn_lot(panel_id: int) -> Select[int, int, int | None, int | None, object]:
    """The lot that gave a panel its members: number, seats, chances, and when its number was entered."""
    return select(*DRAWN_LOT).where(
        PanelLot.panel_id == panel_id, PanelLot.kind == LotKind.SELECTION, PanelLot.status == LotStatus.DRAWN
    )


def free_seats(panel_id: int) -> Select[PanelChange]:
    """The seats of a panel that came free and that nobody has yet, the one that is free longest on top."""
    return (
        select(PanelChange)
        .where(PanelChange.panel_id == panel_id, PanelChange.replaced_at.is_(None))
        .order_by(PanelChange.id)
    )


def without_lot(panel_id: int) -> Select[int]:
    """The people of a panel who got a seat that nobody drew."""
    return (
        select(PanelAnswer.person_id)
        .join(PanelPerson, PanelPerson.id == PanelAnswer.person_id)
        .where(PanelPerson.panel_id == panel_id, PanelAnswer.without_lot)
    )
