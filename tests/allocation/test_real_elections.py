"""The 38 real elections beside the project: they are read, allocated, and ten give their real outcome."""

from pathlib import Path

import pytest

from participatie.allocation import (
    AllocationRules,
    Leftover,
    Reason,
    Rule,
    allocate,
    differences,
    trace_of,
)
from participatie.allocation.pabulib import Irregularity, read_pabulib, write_pabulib
from tests.allocation.agreement import FILES, FOLDER, read

# The files that say which plans were really chosen.
WITH_OUTCOME = [
    "Netherlands_Assen_2024",
    "Poland_Czestochowa_2024_Trzech_Wieszczow",
    "Poland_Katowice_2021_Podlesie",
    "Poland_Krakow_2022_Podgorze",
    "Poland_Krakow_2024_Bronowice",
    "Poland_Lodz_2022",
    "Poland_Swiecie_2023",
    "Poland_Wieliczka_2023_Green_Budget",
    "Poland_Wroclaw_2018_Rejon_nr_1_750",
    "Poland_Wroclaw_2021",
]

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real elections in {FOLDER}")


def test_there_are_38_of_them() -> None:
    assert len(FILES) == 38


@pytest.mark.parametrize("path", FILES or [FOLDER], ids=lambda path: path.stem)
def test_each_is_read_and_allocated_by_its_own_rule(path: Path) -> None:
    election = read(path.stem)
    outcome = allocate(election.plans, election.ballots, election.rules())
    assert election.pot_cents > 0
    assert outcome.voters == len(election.votes)
    assert sorted(line.plan_id for line in outcome.lines) == sorted(plan.id for plan in election.plans)
    assert outcome.spent_cents == sum(line.funded_cents for line in outcome.lines) <= election.pot_cents
    assert outcome.funded
    if election.selected is not None:
        assert path.stem in WITH_OUTCOME
        assert set(outcome.funded) == election.selected
    strange = {Irregularity.CHOICE_REPEATED: 1, Irregularity.VOTES_DIFFER: 4}
    assert election.irregularities == (strange if path.stem == "Netherlands_Amsterdam_604" else {})


@pytest.mark.parametrize("number", [166, 285, 604])
def test_amsterdam_keeps_its_category_caps_and_then_spends_the_leftover_without_them(number: int) -> None:
    election = read(f"Netherlands_Amsterdam_{number}")
    assert len(election.category_caps) == election.meta["budget_per_category"].count(",") + 1
    outcome = allocate(election.plans, election.ballots, election.rules())
    category = {plan.id: plan.category for plan in election.plans}
    for capped, cap in election.category_caps.items():
        lines = [line for line in outcome.lines if category[line.plan_id] == capped]
        assert sum(line.funded_cents for line in lines if line.reason is Reason.FUNDED) <= cap
    assert any(line.reason is Reason.FUNDED_FROM_LEFTOVER for line in outcome.lines)
    assert all(line.cost_cents > outcome.left_cents for line in outcome.lines if line.plan_id not in outcome.funded)


@pytest.mark.parametrize("number", [613, 622, 631])
def test_amsterdam_gives_the_last_euros_to_a_part_of_one_plan(number: int) -> None:
    election = read(f"Netherlands_Amsterdam_{number}")
    assert election.leftover is Leftover.PART
    outcome = allocate(election.plans, election.ballots, election.rules())
    assert outcome.left_cents == 0
    assert outcome.lines[len(outcome.funded) - 1].reason is Reason.FUNDED_IN_PART


def test_the_two_add1_rules_differ_in_wieliczka_and_only_the_comparison_is_what_happened() -> None:
    election = read("Poland_Wieliczka_2023_Green_Budget")
    plain = allocate(election.plans, election.ballots, election.rules(Rule.EQUAL_SHARES_ADD1))
    assert election.selected is not None
    assert set(plain.funded) - election.selected == {"66", "67"}
    assert election.selected - set(plain.funded) == {"46"}


def test_equal_shares_leaves_much_of_a_big_citys_pot_unspent() -> None:
    election = read("Poland_Lodz_2022")
    outcome = allocate(election.plans, election.ballots, AllocationRules(election.pot_cents, Rule.EQUAL_SHARES))
    assert outcome.left_cents * 2 > election.pot_cents


def test_a_real_trace_can_be_counted_again() -> None:
    election = read("Netherlands_Amsterdam_166")
    outcome = allocate(election.plans, election.ballots, election.rules())
    assert differences(trace_of(outcome), election.plans, election.ballots) == ()


@pytest.mark.parametrize("name", ["Netherlands_Amsterdam_285", "Poland_Gdansk_2020_Ujescisko-Lostowice"])
def test_a_real_election_written_reads_back_the_same(name: str) -> None:
    election = read(name)
    again = read_pabulib(write_pabulib(election), name)
    assert (again.plans, again.votes, again.rules()) == (election.plans, election.votes, election.rules())
