"""Why does a code not work any more? A voter whose letters were revoked together hears the public reason."""

from sqlalchemy.orm import Session

from participatie.models.votes import revocation_of_code
from participatie.spelregels.verdicts import Refusal, Refused, refused


def with_reason(session: Session, round_id: int, selector: str, verdict: Refused) -> Refused:
    """Return the same refusal, or for a code of a batch that was revoked the one that says why. For its holder alone."""
    if verdict.code is not Refusal.CODE_REVOKED:
        return verdict
    revocation = session.scalar(revocation_of_code(round_id, selector))
    return (
        verdict if revocation is None else refused(Refusal.CODE_OF_REVOKED_BATCH, reason=as_sentence(revocation.reason))
    )


def as_sentence(text: str) -> str:
    """Return a text with a full stop at its end, to be followed by a sentence of ours."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
