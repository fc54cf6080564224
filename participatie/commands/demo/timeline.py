"""When does everything in the demo happen? Days counted from today, and one line of time for all stories.

Acts are done in the order of their moments, so that the log and the mailbox read
as they would after a real year.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from participatie.actions.watching import Watch, unwatched
from participatie.spelregels.verdicts import Refused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

WAKING_HOURS = (8, 23)
OFFICE_HOURS = (9, 17)

Act = Callable[[datetime], object]
#: Does many things of one kind in one go: each with its moment.
Crowd = Callable[[Sequence[tuple[datetime, Any]]], object]


class DemoRefusedError(Exception):
    """The demo does something that a spelregel refuses: its content has to change."""


class Timeline:
    """What happens when. Nothing is done until `play`."""

    def __init__(self, now: datetime) -> None:
        """Begin with an empty line that ends now."""
        self.now = now
        self._today = now.astimezone(AMSTERDAM).date()
        self._acts: list[tuple[datetime, Act | None, Crowd | None, Any]] = []

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
            self._acts.append((moment, act, None, None))

    def with_others(self, moment: datetime, crowd: Crowd, thing: object) -> None:
        """Plan one of many things that are alike: those of one crowd with nothing else in between are done in one go."""
        if moment <= self.now:
            self._acts.append((moment, None, crowd, thing))

    def play(self, watch: Watch = unwatched) -> None:
        """Do everything, oldest first; acts at one moment in the order in which they were planned."""
        for moment, act in watch(self._in_order()):
            result = act(moment)
            if isinstance(result, Refused):
                message = f"The demo breaks a spelregel at {moment:%Y-%m-%d %H:%M}: {result}"
                raise DemoRefusedError(message)

    def _in_order(self) -> list[tuple[datetime, Act]]:
        ordered: list[tuple[datetime, Act]] = []
        for crowd, run in groupby(sorted(self._acts, key=lambda each: each[0]), key=lambda each: each[2]):
            if crowd is None:
                ordered.extend((moment, act) for moment, act, _crowd, _thing in run if act is not None)
            else:
                things = [(moment, thing) for moment, _act, _crowd, thing in run]
                ordered.append((things[0][0], partial(_do_all, crowd, things)))
        return ordered


def _do_all(crowd: Crowd, things: Sequence[tuple[datetime, Any]], _now: datetime) -> object:
    return crowd(things)
