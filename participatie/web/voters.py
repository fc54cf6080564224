"""Which voting code did this browser show? Its selector, in the signed cookie, with the token of its visit.

The verifier, the half that proves the letter, is never kept. A browser holds one
code at a time, and forgets it when it closes. The visit can be ended on the server:
a copy of the cookie that somebody made before is then worth nothing (abuse case 17).
"""

from hashlib import sha256

from flask import g, request, session

from participatie.models.votes import ROUND_OF_VISIT
from participatie.web.transaction import glance

KEY = "stem"


def remember_voter(round_id: int, selector: str, visit: str, *, for_another: bool = False) -> None:
    """Let this browser vote in one round with the credential of `selector`; another code is forgotten.

    `visit` is the token of `start_visit`; `for_another` tells that somebody else agreed to this vote.
    """
    session[KEY] = {"round": round_id, "selector": selector, "visit": visit} | ({"other": 1} if for_another else {})
    g.pop("voter", None)


def voter_here(round_id: int) -> str | None:
    """Return the selector of the code that this browser showed for a round and did not put away, or None."""
    kept = _kept()
    selector = kept.get("selector")
    if kept.get("round") != round_id or not isinstance(selector, str):
        return None
    # Asked once a request, before the lock of casting is taken: it costs a voter one look at a key.
    if "voter" not in g:
        g.voter = _round_of_visit()
    return selector if g.voter == round_id else None


def votes_for_another(round_id: int) -> bool:
    """Tell whether this browser votes for somebody else, with consent."""
    return "other" in _kept() and voter_here(round_id) is not None


def visit_here() -> str | None:
    """Return the token of the visit that this browser holds, whether it goes on or not."""
    token = _kept().get("visit")
    return token if isinstance(token, str) else None


def forget_voter() -> None:
    """Let this browser forget its voting code, as on a computer of the library."""
    session.pop(KEY, None)
    g.pop("voter", None)


def _kept() -> dict[str, object]:
    kept = session.get(KEY)
    return kept if isinstance(kept, dict) else {}


def casts_here() -> bool:
    """Tell whether this request is a ballot that is sent."""
    return request.endpoint == "votes.check" and request.method == "POST"


def visit_hash() -> str:
    """Return what the database knows the visit of this browser by; nothing where there is none."""
    token = visit_here()
    return sha256(token.encode()).hexdigest() if token is not None else ""


def note_visit(round_id: int | None) -> None:
    """Keep for this request what somebody looked up along with something else: the round of the visit that goes on."""
    g.voter = round_id


def _round_of_visit() -> int | None:
    asked = visit_hash()
    found = glance(ROUND_OF_VISIT, {"token_hash": asked}) if asked else None
    return found[0] if found is not None else None
