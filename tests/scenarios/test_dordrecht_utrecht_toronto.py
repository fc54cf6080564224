"""Dordrecht: residents set the order. Utrecht: together with another. Toronto: without money."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.ideas import assess_idea
from participatie.actions.phases import adopt_product, close_traject, draft_product
from participatie.actions.reporting import publish_report
from participatie.actions.votes import cast_ballot
from participatie.actions.wijkbudget import count_round, money_for, open_vote
from participatie.models.wijkbudget import Plan, Round, allocation_lines
from participatie.spelregels.besluiten import DeviationGround
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import IdeaStatus, Party, Test
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import TrajectStatus
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.votes import BallotKind
from tests.clock import TurnableClock
from tests.factories import codes, done
from tests.scenarios.places import Place

#: Seven priorities, with as many votes as is said here: the seed names seven and prints no ranking (seed 000:917-926, 933).
VOTES = (2, 5, 1, 7, 3, 6, 4)
IN_ORDER = [4, 6, 2, 7, 5, 1, 3]


def counted(place: Place) -> Round:
    """A vote about seven priorities of one price each, with money for four of them."""
    session, manager = place.session, place.manager.actor()
    budget_round = place.round(40_000)
    for _ in VOTES:
        place.plan(10_000)
    voters = codes(session, budget_round, max(VOTES))
    place.close_before(PhaseKind.VOTE)
    done(open_vote(session, manager, budget_round, place.clock.now))
    for turn, code in enumerate(voters):
        chosen = [number for number, votes in enumerate(VOTES, start=1) if votes > turn]
        done(cast_ballot(session, budget_round, code.selector, chosen, place.clock.now))
    place.turn_after(PhaseKind.VOTE)
    done(count_round(session, manager, budget_round, place.clock.now))
    session.commit()
    return budget_round


def test_f12_the_order_of_the_residents_divides_the_money(session: Session, clock: TurnableClock) -> None:
    """Fixture F12 of seed 000: what most of them want goes first."""
    budget_round = counted(Place(session, clock, "dordrecht"))
    lines = sorted(session.scalars(allocation_lines(budget_round.id)), key=lambda line: line.position)
    assert [line.plan.number for line in lines] == IN_ORDER
    funded = [line.plan.number for line in lines if line.funded_cents]
    assert funded == IN_ORDER[:4]


def test_f12_another_order_of_the_gemeente_needs_a_public_ground(session: Session, clock: TurnableClock) -> None:
    """Fixture F12: departing from it is never silent."""
    place = Place(session, clock, "dordrecht")
    budget_round = counted(place)
    assert place.decide(budget_round, deviates=True) == refused(Refusal.DEVIATION_WITHOUT_GROUND)
    assert place.decide(budget_round, deviates=True, motivation=" ", ground=DeviationGround.SAFETY) == refused(
        Refusal.REASON_MISSING
    )
    unsafe = {"deviates": True, "ground": DeviationGround.SAFETY}
    assert place.decide(budget_round, **unsafe) == refused(Refusal.DEVIATION_WITHOUT_PLAN)
    least_wanted = IN_ORDER[-1]
    assert place.decide(budget_round, **unsafe, withheld=[least_wanted]) == refused(Refusal.DEVIATION_NOT_CHOSEN)
    besluit = done(place.decide(budget_round, **unsafe, withheld=IN_ORDER[:1]))
    assert besluit.deviation_ground is DeviationGround.SAFETY
    given = {plan.number: money_for(session, plan) for plan in budget_round.plans}
    assert given[IN_ORDER[0]] == 0, "what most of them want does not go ahead"
    assert given[least_wanted] == 0, "and its money goes to no other plan"
    assert all(given[number] for number in IN_ORDER[1:4])
    assert place.duty(Duty.CARRY_OUT).open == 3, "and nobody owes that it is carried out"


@pytest.mark.parametrize(
    ("terms", "name"), [({"ballot_kind": BallotKind.KNAPSACK}, "ballot_kind"), ({"rule": "equal-shares"}, "rule")]
)
def test_f12_how_the_order_is_made_is_as_was_promised(
    session: Session, clock: TurnableClock, terms: dict[str, object], name: str
) -> None:
    place = Place(session, clock, "dordrecht")
    assert place.prepare(40_000, **terms) == refused(Refusal.RULES_SAY_OTHERWISE, one=name)


FITS = {Test.FITS_THE_PLAN: True}


def test_f8_without_a_partner_it_fails(session: Session, clock: TurnableClock) -> None:
    """Fixture F8 of seed 001: collaboration is a condition, and so is the goal of the wijk (3810)."""
    place = Place(session, clock, "utrecht-overvecht")
    place.round(50_000)
    alone, astray = place.idea(partner=" "), place.idea(partner="De buurtkeuken")
    done(place.tested(alone, 5_000, outcomes=FITS))
    assert place.admit(alone) == refused(Refusal.NO_PARTNER)
    done(place.tested(astray, 5_000, outcomes={Test.FITS_THE_PLAN: False}))
    assert place.admit(astray) == refused(Refusal.OUTSIDE_THE_PLAN)


@pytest.mark.parametrize("others", ["", "Het Oranje Fonds geeft 500 euro."])
def test_f8_money_of_others_is_asked_and_stops_nothing(session: Session, clock: TurnableClock, others: str) -> None:
    """Fixture F8: without co-finance it is shown, and goes on."""
    place = Place(session, clock, "utrecht-overvecht")
    place.round(50_000)
    idea = place.idea(partner="De buurtkeuken", third_party=others)
    done(place.tested(idea, 5_000, outcomes=FITS))
    assert idea.outcomes()[Test.THIRD_PARTY_MONEY] is bool(others)
    assert isinstance(place.admit(idea), Plan)


def test_f14_a_table_without_a_euro_goes_all_the_way(session: Session, clock: TurnableClock) -> None:
    """Fixture F14 of seed 001 (2712): no pot, no besluit, owners who carry it out, and a report at the end."""
    place = Place(session, clock, "toronto")
    actor = place.manager.actor()
    for pot in (0, 1, 300_000):
        assert place.prepare(pot) == refused(Refusal.NO_MONEY_HERE)
    for kind in (PhaseKind.ANALYSE, PhaseKind.AGENDA):
        place.turn_to(kind)
        done(draft_product(session, actor, place.phase(kind), "Wat speelt er", "Dit.", clock.now))
        done(adopt_product(session, actor, place.phase(kind), clock.forward(days=14)))
    place.turn_to(PhaseKind.COLLECT)
    idea = place.idea(title="Samen koken")
    done(place.join(idea.author, idea))
    assert place.admit(idea) is idea
    assert (idea.status, idea.cost_cents) == (IdeaStatus.ADMITTED, None)
    assert [*session.scalars(select(Plan)), *session.scalars(select(Round))] == []
    done(place.join(place.manager, idea, Party.GEMEENTE))
    for kind in (PhaseKind.ANALYSE, PhaseKind.AGENDA, PhaseKind.COLLECT, PhaseKind.EXECUTE):
        clock.turn_to(max(clock.now, place.phase(kind).ends_at))
        done(place.close(kind))
    done(publish_report(session, actor, place.traject, "Er wordt gekookt.", "Niets.", "", clock.now))
    assert done(close_traject(session, actor, place.traject, clock.now)).status is TrajectStatus.CLOSED


def test_f14_who_makes_a_plan_owns_it_and_nobody_stands_alone(session: Session, clock: TurnableClock) -> None:
    """Fixture F14: the gemeente puts nothing in but people, and has to name them."""
    place = Place(session, clock, "toronto")
    place.turn_to(PhaseKind.COLLECT)
    idea = place.idea()
    done(assess_idea(session, place.assessor.actor(), idea, {}, None, clock.now))
    done(place.admit(idea))
    assert place.duty(Duty.RESPONSIBLE).state is DutyState.DUE
    done(place.join(place.manager, idea, Party.GEMEENTE))
    assert place.duty(Duty.RESPONSIBLE).state is DutyState.KEPT
