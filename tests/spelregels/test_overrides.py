"""Two people set a failed test aside, or a third settles it (seed 003:311, fixture F17)."""

import pytest

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.overrides import (
    Opinion,
    OverrideState,
    may_give_opinion,
    may_propose,
    override_state,
    set_aside,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

FIRST, SECOND, THIRD = 1, 2, 3
YES, NO = True, False


@pytest.mark.parametrize(
    "second, third, state",
    [
        (None, None, OverrideState.WAITS),
        (YES, None, OverrideState.GRANTED),
        (NO, None, OverrideState.DISPUTED),
        (NO, YES, OverrideState.GRANTED),
        (NO, NO, OverrideState.DECLINED),
    ],
)
def test_two_decide_and_a_third_where_they_differ(
    second: bool | None, third: bool | None, state: OverrideState
) -> None:
    given = [
        Opinion(person, agrees) if agrees is not None else None for person, agrees in ((SECOND, second), (THIRD, third))
    ]
    assert override_state(*given) is state


def test_only_a_hard_test_that_failed_is_set_aside_and_with_a_reason() -> None:
    assert may_propose(Weight.HARD, "Het is de enige speelplek.", failed=True, proposed=False) == Allowed()
    for weight in (Weight.SOFT, Weight.OFF):
        assert may_propose(weight, "x", failed=True, proposed=False) == refused(Refusal.NOTHING_TO_OVERRIDE)
    assert may_propose(Weight.HARD, "x", failed=False, proposed=False) == refused(Refusal.NOTHING_TO_OVERRIDE)
    assert may_propose(Weight.HARD, "x", failed=True, proposed=True) == refused(Refusal.OVERRIDE_SETTLED)
    assert may_propose(Weight.HARD, " \n", failed=True, proposed=False) == refused(Refusal.REASON_MISSING)


@pytest.mark.parametrize("state", [OverrideState.WAITS, OverrideState.DISPUTED])
def test_nobody_has_two_voices(state: OverrideState) -> None:
    assert may_give_opinion(state, (FIRST, SECOND), THIRD, "Ja.")
    for person in (FIRST, SECOND, None):
        assert may_give_opinion(state, (FIRST, SECOND), person, "Ja.") == refused(Refusal.SAME_PERSON)
    assert may_give_opinion(state, (FIRST, SECOND), THIRD, "  ") == refused(Refusal.REASON_MISSING)


@pytest.mark.parametrize("state", [OverrideState.GRANTED, OverrideState.DECLINED])
def test_what_is_settled_stays_settled(state: OverrideState) -> None:
    assert may_give_opinion(state, (FIRST, SECOND), THIRD, "Ja.") == refused(Refusal.OVERRIDE_SETTLED)


def test_only_what_was_granted_counts_as_passed() -> None:
    states = dict(zip(Test, OverrideState, strict=False))
    assert set_aside(states) == {test for test, state in states.items() if state is OverrideState.GRANTED}
    assert len(set_aside(states)) == 1
