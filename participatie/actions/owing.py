"""What waits for an answer, until when, and who has it?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participatie.models.accounts import Account
from participatie.models.announcements import Announcement, Dispute, announcements_of_kind
from participatie.models.answers import (
    AnswerOwner,
    Escalation,
    advice_in,
    disputes_in,
    escalations,
    ideas_answered,
    ideas_owed,
    more_time_in,
    owners_of,
    trajecten_that_owe,
)
from participatie.models.besluiten import besluit_of_round
from participatie.models.buurtpanels import panel_advice_in, panel_advice_of
from participatie.models.ideas import Idea, idea_by_id
from participatie.models.trajecten import Traject, traject_by_id
from participatie.models.wijkbudget import Round
from participatie.spelregels.answers import (
    Asked,
    MoreTime,
    Timing,
    Turn,
    WentUp,
    answer_due,
    days_late,
    last_up,
    taken_over,
    term_ends,
    timing_of,
    turn_of,
)
from participatie.spelregels.duties import BESLUIT_DAYS, Duty
from participatie.spelregels.ideas import is_waiting
from participatie.spelregels.permissions import Role
from participatie.spelregels.trajecten import Announced

#: The duty of which more time is taken, for each thing that is asked.
DUTY_OF: Mapping[Asked, Duty] = {
    Asked.IDEA: Duty.ANSWERS,
    Asked.DISPUTE: Duty.DISPUTES,
    Asked.ADVICE: Duty.BESLUIT,
    Asked.PANEL: Duty.ADVICE,
}
#: Of the end of a poll, the last moment that still belongs to its last day.
JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that was asked, with its term and whoever has it. `title` was written in `lang` (None: ours).

    `thing_id` is that of the idea, the dispute, the round or the panel; `slug` is the address of the panel, else empty.
    `place` and `path` are the area it is about. `owner` is None where nobody is named; `handed_over` says that they took
    it over, `with_owner` that it lies with them: it did not go up since. `told` are those it ever went up to.
    """

    asked: Asked
    thing_id: int
    title: str
    lang: str | None
    place: str
    path: str
    traject: Traject
    since: datetime
    due_at: datetime
    answered_at: datetime | None
    owner: Account | None
    handed_over: bool
    with_owner: bool
    turn: Turn
    told: frozenset[Turn]
    slug: str = ""

    def timing(self, now: datetime) -> Timing:
        """Say how it stands at `now`."""
        return timing_of(self.due_at, self.answered_at, now)

    def days_late(self, now: datetime) -> int:
        """Return how many days it is late by now, or how many it was."""
        return days_late(self.due_at, self.answered_at or now)


def owed_in(session: Session, now: datetime, *area_paths: str) -> list[Owed]:
    """Return everything in these areas that waits for an answer, first what was due first. The queries do not grow with what waits."""
    around = _around(session, area_paths)
    found = [*_ideas(session, around, area_paths), *_others(session, around, area_paths, now)]
    return sorted((each for each in found if each.answered_at is None), key=_by_term)


def asked_in(session: Session, now: datetime, *area_paths: str) -> list[Owed]:
    """Return the same with what was answered already, for the public figures."""
    around = _around(session, area_paths)
    answered = (
        around.owed(Asked.IDEA, idea_id, "", None, place, path, traject_id, since, answered_at)
        for idea_id, place, path, traject_id, since, answered_at in session.execute(ideas_answered(*area_paths))
    )
    found = [*_ideas(session, around, area_paths), *answered, *_others(session, around, area_paths, now)]
    return sorted(found, key=_by_term)


def owed_one(session: Session, asked: Asked, thing_id: int, now: datetime) -> Owed | None:
    """Return one thing that waits for an answer; None when it does not (any more), or is not there."""
    match asked:
        case Asked.IDEA:
            idea = session.scalar(idea_by_id(thing_id))
            return standing_of(session, idea) if idea is not None and is_waiting(idea.facts()) else None
        case Asked.DISPUTE:
            dispute = session.get(Dispute, thing_id)
            if dispute is None or dispute.answered_at is not None:
                return None
            return _dispute(_around_one(session, asked, thing_id, dispute.traject_id), dispute)
        case Asked.PANEL:
            said = session.execute(panel_advice_of(thing_id)).one_or_none()
            if said is None or said.answered_at is not None:
                return None
            return _panel(_around_one(session, asked, thing_id, said.traject_id), *said)
        case Asked.ADVICE:
            budget_round = session.get(Round, thing_id)
            if budget_round is None or budget_round.rulebook is None or not budget_round.is_advice():
                return None
            if budget_round.clock().closes_at > now or session.scalar(besluit_of_round(thing_id)) is not None:
                return None
            return _advice(_around_one(session, asked, thing_id, budget_round.traject_id), budget_round, None)


def standing_of(session: Session, idea: Idea) -> Owed:
    """Return how it stands with the answer to one idea, answered or not."""
    return _idea(_around_one(session, Asked.IDEA, idea.id, idea.traject_id, idea.traject), idea)


def days_answered_late(session: Session, idea: Idea) -> int:
    """Return how many days after its term an idea was answered; 0 in time, or not yet. One query."""
    if idea.answered_at is None:
        return 0
    around = _Around([idea.traject], session.scalars(announcements_of_kind(idea.traject_id, Announced.DUTY)), (), ())
    return _idea(around, idea).days_late(idea.answered_at)


def facts_of(owed: Owed) -> dict[str, str]:
    """Return what mails say about something that is asked, with its path on the site."""
    return {
        "asked": str(owed.asked), "title": owed.title, "traject": owed.traject.title, "path": path_of(owed),
    }  # fmt: skip


def path_of(owed: Owed) -> str:
    """Return where on the site it stands, as mails write it."""
    match owed.asked:
        case Asked.IDEA:
            return f"/ideeen/{owed.thing_id}"
        case Asked.DISPUTE:
            return f"/trajecten/{owed.traject.slug}/geschillen"
        case Asked.PANEL:
            return f"/buurtpanels/{owed.slug}/bijeenkomsten"
        case Asked.ADVICE:
            return f"/trajecten/{owed.traject.slug}"


class _Around:
    """What the rules ask beside the things themselves, read once for all of them."""

    def __init__(
        self,
        trajecten: Iterable[Traject],
        more_time: Iterable[Announcement],
        owners: Iterable[AnswerOwner],
        escalated: Iterable[Escalation],
    ) -> None:
        self.trajecten = {traject.id: traject for traject in trajecten}
        self.more_time: dict[tuple[int, Duty], list[MoreTime]] = defaultdict(list)
        for each in more_time:
            key = (each.traject_id, Duty(each.facts["duty"]))
            self.more_time[key].append(MoreTime(each.at, each.until()))
        self.owners = {(each.asked, each.thing_id): each for each in owners}
        self.steps: dict[tuple[Asked, int, datetime], dict[Turn, WentUp]] = defaultdict(dict)
        for step in escalated:
            self.steps[step.asked, step.thing_id, step.due_at][step.turn] = WentUp(step.told, step.at)

    def owed(
        self, asked: Asked, thing_id: int, title: str, lang: str | None, place: str, path: str, traject_id: int,
        since: datetime, answered_at: datetime | None, ends_at: datetime | None = None, slug: str = "",
    ) -> Owed:  # fmt: skip
        """Put it together; `ends_at` is the end of the term where that is not the one that the traject promised."""
        traject = self.trajecten[traject_id]
        longer = self.more_time.get((traject_id, DUTY_OF[asked]), ())
        due_at = answer_due(ends_at or term_ends(since, traject.answer_days), longer, answered_at)
        handed = self.owners.get((asked, thing_id))
        taken = None
        if handed is not None:
            # Who takes something over from themselves takes no turn away.
            by = handed.by if handed.by_id != handed.account_id else None
            here = traject.area.path
            by_roles = by.actor().roles_at(here) if by is not None else frozenset[Role]()
            taken = taken_over(asked, handed.account.actor().roles_at(here), handed.since, by_roles)
        owner = handed.account if handed is not None and taken is not None else traject.contact
        steps = self.steps.get((asked, thing_id, due_at), {})
        return Owed(
            asked, thing_id, title, lang, place, path, traject, since, due_at, answered_at, owner,
            handed_over=taken is not None,
            with_owner=owner is not None and last_up(steps, taken) is None,
            turn=turn_of(has_contact=owner is not None, taken=taken, steps=steps),
            told=frozenset(turn for turn, step in steps.items() if step.people),
            slug=slug,
        )  # fmt: skip


def _around(session: Session, area_paths: Sequence[str]) -> _Around:
    return _Around(
        session.scalars(trajecten_that_owe(*area_paths)),
        session.scalars(more_time_in(*area_paths)),
        session.scalars(owners_of(*Asked)),
        session.scalars(escalations(*Asked)),
    )


def _around_one(
    session: Session, asked: Asked, thing_id: int, traject_id: int, traject: Traject | None = None
) -> _Around:
    found = traject or session.scalars(traject_by_id(traject_id)).one()
    return _Around(
        [found],
        session.scalars(announcements_of_kind(traject_id, Announced.DUTY)),
        session.scalars(owners_of(asked).where(AnswerOwner.thing_id == thing_id)),
        session.scalars(escalations(asked).where(Escalation.thing_id == thing_id)),
    )


def _idea(around: _Around, idea: Idea) -> Owed:
    return around.owed(
        Asked.IDEA, idea.id, idea.title, idea.lang, idea.area.name, idea.area.path, idea.traject_id, idea.created_at,
        idea.answered_at,
    )  # fmt: skip


def _ideas(session: Session, around: _Around, area_paths: Sequence[str]) -> Iterator[Owed]:
    for idea_id, title, lang, place, path, traject_id, since in session.execute(ideas_owed(*area_paths)):
        yield around.owed(Asked.IDEA, idea_id, title, lang, place, path, traject_id, since, None)


def _others(session: Session, around: _Around, area_paths: Sequence[str], now: datetime) -> Iterator[Owed]:
    for dispute in session.scalars(disputes_in(*area_paths)):
        yield _dispute(around, dispute)
    for budget_round, answered_at in session.execute(advice_in(*area_paths)):
        if budget_round.is_advice() and (answered_at is not None or budget_round.clock().closes_at <= now):
            yield _advice(around, budget_round, answered_at)
    for said in session.execute(panel_advice_in(*area_paths)):
        yield _panel(around, *said)


def _dispute(around: _Around, dispute: Dispute) -> Owed:
    traject = around.trajecten[dispute.traject_id]
    return around.owed(
        Asked.DISPUTE, dispute.id, traject.title, None, traject.area.name, traject.area.path, traject.id,
        dispute.raised_at, dispute.answered_at,
    )  # fmt: skip


def _advice(around: _Around, budget_round: Round, answered_at: datetime | None) -> Owed:
    traject, since = around.trajecten[budget_round.traject_id], budget_round.clock().closes_at - JUST_BEFORE
    return around.owed(
        Asked.ADVICE, budget_round.id, budget_round.title, None, traject.area.name, traject.area.path, traject.id,
        since, answered_at, term_ends(since, BESLUIT_DAYS),
    )  # fmt: skip


def _panel(
    around: _Around, panel_id: int, title: str, slug: str, traject_id: int, since: datetime, due_at: datetime,
    answered_at: datetime | None,
) -> Owed:  # fmt: skip
    area = around.trajecten[traject_id].area
    return around.owed(
        Asked.PANEL, panel_id, title, None, area.name, area.path, traject_id, since, answered_at, due_at, slug
    )


def _by_term(owed: Owed) -> tuple[datetime, str, int]:
    return owed.due_at, str(owed.asked), owed.thing_id
