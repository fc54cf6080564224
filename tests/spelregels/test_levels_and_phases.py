"""Levels have an order; phases have dates."""

from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind, may_plan_phases, phase_at, phase_of_kind
from participatie.spelregels.verdicts import Allowed, Refusal, first_refusal, refused

START = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)  # the night in which Dutch clocks go forward
WEEK = timedelta(days=7)


def a_phase(kind: PhaseKind, week: int, weeks: int = 1, level: Level = Level.MEEBESLISSEN) -> PhaseFacts:
    return PhaseFacts(kind, level, START + week * WEEK, START + (week + weeks) * WEEK)


def test_each_level_gives_the_say_of_the_levels_below_it() -> None:
    for place, level in enumerate(Level):
        assert [level.reaches(other) for other in Level] == [rank <= place for rank in range(4)]


def test_the_first_moment_belongs_to_a_phase_and_the_last_to_the_next() -> None:
    phases = [a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.VOTE, 1)]
    tick = timedelta(microseconds=1)
    assert phase_at(phases, START - tick) is None
    assert phase_at(phases, START) == phases[0]
    assert phase_at(phases, START + WEEK - tick) == phases[0]
    assert phase_at(phases, START + WEEK) == phases[1]
    assert phase_at(phases, START + 2 * WEEK) is None


def test_between_two_phases_none_runs() -> None:
    phases = [a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.VOTE, 2)]
    assert phase_at(phases, START + 1.5 * WEEK) is None
    assert may_plan_phases(phases)


def test_a_phase_is_found_by_kind_whenever_it_runs() -> None:
    phases = [a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.VOTE, 1)]
    assert phase_of_kind(phases, PhaseKind.VOTE) == phases[1]
    assert phase_of_kind(phases, PhaseKind.EXECUTE) is None


@pytest.mark.parametrize(
    "phases, verdict",
    [
        ([], Allowed()),
        ([a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.ASSESS, 1)], Allowed()),
        ([a_phase(PhaseKind.COLLECT, 0, weeks=0)], refused(Refusal.PHASES_OUT_OF_ORDER, position=1)),
        (
            [a_phase(PhaseKind.COLLECT, 0, weeks=2), a_phase(PhaseKind.ASSESS, 1)],
            refused(Refusal.PHASES_OUT_OF_ORDER, position=2),
        ),
        (
            [a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.VOTE, 1, level=Level.MEEDOEN)],
            refused(Refusal.VOTE_NEEDS_MEEBESLISSEN, position=2),
        ),
    ],
)
def test_phases_are_planned_in_order_and_votes_are_binding(phases: list[PhaseFacts], verdict: object) -> None:
    assert may_plan_phases(phases) == verdict


def test_of_several_verdicts_the_first_no_counts() -> None:
    no = refused(Refusal.CHOICE_TWICE)
    assert first_refusal(Allowed(), no, refused(Refusal.NO_PLANS)) == no
    assert first_refusal() == Allowed()
    assert bool(Allowed()), "an allowed verdict is true in a template"
    assert not no
