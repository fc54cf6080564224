"""A file was changed: where? Files of a bundle say many things twice, and one shows what the other ought to say."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participatie.allocation.pabulib import read_pabulib
from participatie.spelregels.votes import BallotKind
from participatie.verification import contents as names
from participatie.verification.hashes import ballots_text, in_order
from participatie.verification.readme import README
from participatie.verification.report import Difference, first_difference
from participatie.verification.rulebook import plans_of


@dataclass(frozen=True, slots=True)
class Locator:
    """The files of a bundle, and what could be read of them; None for what could not."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    rulebook: Any
    groups: Sequence[tuple[str, int]] | None
    allocation: Any

    def place_in(self, name: str) -> Difference | None:
        """Return the first line of a file that is not what the others say; None where they do not say, or agree."""
        if name == names.RULEBOOK:
            return self._in_rulebook()
        what, expected = self._other(name)
        if expected is None or name not in self.files:
            return None
        return first_difference(name, what, self.files[name].decode(errors="replace"), expected)

    def _other(self, name: str) -> tuple[str, str | None]:
        """Return what a file ought to hold by the others, and how to say that it does not."""
        if name == names.READ_ME:
            return "dit is niet de tekst die erbij hoort", README
        if name == names.BALLOTS:
            return "dit is iets anders dan in round.pb", self._ballots()
        if name == names.ROUND:
            return "dit is iets anders dan in de andere bestanden", self._round()
        if name == names.MANIFEST:
            return "dit is iets anders dan de bestanden zelf", self._manifest()
        return "", None

    def _round(self) -> str | None:
        if self.rulebook is None or self.groups is None or self.allocation is None:
            return None
        slug, area = str(self.manifest.get("round")), str(self.manifest.get("area"))
        return names.round_text(slug, area, self.rulebook, self.groups, self.allocation["trace"]["funded"])

    def _manifest(self) -> str:
        return names.manifest_text(self.manifest["round"], self.manifest["area"], self.files)

    def _ballots(self) -> str | None:
        """Write the ballots as the votes in the Pabulib file give them."""
        if self.rulebook is None or names.ROUND not in self.files:
            return None
        numbers = {plan["reference"]: plan["number"] for plan in self.rulebook["plans"]}
        ranks = self.rulebook["ballot_kind"] == BallotKind.RANKING
        counted: Counter[str] = Counter()
        for vote in read_pabulib(self.files[names.ROUND], names.ROUND).votes:
            chosen: list[Any] = [numbers[reference] for reference in vote.choices]
            if vote.points is not None:
                chosen = [list(pair) for pair in zip(chosen, vote.points, strict=True)]
            counted[json.dumps(chosen if ranks else sorted(chosen), separators=(",", ":"))] += 1
        return ballots_text(in_order(counted.items()))

    def _in_rulebook(self) -> Difference | None:
        """Find the plan or the amount that the Pabulib file has otherwise."""
        if self.rulebook is None or names.ROUND not in self.files:
            return None
        told = read_pabulib(self.files[names.ROUND], names.ROUND)
        pairs: list[tuple[str, object, object]] = [("pot_cents", self.rulebook["pot_cents"], told.pot_cents)]
        for mine, theirs in zip(plans_of(self.rulebook), told.plans, strict=False):
            pairs += [
                (f"plan {theirs.id}: reference", mine.id, theirs.id),
                (f"plan {theirs.id}: cost_cents", mine.cost_cents, theirs.cost_cents),
                (f"plan {theirs.id}: name", mine.name.strip(), theirs.name),
                (f"plan {theirs.id}: category", mine.category, theirs.category),
            ]
        for key, value in told.meta.items():
            same = {"description": "title", "currency": "currency", "rule": "rule"}.get(key)
            if same in ("title", "currency"):
                pairs.append((same, str(self.rulebook[same]).strip(), value))
        for what, ours, told_so in pairs:
            if ours != told_so:
                return Difference(
                    names.RULEBOOK, f"{what}: dit is iets anders dan in round.pb", 1, str(ours), str(told_so)
                )
        return None
