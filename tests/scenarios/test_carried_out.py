"""After the besluit: money to the cent, delay that is told, silence that shows, and an end that everybody can read."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.promises import warn_of_silence
from participatie.actions.wijkbudget import (
    add_milestone,
    commit_money,
    give_back,
    move_milestone,
    pay,
    publish_result,
    settle,
)
from participatie.actions.wijkbudget.results import ResultText
from participatie.models.outbox import OutboxMail
from participatie.models.wijkbudget import LedgerEntry, Plan, plan_result
from participatie.spelregels.ledger import EntryKind
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.promises import PromiseState, shows_silence, state_of
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import done
from tests.factories.promises import a_promise
from tests.scenarios.places import Place


@pytest.fixture
def arnhem(session: Session, clock: TurnableClock) -> tuple[Place, Plan]:
    """A plan of 10,000 euros in Arnhem, with its besluit."""
    place = Place(session, clock, "arnhem")
    budget_round = place.round(10_000)
    plan = place.plan(10_000)
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    done(place.decide(budget_round))
    return place, plan


def test_f2_an_agreement_earns_nothing_and_what_is_paid_stays_4000(arnhem: tuple[Place, Plan]) -> None:
    """Fixture F2 of seed 000 (316): all of it may be agreed; without an interim result no more than 4,000 is paid."""
    place, plan = arnhem
    session, actor, now = place.session, place.manager.actor(), place.clock.now
    done(add_milestone(session, actor, plan, "De bomen", now.date() + timedelta(days=9), now))
    firm = done(commit_money(session, actor, plan, 10_000_00, "De kweker", "Bomen", now))
    done(pay(session, actor, plan, 4_000_00, now.date(), "Voorschot", now, firm))
    more = pay(session, actor, plan, 1, now.date(), "Meer", now, firm)
    assert more == refused(Refusal.PART_NOT_EARNED, payable_cents=0)


def test_f6_followers_hear_of_a_delay_at_once_and_what_is_done_is_celebrated(arnhem: tuple[Place, Plan]) -> None:
    """Fixture F6 of seed 000 (1603, 1613): a delay is told, and the end is a feast with those who made it."""
    place, plan = arnhem
    session, actor, now = place.session, place.manager.actor(), place.clock.now
    assert plan.idea is not None
    before = now.date() + timedelta(days=9)
    step = done(add_milestone(session, actor, plan, "De bomen", before, now))
    silent = move_milestone(session, actor, plan, step, before + timedelta(days=30), " ", now)
    assert silent == refused(Refusal.REASON_MISSING)
    delay = done(move_milestone(session, actor, plan, step, before + timedelta(days=30), "Vorst.", now))
    assert (delay.before_on, step.due_on) == (before, before + timedelta(days=30))
    session.commit()
    [mail] = session.scalars(select(OutboxMail).where(OutboxMail.template == "told")).all()
    assert (mail.recipient, mail.facts["text"]) == (plan.idea.author.email, "De bomen: Vorst.")
    text = ResultText(
        "Er staan bomen.", now.date(), ["Fatma", " ", "Jan"], consent=True, celebrated_on=now.date(), celebration="Met soep."
    )  # fmt: skip
    done(publish_result(session, actor, plan, text, now))
    result = done(session.scalar(plan_result(plan.id)))
    assert (result.makers, result.celebrated_on, result.celebration) == (["Fatma", "Jan"], now.date(), "Met soep.")


def test_f15_a_project_is_not_closed_without_its_result(arnhem: tuple[Place, Plan]) -> None:
    """Fixture F15 of seed 000 (188): nobody heard of the success of the ice rink."""
    place, plan = arnhem
    session, actor, now = place.session, place.manager.actor(), place.clock.now
    done(give_back(session, actor, plan, 10_000_00, [], "", now))
    assert settle(session, actor, plan, now) == refused(Refusal.RESULT_MISSING)
    done(publish_result(session, actor, plan, ResultText("De ijsbaan trok 2.000 mensen.", now.date()), now))
    assert done(settle(session, actor, plan, now)).settled_at == now


def test_f15_a_surplus_for_three_parties_is_split_to_the_cent(arnhem: tuple[Place, Plan]) -> None:
    """Fixture F15 of seed 001 (2261): evenly over residents, gemeente and who gives care; the rule for odd cents is ours."""
    place, plan = arnhem
    session, actor, now = place.session, place.manager.actor(), place.clock.now
    done(give_back(session, actor, plan, 1_000_01, ["Bewoners", "Gemeente", "Aanbieders"], "", now))
    lines = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == EntryKind.RETURNED)).all()
    assert {line.to_whom: line.amount_cents for line in lines} == {
        "Bewoners": 333_34, "Gemeente": 333_34, "Aanbieders": 333_33,
    }  # fmt: skip


def test_f3_a_promise_that_goes_silent_warns_its_owner_and_then_shows(session: Session, clock: TurnableClock) -> None:
    """Fixture F3 of seed 001 (3540): a plan with support in 2021, then delay and silence."""
    place = Place(session, clock, "arnhem", news_days=42)
    promise = a_promise(session, place.traject.area, place.traject, "De wijk krijgt een plein.")
    clock.forward(days=42)
    assert warn_of_silence(session, clock.now) == 1
    assert place.mailed("promise_silent") == [promise.owner_account.email]
    assert state_of(promise.due_on, promise.kept_on, clock.now.date()) is PromiseState.LATE
    assert not shows_silence(promise.news_at, promise.kept_on, promise.limit_days(), clock.now)
    clock.forward(days=7)
    assert shows_silence(promise.news_at, promise.kept_on, promise.limit_days(), clock.now)
