"""What was found, and how is it said: in a few plain lines, or as JSON?"""

import json
from dataclasses import asdict, dataclass, field

SHOWN = 10
SHOWN_SIGNS = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: in which file, on which line (from 1), what stands there, what was expected.

    `line`, `found` and `expected` are None where that cannot be known.
    """

    file: str
    what: str
    line: int | None = None
    found: str | None = None
    expected: str | None = None

    def __str__(self) -> str:
        """Say it in Dutch, on one to three lines."""
        place = self.file if self.line is None else f"{self.file}, regel {self.line}"
        lines = [f"{place}: {self.what}"]
        if self.found is not None:
            lines.append(f"    er staat: {_short(self.found)}")
        if self.expected is not None:
            lines.append(f"    verwacht: {_short(self.expected)}")
        return "\n".join(lines)


@dataclass(slots=True)
class Report:
    """All differences, the worst first, and what was checked. `notes` say what could not be checked, and why."""

    round: str = ""
    ballots: int = 0
    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    what: str = "uitslag"

    @property
    def is_right(self) -> bool:
        """Tell whether everything was as it should be."""
        return not self.differences

    def say(self, difference: Difference) -> None:
        """Add a difference, once."""
        if difference not in self.differences:
            self.differences.append(difference)

    def as_json(self) -> str:
        """Write the report as one JSON object."""
        document = {
            "ok": self.is_right,
            "what": self.what,
            "round": self.round,
            "ballots": self.ballots,
            "hashes": self.hashes,
            "notes": self.notes,
            "differences": [asdict(difference) for difference in self.differences],
        }
        return json.dumps(document, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Write the report for people, in Dutch."""
        if self.is_right:
            counted = (
                f" {self.ballots} stembiljetten, opnieuw geteld: dezelfde uitslag." if self.what == "uitslag" else ""
            )
            lines = [
                f"KLOPT: {self.round}.{counted}",
                f"Vergelijk deze vingerafdrukken met die op de pagina van {'het' if counted == '' else 'de'} {self.what}:",
                *(f"  {name}: {sha256}" for name, sha256 in self.hashes.items()),
            ]
        else:
            more = len(self.differences) - SHOWN
            lines = [
                f"KLOPT NIET: {self.round or 'deze bundel'}. Verschillen: {len(self.differences)}.",
                *(str(difference) for difference in self.differences[:SHOWN]),
                *([f"En nog {more}."] if more > 0 else []),
            ]
        return "\n".join([*lines, *(f"Let op: {note}" for note in self.notes)])


def first_difference(file: str, what: str, found: str, expected: str) -> Difference | None:
    """Return where two texts begin to differ, with both lines, or None when they are the same."""
    if found == expected:
        return None
    ours, theirs = expected.split("\n"), found.split("\n")
    for number, (line, wanted) in enumerate(zip(theirs, ours, strict=False), start=1):
        if line != wanted:
            return Difference(file, what, number, *_around(line, wanted))
    number = min(len(ours), len(theirs)) + 1
    extra = theirs[number - 1] if len(theirs) >= number else "(het einde van het bestand)"
    missing = ours[number - 1] if len(ours) >= number else "(het einde van het bestand)"
    return Difference(file, what, number, extra, missing)


def _around(line: str, wanted: str) -> tuple[str, str]:
    """Return both lines from shortly before where they part, so that long ones can be compared."""
    place = next((at for at, (one, other) in enumerate(zip(line, wanted, strict=False)) if one != other), 0)
    start = max(place - SHOWN_SIGNS // 3, 0) if max(len(line), len(wanted)) > SHOWN_SIGNS else 0
    lead = "…" if start else ""
    return f"{lead}{line[start : start + SHOWN_SIGNS]}", f"{lead}{wanted[start : start + SHOWN_SIGNS]}"


def _short(text: str) -> str:
    shown = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return shown if len(shown) <= SHOWN_SIGNS + 20 else f"{shown[:SHOWN_SIGNS]}…"
