"""Where is this idea in its life, who has it, until when, and what did it cost?"""

from dataclasses import dataclass
from datetime import datetime

from participatie.actions.owing import Owed, days_answered_late, standing_of
from participatie.models.answers import parts_of
from participatie.models.ideas import Idea
from participatie.models.journeys import after_the_answer
from participatie.models.trajecten import Phase
from participatie.models.wijkbudget import AllocationLine, Milestone, Plan, Round, next_milestone
from participatie.spelregels.answers import Parts, Turn
from participatie.spelregels.besluiten import AdviceUse
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.journey import Holder, JourneyFacts, JourneyStep, Station, holder_of, journey_of, now_at
from participatie.spelregels.wijkbudget import is_late
from participatie.web.clock import today
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class WhereItIs:
    """The life of an idea step by step, with the answer that is owed and what it cost, in cents; None: not known.

    `days_late` is how many days the answer is late, or was. `turn` is who has it: until the answer, and after it until
    nothing comes any more. `phase` is what its traject is doing meanwhile; `promised` is the next step of carrying it
    out, and `is_late` says that its day is over.
    """

    steps: tuple[JourneyStep, ...]
    here: Station
    owed: Owed | None
    days_late: int
    parts: Parts
    asked_cents: int | None
    given_cents: int | None
    paid_cents: int | None
    turn: Turn | Holder | None
    phase: Phase | None
    promised: Milestone | None
    is_late: bool


def where_it_is(
    idea: Idea,
    budget_round: Round | None,
    plan: Plan | None,
    line: AllocationLine | None,
    now: datetime,
    *,
    merged: bool = False,
) -> WhereItIs:
    """Read it. `line` is what became of its plan, once that is public. Three queries until the answer, four at most after it."""
    waits = idea.status is IdeaStatus.PUBLISHED
    owed = standing_of(db(), idea) if waits else None
    row = after_the_answer(idea.traject_id, budget_round.id if budget_round else None, plan.id if plan else None)
    result_at, begun_on, done_on, paid_cents, reported_at, use = (None,) * 6 if waits else db().execute(row).one()
    given_cents = None if line is None else 0 if use is AdviceUse.NOT_FOLLOWED else line.given_cents()
    division = idea.traject.ruleset().division
    on_ballot = budget_round is not None and plan is not None and budget_round.has_been_open()
    tested = [assessment.created_at for assessment in idea.assessments]
    steps = journey_of(
        JourneyFacts(
            submitted_at=idea.created_at,
            status=idea.status,
            merged=merged,
            support=idea.support_count,
            support_asked=idea.traject.ruleset().support_needed,
            assessed_at=max(tested, default=None),
            answered_at=idea.answered_at,
            voted=budget_round is not None and budget_round.is_voted(),
            has_money=division.has_money,
            ballot_at=budget_round.clock().opens_at if budget_round is not None and on_ballot else None,
            result_at=result_at,
            funded=None if line is None else bool(line.funded_cents) and use is not AdviceUse.NOT_FOLLOWED,
            withheld_at=line.withheld_at if line is not None else None,
            begun_on=begun_on,
            done_on=done_on,
            accounted_at=reported_at,
        )
    )
    is_carried_out = line is not None and given_cents and done_on is None
    promised = db().scalar(next_milestone(line.plan_id)) if line is not None and is_carried_out else None
    parts = None if waits else db().scalar(parts_of(idea.id))
    here, running = now_at(steps), idea.traject.phase_at(now)
    holder = None if waits else holder_of(here, running.kind if running else None)
    return WhereItIs(
        steps,
        here,
        owed,
        owed.days_late(now) if owed else days_answered_late(db(), idea),
        parts.parts() if parts else Parts(),
        idea.cost_cents,
        given_cents,
        paid_cents,
        owed.turn if owed else holder,
        running if holder and promised is None else None,
        promised,
        promised is not None and is_late(promised.due_on, promised.done_on, today()),
    )
