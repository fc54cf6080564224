"""The tests of an idea, its support, its answer."""

from dataclasses import replace
from datetime import date

import pytest

from participatie.spelregels.ideas import (
    EVIDENCE,
    FAILED,
    ZWOLLE_WEIGHTS,
    Evidence,
    IdeaFacts,
    IdeaStatus,
    Party,
    Proposer,
    Test,
    TestTerms,
    Weight,
    is_alive,
    is_waiting,
    may_admit,
    may_ask_once,
    may_be_tabled,
    may_cost,
    may_enter_for,
    may_join,
    may_judge,
    may_reject,
    may_support,
    may_withdraw,
    passes_tests,
    test_outcomes,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused

AUTHOR, NEIGHBOUR = 1, 2
DEADLINE = date(2026, 12, 31)
IDEA = IdeaFacts(IdeaStatus.PUBLISHED, hidden=False, author_id=AUTHOR, support=12, cost_cents=450_000)
ALL_PASSED = dict.fromkeys(Test, True)
ZWOLLE = TestTerms(ZWOLLE_WEIGHTS, support_needed=10)
EVERYTHING = TestTerms(dict.fromkeys(Test, Weight.HARD), support_needed=10, group_needed=2, ready_before=DEADLINE)
#: An idea that passes every test there is by its figures and declarations.
GOOD = replace(IDEA, third_party_asked=True, partner=True, ready_on=DEADLINE, parties=(*Party, Party.RESIDENT))
HARD = [test for test, weight in ZWOLLE_WEIGHTS.items() if weight is Weight.HARD]
NOT_ALIVE = [
    replace(IDEA, hidden=True),
    replace(IDEA, status=IdeaStatus.WITHDRAWN),
    replace(IDEA, status=IdeaStatus.NOT_ADMITTED),
]


def outcomes(
    idea: IdeaFacts, assessed: dict[Test, bool] | None = None, *, aside: tuple[Test, ...] = ()
) -> dict[Test, bool]:
    return test_outcomes(idea, assessed or {}, EVERYTHING, aside)


def test_an_idea_that_passes_all_tests_is_admitted() -> None:
    assert may_admit(IDEA, ALL_PASSED, ZWOLLE) == Allowed()


@pytest.mark.parametrize("test", list(Test))
def test_each_test_failing_alone_gives_its_own_refusal(test: Test) -> None:
    """Fixture Z1 of seed 004: the refusal is that of the one test that failed."""
    verdict = may_admit(GOOD, ALL_PASSED | {test: False}, EVERYTHING)
    assert not verdict
    assert verdict.code is FAILED[test]  # type: ignore[union-attr]


def test_no_two_tests_share_a_refusal() -> None:
    assert set(FAILED) == set(EVIDENCE) == set(Test)
    assert len(set(FAILED.values())) == len(Test)


def test_a_refusal_says_how_much_is_missing() -> None:
    some = replace(GOOD, support=4, parties=(Party.RESIDENT, Party.GEMEENTE))
    said = {test: passes_tests(some, ALL_PASSED | {test: False}, EVERYTHING) for test in Test}
    assert said[Test.SUPPORT] == refused(Refusal.TOO_LITTLE_SUPPORT, count=4, needed_count=10)
    assert said[Test.PROJECT_GROUP] == refused(Refusal.NO_PROJECT_GROUP, count=1, needed_count=2)
    assert said[Test.THREE_PARTIES] == refused(Refusal.PARTY_MISSING, parties="organisatie")
    assert said[Test.IN_TIME] == refused(Refusal.NOT_IN_TIME, until="31-12-2026")


@pytest.mark.parametrize("test", HARD)
def test_each_test_that_was_not_done_is_named(test: Test) -> None:
    done = {other: True for other in Test if other is not test}
    assert may_admit(IDEA, done, ZWOLLE) == refused(Refusal.TESTS_INCOMPLETE, test=test)


def test_what_was_not_done_is_asked_before_what_failed() -> None:
    results = {Test.INITIATIVE: False}
    assert passes_tests(IDEA, results, ZWOLLE) == refused(Refusal.TESTS_INCOMPLETE, test=Test.SUPPORT)


def test_money_of_others_is_asked_where_possible_and_stops_nothing() -> None:
    """Zwolle: 'zo mogelijk'."""
    assert ZWOLLE_WEIGHTS[Test.THIRD_PARTY_MONEY] is Weight.SOFT
    assert may_admit(IDEA, ALL_PASSED | {Test.THIRD_PARTY_MONEY: False}, ZWOLLE)


@pytest.mark.parametrize("weight", [Weight.SOFT, Weight.OFF])
@pytest.mark.parametrize("test", list(Test))
def test_only_a_hard_test_stops_an_idea(test: Test, weight: Weight) -> None:
    terms = replace(EVERYTHING, weights={**EVERYTHING.weights, test: weight})
    assert passes_tests(GOOD, ALL_PASSED | {test: False}, terms)
    assert passes_tests(GOOD, {other: True for other in Test if other is not test}, terms)


def test_a_test_that_is_not_asked_has_no_outcome() -> None:
    found = test_outcomes(GOOD, ALL_PASSED, TestTerms({Test.FEASIBLE: Weight.HARD, Test.SUPPORT: Weight.OFF}), ())
    assert found == {Test.FEASIBLE: True}


@pytest.mark.parametrize("test", [test for test in Test if EVIDENCE[test] is Evidence.COUNTED])
def test_what_is_counted_is_never_judged(test: Test) -> None:
    poor = replace(GOOD, support=0, parties=(), ready_on=date(2027, 1, 1))
    assert outcomes(poor, {test: True})[test] is False
    assert outcomes(GOOD, {test: False})[test] is True


@pytest.mark.parametrize("test", [test for test in Test if EVIDENCE[test] is Evidence.DECLARED])
def test_what_is_declared_holds_until_an_assessor_says_otherwise(test: Test) -> None:
    silent = replace(
        GOOD, proposer=Proposer.PROFESSIONAL, own_contribution=False, third_party_asked=False, partner=False,
        overhead_cents=1,
    )  # fmt: skip
    assert (outcomes(GOOD)[test], outcomes(silent)[test]) == (True, False)
    assert (outcomes(GOOD, {test: False})[test], outcomes(silent, {test: True})[test]) == (False, True)


@pytest.mark.parametrize("test", [test for test in Test if EVIDENCE[test] is Evidence.ASSESSED])
def test_what_is_assessed_is_open_until_somebody_does(test: Test) -> None:
    assert test not in outcomes(GOOD)
    assert outcomes(GOOD, {test: False})[test] is False


def test_nobody_is_too_late_before_a_day_is_known() -> None:
    assert Test.IN_TIME not in outcomes(replace(GOOD, ready_on=None))
    assert outcomes(replace(GOOD, ready_on=DEADLINE))[Test.IN_TIME] is True
    assert outcomes(replace(GOOD, ready_on=date(2027, 1, 1)))[Test.IN_TIME] is False


def test_officials_do_not_fill_a_project_group() -> None:
    """Almelo: proposers take part themselves, or the wish is not carried out (seed 000:738, fixture F4)."""
    officials = replace(GOOD, parties=(Party.GEMEENTE,) * 5 + (Party.RESIDENT,))
    assert outcomes(officials)[Test.PROJECT_GROUP] is False
    assert outcomes(replace(GOOD, parties=(Party.ORGANISATION, Party.RESIDENT)))[Test.PROJECT_GROUP] is True


@pytest.mark.parametrize("missing", list(Party))
def test_without_one_of_the_three_parties_nothing_starts(missing: Party) -> None:
    """Heerlen's driehoek (seed 000:1095, fixture F7)."""
    two = replace(GOOD, parties=tuple(party for party in Party if party is not missing))
    assert outcomes(two)[Test.THREE_PARTIES] is False
    verdict = passes_tests(two, ALL_PASSED | {Test.THREE_PARTIES: False}, EVERYTHING)
    assert verdict == refused(Refusal.PARTY_MISSING, parties=missing)


def test_a_test_set_aside_counts_as_passed() -> None:
    assert outcomes(replace(GOOD, support=0), aside=(Test.SUPPORT,))[Test.SUPPORT] is True


def test_a_plan_needs_a_cost_and_zero_is_one() -> None:
    assert may_admit(replace(IDEA, cost_cents=None), ALL_PASSED, ZWOLLE) == refused(Refusal.COST_MISSING)
    assert may_admit(replace(IDEA, cost_cents=0), ALL_PASSED, ZWOLLE)
    assert may_admit(replace(IDEA, cost_cents=None), ALL_PASSED, ZWOLLE, needs_cost=False)


def test_a_plan_costs_no_more_than_one_plan_may() -> None:
    """BoTu: 30,000 euros (seed 001:3528)."""
    assert may_cost(3_000_000, 3_000_000)
    assert may_cost(3_000_001, 3_000_000) == refused(Refusal.OVER_PLAN_CAP, over_cents=1, cap_cents=3_000_000)
    assert may_cost(None, 1)
    assert may_cost(10**9, None)
    assert may_admit(IDEA, ALL_PASSED, ZWOLLE, cap_cents=449_999) == refused(
        Refusal.OVER_PLAN_CAP, over_cents=1, cap_cents=449_999
    )


@pytest.mark.parametrize("idea", [*NOT_ALIVE, replace(IDEA, status=IdeaStatus.ADMITTED)])
def test_an_idea_is_answered_once(idea: IdeaFacts) -> None:
    assert may_admit(idea, ALL_PASSED, ZWOLLE) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_reject(idea, "te duur") == refused(Refusal.IDEA_NOT_OPEN)
    assert is_waiting(idea) == refused(Refusal.IDEA_NOT_OPEN)


def test_turning_an_idea_down_needs_a_reason() -> None:
    assert may_reject(IDEA, " \n\t") == refused(Refusal.REASON_MISSING)
    assert may_reject(IDEA, "Onder de stoep ligt een gasleiding.") == Allowed()


@pytest.mark.parametrize("idea", NOT_ALIVE)
def test_nothing_happens_to_an_idea_that_is_not_alive(idea: IdeaFacts) -> None:
    assert is_alive(idea) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_support(idea, NEIGHBOUR, already=False) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_withdraw(idea, AUTHOR) == refused(Refusal.IDEA_NOT_OPEN)
    assert may_join(idea, Party.RESIDENT, "", already=False, is_staff=False) == refused(Refusal.IDEA_NOT_OPEN)


def test_neighbours_support_once_and_the_author_never() -> None:
    assert may_support(IDEA, NEIGHBOUR, already=False) == Allowed()
    assert may_support(IDEA, NEIGHBOUR, already=True) == refused(Refusal.ALREADY_SUPPORTED)
    assert may_support(IDEA, AUTHOR, already=False) == refused(Refusal.OWN_IDEA)


def test_only_the_author_takes_an_idea_back() -> None:
    assert may_withdraw(IDEA, AUTHOR) == Allowed()
    assert may_withdraw(IDEA, NEIGHBOUR) == refused(Refusal.NOT_THE_AUTHOR)


def test_nobody_tests_or_answers_their_own_idea() -> None:
    assert may_judge(IDEA, AUTHOR, merged=False) == refused(Refusal.OWN_JUDGEMENT)
    assert may_judge(IDEA, NEIGHBOUR, merged=True) == refused(Refusal.OWN_JUDGEMENT)
    assert may_judge(IDEA, NEIGHBOUR, merged=False)


@pytest.mark.parametrize("weight", list(Weight))
def test_a_plan_of_professionals_is_not_tabled_where_residents_have_the_initiative(weight: Weight) -> None:
    """DOEN (seed 000:1571, fixture F5)."""
    verdict = may_be_tabled(Proposer.PROFESSIONAL, "Bureau Groen", {Test.INITIATIVE: weight})
    assert verdict == (refused(Refusal.NOT_FROM_RESIDENTS) if weight is Weight.HARD else Allowed())
    assert may_be_tabled(Proposer.RESIDENTS, "Wij van de Wiek", {Test.INITIATIVE: weight})


def test_an_organisation_says_who_it_is() -> None:
    """Or its share of the ideas could not be counted (spelregel 1)."""
    assert may_be_tabled(Proposer.RESIDENTS, " ", {}) == refused(Refusal.ORGANISATION_MISSING)
    assert may_be_tabled(Proposer.PROFESSIONAL, "", {}) == refused(Refusal.ORGANISATION_MISSING)
    assert may_be_tabled(Proposer.RESIDENT, "", {})


def test_a_household_asks_once_and_says_who_it_is() -> None:
    """Geluksbudget (seed 000:722, fixture F3)."""
    assert may_ask_once(once=True, household="k", had_one=False)
    assert may_ask_once(once=True, household="k", had_one=True) == refused(Refusal.HOUSEHOLD_HAD_ONE)
    assert may_ask_once(once=True, household=None, had_one=False) == refused(Refusal.HOUSEHOLD_MISSING)
    assert may_ask_once(once=False, household=None, had_one=True)


def test_entering_for_somebody_asks_their_consent_and_that_they_live_here() -> None:
    assert may_enter_for(consents=True, lives_elsewhere=False)
    assert may_enter_for(consents=False, lives_elsewhere=False) == refused(Refusal.CONSENT_MISSING)
    assert may_enter_for(consents=True, lives_elsewhere=True) == refused(Refusal.RESIDENT_ELSEWHERE)


def test_who_takes_part_says_as_whom() -> None:
    admitted = replace(IDEA, status=IdeaStatus.ADMITTED)
    for idea in (IDEA, admitted):
        assert may_join(idea, Party.RESIDENT, "", already=False, is_staff=False)
        assert may_join(idea, Party.GEMEENTE, "", already=False, is_staff=True)
    assert may_join(IDEA, Party.RESIDENT, "", already=True, is_staff=False) == refused(Refusal.ALREADY_IN_GROUP)
    assert may_join(IDEA, Party.GEMEENTE, "", already=False, is_staff=False) == refused(Refusal.NOT_YOUR_PARTY)
    assert may_join(IDEA, Party.RESIDENT, "", already=False, is_staff=True) == refused(Refusal.NOT_YOUR_PARTY)
    nameless = may_join(IDEA, Party.ORGANISATION, " ", already=False, is_staff=False)
    assert nameless == refused(Refusal.ORGANISATION_MISSING)
