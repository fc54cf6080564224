"""How does somebody get a code for a panel, of an address or of a member, and what is kept of it?"""

import secrets

from participatie.spelregels.codes import ALPHABET, SELECTOR_LENGTH, VERIFIER_LENGTH, VotingCode
from participatie.spelregels.keyed_hashes import keyed_hash


def new_code(taken: set[str]) -> VotingCode:
    """Return a code by chance whose selector is not among `taken`, to which it is added."""
    while (selector := _signs(SELECTOR_LENGTH)) in taken:
        pass
    taken.add(selector)
    return VotingCode(selector, _signs(VERIFIER_LENGTH))


def code_hash(secret_key: str, panel_id: int, code: VotingCode) -> str:
    """Return what is kept of a code: HMAC-SHA256 with the secret key of the installation."""
    return keyed_hash(secret_key, "panel", panel_id, code.selector, code.verifier)


def _signs(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(length))
