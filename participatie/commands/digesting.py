"""When are digests written? By the worker, at 08:00 in Amsterdam: every day, and on Mondays for a week."""

from datetime import datetime

from sqlalchemy import Engine

from participatie.actions.digesting import write_digest
from participatie.commands.clock import now
from participatie.models.database import session_for, transaction
from participatie.models.telling import readers_waiting
from participatie.spelregels.telling import Cadence, last_due

BATCH = 100
#: What is left of a reader who wants mail at once by now goes along with those who want it every day.
BY_CADENCE = (
    (Cadence.DAILY, (Cadence.DAILY, Cadence.AT_ONCE, Cadence.NEVER)),
    (Cadence.WEEKLY, (Cadence.WEEKLY,)),
)


class Digester:
    """Writes the digests that are due, and looks again when the next ones are."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what is due."""
        self.database = database
        self._done: dict[Cadence, datetime] = {}

    def work(self) -> int:
        """Write what is due; return how many digests."""
        return self.work_at(now())

    def work_at(self, moment: datetime) -> int:
        """Write what is due at a moment; one that was missed because nothing ran goes as soon as something does."""
        written = 0
        for cadence, also in BY_CADENCE:
            due = last_due(cadence, moment)
            if self._done.get(cadence) == due:
                continue
            readers = self._readers(also, due)
            for account_id in readers:
                with transaction(self.database) as session:
                    written += write_digest(session, account_id, due, moment)
            if len(readers) < BATCH:
                self._done[cadence] = due
        return written

    def _readers(self, cadences: tuple[Cadence, ...], due: datetime) -> list[int]:
        with session_for(self.database, writes=False) as session:
            return list(session.scalars(readers_waiting(cadences, due, due.date(), BATCH)))
