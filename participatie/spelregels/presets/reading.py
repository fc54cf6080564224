"""What does a preset's file say? Read into a preset, or the mistakes in it, each with its line."""

import re
import tomllib
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from participatie.spelregels.ideas import Test
from participatie.spelregels.presets.contradictions import contradictions
from participatie.spelregels.presets.facts import Mistake, Preset, PresetPhase
from participatie.spelregels.presets.lines import Place, broken_line, is_said_twice, places
from participatie.spelregels.presets.shapes import PANEL, PHASE, PRESET, RULES, TESTS, WRONG, Shape
from participatie.spelregels.rulesets import PanelTerms, RuleSet

FILE_NAME = re.compile(r"(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\.toml")
LONGEST_KEY = 60
#: A file of rules fits on a few pages. Looking up a line takes a reading for each line, so there is an end to it.
MOST_LINES = 400
MOST_SIGNS = 40_000
MOST_PHASES = 20
LONGEST_FOUND = 60
NEEDED = {"preset": PRESET, "tests": TESTS, "rules": RULES}


def read_bytes(source: bytes, file_name: str) -> Preset | tuple[Mistake, ...]:
    """Read one file as it lies on a disk, in UTF-8."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return (Mistake(file_name, line, "tekst in UTF-8"),)
    return read_preset(text, file_name)


def read_preset(text: str, file_name: str) -> Preset | tuple[Mistake, ...]:
    """Read one file; its name without `.toml` is the key of the preset and the name of its rules.

    Refused, each with its line: what is no TOML, an unknown or missing name, a value of the wrong kind or out of
    range, and rules that contradict each other or that no phase makes room for. Nothing may be left out, so that
    nothing is in force that the file does not say.
    """
    name = FILE_NAME.fullmatch(file_name)
    if name is None or len(name["key"]) > LONGEST_KEY:
        expected = f"een bestand met een naam van kleine letters, cijfers en streepjes (hoogstens {LONGEST_KEY}) die eindigt op .toml"
        return (Mistake(file_name, 1, expected),)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(plain) > MOST_SIGNS or plain.count("\n") > MOST_LINES:
        return (Mistake(file_name, 1, f"hoogstens {MOST_LINES} regels en {MOST_SIGNS} tekens"),)
    try:
        data = tomllib.loads(plain)
    except (ValueError, RecursionError):
        return (_broken(plain, file_name),)
    file = _File(file_name, plain, data)
    preset = file.preset(name["key"])
    if preset is None:
        return file.sorted_mistakes()
    for place, expected in contradictions(preset):
        file.refuse(place, expected)
    return file.sorted_mistakes() or preset


def _broken(text: str, file_name: str) -> Mistake:
    line = broken_line(text)
    expected = 'een regel zoals naam = "tekst", naam = 12 of [kop]'
    if is_said_twice(text, line):
        expected = "elke naam één keer in hetzelfde deel"
    return Mistake(file_name, line, expected, _shown(text.split("\n")[line - 1].strip()))


def _shown(value: object) -> str:
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= LONGEST_FOUND else text[:LONGEST_FOUND] + "…"


class _File:
    """A file that is TOML, and what is wrong with it so far."""

    def __init__(self, name: str, text: str, data: dict[str, Any]) -> None:
        self.name = name
        self.text = text
        self.data = data
        self.mistakes: list[Mistake] = []

    @cached_property
    def places(self) -> dict[Place, int]:
        return places(self.text)

    def line_of(self, place: Place) -> int:
        """Return the line of what stands at a place, or of what it would stand in."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places[place] if place else self.text.rstrip("\n").count("\n") + 1

    def refuse(self, place: Place, expected: str, found: str = "") -> None:
        self.mistakes.append(Mistake(self.name, self.line_of(place), expected, found))

    def sorted_mistakes(self) -> tuple[Mistake, ...]:
        return tuple(sorted(self.mistakes, key=lambda mistake: mistake.line))

    def preset(self, key: str) -> Preset | None:
        """Return what the file says, or None when a part of it cannot be read."""
        self.refuse_unknown(self.data, (), (*NEEDED, "phases", "panel"))
        preset, tests, rules = (self.table((name,), shapes) for name, shapes in NEEDED.items())
        phases = self.phases()
        panel = self.table(("panel",), PANEL) if "panel" in self.data else None
        if self.mistakes:
            return None
        ready_before, answer_days = rules.pop("ready_before"), rules.pop("answer_days")
        ruleset = RuleSet(
            name=key,
            weights={test: tests[test] for test in Test},
            pot_cents=rules.pop("pot_euros"),
            plan_cap_cents=rules.pop("plan_cap_euros"),
            payout=rules.pop("payout") or (),
            panel=PanelTerms(**panel) if panel else None,
            **rules,
        )
        return Preset(
            key=key, rules=ruleset, phases=phases, answer_days=answer_days, ready_before=ready_before, **preset
        )

    def phases(self) -> tuple[PresetPhase, ...]:
        """Return the phases in their order; those that cannot be read are left out."""
        given = self.data.get("phases", [])
        if not isinstance(given, list) or not 1 <= len(given) <= MOST_PHASES:
            self.refuse(("phases",), f"voor elke fase een deel met de kop [[phases]], 1 tot en met {MOST_PHASES} keer")
            return ()
        read = [self.table(("phases", position), PHASE) for position in range(len(given))]
        return tuple(PresetPhase(**phase) for phase in read if phase.keys() == PHASE.keys())

    def table(self, place: Place, shapes: dict[str, Shape]) -> dict[str, Any]:
        """Return the values of a table by name, without those that are wrong."""
        table: Any = self.data
        for step in place:
            table = table.get(step) if isinstance(table, dict) else table[step]
        if not isinstance(table, dict):
            self.refuse(place, f"een deel met de kop {_header(place)}")
            return {}
        self.refuse_unknown(table, place, tuple(shapes))
        found: dict[str, Any] = {}
        for name, shape in shapes.items():
            if name not in table:
                self.refuse(place, f"in {_header(place)} ook {name} = {shape.expected}")
                continue
            value = shape.read(table[name])
            if value is WRONG:
                self.refuse((*place, name), f"bij {name}: {shape.expected}", _shown(table[name]))
            else:
                found[name] = value
        return found

    def refuse_unknown(self, table: dict[str, Any], place: Place, known: tuple[str, ...]) -> None:
        for name in table.keys() - set(known):
            close = get_close_matches(name, known, n=1)
            where = f"in {_header(place)} " if place else ""
            expected = f'{where}de naam "{close[0]}"' if close else f"{where}een van de namen: {', '.join(known)}"
            self.refuse((*place, name), expected, _shown(name) or "niets")


def _header(place: Place) -> str:
    return f"[{place[0]}]" if len(place) == 1 else f"[[{place[0]}]]"
