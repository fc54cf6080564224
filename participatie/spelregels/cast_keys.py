"""Did this very request cast the ballot before? Each page that casts carries a key of its own, made by chance.

A ballot keeps short hashes of the last few keys that cast it. A request that comes in again is known by
its key, whatever was cast in between: a phone that sends again late does not undo what was chosen since.
"""

import hashlib
import re

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

KEPT_KEYS = 8
_SIGNS_OF_MARK = 16  # hexadecimal: 64 bits, among the few keys of one ballot
_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")


def may_be_cast_key(key: str) -> Verdict:
    """Refuse a key that is not 16 to 64 letters, digits, dashes and underscores. No key at all is fine.

    Who sends a key counts on it, so one that we could not keep is not ignored.
    """
    return Allowed() if not key or _KEY.fullmatch(key) else refused(Refusal.CAST_KEY_WRONG)


def was_cast_with(kept: str, key: str) -> bool:
    """Tell whether one of the last requests that cast a ballot had this key; `kept` is what the ballot keeps."""
    return bool(key) and _mark(key) in kept.split()


def kept_with(kept: str, key: str) -> str:
    """Return what a ballot keeps after it was cast with this key: of the last few, the newest last."""
    return " ".join([*kept.split(), _mark(key)][-KEPT_KEYS:]) if key else kept


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_SIGNS_OF_MARK]
