"""`participatie allocate`: one JSON object, or a table, or one sentence and exit code 2."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from participatie.allocation import Leftover, Rule, tie_order
from participatie.commands.allocate import MONEY_RULES, allocate_file

FILE = """\
META
key;value
description;Buurtbudget Zuid
budget;1000
vote_type;approval
rule;greedy
leftover_budget;Partially fund one additional project with highest score
PROJECTS
project_id;cost;name
a;600;Bomen
b;500;Bank
c;500;Bloemen
VOTES
voter_id;vote
1;a
2;a
3;b
4;c
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "zuid.pb"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(allocate_file, [str(argument) for argument in arguments])


def test_json_is_one_object_with_the_whole_outcome(file: Path) -> None:
    result = run(file, "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["funded"] == ["a", "b"]
    assert (answer["rule"], answer["fileRule"], answer["leftover"]) == ("greedy", "greedy", "part")
    assert (answer["potCents"], answer["spentCents"], answer["leftCents"]) == (100_000, 100_000, 0)
    assert (answer["voters"], answer["currency"], answer["seed"]) == (4, "EUR", None)
    assert answer["tieBreak"] == "order-of-plans"
    assert answer["ties"] == [{"plans": ["b", "c"], "decisive": True}]
    assert [plan["id"] for plan in answer["plans"]] == ["a", "b", "c"]
    assert answer["plans"][1] == {
        "id": "b",
        "votes": 1,
        "score": 1,
        "costCents": 50_000,
        "fundedCents": 40_000,
        "reason": "funded-in-part",
        "step": 2,
        "balanceAfterCents": 0,
        "facts": {"passedOver": "over-budget", "shortCents": 10_000},
    }


@pytest.mark.parametrize("rule", MONEY_RULES)
@pytest.mark.parametrize("leftover", list(Leftover))
def test_every_rule_and_leftover_can_be_asked(file: Path, rule: str, leftover: Leftover) -> None:
    answer = json.loads(run(file, "--json", "--rule", rule, "--leftover", leftover).stdout)
    assert (answer["rule"], answer["leftover"]) == (rule, leftover)
    assert answer["spentCents"] + answer["leftCents"] == 100_000


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_a_seed_breaks_the_tie(file: Path, seed: str) -> None:
    answer = json.loads(run(file, "--json", "--seed", seed).stdout)
    assert answer["funded"][1] == tie_order("bc", seed)[0]
    assert (answer["seed"], answer["tieBreak"]) == (seed, "drawn-order")
    assert answer["tieOrder"] == list(tie_order("abc", seed))


def test_without_json_it_is_a_short_dutch_table(file: Path) -> None:
    result = run(file)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "Buurtbudget Zuid: 4 stemmers",
        "Regel greedy, overschot part",
        "Pot EUR 1.000, toegewezen EUR 1.000, over EUR 0",
    ]
    assert "voor een deel gefinancierd" in result.stdout
    assert "beslist door de volgorde van het bestand" in result.stdout
    assert "loting met zaad 'x'" in run(file, "--seed", "x").stdout


def test_a_wrong_file_is_one_sentence_on_stderr_and_exit_code_2(file: Path) -> None:
    file.write_text(FILE.replace("4;c", "4;d"), encoding="utf-8")
    result = run(file, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "zuid.pb, regel 18: verwacht een project_id uit PROJECTS, gevonden d.\n"


def test_a_missing_file_or_folder_is_one_sentence_too(tmp_path: Path) -> None:
    for path in (tmp_path / "nergens.pb", tmp_path):
        result = run(path, "--json")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("\n") == 1


def test_an_unknown_rule_is_refused(file: Path) -> None:
    result = run(file, "--rule", "dobbelsteen")
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_choice_among_options_is_counted_and_never_divides_money(file: Path) -> None:
    assert set(MONEY_RULES) == {rule.value for rule in Rule} - {"most-votes"}
    assert run(file, "--rule", "most-votes").exit_code == 2, "a file about money is not counted as a choice"
    options = file.with_name("straat.pb")
    text = FILE.replace("budget;1000", "budget;0").replace("rule;greedy", "rule;most-votes\nseats;2")
    options.write_text(
        text.replace(";600;", ";0;")
        .replace(";500;", ";0;")
        .replace("\nleftover_budget;Partially fund one additional project with highest score", "")
    )
    answer = json.loads(run(options, "--json", "--seed", "x").stdout)
    assert (answer["rule"], answer["seats"], answer["potCents"]) == ("most-votes", 2, 0)
    assert answer["funded"] == ["a", tie_order("bc", "x")[0]]
    table = run(options).stdout
    assert "Regel most-votes, te kiezen 2" in table
    assert "niet gekozen" in table
    assert "Pot" not in table
    assert "(dit besliste wie won)" in table
    for more in (("--rule", "greedy"), ("--leftover", "none")):
        refused = run(options, *more)
        assert refused.exit_code == 2
        assert "hier werd uit opties gekozen" in refused.stderr
