"""Promises, and plans whose money is written down."""

from datetime import timedelta

from sqlalchemy.orm import Session

from participatie.actions.promises import PromiseText, make_promise
from participatie.models.promises import Promise
from participatie.models.trajecten import Traject
from participatie.models.wijken import Area
from participatie.spelregels.promises import Source
from tests.factories.people import a_wijkmanager, done, now_of, runs_all


def a_promise(
    session: Session, area: Area, traject: Traject | None = None, text: str = "Er komt een bankje.", days: int = 30
) -> Promise:
    """A promise that was made today, to be kept within some days; the wijkmanager hears when it is silent."""
    owner, now = a_wijkmanager(session), now_of(session)
    said = PromiseText(
        text, "De wijkmanager", Source.MEETING, now.date(), now.date() + timedelta(days=days), "Avond in De Spil",
        "/wijken",
    )  # fmt: skip
    made = done(make_promise(session, runs_all(owner), area, traject, said, owner, now))
    session.commit()
    return made
