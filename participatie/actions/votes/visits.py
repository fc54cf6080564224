"""Which browsers are voting? Each that showed a code holds a token, which is worth nothing once it stopped."""

import hashlib
import secrets

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from participatie.models.votes import VoterVisit

TOKEN_BYTES = 16


def start_visit(session: Session, round_id: int, before: str | None = None) -> str:
    """Begin a visit and return its token, for the cookie alone. `before` is the token that the browser held; it ends."""
    end_visit(session, before)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.execute(insert(VoterVisit), [{"token_hash": visit_hash(token), "round_id": round_id}])
    return token


def end_visit(session: Session, token: str | None) -> None:
    """End a visit: a copy of the cookie votes no more (abuse case 17)."""
    if token is not None:
        session.execute(delete(VoterVisit).where(VoterVisit.token_hash == visit_hash(token)))


def end_visits(session: Session, round_id: int) -> None:
    """End every visit of a round."""
    session.execute(delete(VoterVisit).where(VoterVisit.round_id == round_id))


def visit_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
