"""What time is it? The one place where the web reads the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day of this request in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


def now() -> datetime:
    """Return the moment of this request, by the clock that the app was made with."""
    clock: Clock = current_app.extensions["participatie.clock"]
    return clock()
