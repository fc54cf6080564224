"""No case of abuse is forgotten: each has its test, or a reason why it waits."""

import ast
import re

from tests.house_rules.abuse_cases import ABUSE, CASES, Waits
from tests.house_rules.sources import functions_in, python_files, tree_of

#: How a docstring names the cases that its test is about: `abuse case 8`, `Abuse cases 6, 7 and 10`.
NAMED_CASES = re.compile(r"abuse cases? (\d+(?:(?:, | and )\d+)*)", re.IGNORECASE)


def known_tests() -> dict[str, str]:
    """Every test function of the house, by name."""
    return {
        function.name: ast.get_docstring(function) or ""
        for file in python_files("tests")
        for function in functions_in(tree_of(file))
        if function.name.startswith("test_")
    }


def test_abuse_list_is_complete() -> None:
    assert sorted(ABUSE) == list(range(1, CASES + 1))


def test_every_named_test_is_there() -> None:
    known = known_tests()
    named = {name for covered in ABUSE.values() if not isinstance(covered, Waits) for name in covered}
    assert named - known.keys() == set(), "the abuse list names tests that are not there"


def test_every_case_that_waits_says_why() -> None:
    assert [case for case, covered in ABUSE.items() if isinstance(covered, Waits) and len(covered.reason) < 20] == []
    assert [case for case, covered in ABUSE.items() if not isinstance(covered, Waits) and not covered] == []


def test_every_test_that_names_a_case_is_in_the_list() -> None:
    said = {
        (int(case), name)
        for name, docstring in known_tests().items()
        for cases in NAMED_CASES.findall(docstring)
        for case in re.findall(r"\d+", cases)
    }
    listed = {(case, name) for case, covered in ABUSE.items() if not isinstance(covered, Waits) for name in covered}
    assert sorted(said - listed) == []
