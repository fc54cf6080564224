"""A clock that tests turn by hand."""

from datetime import UTC, datetime, timedelta

#: The moment at which every test begins, unless it turns the clock: a Monday, noon in Amsterdam.
MOMENT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


class TurnableClock:
    """Tells `now` and stands still; the app and the factories both read it."""

    def __init__(self, now: datetime = MOMENT) -> None:
        """Begin at a moment in UTC."""
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time, as the app asks it."""
        return self.now

    def turn_to(self, moment: datetime) -> datetime:
        """Set the clock; a moment without a zone is refused, as the tables do."""
        if moment.tzinfo is None:
            message = f"{moment!r} has no time zone"
            raise ValueError(message)
        self.now = moment.astimezone(UTC)
        return self.now

    def forward(self, **span: float) -> datetime:
        """Let time pass: `clock.forward(days=3, minutes=1)`."""
        return self.turn_to(self.now + timedelta(**span))
