"""May a voting code be made, replaced, revoked, or handed on to somebody else?

Nobody is known here: a code is all that there is of a voter. So nothing says how many codes one
person holds, and a code that was handed on cannot be handed on again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused
from participatie.spelregels.votes import Channel, RollStatus
from participatie.spelregels.wijkbudget import RoundStatus

#: What one request makes; the command line makes more.
MOST_CODES = 20_000
MOST_LETTERS = 2_000
#: Of a file with addresses, and of the list of who got which kenmerk.
ADDRESS_COLUMNS = ("naam", "adres", "postcode", "plaats", "taal")


class BatchPurpose(StrEnum):
    """What a batch of codes was made for."""

    LETTERS = "brieven"
    REPLACEMENT = "vervanging"
    DESK = "balie"
    PROXY = "machtiging"
    ACCOUNT = "account"


class Consent(StrEnum):
    """Which sentence was agreed to when somebody let another vote. A sentence that changes gets a new value here."""

    ON_SCREEN = "scherm-1"
    ON_PAPER = "formulier-1"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to, for as long as it takes to print it. `locale` is None where the language is not known."""

    name: str
    address: str
    postcode: str
    place: str
    locale: str | None

    def lines(self) -> tuple[str, ...]:
        """Return the address as it stands in the window of an envelope."""
        return (self.name, self.address, f"{self.postcode}  {self.place}")


def may_make_letters(count: int) -> Verdict:
    """Refuse more letters at once than a request has time for."""
    return Allowed() if count <= MOST_LETTERS else refused(Refusal.TOO_MANY_LETTERS, limit=MOST_LETTERS)


def may_hand_out(status: RoundStatus, closes_at: datetime, now: datetime) -> Verdict:
    """Refuse a single code, or a change to one, once the vote is over; before the opening it is fine."""
    if status in (RoundStatus.COUNTED, RoundStatus.PUBLISHED):
        return refused(Refusal.ALREADY_COUNTED)
    if status is RoundStatus.OPEN and now >= closes_at:
        return refused(Refusal.VOTE_CLOSED)
    return Allowed()


def may_take_back(status: RollStatus, used_channel: Channel | None) -> Verdict:
    """Refuse to replace or revoke a code that was used, in whatever way, or that was taken back before (abuse case 23)."""
    if status is RollStatus.USED or used_channel is not None:
        return refused(Refusal.CODE_ALREADY_USED)
    if status is RollStatus.REVOKED:
        return refused(Refusal.CODE_ALREADY_REVOKED)
    return Allowed()


def may_pass_on(*, is_proxy: bool, consents: bool) -> Verdict:
    """Refuse to pass on a code that was passed on before, and to do so without consent."""
    if is_proxy:
        return refused(Refusal.PROXY_NOT_PASSED_ON)
    return Allowed() if consents else refused(Refusal.PROXY_WITHOUT_CONSENT)
