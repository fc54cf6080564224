"""Who is somebody towards a panel, and what may become of that?"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from participatie.spelregels.buurtpanels.opening import PanelStatus
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class Recruitment(StrEnum):
    """How somebody came to a panel. Published as counts: a panel that is not drawn by lot never says that it is."""

    LOT = "loting"
    NETWORK = "netwerk"
    OTHER = "anders"


class ReplyChannel(StrEnum):
    """How somebody registered."""

    WEB = "web"
    PAPER = "papier"
    DESK = "balie"
    IMPORT = "bestand"


class HouseholdStatus(StrEnum):
    """How far an address is. Who answered gets no reminder."""

    LISTED = "op de lijst"
    INVITED = "uitgenodigd"
    REGISTERED = "aangemeld"
    DECLINED = "doet niet mee"


class MemberStatus(StrEnum):
    """How far somebody is. `REGISTERED` after the lot means: a reserve."""

    REGISTERED = "aangemeld"
    TAKEN_BACK = "aanmelding ingetrokken"
    DRAWN = "geloot"
    CONFIRMED = "lid"
    DECLINED = "afgezegd"
    LEFT = "gestopt"


#: Those who have a seat, for now or for good.
SEATED = frozenset({MemberStatus.DRAWN, MemberStatus.CONFIRMED})
#: From where to where a member may go.
STEPS: Mapping[MemberStatus, Collection[MemberStatus]] = {
    MemberStatus.REGISTERED: (MemberStatus.TAKEN_BACK, MemberStatus.DRAWN),
    MemberStatus.DRAWN: (MemberStatus.CONFIRMED, MemberStatus.DECLINED),
    MemberStatus.CONFIRMED: (MemberStatus.LEFT,),
}


class LeaveReason(StrEnum):
    """Why a seat came free; shown without a name."""

    NO_TIME = "geen tijd"
    MOVED = "verhuisd"
    ILLNESS = "ziekte"
    NO_ANSWER = "geen antwoord"
    OTHER = "andere reden"


def may_step(now: MemberStatus, to: MemberStatus) -> Verdict:
    """Refuse a step that does not follow from where somebody is, as confirming a seat that was given up."""
    return Allowed() if to in STEPS.get(now, ()) else refused(Refusal.MEMBER_NOT_THERE)


def may_register(status: PanelStatus) -> Verdict:
    """Refuse a registration before the rules are public, and once the pool is frozen for the lot."""
    if status is PanelStatus.DRAFT:
        return refused(Refusal.REGISTRATION_NOT_OPEN)
    return Allowed() if status is PanelStatus.REGISTERING else refused(Refusal.POOL_FROZEN)


def recruited(sources: Iterable[Recruitment]) -> Mapping[Recruitment, int]:
    """Return how many members came each way, in the order of the enum, without those that nobody came."""
    found = list(sources)
    return {source: found.count(source) for source in Recruitment if source in found}
