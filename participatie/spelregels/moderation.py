"""May a moderator hide this idea? Only with a cited house rule and a reason, and never a rival of an own plan."""

from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class HouseRule(StrEnum):
    """The house rules a moderator can cite; residents read them when they submit."""

    INSULT = "schelden of bedreigen"
    DISCRIMINATION = "discriminatie"
    PRIVATE_DATA = "privégegevens van anderen"
    ADVERTISING = "reclame"
    OFF_TOPIC = "gaat niet over de vraag van het traject"


def may_hide(*, hidden: bool, reason: str, has_own_idea_here: bool) -> Verdict:
    """Refuse hiding twice, without a reason, or in a traject where the moderator has an idea running."""
    if has_own_idea_here:
        return refused(Refusal.OWN_RIVAL)
    if hidden:
        return refused(Refusal.ALREADY_HIDDEN)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_restore(*, hidden: bool, reason: str) -> Verdict:
    """Refuse to restore what is not hidden, or to do so without a reason."""
    if not hidden:
        return refused(Refusal.NOT_HIDDEN)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)
