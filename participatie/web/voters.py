"""Which voting code did this browser show? Its selector, in the signed cookie.

The verifier, the half that proves the letter, is never kept. A browser holds one
code at a time, and forgets it when it closes.
"""

from flask import session

KEY = "stem"


def remember_voter(round_id: int, selector: str) -> None:
    """Let this browser vote in one round with the credential of `selector`; another code is forgotten."""
    session[KEY] = {"round": round_id, "selector": selector}


def voter_here(round_id: int) -> str | None:
    """Return the selector of the code that this browser showed for a round, or None."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("round") != round_id:
        return None
    selector = kept.get("selector")
    return selector if isinstance(selector, str) else None


def forget_voter() -> None:
    """Let this browser forget its voting code, as on a computer of the library."""
    session.pop(KEY, None)
