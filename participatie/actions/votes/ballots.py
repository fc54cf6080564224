"""Which key does a ballot hang on, how are its choices written, and what is kept of its moment?"""

import json
import secrets
from datetime import datetime

from participatie.models.wijkbudget import Round
from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.keyed_hashes import keyed_hash
from participatie.spelregels.votes import BallotKind, Choice, Choices


def ballot_key(budget_round: Round, selector: str) -> str:
    """Return the key of a credential's ballot: HMAC-SHA256 of the selector with the round's secret."""
    return keyed_hash(budget_round.ballot_secret or "", selector)


def canonical(choices: Choices, kind: BallotKind = BallotKind.APPROVAL) -> str:
    """Write what is on a ballot in the one form that is stored: JSON without spaces, sorted unless it is a ranking.

    Plan numbers; with points, pairs of a plan number and its points. Only what `check_form` allows can be written.
    """
    ordered = list(choices) if kind is BallotKind.RANKING else sorted(choices)
    return json.dumps(ordered, separators=(",", ":"))


def read_canonical(written: str) -> tuple[Choice, ...]:
    """Return what is on a ballot as `canonical` wrote it."""
    return tuple(entry if isinstance(entry, int) else (entry[0], entry[1]) for entry in json.loads(written))


def whole_hour(now: datetime) -> datetime:
    """Round a moment down to the hour: all that is kept of when somebody voted."""
    return now.replace(minute=0, second=0, microsecond=0)


def random_signs(length: int) -> str:
    """Return signs of the alphabet of codes, 5 bits each, made by chance that nobody can guess."""
    # The alphabet has 32 signs, so the last five bits of a byte give each of them equally often.
    return "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(length))
