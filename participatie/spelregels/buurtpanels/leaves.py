"""What stands in public for somebody in the pool? A hash that only they can explain, with the salt that they were given."""

import hashlib
import json
from collections.abc import Mapping

SALT_BYTES = 16
_LEAF_SIGNS, _PARTS = 64, 3


def leaf_of(salt: str, features: Mapping[str, str], household: str | None) -> str:
    """Return the SHA-256 of a salt, what somebody told about themselves, and the household, in hexadecimal.

    The salt (32 hexadecimal digits) is theirs alone, so nobody can try out which features gave the leaf; and as the
    features are in it, nobody can change them once the list of leaves is bound.
    """
    return hashlib.sha256(proof_of(salt, features, household).encode()).hexdigest()


def proof_of(salt: str, features: Mapping[str, str], household: str | None) -> str:
    """Return the text that somebody keeps as their proof: its SHA-256 is their leaf. Nobody else gets to see it."""
    return json.dumps([salt, dict(features), household], sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def leaf_in(typed: str) -> str | None:
    """Return the leaf of a proof as somebody typed or pasted it, or of a leaf itself; None where it is neither.

    Spaces and line breaks that a mail or a browser put in between do not matter.
    """
    text = " ".join(typed.split())
    if len(text) == _LEAF_SIGNS and set(text.lower()) <= set("0123456789abcdef"):
        return text.lower()
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, list) or len(told) != _PARTS:
        return None
    salt, features, household = told
    if not isinstance(salt, str) or not isinstance(features, dict) or not isinstance(household, str | None):
        return None
    if not all(isinstance(value, str) for value in features.values()):
        return None
    try:
        return leaf_of(salt.lower(), features, household)
    except UnicodeEncodeError:  # half a character, written as an escape
        return None
