"""How do two acts on one traject keep from crossing each other?"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Round, round_of_traject


def hold(session: Session, traject: Traject) -> Round | None:
    """Read a traject with its phases and its round again behind a lock, and return the round, if there is one.

    Of two acts on one traject, or on its round, the second sees what the first made of it. The round goes first, as
    in the acts on a round, so that no two acts wait for each other.
    """
    again = {"populate_existing": True}
    budget_round = session.scalar(round_of_traject(traject.id).with_for_update(of=Round), execution_options=again)
    session.refresh(traject, with_for_update={"of": Traject})
    session.scalars(select(Phase).where(Phase.traject_id == traject.id), execution_options=again).all()
    return budget_round
