"""Terms of answers, who is told that one is late, and the life of an idea."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.answers import (
    MOST_TOGETHER,
    STEPS,
    Asked,
    MoreTime,
    Parts,
    Taken,
    Timing,
    Turn,
    WentUp,
    answer_due,
    days_late,
    may_answer_so,
    may_answer_together,
    may_have,
    steps_due,
    taken_over,
    term_ends,
    timing_of,
    turn_of,
)
from participatie.spelregels.ideas import IdeaStatus
from participatie.spelregels.journey import Holder, JourneyFacts, Station, holder_of, journey_of, now_at
from participatie.spelregels.permissions import Role
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, refused

#: A quarter past midnight in Amsterdam, which is the day before in UTC.
LATE_IN_THE_EVENING = datetime(2026, 3, 14, 23, 15, tzinfo=UTC)
ALLOCATED = JourneyFacts(
    LATE_IN_THE_EVENING, IdeaStatus.ADMITTED, support=5, support_asked=5, assessed_at=LATE_IN_THE_EVENING,
    answered_at=LATE_IN_THE_EVENING, voted=True, has_money=True, ballot_at=LATE_IN_THE_EVENING,
    result_at=LATE_IN_THE_EVENING, funded=True,
)  # fmt: skip


def test_a_term_counts_days_of_the_calendar_and_ends_at_midnight_in_amsterdam() -> None:
    due_at = term_ends(LATE_IN_THE_EVENING, 14)
    assert due_at.isoformat() == "2026-03-30T00:00:00+02:00", "the clock went forward on the 29th"
    assert timing_of(due_at, None, due_at - timedelta(seconds=1)) is Timing.WAITING
    assert timing_of(due_at, None, due_at) is Timing.OVERDUE
    assert timing_of(due_at, due_at, due_at) is Timing.LATE
    assert timing_of(due_at, due_at - timedelta(seconds=1), due_at + timedelta(days=9)) is Timing.IN_TIME


def test_more_time_counts_when_it_was_told_before_the_answer_and_never_makes_a_term_shorter() -> None:
    since = LATE_IN_THE_EVENING
    ends_at, told, until = term_ends(since, 14), since + timedelta(days=10), since + timedelta(days=90)
    more = [MoreTime(told, until), MoreTime(told, since + timedelta(days=1))]
    assert answer_due(ends_at, more) == until
    assert answer_due(ends_at, more, told - timedelta(days=1)) == ends_at, "it was answered before"
    assert answer_due(ends_at, more, told + timedelta(days=1)) == until
    assert answer_due(term_ends(since, 365), more) == term_ends(since, 365)


def test_it_goes_up_on_the_day_itself_after_a_week_and_after_three() -> None:
    due_at = term_ends(LATE_IN_THE_EVENING, 14)
    assert [step.days for step in STEPS] == [0, 7, 21]
    for day, turns in ((-1, 0), (0, 1), (6, 1), (7, 2), (20, 2), (21, 3), (400, 3)):
        at = due_at + timedelta(days=day, hours=1)
        assert steps_due(due_at, at) == STEPS[:turns], day
        assert days_late(due_at, at) == day + 1


def test_it_lies_with_the_highest_who_was_really_told() -> None:
    assert turn_of(has_contact=True, taken=None, steps={}) is Turn.CONTACT
    assert turn_of(has_contact=False, taken=None, steps={}) is Turn.MANAGER
    told = {
        turn: WentUp(people, LATE_IN_THE_EVENING)
        for turn, people in ((Turn.CONTACT, 1), (Turn.MANAGER, 2), (Turn.WETHOUDER, 0))
    }
    assert turn_of(has_contact=True, taken=None, steps=told) is Turn.MANAGER, "nobody was told above"


def test_it_lies_with_who_took_it_over_until_a_later_step() -> None:
    steps = {
        Turn.MANAGER: WentUp(1, LATE_IN_THE_EVENING),
        Turn.WETHOUDER: WentUp(1, LATE_IN_THE_EVENING + timedelta(days=14)),
    }

    def after(days: int, *roles: Role, by: Role = Role.COLLEGE) -> Turn:
        taken = Taken(frozenset(roles), LATE_IN_THE_EVENING + timedelta(days=days), frozenset({by}))
        return turn_of(has_contact=True, taken=taken, steps=steps)

    assert [after(days, Role.WIJKMANAGER) for days in (-1, 1, 14)] == [Turn.WETHOUDER, Turn.WETHOUDER, Turn.MANAGER]
    assert after(20, Role.COLLEGE) is Turn.WETHOUDER
    assert after(20, Role.ASSESSOR) is Turn.STAFF
    # What went up to the wethouder is taken away by nobody below the college.
    assert after(20, Role.WIJKMANAGER, by=Role.WIJKMANAGER) is Turn.WETHOUDER
    del steps[Turn.WETHOUDER]
    assert after(20, Role.WIJKMANAGER, by=Role.WIJKMANAGER) is Turn.MANAGER
    late = (LATE_IN_THE_EVENING, frozenset({Role.COLLEGE}))
    assert taken_over(Asked.IDEA, frozenset({Role.VISITOR}), *late) is None, "who took it has another role by now"
    assert taken_over(Asked.IDEA, frozenset({Role.VISITOR, Role.WIJKMANAGER}), *late) == Taken(
        frozenset({Role.WIJKMANAGER}), *late
    )
    assert turn_of(has_contact=True, taken=Taken(frozenset({Role.WIJKMANAGER}), LATE_IN_THE_EVENING), steps={}) is (
        Turn.MANAGER
    )


@pytest.mark.parametrize(
    ("asked", "roles"),
    [
        (Asked.IDEA, {Role.WIJKMANAGER}),
        (Asked.DISPUTE, {Role.COLLEGE}),
        (Asked.ADVICE, {Role.WIJKMANAGER, Role.COLLEGE}),
        (Asked.PANEL, {Role.WIJKMANAGER, Role.COLLEGE}),
    ],
)
def test_only_who_can_answer_it_gets_it_and_never_their_own(asked: Asked, roles: set[Role]) -> None:
    assert {role for role in Role if may_have(asked, frozenset({Role.VISITOR, role}), is_own=False)} == roles
    assert may_have(asked, frozenset(roles), is_own=True) == refused(Refusal.NOT_TO_THEM)


YES, NO, ROUTE = True, False, "Vraag het de kerk."


@pytest.mark.parametrize(
    ("admitted", "parts", "missing"),
    [
        (YES, Parts(), Refusal.USED_MISSING),
        (YES, Parts(used=" \n", not_used="Het hek."), Refusal.USED_MISSING),
        (YES, Parts(used="De boom."), None),
        (YES, Parts(used="De boom.", not_used="Het hek."), None),
        (NO, Parts(), Refusal.ROUTE_MISSING),
        (NO, Parts(not_used="Het hek.", route="  "), Refusal.ROUTE_MISSING),
        (NO, Parts(route=ROUTE), None),
        (NO, Parts(used="De boom.", route=ROUTE), Refusal.NOT_USED_MISSING),
        (NO, Parts(used="De boom.", not_used="Het hek."), Refusal.ROUTE_MISSING),
        (NO, Parts(used="De boom.", not_used="Het hek.", route=ROUTE), None),
    ],
)
def test_an_answer_has_the_parts_of_its_kind_and_always_why(
    admitted: bool, parts: Parts, missing: Refusal | None
) -> None:
    """A yes what is used, a partly what is used and what is not, a no another route."""
    assert may_answer_so("Het past.", parts, admitted=admitted) == (refused(missing) if missing else Allowed())
    assert may_answer_so(" \t", parts, admitted=admitted) == refused(Refusal.REASON_MISSING)


@pytest.mark.parametrize(
    ("number", "code"), [(0, Refusal.NOTHING_CHOSEN), (MOST_TOGETHER + 1, Refusal.TOO_MANY_TOGETHER)]
)
def test_an_answer_is_to_some_ideas_and_not_to_all_of_a_city(number: int, code: Refusal) -> None:
    assert may_answer_together(MOST_TOGETHER) == Allowed()
    verdict = may_answer_together(number)
    assert not verdict
    assert verdict.code is code  # type: ignore[union-attr]


def test_a_new_idea_has_its_whole_life_before_it() -> None:
    steps = journey_of(
        JourneyFacts(LATE_IN_THE_EVENING, IdeaStatus.PUBLISHED, support_asked=5, voted=True, has_money=True)
    )
    assert [step.station for step in steps] == [
        Station.SUBMITTED, Station.SUPPORTED, Station.ASSESSED, Station.ADMITTED, Station.BALLOT, Station.ALLOCATED,
        Station.EXECUTION, Station.DONE, Station.ACCOUNTED,
    ]  # fmt: skip
    assert [step.is_done for step in steps] == [True, *[False] * 8]
    assert now_at(steps) is Station.SUBMITTED


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        (replace(ALLOCATED, status=IdeaStatus.NOT_ADMITTED, funded=None), Station.NOT_ADMITTED),
        (replace(ALLOCATED, status=IdeaStatus.WITHDRAWN), Station.WITHDRAWN),
        (replace(ALLOCATED, status=IdeaStatus.WITHDRAWN, merged=True), Station.MERGED),
        (replace(ALLOCATED, funded=False), Station.NOT_ALLOCATED),
        (replace(ALLOCATED, withheld_at=LATE_IN_THE_EVENING), Station.WITHHELD),
        (replace(ALLOCATED, has_money=False, withheld_at=LATE_IN_THE_EVENING), Station.WITHHELD),
    ],
)
def test_after_a_no_nothing_is_still_to_come(facts: JourneyFacts, last: Station) -> None:
    steps = journey_of(facts)
    assert (steps[-1].station, now_at(steps)) == (last, last)
    assert all(step.is_done for step in steps)
    assert holder_of(last, PhaseKind.VOTE) is None


@pytest.mark.parametrize(
    ("here", "running", "who"),
    [
        (Station.ADMITTED, PhaseKind.ASSESS, Holder.CONTACT),
        (Station.BALLOT, PhaseKind.VOTE, Holder.RESIDENTS),
        (Station.BALLOT, PhaseKind.DECIDE, Holder.COLLEGE),
        (Station.ALLOCATED, PhaseKind.DECIDE, Holder.CONTACT),
        (Station.ALLOCATED, PhaseKind.EXECUTE, Holder.CONTACT),
        (Station.EXECUTION, None, Holder.CONTACT),
        (Station.DONE, PhaseKind.EXECUTE, None),
    ],
)
def test_somebody_has_an_idea_until_its_end(here: Station, running: PhaseKind | None, who: Holder | None) -> None:
    assert holder_of(here, running) is who


def test_what_got_money_is_carried_out_and_accounted_for() -> None:
    steps = journey_of(ALLOCATED)
    assert now_at(steps) is Station.ALLOCATED
    assert [step.station for step in steps if not step.is_done] == [Station.EXECUTION, Station.DONE, Station.ACCOUNTED]
    done = replace(ALLOCATED, done_on=LATE_IN_THE_EVENING.date())
    assert now_at(journey_of(done)) is Station.DONE
    accounted = journey_of(replace(done, accounted_at=LATE_IN_THE_EVENING))
    assert (now_at(accounted), all(step.is_done for step in accounted)) == (Station.ACCOUNTED, True)


def test_a_report_does_not_account_for_a_plan_that_is_still_carried_out() -> None:
    reported = replace(ALLOCATED, accounted_at=LATE_IN_THE_EVENING)
    for begun_on, here in ((None, Station.ALLOCATED), (LATE_IN_THE_EVENING.date(), Station.EXECUTION)):
        steps = journey_of(replace(reported, begun_on=begun_on))
        assert now_at(steps) is here
        assert [step.station for step in steps if not step.is_done][-2:] == [Station.DONE, Station.ACCOUNTED]
        assert holder_of(here, None) is Holder.CONTACT


def test_where_no_plan_can_get_money_nobody_waits_for_steps_that_are_never_recorded() -> None:
    steps = journey_of(replace(ALLOCATED, voted=False, has_money=False, funded=None))
    assert [step.station for step in steps if not step.is_done] == [Station.ACCOUNTED]
    assert not {Station.ALLOCATED, Station.EXECUTION, Station.DONE} & {step.station for step in steps}
    reported = journey_of(replace(ALLOCATED, has_money=False, accounted_at=LATE_IN_THE_EVENING))
    assert now_at(reported) is Station.ACCOUNTED
