"""What does the data say for a final report: who took part, what was asked, decided and paid, and what was kept?"""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from participatie.actions.balance import balance_of_traject
from participatie.actions.duties import duties_of
from participatie.actions.owing import asked_in
from participatie.models.accounts import Account
from participatie.models.besluiten import Besluit, published_besluiten
from participatie.models.ideas import Idea, Support
from participatie.models.meetings import count_entered_at, meetings_of
from participatie.models.promises import promises_of
from participatie.models.trajecten import Traject
from participatie.models.votes.paper import paper_in_numbers
from participatie.models.wijkbudget import Round, allocation_of, money_in, round_of_traject
from participatie.models.wijken import Area
from participatie.spelregels.answers import Asked, Timing
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.ledger import Sums
from participatie.spelregels.promises import state_of
from participatie.spelregels.reporting import ELSEWHERE, shown_by_area
from participatie.spelregels.representation import SMALLEST_GROUP
from participatie.spelregels.votes import Channel

#: Of the trajectkaart, what a report repeats of what was asked.
ASKED = ("question", "goal", "fixed", "open", "decision_maker", "use_of_input")


def counted(traject: Traject) -> tuple[Any, ...]:
    """Return the conditions of an idea that counts: hidden and withdrawn ideas do not, as everywhere else."""
    return Idea.traject_id == traject.id, Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN


def report_figures(session: Session, traject: Traject) -> dict[str, Any]:
    """Count what the report shows: ideas, answers, supporters, people, and the shares of the balance in whole percents.

    Hidden and withdrawn ideas do not count, as everywhere else. `shares` are rows of what, by whom, how many percents.
    """
    counts = counted(traject)
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


def report_facts(session: Session, traject: Traject, now: datetime) -> dict[str, Any]:
    """Return everything that a report tells and nobody types, as plain JSON: codes, numbers, cents and days."""
    return {
        "taking_part": {
            **report_figures(session, traject),
            "areas": [list(row) for row in shown_by_area(_people_by_area(session, traject))],
            "votes": _votes(session, traject),
            "meetings": _meetings(session, traject),
        },
        "asked": {name: getattr(traject, name) for name in ASKED},
        "decided": _decided(session, traject),
        "money": _money(session, traject),
        "promises": promises_kept(session, traject, now),
        "terms": _terms(session, traject, now),
    }


def _people_by_area(session: Session, traject: Traject) -> Counter[str]:
    """Count who put in or supported an idea, by the area where they live: each once."""

    def living(query: Select[int]) -> Select[int, str | None]:
        people = query.where(*counted(traject)).scalar_subquery()
        return select(Account.id, Area.name).outerjoin(Area, Area.id == Account.area_id).where(Account.id.in_(people))

    put_in = living(select(Idea.author_id))
    backed = living(select(Support.account_id).join(Idea, Idea.id == Support.idea_id))
    rows = session.execute(put_in.union(backed)).all()
    return Counter(name or ELSEWHERE for _account, name in rows)


def _votes(session: Session, traject: Traject) -> dict[str, int | None] | None:
    """Count the ballots of the vote; those on paper where they are no few people. None where there was no vote."""
    budget_round = session.scalar(round_of_traject(traject.id))
    allocation = session.scalar(allocation_of(budget_round.id)) if budget_round is not None else None
    if budget_round is None or allocation is None or not budget_round.is_voted():
        return None
    channels = dict(session.execute(paper_in_numbers(budget_round.id, budget_round.opening)).all())
    paper = int(channels.get(Channel.PAPER.value, 0))
    shown = not 0 < paper < SMALLEST_GROUP and not 0 < allocation.ballots - paper < SMALLEST_GROUP
    return {"ballots": allocation.ballots, "paper": paper if shown else None}


def _meetings(session: Session, traject: Traject) -> list[dict[str, Any]]:
    heard = dict(session.execute(count_entered_at(traject.id)).all())
    return [
        {
            "name": each.name,
            "kind": str(each.kind),
            "on_day": each.on_day.isoformat(),
            "place": each.place,
            "ideas": heard.get(each.id, 0),
            "attendance": each.attendance,
            "out_of": each.out_of,
            "reach_of": str(each.reach_of) if each.reach_of else None,
            "percent": each.percent(),
            "counted_by": each.counted_by,
        }
        for each in session.scalars(meetings_of(traject.id))
    ]


def _decided(session: Session, traject: Traject) -> list[dict[str, Any]]:
    return [
        {
            "besluit": each.id,
            "title": each.title,
            "decided_on": each.decided_on.isoformat(),
            "decision_body": each.decision_body,
            "deviation_ground": str(each.deviation_ground) if each.deviation_ground else None,
            "withheld": [plan.name for plan in each.withheld],
            "versions": len(each.versions),
        }
        for each in besluiten_of(session, traject)
    ]


def besluiten_of(session: Session, traject: Traject) -> list[Besluit]:
    """Return the besluiten about a traject, its ideas and its round, the oldest first, with their versions."""
    return list(
        session.scalars(
            published_besluiten().where(Besluit.traject_id == traject.id).order_by(None).order_by(Besluit.id)
        )
    )


def _money(session: Session, traject: Traject) -> dict[str, Any] | None:
    """Add up what became of the money, plan by plan, to the cent; None where none was allocated."""
    rows = session.execute(money_in(traject.area).where(Round.traject_id == traject.id)).all()
    if not rows:
        return None
    plans = [
        (plan.number, plan.name, purse.sums() if purse is not None else Sums(cents))
        for _round, plan, cents, purse in rows
    ]
    total = sum((sums for _number, _name, sums in plans), Sums(0))
    return {
        "currency": rows[0][0].currency,
        "total": _sums(total),
        "plans": [{"number": number, "name": name, **_sums(sums)} for number, name, sums in plans],
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {
        "allocated": sums.allocated,
        "committed": sums.committed,
        "paid": sums.paid,
        "returned": sums.returned,
        "free": sums.free,
    }


def promises_kept(session: Session, traject: Traject, now: datetime) -> list[dict[str, Any]]:
    """Return the promises of a traject, with how each stands on that day."""
    today = now.astimezone(AMSTERDAM).date()
    return [
        {
            "text": each.text,
            "owner": each.owner,
            "due_on": each.due_on.isoformat(),
            "kept_on": each.kept_on.isoformat() if each.kept_on else None,
            "state": str(state_of(each.due_on, each.kept_on, today)),
        }
        for each in session.scalars(promises_of(traject.id))
    ]


def _terms(session: Session, traject: Traject, now: datetime) -> dict[str, Any]:
    """Count the answers by how they came, in time or late, and say how every duty stands.

    The advice of a poll is left out: its answer is the besluit, which is a duty of its own.
    """
    timings = Counter(
        each.timing(now)
        for each in asked_in(session, now, traject.area.path)
        if each.traject.id == traject.id and each.asked is not Asked.ADVICE
    )
    return {
        "days": traject.answer_days,
        "answers": {timing.value: timings[timing] for timing in Timing},
        "duties": [[str(each.duty), str(each.state)] for each in duties_of(session, traject, now)],
    }
