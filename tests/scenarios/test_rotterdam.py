"""Rotterdam: the open call of Bospolder-Tussendijken, 300,000 euros and at most 30,000 a project (seed 001:3494)."""

import pytest
from sqlalchemy.orm import Session

from participatie.models.wijkbudget import Plan
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.rulesets import PanelTerms
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.wijkbudget import RoundStatus
from tests.clock import TurnableClock
from tests.factories import done
from tests.scenarios.places import Place

YEARS = ("rotterdam-botu-2022", "rotterdam-botu-2023")


@pytest.mark.parametrize("key", YEARS)
def test_f1_ten_full_projects_fill_the_pot_and_the_eleventh_is_refused(
    session: Session, clock: TurnableClock, key: str
) -> None:
    """Fixture F1 of seed 001: one euro above the cap, and one project above the pot."""
    place = Place(session, clock, key)
    for pot in (299_999.99, 300_000.01):
        assert place.prepare(pot) == refused(Refusal.RULES_SAY_OTHERWISE, one="pot")
    budget_round = place.round(300_000)
    dear, eleventh = place.idea(), place.idea()
    over = refused(Refusal.OVER_PLAN_CAP, over_cents=1_00, cap_cents=30_000_00)
    assert place.tested(dear, 30_001) == over
    assert dear.cost_cents is None
    for _ in range(10):
        assert isinstance(place.plan(30_000), Plan)
    done(place.tested(eleventh, 30_000))
    assert place.admit(eleventh) == refused(Refusal.POT_EMPTY, over_cents=30_000_00)
    done(place.tested(eleventh, 0.01))
    assert place.admit(eleventh) == refused(Refusal.POT_EMPTY, over_cents=1)
    assert (budget_round.status, len(budget_round.plans)) == (RoundStatus.DRAFT, 10)


def test_f1_plans_are_there_to_read_before_anything_is_divided(session: Session, clock: TurnableClock) -> None:
    """Plans go to the commission beforehand (3500): nothing is awarded while they come in or are looked at."""
    place = Place(session, clock, "rotterdam-botu-2022")
    budget_round = place.round(300_000)
    place.plan(30_000)
    early = refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.COLLECT)
    assert place.award(budget_round) == early
    place.close_before(PhaseKind.ASSESS)
    assert place.award(budget_round) == refused(Refusal.PHASE_NOT_CLOSED, position=2, phases=PhaseKind.ASSESS)
    place.close_before(PhaseKind.EXECUTE)
    allocation = done(place.award(budget_round))
    assert (allocation.spent_cents, allocation.left_cents) == (30_000_00, 270_000_00)


def test_f1_what_the_commission_decides_binds_the_gemeente(session: Session, clock: TurnableClock) -> None:
    """Residents decide about this money (2716): a besluit is owed, and so is carrying it out."""
    place = Place(session, clock, "rotterdam-botu-2022")
    budget_round = place.round(300_000)
    place.plan(30_000)
    place.close_before(PhaseKind.EXECUTE)
    assert place.duty(Duty.BESLUIT).open == 1
    done(place.award(budget_round))
    wayward = place.decide(budget_round, deviates=True)
    assert wayward == refused(Refusal.DEVIATION_WITHOUT_GROUND)
    done(place.decide(budget_round))
    assert place.duty(Duty.BESLUIT).state is DutyState.KEPT
    assert place.duty(Duty.CARRY_OUT).state is DutyState.DUE


def test_f2_how_the_commission_judges_stands_in_the_rules_that_are_frozen(
    session: Session, clock: TurnableClock
) -> None:
    """Fixture F2 of seed 001: one to five, and first which, then how much (3532); in the hash from the opening on."""
    place = Place(session, clock, "rotterdam-botu-2023")
    assert place.traject.ruleset().panel == PanelTerms(
        40, ("netwerk", "loting"), traffic_light=True, scores=(1, 5), which_before_how_much=True
    )
    budget_round = place.round(300_000)
    place.plan(30_000)
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    frozen = budget_round.frozen_rulebook()["rules"]["panel"]
    assert (frozen["scores"], frozen["which_before_how_much"]) == ([1, 5], True)
