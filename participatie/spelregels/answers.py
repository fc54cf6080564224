"""Until when must there be an answer, whose turn is it, and what does an answer say?

Every idea, every dispute and every advice of a poll or of a buurtpanel has a term and somebody who has it. A term ends
at midnight in Amsterdam, after the last of its days. Past it, it goes up: to the contact person, the wijkmanager, the
wethouder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.permissions import TABLE, Do, Role
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class Asked(StrEnum):
    """What waits for an answer."""

    IDEA = "idee"
    DISPUTE = "geschil"
    ADVICE = "advies"
    PANEL = "buurtpaneladvies"


class Turn(StrEnum):
    """Whose turn it is, as everybody may know it: a role and never a name."""

    CONTACT = "contactpersoon"
    STAFF = "medewerker"
    MANAGER = "wijkmanager"
    WETHOUDER = "wethouder"


class Timing(StrEnum):
    """How it went with one answer."""

    IN_TIME = "op tijd"
    LATE = "te laat beantwoord"
    WAITING = "wacht"
    OVERDUE = "over tijd"


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told when a term has passed, `days` days after its end; nobody in that role: those of `otherwise`."""

    turn: Turn
    days: int
    role: Role | None = None
    otherwise: Role | None = None


#: Passing the term: whoever has it on the day itself, the wijkmanager after a week, the wethouder after three.
STEPS: tuple[Step, ...] = (
    Step(Turn.CONTACT, 0, otherwise=Role.WIJKMANAGER),
    Step(Turn.MANAGER, 7, Role.WIJKMANAGER, otherwise=Role.COLLEGE),
    Step(Turn.WETHOUDER, 21, Role.COLLEGE),
)
#: The act that answers what is asked. The advice of a poll is answered by the besluit about it.
ANSWERED_BY: Mapping[Asked, Do] = {
    Asked.IDEA: Do.ANSWER_IDEA,
    Asked.DISPUTE: Do.ANSWER_DISPUTE,
    Asked.ADVICE: Do.PUBLISH_BESLUIT,
    Asked.PANEL: Do.ANSWER_ADVICE,
}
#: Whose turn it is when it lies with somebody in that role, the role nearest to residents first.
TURN_OF: Mapping[Role, Turn] = {Role.WIJKMANAGER: Turn.MANAGER, Role.COLLEGE: Turn.WETHOUDER}
#: So many ideas are answered in one go.
MOST_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class MoreTime:
    """More time that was taken in public: when that was told, and until when."""

    told_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class WentUp:
    """One step up that was taken: how many people were told, and when."""

    people: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took something over: the roles in which they can answer it, when it was handed to them, and in which roles."""

    roles: frozenset[Role]
    at: datetime
    by: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Parts:
    """What an answer says beside why: what is used, what is not, where else to go, and a sentence for this author alone."""

    used: str = ""
    not_used: str = ""
    route: str = ""
    own: str = ""

    def stripped(self) -> "Parts":
        """Return the same without space around the texts."""
        return Parts(self.used.strip(), self.not_used.strip(), self.route.strip(), self.own.strip())


def term_ends(since: datetime, days: int) -> datetime:
    """Return the end of a term of so many calendar days after the day of `since`: the midnight after the last one."""
    last = since.astimezone(AMSTERDAM).date() + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time.min, AMSTERDAM)


def answer_due(ends_at: datetime, more_time: Sequence[MoreTime] = (), answered_at: datetime | None = None) -> datetime:
    """Return when an answer is too late: the end of its term, or of more time that was told before it was answered."""
    longer = (each.until for each in more_time if answered_at is None or each.told_at <= answered_at)
    return max((ends_at, *longer))


def timing_of(due_at: datetime, answered_at: datetime | None, now: datetime) -> Timing:
    """Say how it stands with one answer at `now`."""
    if answered_at is not None:
        return Timing.LATE if answered_at >= due_at else Timing.IN_TIME
    return Timing.OVERDUE if now >= due_at else Timing.WAITING


def days_late(due_at: datetime, now: datetime) -> int:
    """Return how many days an answer is late: 1 from the midnight on which its term ended; 0 before."""
    if now < due_at:
        return 0
    return (now.astimezone(AMSTERDAM).date() - due_at.astimezone(AMSTERDAM).date()).days + 1


def steps_due(due_at: datetime, now: datetime) -> tuple[Step, ...]:
    """Return the steps whose day has come. Days are calendar days, also in the week in which the clock changes."""
    late = days_late(due_at, now)
    return tuple(step for step in STEPS if late > step.days)


def last_up(steps: Mapping[Turn, WentUp], taken: Taken | None) -> Turn | None:
    """Return the highest that was told that it is late since it was last handed over; None: it did not go up.

    A step of which nobody could be told moves nothing. What went up to the wethouder comes down by the college alone:
    nobody below it takes that turn away, whoever they hand it to.
    """
    found = [
        each.turn for each in STEPS
        if each.turn is not Turn.CONTACT and (step := steps.get(each.turn)) is not None and step.people
        and (taken is None or step.at > taken.at or (each.turn is Turn.WETHOUDER and Role.COLLEGE not in taken.by))
    ]  # fmt: skip
    return found[-1] if found else None


def turn_of(*, has_contact: bool, taken: Taken | None, steps: Mapping[Turn, WentUp]) -> Turn:
    """Say whose turn it is: the highest that it went up to, else who took it over, else whoever had it from the start."""
    up = last_up(steps, taken)
    if up is not None:
        return up
    if taken is not None:
        return next((turn for role, turn in TURN_OF.items() if role in taken.roles), Turn.STAFF)
    return Turn.CONTACT if has_contact else Turn.MANAGER


def taken_over(asked: Asked, roles: frozenset[Role], at: datetime, by: frozenset[Role]) -> Taken | None:
    """Return who took it over; None when they have no role left in which they can answer it: that counts as never handed."""
    left = roles & answering(asked)
    return Taken(left, at, by) if left else None


def answering(asked: Asked) -> frozenset[Role]:
    """Return the roles that can answer what is asked."""
    return TABLE[ANSWERED_BY[asked]].roles


def may_have(asked: Asked, roles: frozenset[Role], *, is_own: bool) -> Verdict:
    """Refuse to hand something to whoever cannot answer it, or made or carries out what is asked."""
    return refused(Refusal.NOT_TO_THEM) if is_own or not roles & answering(asked) else Allowed()


def may_answer_so(why: str, parts: Parts, *, admitted: bool) -> Verdict:
    """Refuse an answer that leaves out what belongs to its kind; why belongs to each of them.

    A yes names what is used. A no names another route: who is turned down hears where else to go. An answer that uses
    a part, admitted or not, names both what is used and what is not.
    """
    said = parts.stripped()
    if not why.strip():
        return refused(Refusal.REASON_MISSING)
    if admitted and not said.used:
        return refused(Refusal.USED_MISSING)
    if not admitted and said.used and not said.not_used:
        return refused(Refusal.NOT_USED_MISSING)
    return Allowed() if admitted or said.route else refused(Refusal.ROUTE_MISSING)


def may_answer_together(number: int) -> Verdict:
    """Refuse an answer to no idea at all, or to more at once than somebody can have read."""
    if not number:
        return refused(Refusal.NOTHING_CHOSEN)
    return Allowed() if number <= MOST_TOGETHER else refused(Refusal.TOO_MANY_TOGETHER, limit=MOST_TOGETHER)
