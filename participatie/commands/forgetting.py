"""Who deletes what was kept for a while when its day has come? The worker, every hour, so that no cron job is needed for it.

That are the counts per network of a vote, the pools of panels, and who rests after a seat.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.buurtpanels.forgetting import forget_due_pools
from participatie.actions.buurtpanels.resting import forget_rests
from participatie.actions.votes import forget_due_networks
from participatie.commands.clock import now
from participatie.models.database import transaction

LOOK_EVERY = timedelta(hours=1)


class Forgetter:
    """Deletes what was promised to be deleted."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None

    def work(self) -> int:
        """Delete what is due, once an hour; return of how many rounds and panels, and how many rests."""
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        with transaction(self.database) as session:
            return (
                forget_due_networks(session, moment) + forget_due_pools(session, moment) + forget_rests(session, moment)
            )
