"""Closing stops while one side holds too much, until somebody acts on that very thing."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from participatie.actions.balance import act_on_balance, balance_of_traject, balances_of
from participatie.actions.moderation import hide_idea
from participatie.actions.phases import close_phase, extend_phase
from participatie.models.announcements import Announcement
from participatie.models.audit import AuditRow
from participatie.models.ideas import Idea
from participatie.models.outbox import OutboxMail
from participatie.models.trajecten import Phase, Traject
from participatie.models.wijkbudget import Plan
from participatie.models.wijken import Area
from participatie.spelregels.balance import Balance, BalanceAct, Of, Share, Side
from participatie.spelregels.ideas import IdeaStatus, Proposer
from participatie.spelregels.moderation import HouseRule
from participatie.spelregels.permissions import Actor, Do, Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, Refused, refused
from tests.clock import TurnableClock
from tests.databases import counting_queries
from tests.factories import (
    a_gemeente,
    a_resident,
    a_round,
    a_traject,
    a_wijkmanager,
    an_account,
    an_idea,
    done,
    runs_all,
    support,
)

REASON = "Wij gaan langs de deuren in de straten die nog niets instuurden."


def submitted(session: Session, traject: Traject, *numbers: int, organisation: str = "") -> list[Idea]:
    """As many answered ideas of each new author as said; answered, so that nothing else is in the way of closing."""
    made = []
    for number in numbers:
        author = a_resident(session)
        for _ in range(number):
            for_whom = {"organisation": organisation, "proposer": Proposer.RESIDENTS} if organisation else {}
            idea = an_idea(session, traject, author=author, **for_whom)
            idea.status, idea.answered_at = IdeaStatus.NOT_ADMITTED, idea.created_at
            made.append(idea)
    session.commit()
    return made


def z4(session: Session, **more: object) -> Traject:
    """Fixture Z4: of twenty people, two hold 27 of 45 ideas."""
    traject = a_traject(session, **more)  # type: ignore[arg-type]
    submitted(session, traject, 14, 13, *[1] * 18)
    return traject


def collecting(traject: Traject) -> Phase:
    return next(phase for phase in traject.phases if phase.kind is PhaseKind.COLLECT)


def close(session: Session, traject: Traject, clock: TurnableClock) -> Phase | Refused:
    """Close the phase of collecting on the day after its end."""
    clock.turn_to(max(clock.now, collecting(traject).ends_at))
    return close_phase(session, runs_all(a_wijkmanager(session)), collecting(traject), clock.now)


def moderator(session: Session) -> Actor:
    return an_account(session, role=Role.MODERATOR).actor()


def act(session: Session, traject: Traject, now: datetime, what: BalanceAct = BalanceAct.OUTREACH) -> Announcement:
    return done(act_on_balance(session, moderator(session), traject, what, REASON, now))


def share(balance: Balance, side: Side, of: Of = Of.IDEAS) -> Fraction | None:
    return next((each.part for each in balance.shares if each.side is side and each.of is of), None)


def dominance(percent: int, side: Side = Side.TOP, limit: int = 50) -> Refused:
    return refused(Refusal.DOMINANCE_UNANSWERED, side=side, of=Of.IDEAS, percent=percent, limit=limit)


@pytest.mark.parametrize("what", [BalanceAct.OUTREACH, BalanceAct.PANEL, BalanceAct.MOTIVATION])
def test_z4_closing_is_refused_until_somebody_acts_or_explains(
    session: Session, clock: TurnableClock, what: BalanceAct
) -> None:
    traject = z4(session)
    assert close(session, traject, clock) == dominance(60)
    act(session, traject, clock.now, what)
    assert done(close(session, traject, clock)).closed_at == clock.now


def test_a_higher_threshold_and_none_at_all_let_it_close(session: Session, clock: TurnableClock) -> None:
    for percent in (60, 0):
        traject = z4(session, rules=RuleSet(dominance_percent=percent))
        assert done(close(session, traject, clock))
        clock.__init__()  # type: ignore[misc]


def test_an_act_from_before_one_organisation_took_over_does_not_answer_it(
    session: Session, clock: TurnableClock
) -> None:
    traject = z4(session)
    act(session, traject, clock.now)
    submitted(session, traject, *[10] * 12, organisation="Stichting De Brug")
    assert close(session, traject, clock) == dominance(73, Side.ORGANISATION)
    act(session, traject, clock.now)
    assert done(close(session, traject, clock))


def test_an_act_of_an_earlier_phase_does_not_answer_for_the_next(session: Session, clock: TurnableClock) -> None:
    traject = z4(session)
    act(session, traject, clock.now)
    collecting(traject).starts_at = clock.forward(hours=1)
    session.commit()
    assert close(session, traject, clock) == dominance(60)


def test_to_keep_open_longer_has_to_be_done_too(session: Session, clock: TurnableClock) -> None:
    traject = z4(session)
    act(session, traject, clock.now, BalanceAct.EXTENSION)
    assert close(session, traject, clock) == dominance(60)
    phase, manager = collecting(traject), runs_all(a_wijkmanager(session))
    later = phase.ends_at.replace(day=phase.ends_at.day + 3)
    done(extend_phase(session, manager, phase, later, "Meer buren.", clock.now))
    session.commit()
    assert done(close(session, traject, clock))


def test_an_act_is_told_to_all_with_its_reason_and_what_it_answers(session: Session, clock: TurnableClock) -> None:
    traject = z4(session)
    told = act(session, traject, clock.now)
    session.commit()
    assert (told.text, told.facts) == (REASON, {"act": BalanceAct.OUTREACH, "percents": {"IDEAS.TOP": 60}})
    mails = session.scalars(select(OutboxMail).where(OutboxMail.template == "announcement")).all()
    assert len({mail.recipient for mail in mails}) == 20
    [row] = session.scalars(select(AuditRow).where(AuditRow.act == Do.ACT_ON_BALANCE))
    assert row.facts["balance_act"] == BalanceAct.OUTREACH
    assert REASON not in str(row.facts)


def test_who_may_act_and_when(session: Session, clock: TurnableClock) -> None:
    quiet, loud = a_traject(session), z4(session)
    elsewhere = an_account(session, role=Role.MODERATOR, role_area=a_gemeente(session).wijken[1]).actor()

    def tried(actor: Actor, traject: Traject, reason: str = REASON) -> Announcement | Refused:
        return act_on_balance(session, actor, traject, BalanceAct.PANEL, reason, clock.now)

    for actor in (
        elsewhere,
        an_account(session, role=Role.RAAD).actor(),
        an_account(session, role=Role.COLLEGE).actor(),
    ):
        assert tried(actor, loud) == refused(Refusal.NOT_YOUR_ROLE, roles="moderator, wijkmanager")
    assert tried(a_resident(session).actor(), loud) == refused(Refusal.NOT_YOUR_ROLE, roles="moderator, wijkmanager")
    assert tried(moderator(session), quiet) == refused(Refusal.NOTHING_TO_ANSWER)
    assert tried(moderator(session), loud, " ") == refused(Refusal.REASON_MISSING)
    assert tried(moderator(session), a_traject(session, opened=False)) == refused(Refusal.NOT_OPEN)


def test_hidden_and_withdrawn_ideas_hold_nothing(session: Session, clock: TurnableClock) -> None:
    traject = a_traject(session)
    kept, hidden, withdrawn = submitted(session, traject, 1, 1, 1)
    support(session, hidden, 4)
    done(hide_idea(session, moderator(session), hidden, HouseRule.OFF_TOPIC, "Gaat niet over de wijk.", clock.now))
    withdrawn.status = IdeaStatus.WITHDRAWN
    session.commit()
    balance = balance_of_traject(session, traject)
    assert (balance.contributors, {each.of for each in balance.shares}) == (1, {Of.IDEAS})
    assert kept.status is IdeaStatus.NOT_ADMITTED


def test_support_counts_by_who_gives_it_and_euros_by_plan(session: Session) -> None:
    budget_round = a_round(session, phase=PhaseKind.ASSESS, opened=False, plans=[])
    traject = budget_round.traject
    first, second = submitted(session, traject, 1, 1)
    support(session, first, 3)
    for number, (idea, cents) in enumerate([(first, 30_000), (second, 10_000)], start=1):
        plan = Plan(number=number, reference=str(number), name=idea.title, cost_cents=cents, idea=idea)
        budget_round.plans.append(plan)
    session.commit()
    balance = balance_of_traject(session, traject)
    assert balance.contributors == 5
    assert share(balance, Side.TOP, Of.EUROS) == Fraction(3, 4)
    assert share(balance, Side.TOP, Of.SUPPORT) == Fraction(1, 3)
    assert not any(each.counts for each in balance.shares)


def a_city_traject(session: Session) -> Traject:
    return a_traject(session, area=a_gemeente(session).gemeente)


def put_in(session: Session, traject: Traject, areas: Sequence[Area]) -> None:
    for area in areas:
        an_idea(session, traject, area=area)


def test_streets_are_the_smallest_areas_and_a_whole_wijk_is_none(session: Session) -> None:
    places = a_gemeente(session)
    traject = a_city_traject(session)
    put_in(session, traject, [places.buurten[0]] * 3 + [places.wijken[0]] * 5 + [places.gemeente] * 4)
    assert share(balance_of_traject(session, traject), Side.STREET) == Fraction(3, 12)


def test_where_there_are_two_streets_none_is_watched(session: Session) -> None:
    traject = a_traject(session)
    put_in(session, traject, [a_gemeente(session).buurten[0]] * 3)
    assert share(balance_of_traject(session, traject), Side.STREET) is None


def test_supporters_who_moved_away_from_every_known_place_are_no_street(session: Session) -> None:
    traject = a_city_traject(session)
    for neighbour in support(session, an_idea(session, traject), 6):
        neighbour.area = None
    session.commit()
    assert share(balance_of_traject(session, traject), Side.STREET, Of.SUPPORT) is None


def test_first_time_is_without_an_idea_or_support_in_an_earlier_traject(session: Session) -> None:
    earlier, traject, later = a_traject(session), a_traject(session), a_traject(session)
    veteran, backer, newcomer, tomorrow = (a_resident(session) for _ in range(4))
    an_idea(session, earlier, author=veteran)
    [neighbour] = support(session, an_idea(session, earlier, author=a_resident(session)), 1)
    for author in (veteran, neighbour, newcomer, tomorrow):
        an_idea(session, traject, author=author)
    for author in (tomorrow, backer):
        an_idea(session, later, author=author)
    found = balances_of(session, [earlier, traject, later])
    counts = [(found[each.id].contributors, found[each.id].first_timers) for each in (earlier, traject, later)]
    assert counts == [(3, 3), (4, 2), (2, 1)]
    assert balance_of_traject(session, traject) == found[traject.id]


def test_many_trajecten_and_people_cost_as_many_queries_as_one(session: Session, engine: Engine) -> None:
    trajecten = [a_traject(session) for _ in range(4)]
    for traject in trajecten:
        support(session, an_idea(session, traject), 5)
    counted = []
    for some in (trajecten[:1], trajecten):
        with counting_queries(engine) as queries:
            balances = balances_of(session, some)
        assert {balance.contributors for balance in balances.values()} == {6}
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_of_nothing_the_balance_is_empty(session: Session) -> None:
    traject = a_traject(session)
    assert balance_of_traject(session, traject) == Balance(0, 0, ())
    assert balances_of(session, []) == {}


def test_one_idea_has_one_holder(session: Session) -> None:
    traject = a_traject(session)
    an_idea(session, traject)
    assert balance_of_traject(session, traject) == Balance(
        1, 1, (Share(Of.IDEAS, Side.TOP, Fraction(1), counts=False),)
    )
