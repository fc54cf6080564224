"""What happened to an idea after its answer: when was it decided, carried out, paid and accounted for?"""

from datetime import date, datetime

from sqlalchemy import Select, func, select

from participatie.models.announcements import Report
from participatie.models.besluiten import Besluit
from participatie.models.wijkbudget import Milestone, PlanResult, Purse
from participatie.spelregels.besluiten import AdviceUse


def after_the_answer(
    traject_id: int, round_id: int | None, plan_id: int | None
) -> Select[datetime | None, date | None, date | None, int | None, datetime | None, AdviceUse | None]:
    """When the result was published, the first step was done and all was; the cents paid; when the report came. One row.

    At its end what the besluit did with the result, where that was advice.
    """
    return select(
        select(Besluit.published_at).where(Besluit.round_id == round_id).scalar_subquery(),
        select(func.min(Milestone.done_on)).where(Milestone.plan_id == plan_id).scalar_subquery(),
        select(PlanResult.done_on).where(PlanResult.plan_id == plan_id).scalar_subquery(),
        select(Purse.paid_cents).where(Purse.plan_id == plan_id).scalar_subquery(),
        select(Report.published_at).where(Report.traject_id == traject_id).scalar_subquery(),
        select(Besluit.advice_use).where(Besluit.round_id == round_id).scalar_subquery(),
    )
