"""What became of the money: which plans got it and why, and how are they carried out?"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Select, String, exists, select
from sqlalchemy.orm import Mapped, column_property, joinedload, mapped_column, relationship

from participatie.models.base import Base, Cents, Id, Line, Moment, Prose
from participatie.models.wijkbudget.other_rules import OtherRules
from participatie.models.wijkbudget.rounds import Plan
from participatie.models.wijkbudget.withheld import WithheldPlan

#: The reason of a line where the gemeente awarded the money; after a vote it is one of the engine's.
AWARDED = "awarded"


class Allocation(Base):
    """The computed outcome of a round: the trace holds every step, and the hashes say of which ballots."""

    __tablename__ = "allocation"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    ballots: Mapped[int]
    ballots_sha256: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(64))
    spent_cents: Mapped[Cents]
    left_cents: Mapped[Cents]
    trace: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted_at: Mapped[Moment]
    #: Whether the outcomes under other rules were made with it: read along, so that it costs no query.
    has_other_rules: Mapped[bool] = column_property(exists().where(OtherRules.round_id == round_id))


class AllocationLine(Base):
    """What became of one plan, and why: `reason` is a code, `facts` the numbers its sentence needs.

    `votes` is how many voters chose it, `score` what their votes or points weigh
    (a whole number or a fraction, as text), `step` its place among the funded. This is what was counted, and it stays;
    what the besluit beside it withholds, says `withheld_at`.
    """

    __tablename__ = "allocation_line"
    __table_args__ = (CheckConstraint("funded_cents >= 0", name="funded_cents"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    votes: Mapped[int]
    score: Mapped[str] = mapped_column(String(60))
    step: Mapped[int | None]
    funded_cents: Mapped[Cents]
    balance_after_cents: Mapped[Cents]
    position: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    plan: Mapped[Plan] = relationship()
    #: Since when the plan does not go ahead by besluit: read along, so that it costs no query.
    withheld_at: Mapped[datetime | None] = column_property(
        select(WithheldPlan.since).where(WithheldPlan.plan_id == plan_id).scalar_subquery()
    )

    def given_cents(self) -> int:
        """Return what there is to carry the plan out: what the outcome gave it, and nothing where it is withheld."""
        return 0 if self.withheld_at is not None else self.funded_cents


class Milestone(Base):
    """A step of carrying out a plan, with the day it was promised and the day it was done."""

    __tablename__ = "milestone"

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    title: Mapped[Line]
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[Prose] = mapped_column(default="")


def allocation_lines(round_id: int) -> Select[AllocationLine]:
    """What became of every plan of a round: funded ones first in their order, then the others by score."""
    return (
        select(AllocationLine)
        .where(AllocationLine.round_id == round_id)
        .join(AllocationLine.plan)
        .options(joinedload(AllocationLine.plan))
        .order_by(AllocationLine.step.is_(None), AllocationLine.step, AllocationLine.position)
    )


def allocation_line_of(plan_id: int) -> Select[AllocationLine]:
    """What became of one plan."""
    return select(AllocationLine).where(AllocationLine.plan_id == plan_id).options(joinedload(AllocationLine.plan))


def allocation_of(round_id: int) -> Select[Allocation]:
    """The allocation of a round, if it was counted."""
    return select(Allocation).where(Allocation.round_id == round_id)


def next_milestone(plan_id: int) -> Select[Milestone]:
    """The step of a plan that is to be done next: of those that are not, the one with the first promised day."""
    return milestones(plan_id).where(Milestone.done_on.is_(None)).limit(1)


def milestones(plan_id: int) -> Select[Milestone]:
    """The steps of carrying out a plan, by promised day."""
    return select(Milestone).where(Milestone.plan_id == plan_id).order_by(Milestone.due_on, Milestone.id)
