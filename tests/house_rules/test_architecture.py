"""The floors of the house, and what no file may hold."""

import ast
import re
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from participatie.settings import ROOT
from tests.house_rules.sources import functions_in, name_of, python_files, text_files, tree_of

OURS = python_files("participatie", "tests")
PROGRAM = python_files("participatie")
MAX_LINES = 300
FORBIDDEN_NAMES = frozenset(
    {"util", "utils", "helper", "helpers", "common", "misc", "service", "services", "manager", "managers"}
)
CLOCKS = frozenset({"participatie/web/clock.py", "participatie/commands/clock.py"})
CLOCK_CALLS = frozenset({"now", "utcnow", "today"})
WRITTEN_BY_A_PROGRAM = "participatie/migrations/versions/"
FOLDERS = ("participatie", "templates", "static", "tests", "docs")
# Put together here, so that this file does not hold them.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
OF_ONE_MACHINE = re.compile(r"(?<![\w.<])/(?:home|root|Users|work|tmp|var/folders)/|[A-Z]:\\\\")
HERE_ONLY = re.compile("127" + r"\.0\.0\.1|" + "local" + "host:")
MAY_NAME_THIS_MACHINE = ("participatie/settings.py", "participatie/commands/", "tests/", "docs/")
PURE = {
    "spelregels": frozenset(),
    "allocation": frozenset({"numpy"}),
    "lottery": frozenset({"highspy", "numpy"}),
    "geography": frozenset({"numpy", "shapely"}),
    "verification": frozenset(),
}


def test_every_floor_imports_only_what_it_may(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("floor", PURE)
def test_the_rules_and_engines_import_the_standard_library_alone(floor: str) -> None:
    allowed = sys.stdlib_module_names | {"participatie"} | PURE[floor]
    for file in python_files(f"participatie/{floor}"):
        for module in _imports(tree_of(file)):
            assert module.split(".")[0] in allowed, f"{name_of(file)} imports {module}"


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{name_of(file)}:{node.lineno}"
        for file in OURS
        for function in functions_in(tree_of(file))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"move these imports up: {inside}"


def test_no_file_outgrows_its_question() -> None:
    long = {
        name: lines
        for name, text in text_files("participatie", "tests", "templates")
        if (lines := text.count("\n")) > MAX_LINES
        and name.endswith((".py", ".html"))
        and not name.startswith(WRITTEN_BY_A_PROGRAM)
    }
    assert not long, f"over {MAX_LINES} lines, so make a folder of the same name: {long}"


def test_every_module_has_a_name_that_says_something() -> None:
    vague = [name_of(file) for file in OURS if FORBIDDEN_NAMES & {file.stem, file.parent.name}]
    assert not vague


def test_every_module_says_which_question_it_answers() -> None:
    silent = [name_of(file) for file in PROGRAM if not ast.get_docstring(tree_of(file))]
    assert not silent


def test_the_clock_is_read_in_one_place_a_floor() -> None:
    for file in PROGRAM:
        if name_of(file) in CLOCKS:
            continue
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Attribute) and node.attr in CLOCK_CALLS:
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
                assert owner not in ("datetime", "date"), f"{name_of(file)}:{node.lineno} reads the clock"


def test_nothing_knows_the_machine_it_was_written_on() -> None:
    for name, text in text_files(*FOLDERS):
        found = OF_ONE_MACHINE.search(text)
        assert not found or name == name_of(Path(__file__)), f"{name} holds {found.group() if found else ''}"
        if not name.startswith(MAY_NAME_THIS_MACHINE):
            assert not HERE_ONLY.search(text), f"{name} names this machine; ask settings.public_url"


def test_nothing_is_left_for_later() -> None:
    unfinished = [name for name, text in text_files(*FOLDERS) if UNFINISHED.search(text)]
    assert not unfinished


def test_every_exception_to_a_lint_rule_names_it() -> None:
    bare = re.compile(r"#\s*noqa(?!:)|#\s*type:\s*ignore(?!\[)")
    nameless = [name_of(file) for file in OURS if bare.search(file.read_text()) and file != Path(__file__)]
    assert not nameless


def _imports(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found
