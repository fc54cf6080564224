"""How is the final report of a traject published, with the figures of that day?"""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.balance import balance_of_traject
from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.models.announcements import Report, report_of
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Traject
from participatie.spelregels.closing import may_publish_report
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.trajecten import Announced, is_running
from participatie.spelregels.verdicts import Refused, first_refusal


def report_figures(session: Session, traject: Traject) -> dict[str, Any]:
    """Count what the report shows: ideas, answers, supporters, people, and the shares of the balance in whole percents.

    Hidden and withdrawn ideas do not count, as everywhere else. `shares` are rows of what, by whom, how many percents.
    """
    counts = (Idea.traject_id == traject.id, Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN)
    admitted = case((Idea.status == IdeaStatus.ADMITTED, 1), else_=0)
    ideas, answered, plans = session.execute(
        select(func.count(Idea.id), func.count(Idea.answered_at), func.coalesce(func.sum(admitted), 0)).where(*counts)
    ).one()
    supporters = select(func.count(Support.account_id.distinct())).join(Idea, Idea.id == Support.idea_id)
    balance = balance_of_traject(session, traject)
    return {
        "ideas": ideas,
        "answered": answered,
        "admitted": int(plans),
        "supporters": session.scalar(supporters.where(*counts)) or 0,
        "people": balance.contributors,
        "first_percent": balance.first_percent(),
        "shares": [[str(share.of), str(share.side), share.percent()] for share in balance.shares],
    }


def publish_report(
    session: Session, actor: Actor, traject: Traject, used: str, not_used: str, lessons: str, now: datetime
) -> Report | Refused:
    """Publish the final report, once: what was done with the input and what not, and the figures of that day.

    Refused while a phase that it tells of was not closed.
    """
    hold(session, traject)
    facts = traject.facts()
    verdict = first_refusal(
        may(actor, Do.PUBLISH_REPORT, facts.place_at(now)),
        is_running(traject.status),
        may_publish_report(facts.phases, used, not_used, published=session.scalar(report_of(traject.id)) is not None),
    )
    if isinstance(verdict, Refused):
        return verdict
    report = Report(
        traject_id=traject.id,
        used=used.strip(),
        not_used=not_used.strip(),
        lessons=lessons.strip(),
        figures=report_figures(session, traject),
        published_at=now,
        published_by_id=actor.account_id,
    )
    session.add(report)
    announce(session, actor, traject, Announced.REPORT, "", now)
    record(session, actor.account_id, Do.PUBLISH_REPORT, traject, now)
    return report
