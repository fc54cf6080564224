"""What was done is counted, for every kind of traject; more time is taken in public."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.besluiten import publish_besluit
from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.duties import duties_of, duties_of_all, extend_duty
from participatie.actions.groups import join_idea
from participatie.actions.ideas import reject_idea
from participatie.actions.phases import adopt_product, draft_product
from participatie.actions.wijkbudget import add_milestone, finish_milestone
from participatie.models.announcements import Announcement
from participatie.models.ideas import Idea
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Round
from participatie.spelregels.answers import term_ends
from participatie.spelregels.duties import Duty, DutyState, Obligation
from participatie.spelregels.ideas import IdeaStatus, Party
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Role
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import Division, RuleSet
from participatie.spelregels.trajecten import Announced, DisputeKind
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import MOMENT, TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    OTHER_ROUTE,
    USUAL_RULES,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    ballots,
    count_it,
    done,
    ideas,
    now_of,
    runs_all,
)
from tests.factories.ledger import account_made

DAY = timedelta(days=1)
KEPT, DUE, OVERDUE, LATER = DutyState.KEPT, DutyState.DUE, DutyState.OVERDUE, DutyState.LATER


def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def duty(session: Session, traject: Traject, wanted: Duty, now: datetime | None = None) -> Obligation:
    """How one duty stands now, or at a moment."""
    found = duties_of(session, traject, now or now_of(session))
    return next(each for each in found if each.duty is wanted)


def phases(*kinds: PhaseKind, level: Level = Level.MEEDENKEN, start: datetime = MOMENT) -> Sequence[PhaseFacts]:
    """Phases of ten days, of which the first begins at `start`."""
    return [
        PhaseFacts(kind, level, start + 10 * place * DAY, start + 10 * (place + 1) * DAY)
        for place, kind in enumerate(kinds)
    ]


def decided(session: Session, rules: RuleSet = USUAL_RULES) -> tuple[Round, Idea]:
    """A round that was counted. Its first plan came from an idea and got money; the other got none."""
    traject = a_traject(session, phase=PhaseKind.EXECUTE, rules=rules)
    idea = an_idea(session, traject)
    idea.status = IdeaStatus.ADMITTED
    session.commit()
    budget_round = a_round(session, traject=traject, pot=5_000, plans=[("Bankjes", 4_000), ("Bomen", 3_000)])
    budget_round.plans[0].idea_id = idea.id
    ballots(session, budget_round, [[1]])
    count_it(session, budget_round)
    return budget_round, idea


def besluit(session: Session, budget_round: Round) -> None:
    done(
        publish_besluit(
            session, manager(session), budget_round, title="Besluit", decision_body="college",
            motivation="Zo is gestemd.", deviates=False, ground=None, now=now_of(session),
        )
    )  # fmt: skip
    session.commit()


# One duty after another


def test_ideas_wait_for_their_answer_from_the_oldest_on(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    assert duty(session, traject, Duty.ANSWERS) == Obligation(Duty.ANSWERS, KEPT, None)
    first = an_idea(session, traject)
    clock.forward(days=3)
    second = an_idea(session, traject)
    due_at = term_ends(first.created_at, 42)
    assert duty(session, traject, Duty.ANSWERS) == Obligation(Duty.ANSWERS, DUE, due_at, 2)
    assert duty(session, traject, Duty.ANSWERS, due_at + DAY) == Obligation(Duty.ANSWERS, OVERDUE, due_at, 2)
    done(reject_idea(session, manager(session), first, "Dit kan hier niet.", clock.now, OTHER_ROUTE))
    assert duty(session, traject, Duty.ANSWERS) == Obligation(Duty.ANSWERS, DUE, term_ends(second.created_at, 42), 1)
    done(reject_idea(session, manager(session), second, "Dit kan hier niet.", clock.now, OTHER_ROUTE))
    assert duty(session, traject, Duty.ANSWERS).state is KEPT


def test_hidden_and_withdrawn_ideas_wait_for_nothing(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    hidden, withdrawn = an_idea(session, traject), an_idea(session, traject)
    hidden.hidden_at, withdrawn.status = clock.now, IdeaStatus.WITHDRAWN
    assert duty(session, traject, Duty.ANSWERS).state is KEPT


def test_ideas_of_another_traject_are_not_owed_here(session: Session) -> None:
    traject = a_traject(session)
    an_idea(session)
    assert duty(session, traject, Duty.ANSWERS).state is KEPT


def test_a_dispute_is_owed_until_it_is_answered(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    raised = done(raise_dispute(session, a_resident(session), traject, DisputeKind.DISPUTE, "Niet gehoord.", clock.now))
    due_at = term_ends(clock.now, 42)
    assert duty(session, traject, Duty.DISPUTES) == Obligation(Duty.DISPUTES, DUE, due_at, 1)
    assert duty(session, traject, Duty.DISPUTES, due_at + DAY).state is OVERDUE
    college = an_account(session, role=Role.COLLEGE).actor()
    done(answer_dispute(session, college, traject, raised, "U hebt gelijk.", "Er komt er een bij.", clock.now))
    assert duty(session, traject, Duty.DISPUTES).state is KEPT


def test_news_is_late_after_the_days_that_were_promised(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session, rules=RuleSet(news_days=30))
    assert duty(session, traject, Duty.NEWS) == Obligation(Duty.NEWS, KEPT, clock.now + 30 * DAY)
    clock.forward(days=31)
    assert duty(session, traject, Duty.NEWS).state is OVERDUE
    done(publish_news(session, manager(session), traject, "Er is nog weinig te melden.", clock.now))
    assert duty(session, traject, Duty.NEWS) == Obligation(Duty.NEWS, KEPT, clock.now + 30 * DAY)


def test_each_document_is_owed_from_the_first_day_of_its_phase(session: Session, clock: TurnableClock) -> None:
    steps = phases(PhaseKind.ANALYSE, PhaseKind.AGENDA)
    traject = a_traject(session, phases=steps, rules=RuleSet(division=Division.NONE))
    end = traject.phases[0].ends_at
    assert duty(session, traject, Duty.PRODUCT) == Obligation(Duty.PRODUCT, DUE, end, 1)
    assert duty(session, traject, Duty.PRODUCT, end) == Obligation(Duty.PRODUCT, DUE, end, 2)
    done(draft_product(session, manager(session), traject.phases[0], "De wijk", "Zo is de wijk.", clock.now))
    assert duty(session, traject, Duty.PRODUCT).open == 1, "a draft is not adopted"
    done(adopt_product(session, manager(session), traject.phases[0], clock.now))
    assert duty(session, traject, Duty.PRODUCT).state is KEPT
    second = traject.phases[1].ends_at
    assert duty(session, traject, Duty.PRODUCT, second + DAY) == Obligation(Duty.PRODUCT, OVERDUE, second, 1)


def test_a_besluit_is_owed_after_the_vote(session: Session, clock: TurnableClock) -> None:
    budget_round, _idea = decided(session)
    traject = budget_round.traject
    vote_end = next(phase.ends_at for phase in traject.phases if phase.kind is PhaseKind.VOTE)
    due_at = vote_end + 42 * DAY
    assert duty(session, traject, Duty.BESLUIT, vote_end - DAY) == Obligation(Duty.BESLUIT, LATER, due_at, 1)
    assert duty(session, traject, Duty.BESLUIT, due_at) == Obligation(Duty.BESLUIT, DUE, due_at, 1)
    assert duty(session, traject, Duty.BESLUIT, due_at + DAY).state is OVERDUE
    besluit(session, budget_round)
    assert duty(session, traject, Duty.BESLUIT).state is KEPT


def test_somebody_of_the_gemeente_stands_beside_every_plan_with_money(session: Session, clock: TurnableClock) -> None:
    budget_round, idea = decided(session)
    traject = budget_round.traject
    assert duty(session, traject, Duty.RESPONSIBLE) == Obligation(Duty.RESPONSIBLE, LATER, None, 1)
    besluit(session, budget_round)
    due_at = clock.now + 28 * DAY
    assert duty(session, traject, Duty.RESPONSIBLE) == Obligation(Duty.RESPONSIBLE, DUE, due_at, 1)
    assert duty(session, traject, Duty.RESPONSIBLE, due_at + DAY).state is OVERDUE
    done(join_idea(session, idea.author, idea, Party.RESIDENT, "", "Ik help mee.", clock.now))
    assert duty(session, traject, Duty.RESPONSIBLE).state is DUE, "the author is a resident"
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "", clock.now))
    assert duty(session, traject, Duty.RESPONSIBLE).state is KEPT


def test_a_plan_is_done_with_its_result_and_its_last_cent(session: Session, clock: TurnableClock) -> None:
    budget_round, _idea = decided(session)
    traject, plan, actor = budget_round.traject, budget_round.plans[0], manager(session)
    assert duty(session, traject, Duty.CARRY_OUT) == Obligation(Duty.CARRY_OUT, LATER, None, 1)
    besluit(session, budget_round)
    end = traject.phases[-1].ends_at
    assert duty(session, traject, Duty.CARRY_OUT) == Obligation(Duty.CARRY_OUT, DUE, end, 1), "no step yet"
    step = done(add_milestone(session, actor, plan, "Grond", date(2026, 6, 1), clock.now))
    done(finish_milestone(session, actor, plan, step, clock.now.date(), "", clock.now))
    assert duty(session, traject, Duty.CARRY_OUT) == Obligation(Duty.CARRY_OUT, DUE, end, 1), "no result yet"
    account_made(session, actor, plan)
    assert duty(session, traject, Duty.CARRY_OUT).state is KEPT
    done(add_milestone(session, actor, plan, "Planten", date(2026, 7, 1), clock.now))
    assert duty(session, traject, Duty.CARRY_OUT, end + DAY) == Obligation(Duty.CARRY_OUT, OVERDUE, end, 1)


def test_a_term_for_carrying_out_counts_from_the_besluit(session: Session, clock: TurnableClock) -> None:
    budget_round, _idea = decided(session, RuleSet(execution_days=100))
    besluit(session, budget_round)
    found = duty(session, budget_round.traject, Duty.CARRY_OUT)
    assert found == Obligation(Duty.CARRY_OUT, DUE, clock.now + 100 * DAY, 1)


def test_without_money_every_admitted_idea_has_somebody_and_no_besluit_is_owed(
    session: Session, clock: TurnableClock
) -> None:
    steps = phases(PhaseKind.COLLECT, PhaseKind.EXECUTE, level=Level.MEEBESLISSEN)
    traject = a_traject(session, phases=steps, rules=RuleSet(division=Division.NONE))
    idea, rejected = an_idea(session, traject), an_idea(session, traject)
    assert duty(session, traject, Duty.RESPONSIBLE).state is KEPT
    idea.status, rejected.status = IdeaStatus.ADMITTED, IdeaStatus.NOT_ADMITTED
    session.commit()
    found = duty(session, traject, Duty.RESPONSIBLE)
    assert found == Obligation(Duty.RESPONSIBLE, DUE, traject.phases[-1].ends_at, 1)
    assert not {Duty.BESLUIT, Duty.CARRY_OUT} & {each.duty for each in duties_of(session, traject, clock.now)}
    done(join_idea(session, a_wijkmanager(session), idea, Party.GEMEENTE, "", "", clock.now))
    assert duty(session, traject, Duty.RESPONSIBLE).state is KEPT


def test_where_money_is_awarded_the_plans_wait_for_the_besluit(session: Session) -> None:
    steps = phases(PhaseKind.COLLECT, PhaseKind.EXECUTE, level=Level.MEEBESLISSEN)
    traject = a_traject(session, phases=steps, rules=RuleSet(division=Division.AWARD))
    end = traject.phases[-1].ends_at
    assert duty(session, traject, Duty.BESLUIT) == Obligation(Duty.BESLUIT, LATER, end + 42 * DAY, 1)
    assert duty(session, traject, Duty.CARRY_OUT) == Obligation(Duty.CARRY_OUT, LATER, None, 1)


def test_a_draft_owes_nothing_yet(session: Session, clock: TurnableClock) -> None:
    assert duties_of(session, a_traject(session, opened=False), clock.forward(days=400)) == ()


def test_the_duties_of_many_cost_what_those_of_one_do(session: Session, engine: Engine, clock: TurnableClock) -> None:
    several = [a_traject(session) for _ in range(4)]
    for traject in several[:2]:
        ideas(session, traject, 5)
    session.commit()
    with counting_queries(engine) as one:
        alone = [duties_of(session, several[0], clock.now)]
    with counting_queries(engine) as many:
        together = duties_of_all(session, several, clock.now)
    assert len(many) == len(one)
    assert [together[several[0].id]] == alone
    waiting = [next(each.open for each in together[traject.id] if each.duty is Duty.ANSWERS) for traject in several]
    assert waiting == [5, 5, 0, 0]


# More time


def extend(session: Session, traject: Traject, days: int, wanted: Duty = Duty.ANSWERS, **more: Any) -> object:
    actor = more.get("actor") or manager(session)
    until = now_of(session) + days * DAY
    return extend_duty(session, actor, traject, wanted, until, more.get("reason", " Ziek. "), now_of(session))


def test_more_time_is_told_in_public_with_the_reason_and_the_day(session: Session, clock: TurnableClock) -> None:
    traject = an_idea(session).traject
    assert isinstance(extend(session, traject, 90), Announcement)
    session.commit()
    told = session.scalars(select(Announcement)).one()
    assert (told.kind, told.text, told.facts["duty"]) == (Announced.DUTY, "Ziek.", Duty.ANSWERS)
    assert told.until() == clock.now + 90 * DAY
    found = duty(session, traject, Duty.ANSWERS, clock.now + 80 * DAY)
    assert found == Obligation(Duty.ANSWERS, DUE, clock.now + 90 * DAY, 1, extended=True)
    late = duty(session, traject, Duty.ANSWERS, clock.now + 91 * DAY)
    assert late == Obligation(Duty.ANSWERS, OVERDUE, clock.now + 90 * DAY, 1)


def test_the_latest_promise_counts_and_an_earlier_day_is_refused(session: Session, clock: TurnableClock) -> None:
    traject = an_idea(session).traject
    extend(session, traject, 90)
    assert extend(session, traject, 80) == refused(Refusal.EXTENSION_NOT_LATER)
    extend(session, traject, 120)
    assert duty(session, traject, Duty.ANSWERS).due_at == clock.now + 120 * DAY


@pytest.mark.parametrize("wanted", [Duty.REPORT, Duty.DISPUTES, Duty.PRODUCT])
def test_there_is_no_more_time_for_the_report_nor_for_what_is_not_open(session: Session, wanted: Duty) -> None:
    traject = an_idea(session).traject
    assert extend(session, traject, 900, wanted) == refused(Refusal.NO_SUCH_DUTY)


def test_more_time_needs_a_reason_and_the_wijkmanager_of_the_place(session: Session) -> None:
    traject = an_idea(session).traject
    assert extend(session, traject, 90, reason=" ") == refused(Refusal.REASON_MISSING)
    for role in (Role.COLLEGE, Role.MODERATOR, Role.RAAD, Role.BEHEERDER):
        other = an_account(session, role=role).actor()
        assert extend(session, traject, 90, actor=other) == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")
    assert session.scalars(select(Announcement)).all() == []


def test_more_time_only_in_an_open_traject(session: Session) -> None:
    assert extend(session, a_traject(session, opened=False), 90) == refused(Refusal.NOT_OPEN)
