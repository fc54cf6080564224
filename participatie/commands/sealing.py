"""Who seals a vote at its close? The worker, every minute, so that no official has to be awake for it."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from participatie.actions.wijkbudget import seal_vote, votes_to_seal
from participatie.commands.clock import now
from participatie.models.database import session_for, transaction
from participatie.models.wijkbudget import round_for_voting
from participatie.spelregels.verdicts import Refused

LOOK_EVERY = timedelta(minutes=1)


class Sealer:
    """Seals the votes that are over by the clock."""

    def __init__(self, database: Engine) -> None:
        """Begin with looking what there is."""
        self.database = database
        self._look_at: datetime | None = None

    def work(self) -> int:
        """Seal what closed, once a minute, each vote in a transaction of its own; return how many were sealed.

        Of two workers that come at once, one seals and the other finds it done (abuse case 69).
        """
        moment = now()
        if self._look_at is not None and moment < self._look_at:
            return 0
        self._look_at = moment + LOOK_EVERY
        with session_for(self.database, writes=False) as session:
            slugs = [each.slug for each in votes_to_seal(session, moment)]
        return sum(self._seal(slug, moment) for slug in slugs)

    def _seal(self, slug: str, moment: datetime) -> bool:
        with transaction(self.database) as session:
            budget_round = session.scalar(round_for_voting(slug))
            return budget_round is not None and not isinstance(seal_vote(session, budget_round, moment), Refused)
