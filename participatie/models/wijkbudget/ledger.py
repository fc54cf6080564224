"""What stands in the ledgers: every line of every plan, the sums that they come to, and the receipts?"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    LargeBinary,
    Select,
    String,
    and_,
    column,
    exists,
    func,
    not_,
    select,
    table,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from participatie.models.base import Base, Cents, Line, Moment, Prose, UtcDateTime, words
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget.outcome import AllocationLine
from participatie.models.wijkbudget.rounds import Plan, Round
from participatie.models.wijkbudget.withheld import WithheldPlan
from participatie.models.wijken import Area
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.ledger import EntryKind, Sums
from participatie.spelregels.wijkbudget import RoundStatus


class Receipt(Base):
    """The file of a receipt, for staff and who checks them; everybody else reads only that it is there."""

    __tablename__ = "receipt"

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entry.id"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class LedgerEntry(Base):
    """A line of the ledger of a plan. The database changes none and deletes none; what was wrong is reversed by another.

    `commitment_id` is the commitment that a payment pays, and of a line below nought the commitment that becomes
    smaller by it. `names_person` keeps `to_whom` from the public.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (CheckConstraint("amount_cents <> 0", name="amount_cents"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind, "kind"))
    amount_cents: Mapped[Cents]
    on_day: Mapped[date] = mapped_column(Date)
    to_whom: Mapped[Line] = mapped_column(default="")
    names_person: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[Line] = mapped_column(default="")
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), unique=True)
    reason: Mapped[Prose] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    #: Read along, so that it costs no query and no bytes of the file.
    has_receipt: Mapped[bool] = column_property(exists().where(Receipt.entry_id == id))  # noqa: A003 - the column


class Purse(Base):
    """The sums of a plan, held while something is written in its ledger. The database lets them come to no more than it got."""

    __tablename__ = "purse"
    __table_args__ = (
        CheckConstraint("committed_cents >= 0 AND paid_cents >= 0 AND returned_cents >= 0", name="not_below_nought"),
        CheckConstraint("committed_cents + paid_cents + returned_cents <= allocated_cents", name="never_overdrawn"),
        CheckConstraint("settled_at IS NULL OR paid_cents + returned_cents = allocated_cents", name="settled"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    allocated_cents: Mapped[Cents]
    committed_cents: Mapped[Cents] = mapped_column(default=0)
    paid_cents: Mapped[Cents] = mapped_column(default=0)
    returned_cents: Mapped[Cents] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def sums(self) -> Sums:
        """Return the sums as the spelregels see them."""
        return Sums(self.allocated_cents, self.committed_cents, self.paid_cents, self.returned_cents)


def entries(plan_id: int) -> Select[LedgerEntry]:
    """The lines of the ledger of a plan, in the order in which they were written."""
    return select(LedgerEntry).where(LedgerEntry.plan_id == plan_id).order_by(LedgerEntry.id)


def entry_of(plan_id: int, entry_id: int) -> Select[LedgerEntry]:
    """One line, if it is of that plan."""
    return entries(plan_id).where(LedgerEntry.id == entry_id)


def reversal_of(entry_id: int) -> Select[LedgerEntry]:
    """The line that reverses another, if there is one."""
    return select(LedgerEntry).where(LedgerEntry.reverses_id == entry_id)


def open_cents_of(commitment_id: int) -> Select[int]:
    """What is open of a commitment: it, without what was paid of it and what was reversed."""
    own = (LedgerEntry.id == commitment_id) | (LedgerEntry.commitment_id == commitment_id)
    return select(func.coalesce(func.sum(LedgerEntry.amount_cents), 0)).where(
        own, LedgerEntry.kind == EntryKind.COMMITTED
    )


def purse_of(plan_id: int) -> Select[Purse]:
    """The sums of a plan; there are none before the first line."""
    return select(Purse).where(Purse.plan_id == plan_id)


def receipt_of(entry_id: int) -> Select[Receipt]:
    """The receipt of a line."""
    return select(Receipt).where(Receipt.entry_id == entry_id)


def gets_money() -> ColumnElement[bool]:
    """The condition that a plan has money, where its round and its line are joined: what the outcome gave it, published.

    Advice that was not followed gave none, and a plan that does not go ahead by besluit has none.
    """
    besluit = table("besluit", column("round_id"), column("advice_use"))  # by name: it imports this module
    not_followed = exists().where(besluit.c.round_id == Round.id, besluit.c.advice_use == AdviceUse.NOT_FOLLOWED)
    return and_(
        Round.status == RoundStatus.PUBLISHED,
        AllocationLine.funded_cents > 0,
        not_(not_followed),
        Plan.id.not_in(select(WithheldPlan.plan_id)),
    )


def money_in(area: Area) -> Select[Round, Plan, int, Purse | None]:
    """Every plan in an area that has money, with its round, what it got in cents, and its sums; by round and number."""
    return (
        select(Round, Plan, AllocationLine.funded_cents, Purse)
        .join(Plan, Plan.round_id == Round.id)
        .join(AllocationLine, AllocationLine.plan_id == Plan.id)
        .outerjoin(Purse, Purse.plan_id == Plan.id)
        .join(Traject, Traject.id == Round.traject_id)
        .join(Area, Area.id == Traject.area_id)
        .where(Area.path.startswith(area.path), gets_money())
        .order_by(Round.id.desc(), Plan.number)
    )


def withheld_in(area: Area) -> Select[Round, Plan, int, str]:
    """Every plan in an area that residents chose and that does not go ahead: its round, the cents it got, and the ground."""
    besluit = table("besluit", column("id"), column("deviation_ground"))  # by name: it imports this module
    return (
        select(Round, Plan, AllocationLine.funded_cents, besluit.c.deviation_ground)
        .join(Plan, Plan.round_id == Round.id)
        .join(AllocationLine, AllocationLine.plan_id == Plan.id)
        .join(WithheldPlan, WithheldPlan.plan_id == Plan.id)
        .join(besluit, besluit.c.id == WithheldPlan.besluit_id)
        .join(Traject, Traject.id == Round.traject_id)
        .join(Area, Area.id == Traject.area_id)
        .where(Area.path.startswith(area.path), Round.status == RoundStatus.PUBLISHED)
        .order_by(Round.id.desc(), Plan.number)
    )


def sums_in(area: Area) -> Select[str, int, int, int, int]:
    """The money in an area together, by currency: allocated, committed, paid and given back, in cents. One row each."""
    plans = money_in(area).order_by(None)
    zero = func.coalesce
    return (
        plans.with_only_columns(
            Round.currency,
            func.sum(AllocationLine.funded_cents),
            zero(func.sum(Purse.committed_cents), 0),
            zero(func.sum(Purse.paid_cents), 0),
            zero(func.sum(Purse.returned_cents), 0),
        )
        .group_by(Round.currency)
        .order_by(Round.currency)
    )
