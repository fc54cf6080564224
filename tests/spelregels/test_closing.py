"""What keeps a phase or a traject from closing, more time for a duty, and the documents and report that end them."""

from datetime import timedelta

import pytest

from participatie.spelregels.closing import (
    NEVER_EXTENDED,
    can_be_extended,
    may_adopt_product,
    may_close_phase,
    may_close_traject,
    may_draft_product,
    may_extend_duty,
    may_publish_report,
)
from participatie.spelregels.duties import FROM_LEVEL, OF_PHASE, Duty, DutyState, Obligation
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT
from tests.spelregels.year import DAY, END, PHASES, closed

ASKED = [(kind, duty) for kind in PhaseKind for duty in Duty if duty in OF_PHASE[kind]]
OVER = END + 1000 * DAY
NO_WAY_ROUND = (Duty.REPORT, Duty.ADVICE, Duty.PRODUCT, Duty.ANSWERS, Duty.DISPUTES)


def a_phase(kind: PhaseKind, level: Level = Level.MEEBESLISSEN) -> PhaseFacts:
    return PhaseFacts(kind, level, MOMENT, MOMENT + 10 * DAY)


@pytest.mark.parametrize("kind, duty", ASKED)
def test_a_phase_does_not_close_while_a_duty_of_it_is_open(kind: PhaseKind, duty: Duty) -> None:
    phase = a_phase(kind)
    for state in (DutyState.LATER, DutyState.DUE, DutyState.OVERDUE):
        duties = [Obligation(duty, state, MOMENT, 3)]
        assert may_close_phase(phase, [], duties, OVER) == refused(Refusal.DUTY_OPEN, duty=duty, count=3)
    assert may_close_phase(phase, [], [Obligation(duty, DutyState.KEPT, None)], OVER) == Allowed()
    assert may_close_phase(phase, [], [Obligation(duty, DutyState.DUE, MOMENT, 3, extended=True)], OVER) == Allowed()


@pytest.mark.parametrize("kind", PhaseKind)
def test_a_duty_that_is_not_of_the_phase_does_not_keep_it_open(kind: PhaseKind) -> None:
    others = [Obligation(duty, DutyState.OVERDUE, MOMENT, 1) for duty in Duty if duty not in OF_PHASE[kind]]
    assert may_close_phase(a_phase(kind), [], others, OVER) == Allowed()


@pytest.mark.parametrize("kind, duty", ASKED)
def test_a_phase_owes_what_its_own_level_asks(kind: PhaseKind, duty: Duty) -> None:
    duties = [Obligation(duty, DutyState.OVERDUE, MOMENT, 1)]
    for level in Level:
        closes = bool(may_close_phase(a_phase(kind, level), [], duties, OVER))
        assert closes is not level.reaches(FROM_LEVEL[duty])


def test_a_phase_closes_once_after_its_end_and_after_those_before_it() -> None:
    phase = a_phase(PhaseKind.VOTE)
    assert may_close_phase(phase, [], [], phase.ends_at - timedelta(seconds=1)) == refused(Refusal.PHASE_STILL_RUNS)
    assert may_close_phase(phase, [], [], phase.ends_at) == Allowed()
    assert may_close_phase(*closed([phase]), [], [], OVER) == refused(Refusal.PHASE_ALREADY_CLOSED)
    before = [*closed(PHASES[:1]), PHASES[1]]
    verdict = refused(Refusal.PHASE_NOT_CLOSED, position=2, phases=PhaseKind.COLLECT)
    assert may_close_phase(phase, before, [], OVER) == verdict
    assert may_close_phase(phase, closed(before), [], OVER) == Allowed()


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty is not Duty.NEWS])
def test_a_traject_does_not_close_while_a_duty_is_open(duty: Duty) -> None:
    verdict = may_close_traject(closed(PHASES), [Obligation(duty, DutyState.DUE, MOMENT, 2)])
    only_way = duty in NO_WAY_ROUND  # more time for it opens nothing
    assert verdict == refused(Refusal.DUTY_FIRST if only_way else Refusal.DUTY_OPEN, duty=duty, count=2)
    assert may_close_traject(closed(PHASES), [Obligation(duty, DutyState.KEPT, None)]) == Allowed()


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty is not Duty.NEWS])
def test_more_time_never_puts_a_report_a_document_or_an_answer_off_to_after_the_end(duty: Duty) -> None:
    verdict = may_close_traject(closed(PHASES), [Obligation(duty, DutyState.DUE, MOMENT, 2, extended=True)])
    assert bool(verdict) is (duty not in NO_WAY_ROUND)
    assert frozenset({Duty.REPORT, Duty.ADVICE}) == NEVER_EXTENDED


def test_news_ends_with_the_traject_and_a_phase_that_is_open_keeps_it_open() -> None:
    assert may_close_traject(closed(PHASES), [Obligation(Duty.NEWS, DutyState.OVERDUE, MOMENT, 1)]) == Allowed()
    verdict = may_close_traject([*closed(PHASES[:-1]), PHASES[-1]], [])
    assert verdict == refused(Refusal.PHASE_NOT_CLOSED, position=7, phases=PhaseKind.ACCOUNT)


# More time


@pytest.mark.parametrize("duty", Duty)
def test_more_time_is_for_what_is_open_and_never_for_a_report_or_an_advice(duty: Duty) -> None:
    is_open = [Obligation(duty, DutyState.OVERDUE, MOMENT, 1)]
    verdict = may_extend_duty(is_open, duty, MOMENT + DAY, "De toetser is ziek.", MOMENT)
    assert verdict == (refused(Refusal.NO_SUCH_DUTY) if duty in NEVER_EXTENDED else Allowed())
    assert can_be_extended(is_open[0]) is bool(verdict)
    for nothing in ([], [Obligation(duty, DutyState.KEPT, None)]):
        assert may_extend_duty(nothing, duty, MOMENT + DAY, "Zomaar.", MOMENT) == refused(Refusal.NO_SUCH_DUTY)


def test_more_time_has_a_reason_and_a_day_after_what_was_promised() -> None:
    duties = [Obligation(Duty.ANSWERS, DutyState.DUE, MOMENT + 5 * DAY, 1)]
    for until in (MOMENT, MOMENT + 5 * DAY):
        verdict = may_extend_duty(duties, Duty.ANSWERS, until, "Ziek.", MOMENT)
        assert verdict == refused(Refusal.EXTENSION_NOT_LATER)
    later = MOMENT + 6 * DAY
    assert may_extend_duty(duties, Duty.ANSWERS, later, " \n", MOMENT) == refused(Refusal.REASON_MISSING)
    late = [Obligation(Duty.ANSWERS, DutyState.OVERDUE, MOMENT - 5 * DAY, 1)]
    assert may_extend_duty(late, Duty.ANSWERS, MOMENT - DAY, "Ziek.", MOMENT) == refused(Refusal.EXTENSION_NOT_LATER)


# Documents and the report


@pytest.mark.parametrize("kind", PhaseKind)
def test_a_document_belongs_to_the_phases_that_end_in_one(kind: PhaseKind) -> None:
    phase = a_phase(kind)
    expected = Allowed() if kind in WITH_PRODUCT else refused(Refusal.NO_PRODUCT_HERE)
    assert may_draft_product(phase, None, MOMENT) == expected
    assert may_adopt_product(kind, MOMENT, None, 14, MOMENT + 14 * DAY) == expected


def test_a_draft_waits_for_its_phase_and_stays_as_it_was_adopted() -> None:
    phase = a_phase(PhaseKind.PROGRAMME)
    early = may_draft_product(phase, None, MOMENT - timedelta(seconds=1))
    assert early == refused(Refusal.WRONG_PHASE, phases=PhaseKind.PROGRAMME)
    assert may_draft_product(phase, MOMENT, MOMENT) == refused(Refusal.ALREADY_PUBLISHED)
    adopted = may_adopt_product(PhaseKind.PROGRAMME, MOMENT, MOMENT, 0, MOMENT)
    assert adopted == refused(Refusal.ALREADY_PUBLISHED)


def test_a_programme_is_not_adopted_before_residents_could_react() -> None:
    """Fixture D1 of seed 004: Delft's programme goes back to the wijk first."""
    kind = PhaseKind.PROGRAMME
    assert may_adopt_product(kind, None, None, 14, MOMENT) == refused(Refusal.PRODUCT_MISSING)
    last = MOMENT + 14 * DAY
    verdict = may_adopt_product(kind, MOMENT, None, 14, last - timedelta(seconds=1))
    assert verdict == refused(Refusal.REACTION_TIME_RUNS, until="18-05-2026")
    assert may_adopt_product(kind, MOMENT, None, 14, last) == Allowed()


def test_the_report_comes_once_after_all_it_tells_of_and_says_what_was_not_used() -> None:
    before, account = closed(PHASES[:-1]), PHASES[-1]
    assert may_publish_report([*before, account], "Bomen.", "Parkeren.", published=False) == Allowed()
    early = may_publish_report([*PHASES[:1], *before[1:], account], "Bomen.", "Parkeren.", published=False)
    assert early == refused(Refusal.PHASE_NOT_CLOSED, position=1, phases=PhaseKind.PROGRAMME)
    twice = may_publish_report(before, "Bomen.", "Parkeren.", published=True)
    assert twice == refused(Refusal.ALREADY_PUBLISHED)
    for used, not_used in (("", "Parkeren."), ("Bomen.", " ")):
        verdict = may_publish_report(before, used, not_used, published=False)
        assert verdict == refused(Refusal.REASON_MISSING)
