"""Which key does a ballot hang on, how are its choices written, and what is kept of its moment?"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import ALPHABET


def ballot_key(budget_round: Round, selector: str) -> str:
    """Return the key of a credential's ballot: HMAC-SHA256 of the selector with the round's secret."""
    secret = (budget_round.ballot_secret or "").encode()
    return hmac.new(secret, selector.encode(), hashlib.sha256).hexdigest()


def canonical(choices: Sequence[int]) -> str:
    """Write the plan numbers of an approval ballot in the one form that is stored: sorted JSON."""
    return json.dumps(sorted(choices), separators=(",", ":"))


def whole_hour(now: datetime) -> datetime:
    """Round a moment down to the hour: all that is kept of when somebody voted."""
    return now.replace(minute=0, second=0, microsecond=0)


def random_signs(length: int) -> str:
    """Return signs of the alphabet of codes, 5 bits each, made by chance that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
