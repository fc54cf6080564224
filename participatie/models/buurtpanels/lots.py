"""Which lots were bound for a panel, on which number, and what came of them?"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from participatie.models.base import Base, Id, Line, Moment, Prose, UtcDateTime, words
from participatie.models.buurtpanels.panels import Buurtpanel
from participatie.models.trajecten import Traject
from participatie.spelregels.buurtpanels.lots import LotKind, LotStatus, NumberSource

#: At most one lot of a kind is live at a time, also when two people bind one in the same moment.
_LIVE = text("status IN ('wordt voorbereid', 'ligt vast', 'getrokken')")


class PanelLot(Base):
    """One lot: prepared by the worker, bound by a hash in public, drawn by a number from elsewhere.

    `leaves` holds the list that is drawn from, a leaf a line; `panels` the portfolio as text (of an invitation: how
    many addresses of each buurt). `sealed` is the private list behind the leaves, with salts and features and without
    names, for an auditor; it goes with the pool. `document` is the canonical text whose hash is the commitment.
    `step`, `done` and `of` tell how far preparing is; `failure` why it stopped.
    """

    __tablename__ = "panel_lot"
    __table_args__ = (
        UniqueConstraint("panel_id", "kind", "number"),
        Index("uq_panel_lot_live", "panel_id", "kind", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        CheckConstraint("(status IN ('ligt vast', 'getrokken')) <= (commitment IS NOT NULL)", name="bound"),
        CheckConstraint("(status = 'getrokken') = (seed IS NOT NULL)", name="drawn"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(ForeignKey("buurtpanel.id"), index=True)
    kind: Mapped[LotKind] = mapped_column(words(LotKind, "kind"))
    number: Mapped[int]
    status: Mapped[LotStatus] = mapped_column(words(LotStatus, "status"), default=LotStatus.PREPARING)
    source: Mapped[NumberSource] = mapped_column(words(NumberSource, "source"))
    source_text: Mapped[Line]
    due_at: Mapped[Moment]
    made_at: Mapped[Moment]
    step: Mapped[Line] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    failure: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    seats: Mapped[int] = mapped_column(default=0)
    leaves: Mapped[Prose] = mapped_column(default="")
    panels: Mapped[Prose] = mapped_column(default="")
    sealed: Mapped[Prose | None]
    document: Mapped[Prose] = mapped_column(default="")
    commitment: Mapped[str | None] = mapped_column(String(64))
    committed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lowest_chance: Mapped[int | None]
    highest_chance: Mapped[int | None]
    public_number: Mapped[Line] = mapped_column(default="")
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    seed: Mapped[str | None] = mapped_column(String(64))
    drawn_panel: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[Prose] = mapped_column(default="")

    panel: Mapped[Buurtpanel] = relationship()


_WITH_PANEL = (
    joinedload(PanelLot.panel).joinedload(Buurtpanel.traject).joinedload(Traject.area),
    joinedload(PanelLot.panel).joinedload(Buurtpanel.traject).selectinload(Traject.phases),
    joinedload(PanelLot.panel).selectinload(Buurtpanel.quotas),
)


def lots_of(panel_id: int) -> Select[PanelLot]:
    """Every lot of a panel, withdrawn ones too, oldest first."""
    return select(PanelLot).where(PanelLot.panel_id == panel_id).order_by(PanelLot.id)


def lot_of(panel_id: int, kind: LotKind, number: int) -> Select[PanelLot]:
    """One lot of a panel."""
    return (
        select(PanelLot)
        .where(PanelLot.panel_id == panel_id, PanelLot.kind == kind, PanelLot.number == number)
        .options(*_WITH_PANEL)
    )


def live_lot(panel_id: int, kind: LotKind) -> Select[PanelLot]:
    """The lot of a kind that counts, if there is one."""
    live = (LotStatus.PREPARING, LotStatus.COMMITTED, LotStatus.DRAWN)
    return (
        select(PanelLot)
        .where(PanelLot.panel_id == panel_id, PanelLot.kind == kind, PanelLot.status.in_(live))
        .options(*_WITH_PANEL)
    )


def lots_to_prepare() -> Select[PanelLot]:
    """The lots that the worker has to prepare, oldest first."""
    return select(PanelLot).where(PanelLot.status == LotStatus.PREPARING).options(*_WITH_PANEL).order_by(PanelLot.id)
