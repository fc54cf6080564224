"""Levels have an order; phases have dates."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from participatie.spelregels.levels import Level, may_change_level
from participatie.spelregels.phases import PhaseFacts, PhaseKind, may_plan_phases, phase_at, phase_of_kind
from participatie.spelregels.trajecten import lengthened, may_extend_phase
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


# A level that changes

USUAL = {"is_over": False, "vote_opened": False, "has_room": True}


@pytest.mark.parametrize("now, wanted", [(now, wanted) for now in Level for wanted in Level if now is not wanted])
def test_up_at_once_and_down_with_a_reason_only(now: Level, wanted: Level) -> None:
    unexplained = Allowed() if wanted.rank > now.rank else refused(Refusal.LEVEL_LOWER_UNEXPLAINED)
    assert may_change_level(now, wanted, " \n", **USUAL) == unexplained
    assert may_change_level(now, wanted, "De wethouder besloot anders.", **USUAL) == Allowed()


@pytest.mark.parametrize("level", Level)
def test_the_same_level_is_no_change(level: Level) -> None:
    assert may_change_level(level, level, "Zomaar.", **USUAL) == refused(Refusal.SAME_LEVEL, level=level)


@pytest.mark.parametrize("wanted", [Level.MEEWETEN, Level.MEEBESLISSEN])
@pytest.mark.parametrize("fact, code", [("is_over", Refusal.PHASE_OVER), ("vote_opened", Refusal.LEVEL_FIXED_BY_VOTE)])
def test_no_level_changes_after_the_phase_or_once_the_vote_opened(fact: str, code: Refusal, wanted: Level) -> None:
    assert may_change_level(Level.MEEDOEN, wanted, "Een reden.", **{**USUAL, fact: True}) == refused(code)


def test_without_room_a_level_only_goes_down() -> None:
    """Spelregel 4 of Zwolle."""
    closed = {**USUAL, "has_room": False}
    verdict = may_change_level(Level.MEEWETEN, Level.MEEDENKEN, "Toch wel.", **closed)
    assert verdict == refused(Refusal.LEVEL_WITHOUT_ROOM)
    assert may_change_level(Level.MEEDOEN, Level.MEEWETEN, "Het besluit viel al.", **closed) == Allowed()


# A phase that lasts longer

LATER = START + 1.5 * WEEK


@pytest.mark.parametrize(
    "change, reason, ends_at, vote_opened, verdict",
    [
        ({}, "Vakantie.", LATER, False, Allowed()),
        ({}, " \n", LATER, False, refused(Refusal.REASON_MISSING)),
        ({}, "Vakantie.", START + WEEK, False, refused(Refusal.EXTENSION_NOT_LATER)),
        ({}, "Vakantie.", LATER, True, refused(Refusal.LEVEL_FIXED_BY_VOTE)),
        ({"closed_at": START + WEEK}, "Vakantie.", LATER, False, refused(Refusal.PHASE_ALREADY_CLOSED)),
    ],
)
def test_a_phase_lasts_longer_with_a_reason_until_it_is_closed(
    change: dict[str, datetime], reason: str, ends_at: datetime, vote_opened: bool, verdict: object
) -> None:
    phase = replace(a_phase(PhaseKind.COLLECT, 0), **change)
    assert may_extend_phase(phase, ends_at, reason, START, vote_opened=vote_opened) == verdict


def test_a_phase_that_is_over_is_not_lengthened_into_the_past() -> None:
    verdict = may_extend_phase(a_phase(PhaseKind.COLLECT, 0), LATER, "Vergeten.", START + 2 * WEEK, vote_opened=False)
    assert verdict == refused(Refusal.EXTENSION_NOT_LATER)


def test_what_comes_after_moves_as_far_as_it_must() -> None:
    phases = [a_phase(PhaseKind.COLLECT, 0), a_phase(PhaseKind.ASSESS, 1), a_phase(PhaseKind.VOTE, 3)]
    one, two, three = lengthened(phases, 0, START + 1.5 * WEEK)
    assert one == (START, START + 1.5 * WEEK)
    assert two == (START + 1.5 * WEEK, START + 2.5 * WEEK), "pushed, and as long as before"
    assert three == (phases[2].starts_at, phases[2].ends_at), "there was room, so its days stay"
    assert lengthened(phases, 0, START + 3 * WEEK)[2] == (START + 4 * WEEK, START + 5 * WEEK)
