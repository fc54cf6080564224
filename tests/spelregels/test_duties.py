"""What the gemeente owes by level, as kept, due, overdue or later."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from participatie.spelregels.answers import term_ends
from participatie.spelregels.duties import (
    BESLUIT_DAYS,
    FROM_LEVEL,
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
from tests.clock import MOMENT
from tests.spelregels.year import DAY, END, PHASES

TERMS = Terms(answer_days=42, news_days=60, execution_days=180)
#: Without a promise about when a plan is carried out.
NO_TERM = replace(TERMS, execution_days=None)
VOTE_END = PHASES[3].ends_at
#: Everything done and nothing open.
DONE: Mapping[str, Any] = {
    "opened_at": MOMENT, "last_news_at": MOMENT, "besluit_needed": True, "besluit_at": VOTE_END, "report_at": END,
    "advices": 1,
}  # fmt: skip

#: Each duty when it is open: what the figures say, until when it must be done, and the first moment that it holds.
OPEN: Mapping[Duty, tuple[Mapping[str, Any], datetime, datetime | None]] = {
    Duty.DISPUTES: ({"disputes": 2, "oldest_dispute_at": MOMENT}, term_ends(MOMENT, 42), None),
    Duty.PRODUCT: ({"products_missing": 2, "product_due_at": MOMENT + 10 * DAY}, MOMENT + 10 * DAY, None),
    Duty.ANSWERS: ({"unanswered": 2, "oldest_unanswered_at": MOMENT}, term_ends(MOMENT, 42), None),
    Duty.ADVICE: ({"advices_unanswered": 2, "advice_due_at": MOMENT + 42 * DAY}, MOMENT + 42 * DAY, None),
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


# How a duty stands


def test_each_level_adds_its_duties_to_those_below() -> None:
    for level in Level:
        found = {each.duty for each in obligations(at_level(level), DutyFigures(**DONE), NO_TERM, MOMENT)}
        assert found == {duty for duty, since in FROM_LEVEL.items() if level.reaches(since)} | {Duty.CARRY_OUT}
        assert owed(Duty.CARRY_OUT, MOMENT, phases=at_level(level), besluit_needed=False) is None


def test_the_highest_level_of_a_traject_counts() -> None:
    mixed = (*at_level(Level.MEEWETEN)[:-1], PHASES[-1])
    assert owed(Duty.BESLUIT, MOMENT, phases=mixed, terms=NO_TERM) is not None
    assert owed(Duty.BESLUIT, MOMENT, phases=at_level(Level.MEEDOEN), terms=NO_TERM) is None


def test_what_became_of_money_is_owed_at_any_level_and_so_is_a_promised_term() -> None:
    """Fixture D3 of seed 004."""
    for level in Level:
        found = owed(Duty.CARRY_OUT, END + DAY, phases=at_level(level), terms=NO_TERM, plans_not_done=1)
        assert found == Obligation(Duty.CARRY_OUT, DutyState.OVERDUE, END, 1)
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
