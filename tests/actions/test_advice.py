"""A street chooses among designs: with a result that binds, or as advice that the gemeente answers and need not follow."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from participatie.actions.besluiten import publish_besluit
from participatie.actions.deciding import correct_besluit
from participatie.actions.duties import duties_of
from participatie.actions.phases import change_level
from participatie.actions.votes import VOTER, cast_ballot
from participatie.actions.wijkbudget import (
    OptionText,
    RoundTerms,
    add_milestone,
    change_option,
    commit_money,
    count_round,
    money_for,
    open_vote,
    prepare_round,
    restart_vote,
)
from participatie.models.audit import AuditRow
from participatie.models.trajecten import Traject
from participatie.models.wijkbudget import Allocation, Plan, Round
from participatie.spelregels.besluiten import AdviceUse, DeviationGround
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import Actor, Do, may
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import RuleSet
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import RoundStatus
from tests.clock import TurnableClock
from tests.factories import a_wijkmanager, codes, done, euros, now_of, runs_all
from tests.factories.besluiten import said
from tests.factories.choices import DESIGNS, a_choice, a_choice_traject, chosen

TEXT = OptionText("Een plein", "Met bomen.")


@pytest.fixture
def manager(session: Session) -> Actor:
    return runs_all(a_wijkmanager(session))


def close(session: Session, clock: TurnableClock, budget_round: Round, manager: Actor) -> Allocation:
    """Go to the end of the ballots, and count."""
    clock.turn_to(budget_round.clock().closes_at)
    return done(count_round(session, manager, budget_round, clock.now))


def decide(session: Session, budget_round: Round, manager: Actor, **more: object) -> object:
    usual = {
        "title": "Besluit",
        "decision_body": "college",
        "motivation": "Dit is waarom.",
        "deviates": False,
        "ground": None,
    }
    return publish_besluit(session, manager, budget_round, now=now_of(session), **{**usual, **more})  # type: ignore[arg-type]


def duty(session: Session, traject: Traject, wanted: Duty) -> DutyState | None:
    found = duties_of(session, traject, now_of(session))
    return next((each.state for each in found if each.duty is wanted), None)


def test_a_street_asks_advice_about_three_designs_and_the_gemeente_does_not_follow_it(
    session: Session, clock: TurnableClock, manager: Actor
) -> None:
    """From preparing to the besluit at meedenken: what residents advise is published, and so is that it was not followed."""
    budget_round = a_choice(session, advice=True, kind=BallotKind.APPROVAL)
    assert (budget_round.is_advice(), budget_round.voting_phase()) == (True, PhaseKind.POLL)
    rulebook = budget_round.frozen_rulebook()
    assert (rulebook["is_advice"], rulebook["rule"], rulebook.get("seats", 1), rulebook["pot_cents"]) == (
        True,
        "most-votes",
        1,
        0,
    )
    assert [plan["cost_text"] for plan in rulebook["plans"]] == ["ongeveer € 40.000"] * len(DESIGNS)
    chosen(session, budget_round, [[1], [1, 2], [2], [2], [3]])
    allocation = close(session, clock, budget_round, manager)
    assert (allocation.ballots, allocation.spent_cents, allocation.trace["funded"]) == (5, 0, ["2"])
    assert duty(session, budget_round.traject, Duty.BESLUIT) is DutyState.DUE, (
        "an outcome that nobody answers is hidden"
    )

    unanswered = refused(Refusal.ADVICE_UNANSWERED)
    assert decide(session, budget_round, manager) == unanswered
    assert decide(session, budget_round, manager, deviates=True, ground=DeviationGround.LAW) == unanswered
    assert budget_round.status is RoundStatus.COUNTED
    besluit = done(decide(session, budget_round, manager, advice_use=AdviceUse.NOT_FOLLOWED))
    assert (besluit.advice_use, besluit.deviation_ground) == (AdviceUse.NOT_FOLLOWED, None)
    assert budget_round.status is RoundStatus.PUBLISHED
    assert duty(session, budget_round.traject, Duty.BESLUIT) is DutyState.KEPT
    acts = [row.act for row in session.query(AuditRow).order_by(AuditRow.id)]
    assert str(Do.OPEN_POLL) in acts
    assert str(Do.OPEN_VOTE) not in acts


def test_a_binding_choice_owes_a_besluit_that_follows_it_and_no_payments(
    session: Session, clock: TurnableClock, manager: Actor
) -> None:
    budget_round = a_choice(session)
    traject = budget_round.traject
    assert budget_round.is_advice() is False
    chosen(session, budget_round, [[1], [1], [2]])
    close(session, clock, budget_round, manager)
    assert decide(session, budget_round, manager, deviates=True) == refused(Refusal.DEVIATION_WITHOUT_GROUND)
    besluit = done(decide(session, budget_round, manager, advice_use=AdviceUse.FOLLOWED))
    assert besluit.advice_use is None, "what binds was no advice"
    winner = next(option for option in budget_round.plans if option.number == 1)
    step = add_milestone(session, manager, winner, "Graven", clock.now.date(), clock.now)
    assert step == refused(Refusal.PLAN_NOT_FUNDED)
    assert duty(session, traject, Duty.CARRY_OUT) is duty(session, traject, Duty.RESPONSIBLE) is None


@pytest.mark.parametrize("seats", [1, 2])
def test_as_many_options_win_as_the_rulebook_says(
    session: Session, clock: TurnableClock, manager: Actor, seats: int
) -> None:
    budget_round = a_choice(session, kind=BallotKind.RANKING, seats=seats)
    chosen(session, budget_round, [[2, 1, 3], [2, 3], [1, 2]])
    budget_round.seats = 3  # what is frozen counts, and not the row
    allocation = close(session, clock, budget_round, manager)
    assert allocation.trace["funded"] == ["2", "1"][:seats]
    assert [line["score"] for line in allocation.trace["plans"]] == [6, 4, 2]


# What binds and what does not is never mixed up.


@pytest.mark.parametrize("level", list(Level))
def test_no_vote_that_binds_opens_below_meebeslissen_and_no_poll_at_it(session: Session, level: Level) -> None:
    """The level contract: the acts of a vote and of a poll are others, and each round asks for its own."""
    poll, vote = a_choice(session, advice=True, opened=False), a_choice(session, opened=False)
    manager = runs_all(a_wijkmanager(session))
    for budget_round in (poll, vote):
        codes(session, budget_round, 1)
        budget_round.traject.phases[0].level = level
    session.commit()
    opened = open_vote(session, manager, vote, now_of(session))
    if level is Level.MEEBESLISSEN:
        assert done(opened).status is RoundStatus.OPEN
    else:
        assert opened == refused(Refusal.LEVEL_TOO_LOW, level=level, needed=Level.MEEBESLISSEN)
    polled = open_vote(session, manager, poll, now_of(session))
    if level is Level.MEEWETEN:
        assert polled == refused(Refusal.LEVEL_TOO_LOW, level=level, needed=Level.MEEDENKEN)
    else:
        assert done(polled).is_advice()


def test_a_poll_can_not_become_a_vote_after_it_opened(session: Session, manager: Actor) -> None:
    budget_round = a_choice(session, advice=True)
    phase = budget_round.traject.phases[0]
    at_once = change_level(session, manager, phase, Level.MEEBESLISSEN, "", now_of(session))
    assert at_once == refused(Refusal.LEVEL_FIXED_BY_VOTE)
    # Whoever changes the phase behind the back of the rules has no vote either: the rulebook says that it is advice.
    phase.kind, phase.level = PhaseKind.VOTE, Level.MEEBESLISSEN
    session.commit()
    assert budget_round.is_advice()
    assert budget_round.act(Do.CAST_BALLOT) is Do.CAST_ADVICE
    [code] = codes(session, budget_round, 1)
    cast = cast_ballot(session, budget_round, code.selector, [1], now_of(session))
    assert cast == refused(Refusal.WRONG_PHASE, phases=PhaseKind.POLL)


def test_the_level_of_a_poll_stays_one_of_advice(session: Session, manager: Actor) -> None:
    traject = a_choice_traject(session, advice=True)
    phase, now = traject.phases[0], now_of(session)
    for level in (Level.MEEBESLISSEN, Level.MEEWETEN):
        verdict = change_level(session, manager, phase, level, "Daarom.", now)
        assert verdict == refused(Refusal.POLL_IS_ADVICE, position=1)
    assert done(change_level(session, manager, phase, Level.MEEDOEN, "", now)).level is Level.MEEDOEN


def test_who_may_give_advice_may_not_vote(session: Session) -> None:
    place = a_choice(session, advice=True).traject.facts().place_at(now_of(session))
    assert may(VOTER, Do.CAST_ADVICE, place)
    assert may(VOTER, Do.CAST_BALLOT, place) == refused(Refusal.WRONG_PHASE, phases=PhaseKind.VOTE)


def test_a_poll_that_is_done_over_stays_a_poll(session: Session, manager: Actor) -> None:
    budget_round = a_choice(session, advice=True)
    chosen(session, budget_round, [[1], [2]])
    assert restart_vote(session, manager, budget_round, " ", now_of(session)) == refused(Refusal.REASON_MISSING)
    done(restart_vote(session, manager, budget_round, "Een tekening klopte niet.", now_of(session)))
    assert (budget_round.status, budget_round.is_advice()) == (RoundStatus.DRAFT, True)
    done(change_option(session, manager, budget_round.plans[0], replace(TEXT, name="Anders"), now_of(session)))
    done(open_vote(session, manager, budget_round, now_of(session)))
    rulebook = budget_round.frozen_rulebook()
    assert (rulebook["opening"], rulebook["is_advice"], rulebook["plans"][0]["name"]) == (2, True, "Anders")


# Advice about money.

ABOUT_MONEY = RuleSet(name="advies over geld", weights={}, pot_cents=100_000)


@pytest.mark.parametrize("use", list(AdviceUse))
def test_advice_about_money_is_carried_out_only_where_it_was_followed(
    session: Session, clock: TurnableClock, manager: Actor, use: AdviceUse
) -> None:
    traject = a_choice_traject(session, advice=True, rules=ABOUT_MONEY)
    terms = RoundTerms("Het plein", euros(1_000), BallotKind.APPROVAL, 1, None, "greedy", "none")
    budget_round = done(prepare_round(session, manager, traject, "plein", terms, now_of(session)))
    for number, cost in ((1, 800), (2, 700)):
        budget_round.plans.append(
            Plan(number=number, reference=str(number), name=f"Plan {number}", cost_cents=euros(cost))
        )
    session.commit()
    codes(session, budget_round, 1)
    done(open_vote(session, manager, budget_round, now_of(session)))
    chosen(session, budget_round, [[2], [2], [1]])
    allocation = close(session, clock, budget_round, manager)
    assert (allocation.spent_cents, allocation.trace["funded"]) == (euros(700), ["2"])
    besluit = done(decide(session, budget_round, manager, advice_use=use))
    advised = budget_round.plans[1]
    wanted = 0 if use is AdviceUse.NOT_FOLLOWED else euros(700)
    assert money_for(session, advised) == wanted
    step = add_milestone(session, manager, advised, "Graven", clock.now.date(), clock.now)
    assert (step == refused(Refusal.PLAN_NOT_FUNDED)) is (use is AdviceUse.NOT_FOLLOWED)
    assert (duty(session, traject, Duty.CARRY_OUT) is DutyState.KEPT) is (use is not AdviceUse.FOLLOWED)
    if wanted:
        done(commit_money(session, manager, advised, 100, "Hout BV", "Hout", clock.now))
        told_to_its_end = duty(session, traject, Duty.CARRY_OUT)
        assert told_to_its_end is not DutyState.KEPT, "of what was begun"
        left = said(outcome=None, advice_use=AdviceUse.NOT_FOLLOWED)
        verdict = correct_besluit(session, manager, besluit, left, "Toch niet.", 1, clock.now)
        assert verdict == refused(Refusal.WITHHELD_HAS_MONEY, number=2)
