"""The rules of a place: what contradicts, what binds a round, who may award, and how money is paid in parts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participatie.spelregels.ideas import Test, Weight
from participatie.spelregels.levels import Level
from participatie.spelregels.phases import PhaseFacts, PhaseKind
from participatie.spelregels.rulesets import (
    Division,
    Earned,
    PanelTerms,
    PayoutPart,
    RuleSet,
    amounts_of_parts,
    contradiction_in_rules,
    may_award,
    may_award_here,
    may_have_money,
    may_have_pot,
    may_vote_here,
    payable_cents,
    ruleset_from,
)
from participatie.spelregels.verdicts import Allowed, Refusal, refused
from participatie.spelregels.votes import BallotKind

ARNHEM = (PayoutPart(40, Earned.GOAL), PayoutPart(40, Earned.INTERIM), PayoutPart(20, Earned.FINAL))
NOTHING_YET = dict.fromkeys(Earned, False)
MILLION = 1_000_000_00
FULL = RuleSet(
    name="van alles",
    weights={Test.SUPPORT: Weight.HARD, Test.NO_OVERHEAD: Weight.SOFT},
    support_needed=25,
    group_needed=3,
    ready_before=date(2026, 12, 31),
    once_per_household=True,
    pot_cents=300_000_00,
    plan_cap_cents=30_000_00,
    ballot_kind=BallotKind.KNAPSACK,
    rule="greedy",
    leftover="part",
    payout=ARNHEM,
    panel=PanelTerms(40, ("netwerk", "loting"), traffic_light=True, scores=(1, 5), which_before_how_much=True),
    dominance_percent=40,
    reaction_days=21,
    execution_days=365,
)


def phases(*kinds: PhaseKind, level: Level = Level.MEEDENKEN) -> list[PhaseFacts]:
    """Phases of a week, one after another; a vote is at meebeslissen."""
    begin, week = datetime(2026, 5, 1, tzinfo=UTC), timedelta(days=7)
    return [
        PhaseFacts(
            kind,
            Level.MEEBESLISSEN if kind is PhaseKind.VOTE else level,
            begin + place * week,
            begin + (place + 1) * week,
        )
        for place, kind in enumerate(kinds)
    ]


VOTING = phases(PhaseKind.COLLECT, PhaseKind.VOTE, PhaseKind.EXECUTE)
AWARDING = phases(PhaseKind.COLLECT, PhaseKind.EXECUTE)


@pytest.mark.parametrize("rules", [RuleSet(), FULL, RuleSet(division=Division.NONE), RuleSet(weights={})])
def test_rules_are_read_as_they_were_written(rules: RuleSet) -> None:
    again = ruleset_from(rules.as_document())
    assert again.canonical_json() == rules.canonical_json()
    assert again.terms().group_needed == rules.group_needed
    assert (again.panel, again.payout, again.ready_before) == (rules.panel, rules.payout, rules.ready_before)


def test_the_same_rules_are_the_same_bytes() -> None:
    other = replace(FULL, weights=dict(reversed(FULL.weights.items())))
    assert other.canonical_json() == FULL.canonical_json()


@pytest.mark.parametrize(
    ("rules", "planned", "pair"),
    [
        ({"pot_cents": 100, "plan_cap_cents": 101}, VOTING, ("plan_cap", "pot")),
        ({}, AWARDING, ("division", "phases")),
        ({"division": Division.AWARD}, VOTING, ("division", "phases")),
        ({"division": Division.NONE}, VOTING, ("division", "phases")),
        ({"division": Division.NONE, "pot_cents": 1}, AWARDING, ("division", "pot")),
        ({"division": Division.AWARD, "ballot_kind": BallotKind.APPROVAL}, AWARDING, ("division", "ballot_kind")),
        ({"weights": {Test.PROJECT_GROUP: Weight.SOFT}}, VOTING, ("project_group", "group_needed")),
        ({"weights": {Test.PROJECT_GROUP: Weight.HARD}, "group_needed": 2}, VOTING, ("project_group", "level")),
        ({"weights": {Test.IN_TIME: Weight.HARD}}, VOTING, ("in_time", "ready_before")),
        ({"payout": ARNHEM[:2]}, VOTING, ("payout", "hundred_percent")),
        ({"payout": (*ARNHEM, PayoutPart(1, Earned.FINAL))}, VOTING, ("payout", "hundred_percent")),
        ({"panel": PanelTerms(40, ("loting",), scores=(5, 1))}, VOTING, ("lowest_score", "highest_score")),
    ],
)
def test_two_rules_that_cannot_both_hold_are_named(
    rules: dict[str, Any], planned: list[PhaseFacts], pair: tuple[str, str]
) -> None:
    one, other = pair
    assert contradiction_in_rules(RuleSet(**rules), planned) == refused(
        Refusal.RULEBOOK_CONTRADICTS, one=one, other=other
    )


def test_rules_that_can_all_hold_are_fine() -> None:
    assert contradiction_in_rules(replace(FULL, weights={}), VOTING) == Allowed()
    group = RuleSet(weights={Test.PROJECT_GROUP: Weight.HARD}, group_needed=2)
    assert contradiction_in_rules(group, phases(PhaseKind.COLLECT, PhaseKind.VOTE, level=Level.MEEDOEN)) == Allowed()
    assert contradiction_in_rules(RuleSet(division=Division.NONE), AWARDING) == Allowed()


PREPARED: dict[str, Any] = {
    "pot_cents": 300_000_00,
    "ballot_kind": BallotKind.KNAPSACK,
    "rule": "greedy",
    "leftover": "part",
}


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ({"pot_cents": 299_999_99}, "pot"),
        ({"ballot_kind": BallotKind.APPROVAL}, "ballot_kind"),
        ({"rule": "equal-shares"}, "rule"),
        ({"leftover": "none"}, "leftover"),
    ],
)
def test_a_round_is_what_the_traject_promised(other: dict[str, Any], name: str) -> None:
    assert may_have_pot(FULL, **PREPARED) == Allowed()
    assert may_have_pot(FULL, **PREPARED | other) == refused(Refusal.RULES_SAY_OTHERWISE, one=name)
    assert may_have_pot(RuleSet(), **PREPARED | other) == Allowed()


def test_a_pot_holds_the_most_that_one_plan_may_cost() -> None:
    rules = RuleSet(plan_cap_cents=30_000_00)
    assert may_have_pot(rules, **PREPARED | {"pot_cents": 30_000_00}) == Allowed()
    too_small = may_have_pot(rules, **PREPARED | {"pot_cents": 29_999_99})
    assert too_small == refused(Refusal.RULEBOOK_CONTRADICTS, one="plan_cap", other="pot")


def test_the_way_of_voting_binds_nobody_where_money_is_awarded() -> None:
    rules = RuleSet(division=Division.AWARD, rule="equal-shares", leftover="part")
    assert may_have_pot(rules, **PREPARED | {"leftover": "none"}) == Allowed()


def test_each_way_of_dividing_refuses_the_others() -> None:
    vote, award, nothing = (RuleSet(division=division) for division in (Division.VOTE, Division.AWARD, Division.NONE))
    assert [may_vote_here(rules) for rules in (vote, award, nothing)] == [
        Allowed(), refused(Refusal.NO_VOTE_HERE), refused(Refusal.NO_VOTE_HERE),
    ]  # fmt: skip
    assert [may_award_here(rules) for rules in (vote, award, nothing)] == [
        refused(Refusal.NO_AWARD_HERE), Allowed(), refused(Refusal.NO_MONEY_HERE),
    ]  # fmt: skip
    assert [may_have_money(rules) for rules in (vote, award, nothing)] == [
        Allowed(), Allowed(), refused(Refusal.NO_MONEY_HERE),
    ]  # fmt: skip
    assert may_have_pot(nothing, **PREPARED) == refused(Refusal.NO_MONEY_HERE)


def test_a_programme_of_twenty_five_million_refuses_the_thirteenth_grant() -> None:
    """Fixture F1 of seed 000: twelve times two million leaves one."""
    awarded = 0
    for _ in range(12):
        assert may_award(25 * MILLION, awarded, 2 * MILLION) == Allowed()
        awarded += 2 * MILLION
    assert (awarded, 25 * MILLION - awarded) == (24 * MILLION, MILLION)
    assert may_award(25 * MILLION, awarded, 2 * MILLION) == refused(Refusal.POT_EMPTY, over_cents=MILLION)


@given(st.integers(0, 500_000_00), st.lists(st.integers(0, 100_000_00), max_size=20))
def test_awards_never_exceed_the_pot(pot_cents: int, costs: list[int]) -> None:
    """Fixture F4 of seed 000, with any pot and any plans."""
    awarded = 0
    for cost_cents in costs:
        if may_award(pot_cents, awarded, cost_cents):
            awarded += cost_cents
        assert awarded <= pot_cents


def test_arnhem_pays_forty_forty_twenty_against_results() -> None:
    """Fixture F2 of seed 000: without an interim result the total paid stays 4,000 euros."""
    grant = 10_000_00
    goal = NOTHING_YET | {Earned.GOAL: True}
    interim = goal | {Earned.INTERIM: True}
    assert amounts_of_parts(grant, ARNHEM) == (4_000_00, 4_000_00, 2_000_00)
    assert [
        payable_cents(grant, ARNHEM, earned)
        for earned in (NOTHING_YET, goal, goal | {Earned.FINAL: True}, interim, dict.fromkeys(Earned, True))
    ] == [0, 4_000_00, 4_000_00, 8_000_00, grant]


def test_without_parts_all_may_be_paid_at_once() -> None:
    assert payable_cents(10_000_00, (), NOTHING_YET) == 10_000_00
    assert amounts_of_parts(10_000_00, ()) == ()


@st.composite
def payouts(draw: st.DrawFn) -> tuple[PayoutPart, ...]:
    """Parts of a whole of a hundred percent."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=5)))
    return tuple(
        PayoutPart(end - start, draw(st.sampled_from(Earned)))
        for start, end in zip([0, *cuts], [*cuts, 100], strict=True)
    )


@given(st.integers(0, 10_000_000_00), payouts(), st.fixed_dictionaries(dict.fromkeys(Earned, st.booleans())))
def test_parts_are_together_the_whole_to_the_cent(
    allocated_cents: int, payout: tuple[PayoutPart, ...], earned: dict[Earned, bool]
) -> None:
    """Fixture F2 of seed 000: odd cents sum exactly, and nothing is paid before what it waits for."""
    amounts = amounts_of_parts(allocated_cents, payout)
    assert sum(amounts) == allocated_cents
    assert all(cents >= 0 for cents in amounts)
    assert payable_cents(allocated_cents, payout, dict.fromkeys(Earned, True)) == allocated_cents
    payable = payable_cents(allocated_cents, payout, earned)
    waiting = next((place for place, part in enumerate(payout) if not earned[part.earned]), len(payout))
    assert payable == sum(amounts[:waiting])
