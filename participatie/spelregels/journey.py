"""Where is an idea in its life, what comes next, and when was each step?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.phases import PhaseKind


class Station(StrEnum):
    """The steps of the life of an idea, in their order."""

    SUBMITTED = "ingediend"
    SUPPORTED = "gesteund"
    ASSESSED = "getoetst"
    ADMITTED = "plan geworden"
    NOT_ADMITTED = "geen plan geworden"
    WITHDRAWN = "idee ingetrokken"
    MERGED = "idee samengevoegd"
    BALLOT = "op het stembiljet"
    ALLOCATED = "geld gekregen"
    NOT_ALLOCATED = "geen geld gekregen"
    WITHHELD = "niet doorgegaan"
    EXECUTION = "in uitvoering"
    DONE = "klaar"
    ACCOUNTED = "verantwoord"


class Holder(StrEnum):
    """Who has an idea after its answer, as everybody may know it."""

    CONTACT = "contactpersoon"
    RESIDENTS = "bewoners"
    COLLEGE = "college"


#: After these nothing comes any more, so nobody has it.
ENDED = frozenset(
    {
        Station.NOT_ADMITTED,
        Station.WITHDRAWN,
        Station.MERGED,
        Station.NOT_ALLOCATED,
        Station.WITHHELD,
        Station.DONE,
        Station.ACCOUNTED,
    }
)


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """What happened to an idea so far; a moment is None for what did not happen, or not yet.

    `asked` is how much support is asked for (0: none), `voted` whether residents vote on it, `has_money` whether money is
    divided. `funded` is None until the result is public; `withheld_at` is since when the plan does not go ahead by besluit.
    """

    submitted_at: datetime
    status: IdeaStatus
    merged: bool = False
    support: int = 0
    support_asked: int = 0
    assessed_at: datetime | None = None
    answered_at: datetime | None = None
    voted: bool = False
    has_money: bool = False
    ballot_at: datetime | None = None
    result_at: datetime | None = None
    funded: bool | None = None
    withheld_at: datetime | None = None
    begun_on: date | None = None
    done_on: date | None = None
    accounted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One step: done or still to come (`is_done`), and when it was, where that is known."""

    station: Station
    is_done: bool
    at: date | datetime | None = None


def journey_of(facts: JourneyFacts) -> tuple[JourneyStep, ...]:
    """Return the life of an idea: what was, and what is still to come.

    After a no, a withdrawal, or a besluit that it does not go ahead, nothing comes. Without money no steps are recorded,
    so there are none to wait for; with it a plan is accounted for once it is done, also where the report came before.
    """
    return tuple(_steps(facts))


def _steps(facts: JourneyFacts) -> Iterator[JourneyStep]:
    yield JourneyStep(Station.SUBMITTED, is_done=True, at=facts.submitted_at)
    answered = facts.status is not IdeaStatus.PUBLISHED
    if facts.support_asked:
        enough = facts.support >= facts.support_asked
        if enough or not answered:
            yield JourneyStep(Station.SUPPORTED, is_done=enough)
    if facts.assessed_at is not None or not answered:
        yield JourneyStep(Station.ASSESSED, is_done=facts.assessed_at is not None, at=facts.assessed_at)
    if facts.status is IdeaStatus.WITHDRAWN:
        yield JourneyStep(Station.MERGED if facts.merged else Station.WITHDRAWN, is_done=True)
        return
    if facts.status is IdeaStatus.NOT_ADMITTED:
        yield JourneyStep(Station.NOT_ADMITTED, is_done=True, at=facts.answered_at)
        return
    yield JourneyStep(Station.ADMITTED, is_done=answered, at=facts.answered_at)
    if facts.voted:
        yield JourneyStep(Station.BALLOT, is_done=facts.ballot_at is not None, at=facts.ballot_at)
    if facts.withheld_at is not None:
        yield JourneyStep(Station.WITHHELD, is_done=True, at=facts.withheld_at)
        return
    if facts.has_money:
        yield from _with_money(facts)
    else:
        yield JourneyStep(Station.ACCOUNTED, is_done=facts.accounted_at is not None, at=facts.accounted_at)


def _with_money(facts: JourneyFacts) -> Iterator[JourneyStep]:
    if facts.funded is False:
        yield JourneyStep(Station.NOT_ALLOCATED, is_done=True, at=facts.result_at)
        return
    yield JourneyStep(Station.ALLOCATED, is_done=bool(facts.funded), at=facts.result_at if facts.funded else None)
    is_carried_out = facts.done_on is not None
    yield JourneyStep(Station.EXECUTION, is_done=facts.begun_on is not None or is_carried_out, at=facts.begun_on)
    yield JourneyStep(Station.DONE, is_done=is_carried_out, at=facts.done_on)
    # A report that came out before that does not tell how it ended.
    accounted_at = facts.accounted_at if is_carried_out else None
    yield JourneyStep(Station.ACCOUNTED, is_done=accounted_at is not None, at=accounted_at)


def now_at(steps: tuple[JourneyStep, ...]) -> Station:
    """Return the last step that was done: where the idea is."""
    return next(step.station for step in reversed(steps) if step.is_done)


def holder_of(here: Station, running: PhaseKind | None) -> Holder | None:
    """Return who has an answered idea: residents while they vote, then the college, else the contact person; None at its end."""
    if here in ENDED:
        return None
    if running is PhaseKind.VOTE:
        return Holder.RESIDENTS
    decides = running is PhaseKind.DECIDE and here not in (Station.ALLOCATED, Station.EXECUTION)
    return Holder.COLLEGE if decides else Holder.CONTACT
