"""Who publishes the first idea of somebody when nobody looked in time? The worker, every minute."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.moderation import publish_due
from participatie.commands.clock import now
from participatie.models.database import transaction

LOOK_EVERY = timedelta(minutes=1)


class Publisher:
    """Publishes what waited long enough: waiting is no way to silence anybody."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None

    def work(self) -> int:
        """Publish what is due, once a minute; return how many."""
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        with transaction(self.database) as session:
            return publish_due(session, moment)
