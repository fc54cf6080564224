"""Who reminds of what stands still: a promise, a step of a plan, an appeal, a proposal to merge? The worker, every hour."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.merging import end_all_expired
from participatie.actions.moderation import tell_late_appeals
from participatie.actions.promises import warn_of_silence
from participatie.actions.reminding import remind_of_steps
from participatie.commands.clock import now
from participatie.models.database import transaction

LOOK_EVERY = timedelta(hours=1)
#: Each in a transaction of its own: what dies in between is told by the next look, and the others are told.
LOOKS = (warn_of_silence, remind_of_steps, tell_late_appeals, end_all_expired)


class Reminder:
    """Warns owners and whoever carries out a plan, so that they can speak before everybody reads that they do not."""

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
        done = 0
        for look in LOOKS:
            with transaction(self.database) as session:
                done += look(session, moment)
        return done
