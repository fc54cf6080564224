"""What is there to act on, and what do the dice choose of it?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.ideas import Idea
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Round, round_of_traject
from participatie.spelregels.ideas import IdeaStatus
from tests.clock import TurnableClock

WHY = "Omdat het zo is afgesproken."
POT = 100_000
#: For whom helpers write ideas down; does nothing by themselves.
HELPED = "oma"


@dataclass
class Scene:
    """A traject with everybody around it, and the dice.

    `pick` chooses among what is there, `waiting` whether that is an idea without an answer, `yes` between two ways.
    """

    session: Session
    clock: TurnableClock
    traject: Traject
    people: dict[str, Account]
    pick: int = 0
    yes: bool = True
    waiting: bool = True

    def one(self, model: Any, *where: Any) -> Any:
        """Return one of the rows of a table, or None."""
        rows = self.session.scalars(select(model).where(*where).order_by(model.__mapper__.primary_key[0])).all()
        return rows[self.pick % len(rows)] if rows else None

    def idea(self) -> Idea | None:
        """Return one of the ideas."""
        open_now = (Idea.status == IdeaStatus.PUBLISHED, Idea.hidden_at.is_(None))
        return (self.waiting and self.one(Idea, *open_now)) or self.one(Idea)

    def phase_ahead(self) -> Phase:
        """Return one of the next phases that are not over by their dates, or the last one of all."""
        ahead = [phase for phase in self.traject.phases if phase.ends_at > self.clock()]
        return ahead[self.pick // 4 % len(ahead)] if ahead else self.traject.phases[-1]

    def first_open(self) -> Phase:
        """Return the phase that can be closed next, or the last one."""
        return next((phase for phase in self.traject.phases if phase.closed_at is None), self.traject.phases[-1])

    def round(self) -> Round | None:
        """Return the round, if one was prepared."""
        return self.session.scalar(round_of_traject(self.traject.id))

    def later(self) -> Any:
        """Return a moment in a while; sometimes one that is past."""
        return self.clock() + timedelta(days=10 + 20 * self.pick if self.yes else -1)

    def of(self, kind: Any) -> Any:
        """Return one of the members of an enum."""
        members = list(kind)
        return members[self.pick % len(members)]
