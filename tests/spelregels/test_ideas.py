"""The tests of an idea, its support, its answer."""

from dataclasses import replace

import pytest

from participatie.spelregels.ideas import (
    ZWOLLE_WEIGHTS,
    IdeaFacts,
    IdeaStatus,
    Test,
    Weight,
    has_support,
    is_alive,
    may_admit,
    may_reject,
    may_support,
    may_withdraw,
    passes_tests,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

AUTHOR, NEIGHBOUR = 1, 2
IDEA = IdeaFacts(IdeaStatus.PUBLISHED, hidden=False, author_id=AUTHOR, support=12, cost_cents=450_000)
ALL_PASSED = dict.fromkeys(Test, True)
HARD = [test for test, weight in ZWOLLE_WEIGHTS.items() if weight is Weight.HARD]
NOT_ALIVE = [
    replace(IDEA, hidden=True),
    replace(IDEA, status=IdeaStatus.WITHDRAWN),
    replace(IDEA, status=IdeaStatus.NOT_ADMITTED),
]


def test_an_idea_that_passes_all_tests_is_admitted() -> None:
    assert may_admit(IDEA, ALL_PASSED, ZWOLLE_WEIGHTS) == Allowed()


@pytest.mark.parametrize("test", HARD)
def test_each_test_failing_alone_gives_its_own_refusal(test: Test) -> None:
    """Fixture Z1 of the seeds: the refusal names the one test that failed."""
    assert may_admit(IDEA, ALL_PASSED | {test: False}, ZWOLLE_WEIGHTS) == refused(Refusal.TEST_FAILED, test=test)


@pytest.mark.parametrize("test", HARD)
def test_each_test_that_was_not_done_is_named(test: Test) -> None:
    done = {other: True for other in Test if other is not test}
    assert may_admit(IDEA, done, ZWOLLE_WEIGHTS) == refused(Refusal.TESTS_INCOMPLETE, test=test)


def test_what_was_not_done_is_asked_before_what_failed() -> None:
    results = {Test.INITIATIVE: False}
    assert passes_tests(results, ZWOLLE_WEIGHTS) == refused(Refusal.TESTS_INCOMPLETE, test=Test.SUPPORT)


def test_money_of_others_is_asked_where_possible_and_stops_nothing() -> None:
    """Zwolle: 'zo mogelijk'."""
    assert ZWOLLE_WEIGHTS[Test.THIRD_PARTY_MONEY] is Weight.SOFT
    assert may_admit(IDEA, ALL_PASSED | {Test.THIRD_PARTY_MONEY: False}, ZWOLLE_WEIGHTS)


@pytest.mark.parametrize("weight", [Weight.SOFT, Weight.OFF])
@pytest.mark.parametrize("test", list(Test))
def test_only_a_hard_test_stops_an_idea(test: Test, weight: Weight) -> None:
    weights = {**ZWOLLE_WEIGHTS, test: weight}
    assert passes_tests(ALL_PASSED | {test: False}, weights)
    assert passes_tests({other: True for other in Test if other is not test}, weights)


def test_a_plan_needs_a_cost_and_zero_is_one() -> None:
    assert may_admit(replace(IDEA, cost_cents=None), ALL_PASSED, ZWOLLE_WEIGHTS) == refused(Refusal.COST_MISSING)
    assert may_admit(replace(IDEA, cost_cents=0), ALL_PASSED, ZWOLLE_WEIGHTS)


@pytest.mark.parametrize("idea", [*NOT_ALIVE, replace(IDEA, status=IdeaStatus.ADMITTED)])
def test_an_idea_is_answered_once(idea: IdeaFacts) -> None:
    assert may_admit(idea, ALL_PASSED, ZWOLLE_WEIGHTS) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_reject(idea, "te duur") == refused(Refusal.IDEA_NOT_OPEN)


def test_turning_an_idea_down_needs_a_reason() -> None:
    assert may_reject(IDEA, " \n\t") == refused(Refusal.REASON_MISSING)
    assert may_reject(IDEA, "Onder de stoep ligt een gasleiding.") == Allowed()


@pytest.mark.parametrize("idea", NOT_ALIVE)
def test_nothing_happens_to_an_idea_that_is_not_alive(idea: IdeaFacts) -> None:
    assert is_alive(idea) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_support(idea, NEIGHBOUR, already=False) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_withdraw(idea, AUTHOR) == refused(Refusal.IDEA_NOT_OPEN)


def test_neighbours_support_once_and_the_author_never() -> None:
    assert may_support(IDEA, NEIGHBOUR, already=False) == Allowed()
    assert may_support(IDEA, NEIGHBOUR, already=True) == refused(Refusal.ALREADY_SUPPORTED)
    assert may_support(IDEA, AUTHOR, already=False) == refused(Refusal.OWN_IDEA)


def test_only_the_author_takes_an_idea_back() -> None:
    assert may_withdraw(IDEA, AUTHOR) == Allowed()
    assert may_withdraw(IDEA, NEIGHBOUR) == refused(Refusal.NOT_THE_AUTHOR)


def test_support_is_enough_from_the_number_itself_on() -> None:
    assert [has_support(support, 25) for support in (24, 25, 26)] == [False, True, True]
    assert has_support(0, 0)
