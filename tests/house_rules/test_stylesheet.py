"""Our own stylesheet knows no left and right, so that one sheet serves Dutch and Arabic; and the focus shows."""

import json
import re
from pathlib import Path

import pytest

from participatie.settings import ROOT
from tests.house_rules.sources import name_of

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"(?P<name>[-\w]+)\s*:\s*(?P<value>[^;{}]+)[;}]")
#: Properties that name a side of the screen, and what to write instead.
OF_A_SIDE = re.compile(
    r"(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)(-\w+)?|left|right|top|bottom|inset-(left|right)"
    r"|(min-|max-)?(width|height)|overflow-[xy]|border-(top|bottom)-(left|right)-radius"
)
NEXT_TO = frozenset({"float", "clear", "text-align", "caption-side", "justify-content", "justify-self"})
#: Four values go round by the screen: top, right, bottom, left. One, two or three are the same on both sides.
ROUND_THE_CLOCK = frozenset(
    {"margin", "padding", "inset", "border-width", "border-style", "border-color", "border-radius"}
)


def flaws_in(sheet: str) -> list[str]:
    """Return every declaration that depends on the direction of the page."""
    found = []
    for declaration in DECLARATION.finditer(COMMENT.sub("", sheet)):
        name, value = declaration["name"], declaration["value"].strip()
        words = set(value.split())
        if (
            OF_A_SIDE.fullmatch(name)
            or (name in NEXT_TO and words & {"left", "right"})
            or (name in ROUND_THE_CLOCK and len(value.split()) == 4 and "(" not in value)
        ):
            found.append(f"{name}: {value}")
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_declaration_depends_on_the_direction(sheet: Path) -> None:
    # Media queries ask for the width of a screen, which is the same in every language.
    text = re.sub(r"@(media|container|page)[^{]*\{", "{", sheet.read_text(encoding="utf-8"))
    assert flaws_in(text) == [], name_of(sheet)


@pytest.mark.parametrize(
    "declaration, is_neutral",
    [
        ("margin-left: 1rem", False),
        ("left: 0", False),
        ("width: 10rem", False),
        ("max-height: 10rem", False),
        ("text-align: right", False),
        ("float: left", False),
        ("padding: 1px 2px 3px 4px", False),
        ("border-top: 1px solid", False),
        ("border-left-width: 1px", False),
        ("margin-inline-start: 1rem", True),
        ("inset-inline-start: 0", True),
        ("text-align: start", True),
        ("max-inline-size: 10rem", True),
        ("padding: 1px 2px", True),
        ("border-width: 2px", True),
        ("stroke-width: 2px", True),
    ],
)
def test_the_rule_itself(declaration: str, is_neutral: bool) -> None:
    assert (flaws_in(f".a {{ {declaration}; }}") == []) is is_neutral


def test_the_ring_around_the_focus_survives_the_trimming() -> None:
    """The build keeps only rules that some page uses; this one stands for every element of every page."""
    dist = ROOT / "static" / "dist"
    built = dist / json.loads((dist / "manifest.json").read_text())["app.css"]
    rule = re.search(r"(?<![\w\]])(\*)?:focus-visible\{(?P<body>[^}]*)\}", built.read_text(encoding="utf-8"))
    assert rule is not None
    assert "outline:2px solid" in rule["body"]
