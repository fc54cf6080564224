"""What time it is in a test."""

from datetime import datetime

from sqlalchemy.orm import Session

from tests.clock import MOMENT


def now_of(session: Session) -> datetime:
    """Return what the test's clock says; a session made by hand stands at the usual moment."""
    clock = session.info.get("clock")
    return clock() if clock is not None else MOMENT
