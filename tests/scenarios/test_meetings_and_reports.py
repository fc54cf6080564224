"""Who was reached outside the web, whose is what they said, and did anything change?"""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from participatie.actions.ideas import (
    IdeaText,
    Reach,
    Resident,
    claim_idea,
    count_meeting,
    enter_at_meeting,
    make_meeting,
    slip_of,
    withdraw_idea,
)
from participatie.actions.report_facts import report_facts
from participatie.actions.reporting import correct_report, publish_report
from participatie.models.accounts import Account
from participatie.models.meetings import MeetingSource
from participatie.models.reports import ReportVersion
from participatie.models.trajecten import Traject
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.meetings import MeetingKind, ReachOf
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.reporting import tells_outcome
from participatie.spelregels.verdicts import Refusal, refused
from tests.actions.years import a_year, close, manager
from tests.clock import TurnableClock
from tests.factories import a_gemeente, a_resident, an_account, done


@pytest.fixture
def helper(session: Session) -> Account:
    return an_account(session, role=Role.HELPER)


@pytest.fixture
def traject(session: Session) -> Traject:
    return a_year(session, PhaseKind.COLLECT)


def a_meeting(
    session: Session, helper: Account, traject: Traject, kind: MeetingKind, clock: TurnableClock
) -> MeetingSource:
    place, day = "De straat", clock.now.date()
    return done(make_meeting(session, helper.actor(), traject, str(kind), day, place, kind, clock.now))


def test_f5_what_is_heard_in_cafe_doen_waits_for_its_owner(
    session: Session, helper: Account, traject: Traject, clock: TurnableClock
) -> None:
    """Fixture F5 of seed 000 (1591): without an address too, the helper never becomes the owner."""
    cafe = a_meeting(session, helper, traject, MeetingKind.CAFE, clock)
    text = IdeaText("Een kookspektakel", "Met de hele straat koken.", "Wij koken.", "nl")
    said, buurt = "Het mag op de website.", a_gemeente(session).buurten[0]
    idea = done(
        enter_at_meeting(session, helper, Resident("", "", consents=True), cafe, buurt, text, 1, said, clock.now)
    )
    session.commit()
    assert withdraw_idea(session, helper, idea, clock.now) == refused(Refusal.NOT_THE_AUTHOR)
    owner = a_resident(session)
    done(claim_idea(session, owner, idea, slip_of(idea.id, "key"), "key", clock.now))
    assert done(withdraw_idea(session, owner, idea, clock.now)).status is IdeaStatus.WITHDRAWN


def meetings_in(session: Session, traject: Traject, clock: TurnableClock) -> list[dict[str, Any]]:
    session.flush()
    told: list[dict[str, Any]] = report_facts(session, traject, clock.now)["taking_part"]["meetings"]
    return told


def test_f5_four_terraces_reached_a_quarter_of_the_residents(
    session: Session, helper: Account, traject: Traject, clock: TurnableClock
) -> None:
    """Fixture F5 of seed 001 (741): Schansen Zuid; about 200 visitors, a quarter of some 800 residents."""
    for _ in range(3):
        a_meeting(session, helper, traject, MeetingKind.TERRACE, clock)
    last = a_meeting(session, helper, traject, MeetingKind.TERRACE, clock)
    done(count_meeting(session, helper.actor(), last, 200, Reach(ReachOf.RESIDENTS, 800, "gemeente"), clock.now))
    told = meetings_in(session, traject, clock)
    assert [each["kind"] for each in told] == ["straatterras"] * 4
    assert max((each["attendance"] or 0, each["percent"] or 0) for each in told) == (200, 25)
    assert [each["percent"] for each in told].count(None) == 3, "who was not counted is not made up"


def test_f6_four_hundred_of_sixteen_hundred_is_a_quarter_and_says_who_counted(
    session: Session, helper: Account, traject: Traject, clock: TurnableClock
) -> None:
    """Fixture F6 of seed 001 (3424): Kolenkit, by five people whom the wijk trusts."""
    visits = a_meeting(session, helper, traject, MeetingKind.HOME_VISIT, clock)
    unknown = count_meeting(session, helper.actor(), visits, 400, Reach(ReachOf.RESIDENTS, 1600, ""), clock.now)
    assert unknown == refused(Refusal.REASON_MISSING)
    done(count_meeting(session, helper.actor(), visits, 400, Reach(ReachOf.RESIDENTS, 1600, "CBS"), clock.now))
    [told] = meetings_in(session, traject, clock)
    assert (told["percent"], told["counted_by"], told["reach_of"]) == (25, "CBS", "inwoners")


def test_f7_people_at_work_is_no_change_until_unemployment_is_measured(
    session: Session, traject: Traject, clock: TurnableClock
) -> None:
    """Fixture F7 of seed 001 (3808): Overvecht; the correction says what changed, and why the money goes elsewhere."""
    clock.turn_to(traject.phases[0].ends_at)
    done(close(session, traject, 1))
    output = {"outcome": "Meer dan 1.000 mensen vonden werk."}
    texts = ("Er kwam een werkplein.", "De buurtbus.", "")
    report = done(publish_report(session, manager(session), traject, *texts, clock.now, output))
    measured = {"measured": "Werkloosheid", "before": "12 procent", "after": "11 procent", "measured_by": "CBS"}
    again = {**output, **measured, "used": texts[0], "not_used": texts[1]}
    reason = "De werkloosheid daalde nauwelijks: het geld gaat nu naar schulden."
    done(correct_report(session, manager(session), report, traject, again, reason, clock.now))
    first, second = session.scalars(select(ReportVersion).order_by(ReportVersion.number))
    assert [tells_outcome(each.told()["texts"]) for each in (first, second)] == [False, True]
    assert json.loads(second.manifest)["reason"] == reason
