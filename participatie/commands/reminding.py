"""Who warns the owner of a promise about which nothing was said for too long? The worker, every hour."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.promises import warn_of_silence
from participatie.commands.clock import now
from participatie.models.database import transaction

LOOK_EVERY = timedelta(hours=1)


class Reminder:
    """Warns owners, so that they can speak before everybody reads that they do not."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None

    def work(self) -> int:
        """Warn who has to be warned, once an hour; return how many."""
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        with transaction(self.database) as session:
            return warn_of_silence(session, moment)
