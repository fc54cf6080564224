"""What would the same ballots have given under other rules? For learning: it changes nothing."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from participatie.models.base import Base


class OtherRules(Base):
    """The outcomes under other rules, made when the round was counted.

    `outcomes` holds `rules` (a list of rule, funded references in order, and spent_cents) and
    `left_out`: the rules that would have taken too long.
    """

    __tablename__ = "comparison"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    outcomes: Mapped[dict[str, Any]] = mapped_column(JSON)


def other_rules_of(round_id: int) -> Select[OtherRules]:
    """The outcomes of a round under other rules, if they were made."""
    return select(OtherRules).where(OtherRules.round_id == round_id)
