"""Which plans were chosen by residents, and do not go ahead by besluit?"""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participatie.models.base import Base, Moment
from participatie.models.wijkbudget.rounds import Plan


class WithheldPlan(Base):
    """A plan of the outcome that a besluit withholds, on the ground that stands in that besluit; `since` when."""

    __tablename__ = "besluit_withheld"

    besluit_id: Mapped[int] = mapped_column(ForeignKey("besluit.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True, unique=True)
    since: Mapped[Moment]

    plan: Mapped[Plan] = relationship()
