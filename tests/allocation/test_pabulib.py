"""Reading and writing Pabulib files: exact amounts, and a clear refusal of what is wrong."""

from collections.abc import Callable

import pytest

from participatie.allocation import BallotGroup, Leftover, Plan, Rule
from participatie.allocation.pabulib import (
    BallotKind,
    Fault,
    Irregularity,
    PabulibError,
    Vote,
    read_pabulib,
    write_pabulib,
)

GOOD = """\
META
key;value
description;Buurtbudget Zuid
num_projects;3
num_votes;3
budget;2000.50
vote_type;approval
rule;greedy
max_length;2
categories;Groen,Straat
budget_per_category;1500,600
leftover_budget;Fund additional projects that fit within leftover budget ordered by score
PROJECTS
project_id;cost;votes;name;category
1;1000;2;"Bomen; ""veel"" groen";Groen
2;600.25;2;Bank;Straat
3;0;0;Naam;Straat
VOTES
voter_id;vote;age
x1;1,2;40
x2; 2 , 1 ;
x3;;33
"""
POINTS = """\
META
key;value
budget;100
vote_type;cumulative
max_sum_points;5
PROJECTS
project_id;cost;votes;score
a;60;2;5
b;60;1;3
VOTES
voter_id;vote;points
v1;a,b;2,3
v2;a;3
v3;;
"""


def test_a_file_becomes_an_election_in_whole_cents() -> None:
    election = read_pabulib(GOOD, "zuid.pb")
    assert election.plans == (
        Plan("1", 100_000, 'Bomen; "veel" groen', "Groen"),
        Plan("2", 60_025, "Bank", "Straat"),
        Plan("3", 0, "Naam", "Straat"),
    )
    assert election.pot_cents == 200_050
    assert election.votes == (Vote("x1", ("1", "2")), Vote("x2", ("2", "1")), Vote("x3", ()))
    assert tuple(election.ballots) == (BallotGroup(("1", "2"), 2), BallotGroup((), 1))
    assert (election.kind, election.rule, election.leftover) == (
        BallotKind.APPROVAL,
        Rule.GREEDY,
        Leftover.NEXT_FITTING,
    )
    assert election.category_caps == {"Groen": 150_000, "Straat": 60_000}
    assert election.limits.max_length == 2
    assert election.irregularities == {}
    assert election.selected is None


def test_bytes_with_a_byte_order_mark_and_windows_line_ends_read_the_same() -> None:
    windows = GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    assert read_pabulib(windows, "zuid.pb") == read_pabulib(GOOD, "zuid.pb")
    assert read_pabulib("\ufeff" + GOOD, "zuid.pb") == read_pabulib(GOOD, "zuid.pb")


def test_points_are_read_with_their_choices() -> None:
    election = read_pabulib(POINTS, "p.pb")
    assert election.votes == (Vote("v1", ("a", "b"), (2, 3)), Vote("v2", ("a",), (3,)), Vote("v3", (), ()))
    assert election.irregularities == {}
    assert election.currency == "EUR"


def test_a_ranking_counts_from_the_length_of_the_ballot() -> None:
    text = POINTS.replace("cumulative", "ordinal").replace(";points", "").replace(";2,3", "").replace("v2;a;3", "v2;a")
    election = read_pabulib(text.replace("v3;;", "v3;"), "p.pb")
    assert BallotGroup(("a", "b"), 1, (2, 1)) in election.ballots
    assert BallotGroup(("a",), 1) in election.ballots


@pytest.mark.parametrize(
    ("file_rule", "rule"),
    [
        ("greedy", Rule.GREEDY),
        ("greedy-no-skip", Rule.GREEDY_STOP),
        ("greedy-threshold", Rule.GREEDY),
        ("equalshares", Rule.EQUAL_SHARES),
        ("equalshares/add1", Rule.EQUAL_SHARES_ADD1),
        ("equalshares/add1-comparison", Rule.EQUAL_SHARES_ADD1_COMPARISON),
        ("greedy-per-euro", Rule.GREEDY_PER_EURO),
        ("unknown", Rule.GREEDY),
    ],
)
def test_the_rule_of_the_file_becomes_ours(file_rule: str, rule: Rule) -> None:
    election = read_pabulib(GOOD.replace("rule;greedy", f"rule;{file_rule}"), "zuid.pb")
    assert (election.file_rule, election.rule) == (file_rule, rule)
    assert not election.irregularities


def test_a_threshold_becomes_the_minimum() -> None:
    text = GOOD.replace("max_length;2", "min_project_score_threshold;50")
    assert read_pabulib(text, "zuid.pb").rules().minimum_votes == 50


@pytest.mark.parametrize(
    ("old", "new", "irregularity"),
    [
        ("x1;1,2;", "x1;1,2,1;", Irregularity.CHOICE_REPEATED),
        ("max_length;2", "max_length;1", Irregularity.TOO_MANY_CHOICES),
        ("max_length;2", "min_length;1", Irregularity.TOO_FEW_CHOICES),
        ("max_length;2", "max_sum_cost;1600", Irregularity.OVER_MAX_COST),
        ("2;600.25;2;", "2;600.25;7;", Irregularity.VOTES_DIFFER),
        ("rule;greedy", "rule;dice", Irregularity.RULE_UNKNOWN),
        ("Fund additional", "Give away additional", Irregularity.LEFTOVER_UNKNOWN),
    ],
)
def test_what_breaks_the_files_own_rules_is_counted_and_not_refused(
    old: str, new: str, irregularity: Irregularity
) -> None:
    election = read_pabulib(GOOD.replace(old, new), "zuid.pb")
    assert list(election.irregularities) == [irregularity]
    assert len(election.votes) == 3


def test_a_plan_named_twice_on_an_approval_ballot_counts_once() -> None:
    assert read_pabulib(GOOD.replace("x1;1,2;", "x1;1,2,1;"), "zuid.pb").votes[0] == Vote("x1", ("1", "2"))


def replaced(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("make", "code", "line"),
    [
        (lambda: "", Fault.EMPTY_FILE, 1),
        (lambda: " \n\n", Fault.EMPTY_FILE, 1),
        (lambda: "zomaar tekst\n", Fault.SECTION_MISSING, 1),
        (lambda: GOOD.split("VOTES", maxsplit=1)[0], Fault.SECTION_MISSING, 17),
        (lambda: GOOD.split("PROJECTS", maxsplit=1)[0] + "VOTES\nvoter_id;vote\n", Fault.SECTION_MISSING, 14),
        (lambda: "PROJECTS" + GOOD.split("PROJECTS")[1], Fault.SECTION_MISSING, 10),
        (lambda: GOOD + "META\nkey;value\n", Fault.SECTION_TWICE, 23),
        (lambda: "META\nPROJECTS\nVOTES\n", Fault.COLUMN_MISSING, 1),
        (lambda: replaced("budget;2000.50\n", ""), Fault.KEY_MISSING, 2),
        (lambda: replaced("budget;2000.50", "budget;"), Fault.KEY_MISSING, 6),
        (lambda: replaced("vote_type;approval\n", ""), Fault.KEY_MISSING, 2),
        (lambda: replaced("max_length;2", "rule;greedy"), Fault.KEY_TWICE, 9),
        (lambda: replaced("vote_type;approval", "vote_type;dice"), Fault.VOTE_TYPE_UNKNOWN, 7),
        (lambda: replaced("budget;2000.50", "budget;NaN"), Fault.AMOUNT_INVALID, 6),
        (lambda: replaced("1;1000;", "1;duizend;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;-1000;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;NaN;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;inf;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;1e3;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;1,000;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;10.005;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", "1;;"), Fault.AMOUNT_INVALID, 15),
        (lambda: replaced("1;1000;", ";1000;"), Fault.ID_MISSING, 15),
        (lambda: replaced("2;600.25;", "1;600.25;"), Fault.PLAN_TWICE, 16),
        (lambda: replaced("x2; 2 , 1 ;", "x1;2,1;"), Fault.VOTER_TWICE, 21),
        (lambda: replaced("x3;;33", ";1;33"), Fault.ID_MISSING, 22),
        (lambda: replaced("x1;1,2;", "x1;1,9;"), Fault.PLAN_UNKNOWN, 20),
        (lambda: replaced("x1;1,2;", "x1;1,,2;"), Fault.PLAN_UNKNOWN, 20),
        (lambda: replaced("num_votes;3", "num_votes;4"), Fault.COUNT_WRONG, 5),
        (lambda: replaced("num_projects;3", "num_projects;2"), Fault.COUNT_WRONG, 4),
        (lambda: replaced("num_votes;3", "num_votes;drie"), Fault.NUMBER_INVALID, 5),
        (lambda: replaced("2;600.25;2;Bank;Straat", "2;600.25;2;Bank"), Fault.COLUMN_COUNT, 16),
        (lambda: replaced("x3;;33", "x3;;33;M"), Fault.COLUMN_COUNT, 22),
        (lambda: replaced("project_id;cost", "project_id;price"), Fault.COLUMN_MISSING, 14),
        (lambda: replaced("voter_id;vote;", "voter_id;choice;"), Fault.COLUMN_MISSING, 19),
        (lambda: replaced("1500,600", "1500,600,700"), Fault.CATEGORY_CAPS_MISMATCH, 11),
        (lambda: replaced("Bank;Straat", "Bank;Water"), Fault.CATEGORY_UNKNOWN, 16),
        (lambda: replaced("Bank;Straat", '"Bank;Straat'), Fault.NOT_CSV, 22),
        (lambda: replaced("v1;a,b;2,3", "v1;a,b;2", POINTS), Fault.POINTS_MISMATCH, 12),
        (lambda: replaced("v1;a,b;2,3", "v1;a,b;2,-3", POINTS), Fault.NUMBER_INVALID, 12),
        (lambda: replaced("v1;a,b;2,3", "v1;a,a;2,3", POINTS), Fault.CHOICE_TWICE, 12),
        (lambda: replaced(";points", ";age", POINTS), Fault.COLUMN_MISSING, 11),
        (lambda: replaced("approval", "choose-1"), Fault.TOO_MANY_CHOICES, 20),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(make: Callable[[], str], code: Fault, line: int) -> None:
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(make(), "zuid.pb")
    assert (refusal.value.code, refusal.value.line, refusal.value.name) == (code, line, "zuid.pb")


def test_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(replaced("Bank", "Café").encode("latin-1"), "zuid.pb")
    assert (refusal.value.code, refusal.value.line) == (Fault.NOT_UTF8, 16)


def test_a_refusal_is_one_dutch_sentence() -> None:
    with pytest.raises(PabulibError) as refusal:
        read_pabulib(replaced("x1;1,2;", "x1;1,9;"), "zuid.pb")
    assert str(refusal.value) == "zuid.pb, regel 20: verwacht een project_id uit PROJECTS, gevonden 9."
    long = PabulibError("a.pb", 3, Fault.NOT_CSV, "iets", "x" * 500 + "\n\ny")
    assert len(str(long)) < 120
    assert "\n" not in str(long)


@pytest.mark.parametrize("text", [GOOD, POINTS])
def test_what_is_written_reads_back_the_same(text: str) -> None:
    election = read_pabulib(text, "zuid.pb")
    again = read_pabulib(write_pabulib(election), "zuid.pb")
    assert (again.plans, again.votes, again.rules()) == (election.plans, election.votes, election.rules())
    assert write_pabulib(again) == write_pabulib(election)
