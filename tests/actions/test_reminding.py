"""A step of a plan whose day passes unmoved: whoever carries it out is mailed, once for each day that passes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.reminding import remind_of_steps
from participatie.actions.wijkbudget import add_milestone, finish_milestone, money_for, move_milestone
from participatie.models.groups import Participant
from participatie.models.outbox import OutboxMail
from participatie.models.wijkbudget import Milestone, Plan
from participatie.spelregels.besluiten import AMSTERDAM
from participatie.spelregels.ideas import Party
from tests.actions.test_races import all_at_once
from tests.clock import TurnableClock
from tests.factories import a_wijkmanager, done, runs_all
from tests.factories.besluiten import a_counted_round, a_round_besluit


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan with money, of an idea beside which a wijkmanager stands."""
    budget_round = a_counted_round(session)
    plan = budget_round.plans[0]
    assert plan.idea is not None
    beside = Participant(
        idea_id=plan.idea.id, account_id=a_wijkmanager(session).id, party=Party.GEMEENTE, since=plan.idea.created_at
    )
    session.add(beside)
    a_round_besluit(session, budget_round)
    session.refresh(plan.idea, ["participants"])
    return plan


def a_step(session: Session, plan: Plan, clock: TurnableClock, days: int) -> Milestone:
    """A step of the plan, promised for a day from now."""
    due = today(clock) + timedelta(days=days)
    step = done(add_milestone(session, runs_all(a_wijkmanager(session)), plan, "Eerste paal", due, clock.now))
    session.commit()
    return step


def today(clock: TurnableClock) -> date:
    """Return the day in Amsterdam."""
    return clock.now.astimezone(AMSTERDAM).date()


def reminded(session: Session) -> list[str]:
    """Who was mailed."""
    rows = select(OutboxMail.recipient).where(OutboxMail.template == "step_late").order_by(OutboxMail.id)
    return list(session.scalars(rows))


def test_a_step_that_is_late_is_told_once_for_each_day_that_passes(
    session: Session, plan: Plan, clock: TurnableClock
) -> None:
    step, actor = a_step(session, plan, clock, 2), runs_all(a_wijkmanager(session))
    assert plan.idea is not None
    responsible = plan.idea.participants[0].account.email
    clock.forward(days=2)
    assert remind_of_steps(session, clock.now) == 0, "the day itself is in time"
    clock.forward(days=1)
    assert (remind_of_steps(session, clock.now), remind_of_steps(session, clock.now)) == (1, 0)
    clock.forward(days=30)
    assert remind_of_steps(session, clock.now) == 0
    assert reminded(session) == [responsible]
    done(move_milestone(session, actor, plan, step, today(clock) + timedelta(days=5), "Het vroor.", clock.now))
    clock.forward(days=6)
    assert remind_of_steps(session, clock.now) == 1
    done(finish_milestone(session, actor, plan, step, today(clock), "", clock.now))
    clock.forward(days=400)
    assert remind_of_steps(session, clock.now) == 0
    assert reminded(session) == [responsible] * 2


def test_without_somebody_beside_the_plan_the_contact_person_hears_it_and_no_plan_without_money_counts(
    session: Session, plan: Plan, clock: TurnableClock
) -> None:
    third, second = plan.round.plans[2], plan.round.plans[1]
    a_step(session, third, clock, 0)
    session.add(Milestone(plan_id=second.id, title="Nooit", due_on=today(clock)))
    session.commit()
    clock.forward(days=1)
    assert remind_of_steps(session, clock.now) == 1
    contact = plan.round.traject.contact
    assert contact is not None
    assert reminded(session) == [contact.email]


def test_nobody_is_reminded_of_a_plan_that_does_not_go_ahead(session: Session, clock: TurnableClock) -> None:
    budget_round = a_counted_round(session)
    a_round_besluit(session, budget_round, withheld=[budget_round.plans[0].number])
    plan = budget_round.plans[0]
    assert money_for(session, plan) == 0
    session.add(Milestone(plan_id=plan.id, title="Nooit", due_on=today(clock)))
    session.commit()
    clock.forward(days=1)
    assert remind_of_steps(session, clock.now) == 0


def test_of_workers_at_once_one_reminds(engine: Engine, session: Session, plan: Plan, clock: TurnableClock) -> None:
    a_step(session, plan, clock, 0)
    moment = clock.now + timedelta(days=1)
    told = all_at_once(engine, lambda own, _place: remind_of_steps(own, moment), 4)
    assert sorted(told) == [0, 0, 0, 1]
    assert len(reminded(session)) == 1
