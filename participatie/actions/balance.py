"""How does it stand with who puts in how much, and what is done about it?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import announce
from participatie.actions.holding import hold
from participatie.actions.record import record
from participatie.models.accounts import Account
from participatie.models.announcements import Announcement
from participatie.models.ideas import Idea, Support
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Plan
from participatie.models.wijken import areas_around_others, streets_within
from participatie.spelregels.balance import (
    Acted,
    Balance,
    BalanceAct,
    Contribution,
    Of,
    balance_of,
    is_answered,
    may_act_on_balance,
)
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import OPEN_TO_INPUT
from participatie.spelregels.trajecten import Announced, is_running
from participatie.spelregels.verdicts import Allowed, Refused, Verdict, first_refusal


def balance_of_traject(session: Session, traject: Traject) -> Balance:
    """Weigh what people put in: ideas, support for others, and euros of plans. Hidden and withdrawn ideas do not count."""
    return balances_of(session, [traject])[traject.id]


def balances_of(session: Session, trajecten: Sequence[Traject]) -> dict[int, Balance]:
    """Weigh what people put in, traject by traject; the number of queries does not grow with them. Each has its area."""
    ids = [traject.id for traject in trajecten]
    put_in = _contributions(session, ids)
    first = _first_trajecten(session, ids)
    streets = session.scalars(streets_within([traject.area.path for traject in trajecten])).all()
    return {
        traject.id: balance_of(
            put_in[traject.id],
            {each.person for each in put_in[traject.id] if first[each.person] < traject.id},
            streets=sum(path.startswith(traject.area.path) for path in streets),
        )
        for traject in trajecten
    }


def _counted(ids: Sequence[int]) -> tuple[Any, ...]:
    return Idea.traject_id.in_(ids), Idea.hidden_at.is_(None), Idea.status != IdeaStatus.WITHDRAWN


def _contributions(session: Session, ids: Sequence[int]) -> dict[int, list[Contribution]]:
    """Return what people put in, by traject."""
    # What is about a whole wijk is not held by one of its streets.
    street = case((Idea.area_id.in_(areas_around_others()), None), else_=Idea.area_id)
    home = case((Account.area_id.in_(areas_around_others()), None), else_=Account.area_id)
    ideas = select(Idea.traject_id, Idea.author_id, street, Idea.organisation).where(*_counted(ids))
    support = (
        select(Idea.traject_id, Support.account_id, home, func.count())
        .join(Idea, Idea.id == Support.idea_id)
        .join(Account, Account.id == Support.account_id)
        .where(*_counted(ids))
        .group_by(Idea.traject_id, Support.account_id, Account.area_id)
    )
    euros = (
        select(Idea.traject_id, Idea.author_id, street, Idea.organisation, Plan.cost_cents)
        .join(Plan, Plan.idea_id == Idea.id)
        .where(*_counted(ids))
    )
    found: dict[int, list[Contribution]] = defaultdict(list)
    for traject_id, person, where, organisation in session.execute(ideas):
        found[traject_id].append(Contribution(person, Of.IDEAS, where, organisation))
    for traject_id, person, where, times in session.execute(support):
        found[traject_id].append(Contribution(person, Of.SUPPORT, where, weight=times))
    for traject_id, person, where, organisation, cents in session.execute(euros):
        found[traject_id].append(Contribution(person, Of.EUROS, where, organisation, cents))
    return found


def _first_trajecten(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return the first traject in which each of these people put in an idea or supported one."""
    authors = select(Idea.author_id).where(*_counted(ids))
    supporters = select(Support.account_id).join(Idea, Idea.id == Support.idea_id).where(*_counted(ids))
    taking_part = authors.union(supporters)

    def first_by(person: Any, query: Select[int, int]) -> dict[int, int]:
        rows = session.execute(query.where(person.in_(taking_part)).group_by(person))
        return dict(rows.all())

    proposed = first_by(Idea.author_id, select(Idea.author_id, func.min(Idea.traject_id)))
    backed = first_by(
        Support.account_id,
        select(Support.account_id, func.min(Idea.traject_id)).join(Idea, Idea.id == Support.idea_id),
    )
    return {person: min(each[person] for each in (proposed, backed) if person in each) for person in proposed | backed}


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about the balance since a moment, and whether the phase became longer in that time."""

    acted: tuple[Acted, ...]
    lengthened: bool


def done_about_balance(session: Session, phase: Phase) -> Done:
    """Return what the moderator or the gemeente did about the balance since a phase began."""
    told = session.execute(
        select(Announcement.kind, Announcement.facts).where(
            Announcement.traject_id == phase.traject_id,
            Announcement.kind.in_((Announced.BALANCE, Announced.LONGER)),
            Announcement.at >= phase.starts_at,
        )
    ).all()
    return Done(
        tuple(
            Acted(BalanceAct(facts["act"]), facts.get("percents", {}))
            for kind, facts in told
            if kind is Announced.BALANCE
        ),
        any(kind is Announced.LONGER and facts["phase"] == phase.position for kind, facts in told),
    )


def balance_allows(session: Session, phase: Phase) -> Verdict:
    """Refuse to close a phase with input while one side holds too much and nobody acted on that, or explained it, since."""
    if phase.kind not in OPEN_TO_INPUT:
        return Allowed()
    done = done_about_balance(session, phase)
    threshold = phase.traject.ruleset().dominance_percent
    return is_answered(balance_of_traject(session, phase.traject), threshold, done.acted, lengthened=done.lengthened)


def act_on_balance(
    session: Session, actor: Actor, traject: Traject, act: BalanceAct, reason: str, now: datetime
) -> Announcement | Refused:
    """Say in public what is done about every side that holds too much, or why it may stay so."""
    hold(session, traject)
    balance, threshold = balance_of_traject(session, traject), traject.ruleset().dominance_percent
    verdict = first_refusal(
        may(actor, Do.ACT_ON_BALANCE, traject.facts().place_at(now)),
        is_running(traject.status),
        may_act_on_balance(balance, threshold, reason),
    )
    if isinstance(verdict, Refused):
        return verdict
    told = announce(session, actor, traject, Announced.BALANCE, reason, now, act=str(act))
    percents = {share.key(): share.percent() for share in balance.over(threshold)}
    told.facts = {**told.facts, "percents": percents}
    record(
        session, actor.account_id, Do.ACT_ON_BALANCE, told, now, traject=traject.id, balance_act=str(act), **percents
    )
    return told
