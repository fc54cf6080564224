"""Where is this idea in its life, who has it, until when, and what did it cost?"""

from dataclasses import dataclass
from datetime import datetime

from participatie.actions.owing import Owed, standing_of
from participatie.models.answers import parts_of
from participatie.models.ideas import Idea
from participatie.models.journeys import after_the_answer
from participatie.models.wijkbudget import AllocationLine, Plan, Round
from participatie.spelregels.answers import Parts
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.journey import JourneyFacts, JourneyStep, Station, journey_of, now_at
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class WhereItIs:
    """The life of an idea step by step, with the answer that is owed and what it cost, in cents; None: not known."""

    steps: tuple[JourneyStep, ...]
    here: Station
    owed: Owed | None
    days_late: int
    parts: Parts
    asked_cents: int | None
    given_cents: int | None
    paid_cents: int | None


def where_it_is(
    idea: Idea, budget_round: Round | None, plan: Plan | None, line: AllocationLine | None, now: datetime
) -> WhereItIs:
    """Read it. `line` is what became of its plan, once that is public. Three queries until the answer, two after it."""
    waits = idea.status is IdeaStatus.PUBLISHED
    owed = standing_of(db(), idea) if waits else None
    row = after_the_answer(idea.traject_id, budget_round.id if budget_round else None, plan.id if plan else None)
    result_at, begun_on, done_on, paid_cents, reported_at = (None,) * 5 if waits else db().execute(row).one()
    division = idea.traject.ruleset().division
    on_ballot = budget_round is not None and plan is not None and budget_round.has_been_open()
    tested = [assessment.created_at for assessment in idea.assessments]
    steps = journey_of(
        JourneyFacts(
            submitted_at=idea.created_at,
            status=idea.status,
            support=idea.support_count,
            support_asked=idea.traject.ruleset().support_needed,
            assessed_at=max(tested, default=None),
            answered_at=idea.answered_at,
            voted=budget_round is not None and budget_round.is_voted(),
            has_money=division.has_money,
            ballot_at=budget_round.clock().opens_at if budget_round is not None and on_ballot else None,
            result_at=result_at,
            funded=bool(line.funded_cents) if line is not None else None,
            begun_on=begun_on,
            done_on=done_on,
            accounted_at=reported_at,
        )
    )
    parts = None if waits else db().scalar(parts_of(idea.id))
    return WhereItIs(
        steps,
        now_at(steps),
        owed,
        owed.days_late(now) if owed else 0,
        parts.parts() if parts else Parts(),
        idea.cost_cents,
        line.funded_cents if line is not None else None,
        paid_cents,
    )
