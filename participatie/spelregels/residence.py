"""How does a round know who may vote, and where does somebody live for sure?

Where the program asks for a resident (submitting, supporting) it takes somebody's word. A vote with an account
does not: it asks for a residence that was verified, and in one way for the whole round, so that one person cannot
vote once by letter and once more through the gemeente's login service.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

RESIDENCE_TRIES_PER_HOUR = 10
SELECTOR_SIGNS = 16
BITS_OF_A_SIGN = 5


class ResidenceMethod(StrEnum):
    """How it was verified where somebody lives."""

    LETTER = "brief"
    OIDC = "inlogdienst"


class VotingMethod(StrEnum):
    """How a round knows who may vote."""

    LETTER = "brief"
    ACCOUNT_LETTER = "account-brief"
    ACCOUNT_OIDC = "account-inlogdienst"

    @property
    def by_account(self) -> bool:
        """Tell whether one votes logged in, and not with a code of a letter."""
        return self is not VotingMethod.LETTER

    @property
    def residence(self) -> ResidenceMethod | None:
        """Return the one way of verifying a residence that counts; None where nobody votes with an account."""
        return _COUNTS.get(self)


_COUNTS = {
    VotingMethod.ACCOUNT_LETTER: ResidenceMethod.LETTER,
    VotingMethod.ACCOUNT_OIDC: ResidenceMethod.OIDC,
}


@dataclass(frozen=True, slots=True)
class ResidenceFacts:
    """Where somebody lives for sure: the path of the area, and how that was verified."""

    area_path: str
    method: ResidenceMethod


def may_use_letters(method: VotingMethod) -> Verdict:
    """Refuse voting codes in a round in which one votes with an account."""
    return refused(Refusal.VOTES_BY_ACCOUNT) if method.by_account else Allowed()


def may_vote_by_account(method: VotingMethod, residence: ResidenceFacts | None, area_path: str) -> Verdict:
    """Refuse an account without a residence that was verified in the way of the round, at or below its area."""
    if not method.by_account:
        return refused(Refusal.VOTES_BY_LETTER)
    if residence is None:
        return refused(Refusal.RESIDENCE_UNKNOWN)
    if residence.method is not method.residence:
        return refused(Refusal.RESIDENCE_OTHER_WAY)
    if not residence.area_path.startswith(area_path):
        return refused(Refusal.RESIDENCE_ELSEWHERE)
    return Allowed()


def may_try_residence_code(tries_this_hour: int) -> Verdict:
    """Refuse the eleventh code that one account tries in an hour. It locks out nobody but the one who tries."""
    if tries_this_hour > RESIDENCE_TRIES_PER_HOUR:
        return refused(Refusal.TOO_MANY_RESIDENCE_TRIES, limit=RESIDENCE_TRIES_PER_HOUR)
    return Allowed()


def account_selector(ballot_secret: str, key_hash: str) -> str:
    """Return the selector of a voter with an account: 80 bits of an HMAC of what proved the residence.

    It hangs on the letter or the login and not on the account, so a new account is the same voter. Without the
    round's secret nobody can make it, and once that is destroyed nobody can tell any more whose it was.
    """
    digest = hmac.new(ballot_secret.encode(), f"account\n{key_hash}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[: SELECTOR_SIGNS * BITS_OF_A_SIGN // 8], "big")
    return "".join(ALPHABET[number >> (BITS_OF_A_SIGN * place) & 31] for place in range(SELECTOR_SIGNS))
