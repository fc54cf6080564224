"""Where do ideas come from that are not typed at home, how far did such a meeting reach, and whose is what was heard?"""

from enum import StrEnum

from participatie.spelregels.codes import ALPHABET
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: Characters of base 32 on a slip of paper: sixty bits, more than anybody can try.
SLIP_LENGTH = 12
_GROUP = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class MeetingKind(StrEnum):
    """A meeting that is a source of ideas, equal to the web."""

    PLATFORM = "wijkplatform"
    TALK = "buurtgesprek"
    EARLY = "beginspraak"
    THEME = "themabijeenkomst"
    WALK = "wijkschouw"
    TERRACE = "straatterras"
    CAFE = "café"
    HOME_VISIT = "huisbezoek"


class ReachOf(StrEnum):
    """Of whom the reach of a meeting is a part."""

    RESIDENTS = "inwoners"
    HOUSEHOLDS = "huishoudens"


def reach_percent(attendance: int | None, out_of: int | None) -> int | None:
    """Return which part of the residents or households came, in whole percents, rounded down; None where that is not known."""
    if attendance is None or not out_of:
        return None
    return 100 * attendance // out_of


def may_count_reach(attendance: int, out_of: int | None, source: str) -> Verdict:
    """Refuse a reach above the whole, and one of which nobody can look up the whole."""
    if out_of is None:
        return Allowed()
    if not source.strip():
        return refused(Refusal.REASON_MISSING)
    return Allowed() if out_of > 0 and attendance <= out_of else refused(Refusal.REACH_TOO_LARGE)


def slip_code(keyed: str) -> str:
    """Return the code on a slip of paper, in groups, made of the keyed hash of its idea (hexadecimal)."""
    number = int(keyed, 16)
    signs = "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(SLIP_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, SLIP_LENGTH, _GROUP))


def plain_slip(typed: str) -> str:
    """Return the signs of what somebody typed from a slip, in capitals, without spaces and dashes, O as 0, I and L as 1."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOKALIKES)


def may_claim(*, fits: bool, is_claimed: bool, is_helper: bool) -> Verdict:
    """Refuse a wrong code, one that was used, and the helper who wrote the slip: it is of the resident."""
    return Allowed() if fits and not is_claimed and not is_helper else refused(Refusal.SLIP_WRONG)
