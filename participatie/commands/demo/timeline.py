"""When does everything in the demo happen? Days counted from today, and one line of time for all stories.

Acts are done in the order of their moments, so that the log and the mailbox read
as they would after a real year.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from participatie.actions.watching import Watch, unwatched
from participatie.spelregels.verdicts import Refused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

WAKING_HOURS = (8, 23)
OFFICE_HOURS = (9, 17)

Act = Callable[[datetime], object]


class DemoRefusedError(Exception):
    """The demo does something that a spelregel refuses: its content has to change."""


class Timeline:
    """What happens when. Nothing is done until `play`."""

    def __init__(self, now: datetime) -> None:
        """Begin with an empty line that ends now."""
        self.now = now
        self._today = now.astimezone(AMSTERDAM).date()
        self._acts: list[tuple[datetime, Act]] = []

    def day(self, days: int) -> date:
        """Return the date so many days from today; a negative number lies in the past."""
        return self._today + timedelta(days=days)

    def moment(self, days: int, hour: int = 0, minute: int = 0) -> datetime:
        """Return a moment on that day by the clock of Amsterdam, in UTC."""
        return datetime.combine(self.day(days), time(hour, minute), AMSTERDAM).astimezone(UTC)

    def between(self, first: datetime, last: datetime, rng: Random, hours: tuple[int, int] = WAKING_HOURS) -> datetime:
        """Return a moment between two, never after now, and within those hours of the day where that is possible."""
        last = min(last, self.now)
        moment = first + (last - first) * rng.random()
        local = moment.astimezone(AMSTERDAM)
        hour = hours[0] + local.hour * (hours[1] - hours[0]) // 24
        waking = local.replace(hour=hour).astimezone(UTC)
        return waking if first <= waking <= last else moment

    def at(self, moment: datetime, act: Act) -> None:
        """Plan an act. It is told its moment, and may return a `Refused` to stop everything."""
        if moment <= self.now:
            self._acts.append((moment, act))

    def play(self, watch: Watch = unwatched) -> None:
        """Do everything, oldest first; acts at one moment in the order in which they were planned."""
        for moment, act in watch(sorted(self._acts, key=lambda planned: planned[0])):
            result = act(moment)
            if isinstance(result, Refused):
                message = f"The demo breaks a spelregel at {moment:%Y-%m-%d %H:%M}: {result}"
                raise DemoRefusedError(message)
