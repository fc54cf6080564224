"""How does the table of rights read as a text? One line for an act and a role: levels, then phases."""

from collections import defaultdict
from pathlib import Path

from participatie.spelregels.levels import Level
from participatie.spelregels.permissions import TABLE, Do, Role, table_lines
from participatie.spelregels.phases import PhaseKind

FILE = Path(__file__).with_name("who_may_do_what.txt")
HEAD = """\
Wie mag wat, op welk niveau, in welke fase?

Gemaakt uit participatie/spelregels/permissions.py door: python -m tests.spelregels.write_table
Wie hier niet staat, mag het niet. 'Altijd' is ook: buiten elke fase.
"""


def as_text() -> str:
    """Return the whole table; the answer for every act, role, level and phase can be read from it."""
    cells: defaultdict[tuple[Do, Role], defaultdict[Level, set[PhaseKind]]] = defaultdict(lambda: defaultdict(set))
    for do, role, level, kind, allowed in table_lines():
        if allowed:
            cells[do, role][level].add(kind)
    lines = [HEAD]
    for do in Do:
        lines.append(f"{do}:")
        lines += [f"  {role}: {_said(do, cells[do, role])}" for role in Role if (do, role) in cells]
        if not any((do, role) in cells for role in Role):
            lines.append("  niemand")
    return "\n".join(lines) + "\n"


def _said(do: Do, phases_of: dict[Level, set[PhaseKind]]) -> str:
    by_phases: defaultdict[tuple[PhaseKind, ...], list[Level]] = defaultdict(list)
    for level in Level:
        if phases_of.get(level):
            by_phases[tuple(kind for kind in PhaseKind if kind in phases_of[level])].append(level)
    parts = []
    for kinds, levels in by_phases.items():
        which = "alle niveaus" if len(levels) == len(Level) else ", ".join(levels)
        when = "alle fasen" if len(kinds) == len(PhaseKind) else ", ".join(kinds)
        parts.append("altijd" if TABLE[do].timeless and which == "alle niveaus" else f"{which}; {when}")
    return " | ".join(parts)
