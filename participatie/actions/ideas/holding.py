"""How do two acts on one idea keep from crossing each other?"""

from sqlalchemy.orm import Session

from participatie.models.ideas import Idea


def hold(session: Session, idea: Idea) -> None:
    """Read an idea again behind a lock: of two acts on it, the second sees what the first made of it."""
    session.refresh(idea, with_for_update={"of": Idea})
