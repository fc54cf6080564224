"""What does a voting code look like, and did somebody type it right?

Seventeen characters of Crockford's base 32: six for the selector (who on the
roll), ten for the verifier (proof of the letter, 50 bits), and one check
character (modulo 32, weighted by place) that catches every wrong character and
nearly every swap of two neighbours.
"""

from dataclasses import dataclass
from unicodedata import category

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SELECTOR_LENGTH = 6
VERIFIER_LENGTH = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


#: Unicode categories that carry nothing: dashes, and marks that are not seen.
_FILLING = frozenset({"Pd", "Cf"})


@dataclass(frozen=True, slots=True)
class VotingCode:
    """A credential: the selector is public inside the house, the verifier is known to the letter only."""

    selector: str
    verifier: str

    def __str__(self) -> str:
        """Write the code as it is printed: four groups, the last one longer by its check character."""
        text = self.selector + self.verifier
        text += check_character(text)
        return "-".join((text[:4], text[4:8], text[8:12], text[12:]))


def check_character(text: str) -> str:
    """Return the check character of selector and verifier together.

    Odd weights keep every single slip visible, as they have an inverse modulo 32.
    """
    total = sum(ALPHABET.index(sign) * (2 * place + 1) for place, sign in enumerate(text))
    return ALPHABET[total % len(ALPHABET)]


def read_code(typed: str) -> VotingCode | None:
    """Return the code somebody typed, or None when it cannot be one.

    Lower case, spaces, dashes of any kind, O for 0 and I or L for 1 are accepted (abuse case 20).
    """
    text = _signs(typed)
    if len(text) != SELECTOR_LENGTH + VERIFIER_LENGTH + 1 or any(sign not in ALPHABET for sign in text):
        return None
    body, check = text[:-1], text[-1]
    if check_character(body) != check:
        return None
    return VotingCode(body[:SELECTOR_LENGTH], body[SELECTOR_LENGTH:])


def read_selector(typed: str) -> str | None:
    """Return the selector somebody typed from a letter, where it is called *kenmerk*, or None when it cannot be one."""
    text = _signs(typed)
    return text if len(text) == SELECTOR_LENGTH and all(sign in ALPHABET for sign in text) else None


def _signs(typed: str) -> str:
    letters = (sign for sign in typed.upper() if not sign.isspace() and category(sign) not in _FILLING)
    return "".join(letters).translate(_LOOKALIKES)
