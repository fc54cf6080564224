"""May this be reported, hidden, put back, appealed against? Only with a cited house rule and a reason, and never by a rival."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from participatie.spelregels.answers import term_ends
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused

#: How long something waits at most where no organisation moderates that promised otherwise, in hours.
USUAL_HOURS = 48
#: So many days after the day of hiding an author can still ask that somebody else looks, the last one until midnight.
APPEAL_DAYS = 14
#: So many reports an hour from one account, or from one network for those without.
REPORTS_PER_HOUR = 5


class HouseRule(StrEnum):
    """The house rules a moderator can cite; residents read them when they submit."""

    INSULT = "schelden of bedreigen"
    DISCRIMINATION = "discriminatie"
    PRIVATE_DATA = "privégegevens van anderen"
    ADVERTISING = "reclame"
    OFF_TOPIC = "gaat niet over de vraag van het traject"


class Waiting(StrEnum):
    """What can wait for somebody to look."""

    REPORT = "melding"
    FIRST_POST = "eerste idee"
    APPEAL = "opnieuw kijken"


class Handled(StrEnum):
    """What came of it. `BY_TIME`: nobody looked in time, so it was published by itself."""

    HIDDEN = "verborgen"
    KEPT = "blijft staan"
    RESTORED = "teruggezet"
    BY_TIME = "vanzelf gepubliceerd"


def may_hide(*, hidden: bool, reason: str, is_rival: bool) -> Verdict:
    """Refuse hiding twice, without a reason, or in a traject where the moderator or their organisation has a plan."""
    if is_rival:
        return refused(Refusal.OWN_RIVAL)
    if hidden:
        return refused(Refusal.ALREADY_HIDDEN)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_restore(*, hidden: bool, reason: str, is_rival: bool) -> Verdict:
    """Refuse to restore what is not hidden, without a reason, or where one has a plan of one's own."""
    if is_rival:
        return refused(Refusal.OWN_RIVAL)
    if not hidden:
        return refused(Refusal.NOT_HIDDEN)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def may_look(*, waits: bool, is_rival: bool, is_moderator: bool, stands_in: bool) -> Verdict:
    """Refuse to judge what does not wait (any more), and to a rival; a wijkmanager stands in where it is late or nobody is left."""
    if not waits:
        return refused(Refusal.NOTHING_WAITS)
    if is_rival:
        return refused(Refusal.OWN_RIVAL)
    return Allowed() if is_moderator or stands_in else refused(Refusal.MODERATOR_FIRST)


def may_report(*, hidden: bool, already: bool, last_hour: int) -> Verdict:
    """Refuse a report of what is not public, for the second time while the first waits, or too often in an hour."""
    if hidden:
        return refused(Refusal.ALREADY_HIDDEN)
    if already:
        return refused(Refusal.ALREADY_REPORTED)
    return refused(Refusal.TOO_MANY_REPORTS, limit=REPORTS_PER_HOUR) if last_hour >= REPORTS_PER_HOUR else Allowed()


def may_appeal(hidden_at: datetime | None, now: datetime, *, is_author: bool, appealed: bool, text: str) -> Verdict:
    """Refuse an appeal by others, of what is not hidden, twice, after the term, or without a word."""
    if not is_author:
        return refused(Refusal.NOT_THE_AUTHOR)
    if hidden_at is None:
        return refused(Refusal.NOT_HIDDEN)
    if appealed:
        return refused(Refusal.ALREADY_APPEALED)
    if now >= appeal_ends(hidden_at):
        return refused(Refusal.APPEAL_TOO_LATE, days=APPEAL_DAYS)
    return Allowed() if text.strip() else refused(Refusal.REASON_MISSING)


def appeal_ends(hidden_at: datetime) -> datetime:
    """Return the midnight after the last day on which an author can appeal."""
    return term_ends(hidden_at, APPEAL_DAYS)


def may_judge_appeal(*, waits: bool, hid_it: bool, is_rival: bool, reason: str) -> Verdict:
    """Refuse the one who hid it, a rival, a second decision, and one without a reason."""
    if hid_it:
        return refused(Refusal.OWN_HIDING)
    if is_rival:
        return refused(Refusal.OWN_RIVAL)
    if not waits:
        return refused(Refusal.NOTHING_WAITS)
    return Allowed() if reason.strip() else refused(Refusal.REASON_MISSING)


def rivals(
    contributors: Collection[int], members: Collection[tuple[int, int]], named: Collection[int]
) -> frozenset[int]:
    """Return the accounts that have a side in a traject, from those who contributed to it.

    `members` are pairs of an account and its organisation, `named` the organisations for which something was put in:
    whoever is in an organisation of which another member contributed has a side too.
    """
    sides = {organisation for account, organisation in members if account in contributors} | set(named)
    return frozenset(contributors) | {account for account, organisation in members if organisation in sides}


@dataclass(frozen=True, slots=True)
class Figures:
    """How an organisation keeps its term: how many it handled, half of them within so many hours, how many in time."""

    handled: int
    median_hours: float | None
    in_time: int


def figures_of(handled: Sequence[tuple[datetime, datetime, datetime]]) -> Figures:
    """Return the figures of rows of when it came in, when it was due, and when somebody looked."""
    hours = [(done - opened).total_seconds() / 3600 for opened, _due, done in handled]
    in_time = sum(done <= due for _opened, due, done in handled)
    return Figures(len(handled), median(hours) if hours else None, in_time)
