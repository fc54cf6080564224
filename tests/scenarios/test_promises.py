"""What holds in every place: a pot that is never overdrawn, silence that shows, an objection that is answered, a result."""

from datetime import timedelta

from sqlalchemy.orm import Session

from participatie.actions.announcing import publish_news
from participatie.actions.disputes import answer_dispute, raise_dispute
from participatie.actions.duties import extend_duty
from participatie.actions.ideas import reject_idea
from participatie.actions.phases import close_traject, extend_phase
from participatie.actions.reporting import publish_report
from participatie.actions.wijkbudget import add_milestone, give_back, publish_result
from participatie.actions.wijkbudget.results import ResultText
from participatie.models.wijkbudget import Plan
from participatie.spelregels.duties import Duty, DutyState
from participatie.spelregels.ideas import Party
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.trajecten import DisputeKind, TrajectStatus
from participatie.spelregels.verdicts import Refusal, refused
from participatie.spelregels.wijkbudget import is_late
from tests.clock import TurnableClock
from tests.factories import OTHER_ROUTE, a_resident, an_account, done
from tests.factories.ledger import account_made
from tests.scenarios.places import DAY, Place

MILLION = 1_000_000


def test_f1_twelve_grants_of_two_million_leave_one_and_the_thirteenth_is_refused(
    session: Session, clock: TurnableClock
) -> None:
    """Fixture F1 of seed 000: a pot of 25 million (89, 116)."""
    place = Place(session, clock, "arnhem", pot_cents=25 * MILLION * 100)
    budget_round = place.round(25 * MILLION)
    for _ in range(12):
        assert isinstance(place.plan(2 * MILLION), Plan)
    thirteenth = place.idea()
    done(place.tested(thirteenth, 2 * MILLION))
    assert place.admit(thirteenth) == refused(Refusal.POT_EMPTY, over_cents=MILLION * 100)
    done(reject_idea(session, place.manager.actor(), thirteenth, "Het geld is op.", clock.now, OTHER_ROUTE))
    place.close_before(PhaseKind.EXECUTE)
    allocation = done(place.award(budget_round))
    assert (allocation.spent_cents, allocation.left_cents) == (24 * MILLION * 100, MILLION * 100)


def decided_in_arnhem(session: Session, clock: TurnableClock) -> tuple[Place, Plan]:
    """A plan with its besluit, that is being carried out."""
    place = Place(session, clock, "arnhem")
    budget_round = place.round(10_000)
    plan = place.plan(10_000)
    place.close_before(PhaseKind.EXECUTE)
    done(place.award(budget_round))
    done(place.decide(budget_round))
    return place, plan


def test_f3_silence_after_a_promise_shows_until_somebody_says_how_it_goes(
    session: Session, clock: TurnableClock
) -> None:
    """Fixture F3 of seed 001 (3540): support for the plan of 2021, then delay and silence, and trust that fell."""
    place, plan = decided_in_arnhem(session, clock)
    actor = place.manager.actor()
    day = clock.now.date() + timedelta(days=30)
    step = done(add_milestone(session, actor, plan, "De eerste bomen", day, clock.now))
    clock.forward(days=61)
    assert is_late(step.due_on, step.done_on, clock.now.date())
    assert place.duty(Duty.NEWS).state is DutyState.OVERDUE
    done(publish_news(session, actor, place.traject, "Er zijn te weinig mensen. Wij beginnen in mei.", clock.now))
    session.commit()
    assert place.duty(Duty.NEWS).state is DutyState.KEPT
    assert plan.idea is not None
    assert plan.idea.author.email in place.mailed("announcement")
    clock.forward(days=60, seconds=1)
    assert place.duty(Duty.NEWS).state is DutyState.OVERDUE, "once is not enough"


def test_f4_an_objection_stops_the_end_until_it_is_answered_in_public(session: Session, clock: TurnableClock) -> None:
    """Fixture F4 of seed 001 (1126): a letter, more time, a plan of residents themselves, and the answer."""
    place = Place(session, clock, "rotterdam-botu-2022")
    actor, phase = place.manager.actor(), place.phase(PhaseKind.COLLECT)
    writer = a_resident(session)
    letter = "Er is over ons besloten en niet met ons."
    dispute = done(raise_dispute(session, writer, place.traject, DisputeKind.DISPUTE, letter, clock.now))
    session.commit()
    later = phase.ends_at + 90 * DAY
    assert extend_phase(session, actor, phase, later, "", clock.now) == refused(Refusal.REASON_MISSING)
    done(extend_phase(session, actor, phase, later, "Bewoners schrijven zelf een plan.", clock.now))
    session.commit()
    clock.turn_to(later - DAY)
    own_plan = place.idea(writer, title="Het plan van bewoners")
    assert place.duty(Duty.DISPUTES).state is DutyState.OVERDUE
    manager = answer_dispute(session, actor, place.traject, dispute, "Ons antwoord.", "Wij gaan door.", clock.now)
    assert manager == refused(Refusal.NOT_YOUR_ROLE, roles="college"), "who is disagreed with does not answer"
    done(
        reject_idea(
            session, actor, own_plan, "Wij gaan verder met uw plan in een nieuw traject.", clock.now, OTHER_ROUTE
        )
    )
    college = an_account(session, role=Role.COLLEGE).actor()
    silent = answer_dispute(session, college, place.traject, dispute, " ", "Er komt een nieuw traject.", clock.now)
    assert silent == refused(Refusal.REASON_MISSING)
    done(
        answer_dispute(
            session, college, place.traject, dispute, "U hebt gelijk.", "Er komt een nieuw traject.", clock.now
        )
    )
    session.commit()
    assert place.duty(Duty.DISPUTES).state is DutyState.KEPT
    assert place.mailed("dispute_answered") == [writer.email]


def test_f15_nothing_ends_without_telling_what_came_of_it(session: Session, clock: TurnableClock) -> None:
    """Fixture F15 of seed 000 (188): a success that nobody heard of is a missed chance."""
    place, plan = decided_in_arnhem(session, clock)
    actor = place.manager.actor()
    assert plan.idea is not None
    done(place.join(place.manager, plan.idea, Party.GEMEENTE))
    place.turn_after(PhaseKind.EXECUTE)
    done(place.close(PhaseKind.EXECUTE))
    now, traject = clock.now, place.traject
    assert close_traject(session, actor, traject, now) == refused(Refusal.DUTY_FIRST, duty=Duty.REPORT, count=1)
    putting_off = extend_duty(session, actor, traject, Duty.REPORT, now + 30 * DAY, "Druk.", now)
    assert putting_off == refused(Refusal.NO_SUCH_DUTY)
    empty = publish_report(session, actor, traject, "De ijsbaan.", " ", "", now)
    assert empty == refused(Refusal.REASON_MISSING)
    done(publish_report(session, actor, traject, "De ijsbaan trok 2.000 mensen.", "Het plein.", "", now))
    session.commit()
    assert plan.idea.author.email in place.mailed("announcement")
    nothing_told = refused(Refusal.DUTY_OPEN, duty=Duty.CARRY_OUT, count=1)
    assert close_traject(session, actor, traject, now) == nothing_told, "10,000 euros without a result"
    done(publish_result(session, actor, plan, ResultText("De ijsbaan trok 2.000 mensen.", now.date()), now))
    done(give_back(session, actor, plan, 9_999_99, (), "Niet nodig", now))
    assert close_traject(session, actor, traject, now) == nothing_told, "nor one cent without an account"
    account_made(session, actor, plan)
    assert done(close_traject(session, actor, traject, now)).status is TrajectStatus.CLOSED
