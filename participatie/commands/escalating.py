"""Who notices that an answer is late? The worker, every few minutes."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.escalating import escalate, late_now
from participatie.commands.clock import now
from participatie.models.database import session_for, transaction

LOOK_EVERY = timedelta(minutes=5)


class Escalator:
    """Tells whoever is next when a term has passed."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None

    def work(self) -> int:
        """Tell what is due, every five minutes; return how many people were told."""
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        return self.work_at(moment)

    def work_at(self, moment: datetime) -> int:
        """Tell what is due at a moment. Each thing in its own transaction: what dies in between is told by the next look."""
        with session_for(self.database, writes=False) as session:
            late = late_now(session, moment)
        told = 0
        for each in late:
            with transaction(self.database) as session:
                told += escalate(session, each, moment)
        return told
