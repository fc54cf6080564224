"""What do our own sources say? Reads them as syntax trees, without running them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from participatie.settings import ROOT

#: What somebody edits by hand, by extension.
HAND_WRITTEN = frozenset({".py", ".html", ".txt", ".css", ".js", ".mjs", ".md", ".toml", ".yml", ".yaml", ".mako"})
SKIPPED = frozenset({"__pycache__", "dist", "node_modules", "cache"})


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these folders of the checkout."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py") if not SKIPPED & set(file.parts))


def text_files(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every hand-written file below these folders."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in HAND_WRITTEN and file.is_file() and not SKIPPED & set(file.parts):
                yield name_of(file), file.read_text(encoding="utf-8")


def name_of(file: Path) -> str:
    """Return where a file is in the checkout, with slashes."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def calls_in(node: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions with one of these names, wherever they were imported from."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and called(call) in names:
            yield call


def called(call: ast.Call) -> str:
    """Return the last name of what is called: `b` for `a.b()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def functions_in(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield all functions, also those inside others."""
    for child in ast.walk(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child


def text_in(node: ast.AST | None) -> str | None:
    """Return the text of a literal, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
