"""No fixture of the seeds is forgotten: each is replayed by tests that are there, or says what it waits for."""

import ast

from participatie.settings import ROOT
from tests.house_rules.sources import name_of, python_files, tree_of
from tests.scenarios.fixtures import FIXTURES, NAMES

HERE = "tests/scenarios"
OWN = f"{HERE}/test_fixture_table.py"
FEWEST_WORDS = 5


def its_tests(file_name: str) -> set[str]:
    """The tests of a file by the name by which pytest runs them; none where there is no such file."""
    file = ROOT / file_name
    body = tree_of(file).body if file.is_file() else []
    return {
        f"{file_name}::{each.name}"
        for each in body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def named() -> list[str]:
    return [test for fixture in FIXTURES for test in fixture.tests]


def test_every_fixture_of_the_seeds_is_in_the_table_once() -> None:
    assert [fixture.name for fixture in FIXTURES] == list(NAMES)
    assert len(set(NAMES)) == len(NAMES) == 17 + 17 + 9


def test_every_named_test_is_there() -> None:
    assert [test for test in named() if test not in its_tests(test.partition("::")[0])] == []


def test_no_test_is_named_twice() -> None:
    assert [test for test in set(named()) if named().count(test) > 1] == []


def test_every_scenario_is_of_a_fixture() -> None:
    files = [name_of(file) for file in python_files(HERE) if file.name.startswith("test_")]
    scenarios = set().union(*(its_tests(file) for file in files if file != OWN))
    assert scenarios - set(named()) == set()


def test_every_fixture_is_replayed_or_says_in_words_why_not() -> None:
    for fixture in FIXTURES:
        assert fixture.tests or fixture.waits, fixture.name
        assert len(fixture.says.split()) >= FEWEST_WORDS, fixture.name
        assert fixture.says.endswith("."), fixture.name
        if fixture.waits:
            assert fixture.waits.capability, fixture.name
            assert len(fixture.waits.why.split()) >= FEWEST_WORDS, fixture.name
