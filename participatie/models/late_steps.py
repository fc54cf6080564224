"""Which promised steps of plans are past their day and not done, and of which was somebody reminded?"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from participatie.models.audit import AuditRow
from participatie.models.groups import Participant
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import AllocationLine, Milestone, Plan, Round, gets_money
from participatie.models.wijken import within

#: The act in the log that somebody was reminded of a step; its fact `due` is the day that passed.
REMINDED = "herinnerd aan stap"


def late_steps(today: date) -> Select[Milestone, Plan]:
    """Every step of a plan with money whose day is over, with who has to know: the first day on top."""
    people = joinedload(Plan.idea).selectinload(Idea.participants).joinedload(Participant.account)
    contact = contains_eager(Plan.round).contains_eager(Round.traject).joinedload(Traject.contact)
    return _late(today).options(people, contact)


def late_steps_in(today: date, *area_paths: str) -> Select[Milestone, Plan]:
    """The same in these areas, for the work list."""
    return _late(today, within(area_paths))


def _late(today: date, *where: ColumnElement[bool]) -> Select[Milestone, Plan]:
    return (
        select(Milestone, Plan)
        .join(Plan, Plan.id == Milestone.plan_id)
        .join(Plan.round)
        .join(Round.traject)
        .join(Traject.area)
        .join(AllocationLine, AllocationLine.plan_id == Plan.id)
        .where(Milestone.done_on.is_(None), Milestone.due_on < today, gets_money(), *where)
        .options(contains_eager(Plan.round).contains_eager(Round.traject).contains_eager(Traject.area))
        .order_by(Milestone.due_on, Milestone.id)
    )


def reminders_of(step_ids: Collection[int]) -> Select[AuditRow]:
    """When somebody was reminded of these steps."""
    return select(AuditRow).where(
        AuditRow.object_kind == Milestone.__tablename__, AuditRow.object_id.in_(step_ids), AuditRow.act == REMINDED
    )
