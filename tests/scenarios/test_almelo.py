"""Almelo: a budget once for each household, and a fund for who joins the project group (seed 000 from 722)."""

import pytest
from sqlalchemy.orm import Session

from participatie.actions.ideas import reject_idea
from participatie.actions.wijkbudget import pay
from participatie.models.ideas import Idea
from participatie.models.wijkbudget import Plan
from participatie.spelregels.ideas import IdeaStatus, Party
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Refusal, refused
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, an_account, done
from tests.scenarios.places import Place


def test_f3_a_household_asks_once(session: Session, clock: TurnableClock) -> None:
    """Fixture F3 of seed 000: whoever of the household asks again is refused."""
    place = Place(session, clock, "almelo-geluksbudget")
    place.idea(household="huis-1")
    assert place.table(household="huis-1") == refused(Refusal.HOUSEHOLD_HAD_ONE)
    assert place.table(household=None) == refused(Refusal.HOUSEHOLD_MISSING)
    assert place.idea(household="huis-2").household_key == "huis-2"


def test_f3_a_household_asks_once_also_after_it_was_answered(session: Session, clock: TurnableClock) -> None:
    place = Place(session, clock, "almelo-geluksbudget")
    place.round(7_500)
    first = place.idea(household="huis-1")
    done(place.tested(first, 750))
    done(place.admit(first))
    assert place.table(household="huis-1") == refused(Refusal.HOUSEHOLD_HAD_ONE)


def test_f3_750_euros_and_not_a_cent_more(session: Session, clock: TurnableClock) -> None:
    """Fixture F3: and nothing is handed out before the gemeente decided."""
    place = Place(session, clock, "almelo-geluksbudget")
    too_small = place.prepare(749.99)
    assert too_small == refused(Refusal.RULEBOOK_CONTRADICTS, one="plan_cap", other="pot")
    budget_round = place.round(750)
    idea = place.idea(household="huis-1")
    over = place.tested(idea, 750.01)
    assert over == refused(Refusal.OVER_PLAN_CAP, over_cents=1, cap_cents=750_00)
    done(place.tested(idea, 750))
    plan = place.admit(idea)
    assert isinstance(plan, Plan)
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    coach, day = place.manager.actor(), clock.now.date()
    assert pay(session, coach, plan, 750_00, day, "Kinderboek", clock.now) == refused(Refusal.NOT_COUNTED)
    done(place.decide(budget_round))
    resident = pay(session, idea.author.actor(), plan, 750_00, day, "Kinderboek", clock.now)
    assert resident == refused(Refusal.NOT_YOUR_ROLE, roles="wijkmanager")
    done(pay(session, coach, plan, 750_00, day, "Kinderboek", clock.now))
    assert pay(session, coach, plan, 1, day, "Nog iets", clock.now) == refused(
        Refusal.AMOUNT_OVER_ALLOCATED, over_cents=1
    )


@pytest.fixture
def fund(session: Session, clock: TurnableClock) -> Place:
    """The Wijkfonds of 200,000 euros, with its round."""
    place = Place(session, clock, "almelo-wijkfonds")
    place.round(200_000)
    return place


def wish(fund: Place, cost: float) -> Idea:
    """A wish of so many euros that nobody joined yet."""
    idea = fund.idea()
    done(fund.tested(idea, cost))
    return idea


def test_f4_a_wish_without_a_project_group_is_not_carried_out_and_says_why(fund: Place) -> None:
    """Fixture F4 of seed 000 (738): officials beside it do not fill the group."""
    idea = wish(fund, 10_000)
    done(fund.join(fund.manager, idea, Party.GEMEENTE))
    assert fund.admit(idea) == refused(Refusal.NO_PROJECT_GROUP, count=0, needed_count=1)
    actor, now = fund.manager.actor(), fund.clock.now
    assert reject_idea(fund.session, actor, idea, "", now, OTHER_ROUTE) == refused(Refusal.REASON_MISSING)
    done(reject_idea(fund.session, actor, idea, "Niemand doet mee in een projectgroep.", now, OTHER_ROUTE))
    fund.session.commit()
    assert (idea.status, idea.answer) == (IdeaStatus.NOT_ADMITTED, "Niemand doet mee in een projectgroep.")
    assert idea.author.email in fund.mailed("idea_answered")


def test_f4_with_its_proposer_in_the_group_it_goes_on(fund: Place) -> None:
    idea = wish(fund, 10_000)
    stranger = an_account(fund.session)
    assert fund.join(stranger, idea) == refused(Refusal.NOT_YOUR_AREA)
    done(fund.join(idea.author, idea))
    assert isinstance(fund.admit(idea), Plan)


def test_f4_the_fund_never_gives_more_than_200_000_euros(fund: Place) -> None:
    for cost, verdict in (
        (120_000, None),
        (80_000.01, refused(Refusal.POT_EMPTY, over_cents=1)),
        (80_000, None),
        (0.01, refused(Refusal.POT_EMPTY, over_cents=1)),
    ):
        idea = wish(fund, cost)
        done(fund.join(idea.author, idea))
        outcome = fund.admit(idea)
        assert isinstance(outcome, Plan) if verdict is None else outcome == verdict
    assert fund.prepare(250_000, slug="meer") == refused(Refusal.RULES_SAY_OTHERWISE, one="pot")
