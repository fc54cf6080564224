"""What was found about a lot, and how is it said: in a few plain lines, or as JSON?"""

import json
from dataclasses import asdict, dataclass

from participatie.verification.report import SHOWN, Report


@dataclass(frozen=True, slots=True)
class Proof:
    """What a lot did with one leaf: on how many panels it stands, and whether it was drawn. `reserve` counts from 1."""

    leaf: str
    listed: bool
    panels: int | None = None
    drawn: bool | None = None
    reserve: int | None = None

    def __str__(self) -> str:
        """Say it in Dutch, in one line."""
        if not self.listed:
            return "Uw bewijs staat NIET op de lijst. Kijk of u het helemaal overnam."
        parts = ["Uw bewijs staat op de lijst."]
        if self.panels is not None:
            parts.append(f"U zit in {self.panels} van de panels waaruit is of wordt geloot.")
        if self.drawn is not None:
            parts.append("U bent geloot." if self.drawn else "U bent niet geloot.")
        if self.reserve is not None:
            parts.append(f"U bent reserve nummer {self.reserve}.")
        return " ".join(parts)


@dataclass(slots=True)
class LotReport(Report):
    """All differences, and what was checked. `is_drawn` is False as long as the number is not there."""

    people: int = 0
    is_drawn: bool = False
    proof: Proof | None = None

    def as_json(self) -> str:
        """Write the report as one JSON object."""
        document = {
            "ok": self.is_right,
            "lot": self.round,
            "people": self.people,
            "drawn": self.is_drawn,
            "hashes": self.hashes,
            "notes": self.notes,
            "differences": [asdict(difference) for difference in self.differences],
            "proof": asdict(self.proof) if self.proof is not None else None,
        }
        return json.dumps(document, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Write the report for people, in Dutch."""
        if self.is_right:
            what = "dezelfde uitkomst" if self.is_drawn else "het getal is er nog niet, dit ligt vast"
            lines = [
                f"KLOPT: {self.round}. Een lijst van {self.people}, nagerekend: {what}.",
                "Vergelijk deze vingerafdrukken met die op de pagina van de loting:",
                *(f"  {name}: {sha256}" for name, sha256 in self.hashes.items()),
            ]
        else:
            more = len(self.differences) - SHOWN
            lines = [
                f"KLOPT NIET: {self.round or 'deze loting'}. Verschillen: {len(self.differences)}.",
                *(str(difference) for difference in self.differences[:SHOWN]),
                *([f"En nog {more}."] if more > 0 else []),
            ]
        lines += [f"Let op: {note}" for note in self.notes]
        return "\n".join([*lines, *([str(self.proof)] if self.proof is not None else [])])
