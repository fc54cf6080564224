"""What the gemeente owes by level, as kept, due, overdue or later; and what that keeps from closing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

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
from participatie.spelregels.duties import (
    BESLUIT_DAYS,
    FROM_LEVEL,
    OF_PHASE,
    REPORT_DAYS,
    RESPONSIBLE_DAYS,
    Duty,
    DutyFigures,
    DutyState,
    Obligation,
    Terms,
    obligations,
)
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import WITH_PRODUCT, PhaseFacts, PhaseKind
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from tests.clock import MOMENT

DAY = timedelta(days=1)
TERMS = Terms(answer_days=42, news_days=60, execution_days=180)
#: Without a promise about when a plan is carried out.
NO_TERM = replace(TERMS, execution_days=None)
KINDS = (
    PhaseKind.PROGRAMME, PhaseKind.COLLECT, PhaseKind.ASSESS, PhaseKind.VOTE, PhaseKind.DECIDE, PhaseKind.EXECUTE,
    PhaseKind.ACCOUNT,
)  # fmt: skip
#: Seven phases of ten days; residents decide.
PHASES = tuple(
    PhaseFacts(kind, Level.MEEBESLISSEN, MOMENT + 10 * place * DAY, MOMENT + 10 * (place + 1) * DAY)
    for place, kind in enumerate(KINDS)
)
VOTE_END = PHASES[3].ends_at
END = PHASES[-1].ends_at
#: Everything done and nothing open.
DONE: Mapping[str, Any] = {
    "opened_at": MOMENT, "last_news_at": MOMENT, "besluit_needed": True, "besluit_at": VOTE_END, "report_at": END,
}  # fmt: skip

#: Each duty when it is open: what the figures say, until when it must be done, and the first moment that it holds.
OPEN: Mapping[Duty, tuple[Mapping[str, Any], datetime, datetime | None]] = {
    Duty.DISPUTES: ({"disputes": 2, "oldest_dispute_at": MOMENT}, MOMENT + 42 * DAY, None),
    Duty.PRODUCT: ({"products_missing": 2, "product_due_at": MOMENT + 10 * DAY}, MOMENT + 10 * DAY, None),
    Duty.ANSWERS: ({"unanswered": 2, "oldest_unanswered_at": MOMENT}, MOMENT + 42 * DAY, None),
    Duty.REPORT: ({"report_at": None}, END + REPORT_DAYS * DAY, END),
    Duty.RESPONSIBLE: ({"plans_without_responsible": 2}, VOTE_END + RESPONSIBLE_DAYS * DAY, None),
    Duty.BESLUIT: ({"besluit_at": None}, VOTE_END + BESLUIT_DAYS * DAY, VOTE_END),
    Duty.CARRY_OUT: ({"plans_not_done": 2}, VOTE_END + 180 * DAY, None),
}


def owed(
    duty: Duty, now: datetime, *, phases: Sequence[PhaseFacts] = PHASES, terms: Terms = TERMS, **figures: Any
) -> Obligation | None:
    """How one duty stands at a moment."""
    given = DutyFigures(**{**DONE, **figures})
    return next((each for each in obligations(phases, given, terms, now) if each.duty is duty), None)


def at_level(level: Level) -> tuple[PhaseFacts, ...]:
    return tuple(replace(phase, level=level) for phase in PHASES)


def closed(phases: Sequence[PhaseFacts]) -> tuple[PhaseFacts, ...]:
    return tuple(replace(phase, closed_at=END) for phase in phases)


# How a duty stands


def test_each_level_adds_its_duties_to_those_below() -> None:
    for level in Level:
        found = {each.duty for each in obligations(at_level(level), DutyFigures(**DONE), NO_TERM, MOMENT)}
        assert found == {duty for duty, since in FROM_LEVEL.items() if level.reaches(since)}


def test_the_highest_level_of_a_traject_counts() -> None:
    mixed = (*at_level(Level.MEEWETEN)[:-1], PHASES[-1])
    assert owed(Duty.CARRY_OUT, MOMENT, phases=mixed, terms=NO_TERM) is not None
    assert owed(Duty.CARRY_OUT, MOMENT, phases=at_level(Level.MEEDOEN), terms=NO_TERM) is None


def test_a_promised_term_for_carrying_out_holds_at_any_level() -> None:
    """Fixture D3 of seed 004."""
    found = owed(Duty.CARRY_OUT, VOTE_END + 181 * DAY, phases=at_level(Level.MEEDENKEN), plans_not_done=1)
    assert found == Obligation(Duty.CARRY_OUT, DutyState.OVERDUE, VOTE_END + 180 * DAY, 1)


@pytest.mark.parametrize("duty", OPEN)
def test_a_duty_without_anything_open_is_kept(duty: Duty) -> None:
    assert owed(duty, END + 1000 * DAY) == Obligation(duty, DutyState.KEPT, None)


@pytest.mark.parametrize("duty", OPEN)
def test_an_open_duty_is_due_until_its_term_and_overdue_after_it(duty: Duty) -> None:
    figures, due_at, _begins = OPEN[duty]
    count = max((value for value in figures.values() if isinstance(value, int)), default=1)
    assert owed(duty, due_at, **figures) == Obligation(duty, DutyState.DUE, due_at, count)
    late = owed(duty, due_at + timedelta(seconds=1), **figures)
    assert late == Obligation(duty, DutyState.OVERDUE, due_at, count)


@pytest.mark.parametrize("duty", [duty for duty, (_figures, _due, begins) in OPEN.items() if begins])
def test_what_can_only_be_done_later_is_not_asked_before(duty: Duty) -> None:
    figures, due_at, begins = OPEN[duty]
    assert begins is not None
    assert owed(duty, begins - timedelta(seconds=1), **figures) == Obligation(duty, DutyState.LATER, due_at, 1)
    assert owed(duty, begins, **figures) == Obligation(duty, DutyState.DUE, due_at, 1)


@pytest.mark.parametrize("duty", OPEN)
def test_more_time_moves_the_day_until_that_day(duty: Duty) -> None:
    figures, due_at, _begins = OPEN[duty]
    promised = due_at + 30 * DAY
    within = owed(duty, promised, extended={duty: promised}, **figures)
    assert within is not None
    assert (within.state, within.due_at, within.extended) == (DutyState.DUE, promised, True)
    past = owed(duty, promised + timedelta(seconds=1), extended={duty: promised}, **figures)
    assert past is not None
    assert (past.state, past.extended) == (DutyState.OVERDUE, False)


def test_news_is_kept_while_the_last_is_fresh_and_says_until_when() -> None:
    due_at = MOMENT + 60 * DAY
    assert owed(Duty.NEWS, due_at) == Obligation(Duty.NEWS, DutyState.KEPT, due_at)
    late = due_at + timedelta(seconds=1)
    assert owed(Duty.NEWS, late) == Obligation(Duty.NEWS, DutyState.OVERDUE, due_at, 1)
    told = owed(Duty.NEWS, late, last_news_at=late)
    assert told == Obligation(Duty.NEWS, DutyState.KEPT, late + 60 * DAY)


def test_more_time_for_news_shows_the_new_day() -> None:
    promised = MOMENT + 90 * DAY
    found = owed(Duty.NEWS, MOMENT + 70 * DAY, extended={Duty.NEWS: promised})
    assert found == Obligation(Duty.NEWS, DutyState.DUE, promised, 1, extended=True)


def test_a_closed_traject_owes_no_news() -> None:
    assert owed(Duty.NEWS, END, is_closed=True) is None


@pytest.mark.parametrize("duty", [Duty.RESPONSIBLE, Duty.CARRY_OUT])
def test_before_the_besluit_nobody_says_that_plans_are_carried_out(duty: Duty) -> None:
    found = owed(duty, END + 500 * DAY, besluit_at=None)
    assert found == Obligation(duty, DutyState.LATER, None, 1)


def test_without_money_there_is_no_besluit_and_no_outcome_but_somebody_beside_every_idea() -> None:
    """Almelo's project groups (seed 000): residents carry out, the gemeente stands beside them."""
    nothing: Mapping[str, Any] = {"besluit_needed": False, "besluit_at": None}
    assert owed(Duty.BESLUIT, MOMENT, **nothing) is None
    assert owed(Duty.CARRY_OUT, MOMENT, **nothing) is None
    found = owed(Duty.RESPONSIBLE, END, plans_without_responsible=3, **nothing)
    assert found == Obligation(Duty.RESPONSIBLE, DutyState.DUE, END, 3)


def test_without_a_term_for_carrying_out_the_last_day_of_the_traject_counts() -> None:
    found = owed(Duty.CARRY_OUT, END + DAY, terms=NO_TERM, plans_not_done=1)
    assert found == Obligation(Duty.CARRY_OUT, DutyState.OVERDUE, END, 1)


def test_duties_about_phases_that_are_not_planned_are_not_there() -> None:
    without = [phase for phase in PHASES if phase.kind not in (*WITH_PRODUCT, PhaseKind.EXECUTE)]
    assert owed(Duty.PRODUCT, MOMENT, phases=without) is None
    assert owed(Duty.RESPONSIBLE, MOMENT, phases=without) is None


# Closing

ASKED = [(kind, duty) for kind, duties in OF_PHASE.items() for duty in duties]
OVER = END + 1000 * DAY


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
    assert verdict == refused(Refusal.DUTY_OPEN, duty=duty, count=2)
    assert may_close_traject(closed(PHASES), [Obligation(duty, DutyState.KEPT, None)]) == Allowed()


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty is not Duty.NEWS])
def test_only_the_report_is_never_extended_away(duty: Duty) -> None:
    verdict = may_close_traject(closed(PHASES), [Obligation(duty, DutyState.DUE, MOMENT, 2, extended=True)])
    assert bool(verdict) is (duty is not Duty.REPORT)
    assert frozenset({Duty.REPORT}) == NEVER_EXTENDED


def test_news_ends_with_the_traject_and_a_phase_that_is_open_keeps_it_open() -> None:
    assert may_close_traject(closed(PHASES), [Obligation(Duty.NEWS, DutyState.OVERDUE, MOMENT, 1)]) == Allowed()
    verdict = may_close_traject([*closed(PHASES[:-1]), PHASES[-1]], [])
    assert verdict == refused(Refusal.PHASE_NOT_CLOSED, position=7, phases=PhaseKind.ACCOUNT)


# More time


@pytest.mark.parametrize("duty", Duty)
def test_more_time_is_for_what_is_open_and_never_for_the_report(duty: Duty) -> None:
    is_open = [Obligation(duty, DutyState.OVERDUE, MOMENT, 1)]
    verdict = may_extend_duty(is_open, duty, MOMENT + DAY, "De toetser is ziek.", MOMENT)
    assert verdict == (refused(Refusal.NO_SUCH_DUTY) if duty is Duty.REPORT else Allowed())
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
