"""Is everything in the bundle of a lot as it was bound, and is the outcome what the number gives? If not: what differs?

What is checked is what was downloaded alone. That it is what the gemeente published, and that it stood there before
the number came, people see by comparing the fingerprint with the page, or with what they kept themselves.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participatie.spelregels.buurtpanels.drand import address_of, round_at
from participatie.spelregels.buurtpanels.lots import SOONEST, LotKind, NumberSource, is_late, plain_number
from participatie.verification.lots import contents as names
from participatie.verification.lots.changes import first_wrong_change
from participatie.verification.lots.choosing import Panels, in_reserve_order, index_of, invited, panels_in, seed_of
from participatie.verification.lots.contents import hash_of, moment_in
from participatie.verification.lots.proving import proof_in
from participatie.verification.lots.readme import README
from participatie.verification.lots.report import LotReport
from participatie.verification.packing import NotABundleError, pack, unpack
from participatie.verification.reading import json_in, text_in
from participatie.verification.report import Difference

#: What a file of another shape than ours can make of our own steps.
OTHER_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def is_lot(package: bytes) -> bool:
    """Tell whether a bundle is of a lot. Raises NotABundleError for what is no bundle at all."""
    return names.DOCUMENT in unpack(package)


def verify_lot(package: bytes) -> LotReport:
    """Check the bundle of a lot: what was bound, the number, the seed, the panel, the reserves and the chances.

    Raises NotABundleError for what is no bundle, and for one of a newer form than this program reads.
    """
    return check_lot(package).report


def check_lot(package: bytes) -> "LotCheck":
    """Do the same, and return all that was read, for who checks more."""
    files = unpack(package)
    if names.DOCUMENT not in files:
        raise NotABundleError("er zit geen {name} in", name=names.DOCUMENT)
    check = LotCheck(files, LotReport())
    check.run()
    if check.report.is_right and pack(files) != package:
        check.report.say(Difference("het ZIP-bestand zelf", "het is anders gemaakt dan dit programma doet"))
    return check


@dataclass(slots=True)
class LotCheck:
    """One bundle while it is checked, and afterwards what stood in it as far as it could be read."""

    files: Mapping[str, bytes]
    report: LotReport
    document: Any = None
    leaves: Sequence[str] = ()
    panels: Panels | None = None
    addresses: Sequence[tuple[str, str]] = ()
    outcome: Any = None

    def run(self) -> None:
        """Check everything that is public, each step as far as it goes."""
        text = text_in(self.files, names.DOCUMENT, self.report) or ""
        self._carefully(names.DOCUMENT, lambda: self._document(text))
        if self.document is None:
            return
        self.outcome = json_in(self.files, names.OUTCOME, self.report) if names.OUTCOME in self.files else None
        self.report.is_drawn = self.outcome is not None
        for file, step in (
            (names.DOCUMENT, self._every_file),
            (names.DOCUMENT, self._moment),
            (names.LEAVES, self._pool),
            (self.document["drawn_from"], self._drawn_from),
        ):
            self._carefully(file, step)
        if self.outcome is not None:
            for step in (self._bound, self._number, self._chosen, self._chances, self._changes):
                self._carefully(names.OUTCOME, step)

    def prove(self, typed: str) -> None:
        """Add to the report what the lot did with a proof."""
        self._carefully(names.OUTCOME, lambda: self._prove(typed))

    def say(self, file: str, what: str, found: object = None, expected: object = None) -> None:
        """Report that something differs."""
        shown = [None if value is None else str(value) for value in (found, expected)]
        self.report.say(Difference(file, what, None, *shown))

    def _prove(self, typed: str) -> None:
        self.report.proof = proof_in(self.leaves, self.panels, self.outcome, typed)

    def _carefully(self, file: str, step: Callable[[], None]) -> None:
        try:
            step()
        except OTHER_SHAPE as error:
            self.say(file, f"de inhoud heeft een andere vorm dan in een bundel ({type(error).__name__})")

    def _document(self, text: str) -> None:
        document = json.loads(text)
        form = document["format"]
        if isinstance(form, int) and form > names.FORMAT:
            raise NotABundleError(
                "de bundel is van een nieuwere vorm ({form}) dan dit programma leest ({ours}); haal een nieuwere versie",
                form=form, ours=names.FORMAT,
            )  # fmt: skip
        if json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text:
            self.say(names.DOCUMENT, "zo is het niet geschreven door dit programma")
        kinds = {LotKind.SELECTION.value: names.PANELS, LotKind.INVITATION.value: names.ADDRESSES}
        if document["drawn_from"] != kinds[document["kind"]]:
            raise ValueError
        self.document = document
        self.report.round = f"{document['panel']}, loting {document['number']} ({document['kind']})"
        self.report.hashes["commitment"] = hash_of(text)

    def _every_file(self) -> None:
        always = {names.DOCUMENT, names.LEAVES, names.QUOTAS, names.READ_ME, self.document["drawn_from"]}
        for name in sorted(always - self.files.keys()):
            self.say(name, "dit bestand ontbreekt")
        for name in sorted(self.files.keys() - always - {names.OUTCOME}):
            self.say(name, "dit bestand hoort er niet bij")
        expected = {names.READ_ME: README, names.QUOTAS: names.quotas_text(self.document["quotas"])}
        for name, text in expected.items():
            if name in self.files and self.files[name] != text.encode():
                what = "de quota zijn anders dan vastligt" if name == names.QUOTAS else "de uitleg is veranderd"
                self.say(name, what)

    def _moment(self) -> None:
        committed, due = moment_in(self.document["committed_at"]), moment_in(self.document["due_at"])
        if committed + SOONEST > due:
            minutes = int(SOONEST.total_seconds()) // 60
            what = f"er is te laat vastgelegd: dat moet minstens {minutes} minuten voor het moment van het getal"
            self.say(names.DOCUMENT, what, self.document["committed_at"], f"ruim voor {self.document['due_at']}")
        if self.document["source"] == NumberSource.DRAND:
            number = round_at(due)
            if self.document["drand_round"] != number:
                self.say(
                    names.DOCUMENT,
                    "deze ronde van drand hoort niet bij het moment",
                    self.document["drand_round"],
                    number,
                )
            self.report.notes.append(f"zoek het getal zelf op, achter “randomness”: {address_of(number)}")
        else:
            self.report.notes.append(
                f"zoek het getal zelf op: {self.document['source']}, {self.document['source_text']}."
            )

    def _pool(self) -> None:
        text = text_in(self.files, names.LEAVES, self.report) or ""
        self.report.hashes["leaves_sha256"] = hash_of(text)
        if hash_of(text) != self.document["leaves_sha256"]:
            self.say(
                names.LEAVES,
                "de lijst is veranderd nadat zij was vastgelegd",
                hash_of(text),
                self.document["leaves_sha256"],
            )
        leaves = text.split("\n")[:-1]
        self.report.people = len(leaves)
        if leaves != sorted(set(leaves)):
            self.say(names.LEAVES, "de lijst staat niet op volgorde, of er staat iemand dubbel op")
        self.leaves = leaves

    def _drawn_from(self) -> None:
        name = self.document["drawn_from"]
        text = text_in(self.files, name, self.report) or ""
        self.report.hashes[f"{name.partition('.')[0]}_sha256"] = hash_of(text)
        is_bound = hash_of(text) == self.document["drawn_from_sha256"]
        if name == names.ADDRESSES:
            if not is_bound:
                self.say(
                    name,
                    "de adressen per buurt zijn veranderd nadat zij waren vastgelegd",
                    hash_of(text),
                    self.document["drawn_from_sha256"],
                )
            self.addresses = [(leaf, buurt) for leaf, buurt in names.rows_in(text, names.ADDRESSES_HEAD)]
            if [leaf for leaf, _buurt in self.addresses] != self.leaves:
                self.say(name, f"hier staan andere adressen dan in {names.LEAVES}")
            return
        if not is_bound:
            self.say(
                name,
                "de panels zijn veranderd nadat zij waren vastgelegd",
                hash_of(text),
                self.document["drawn_from_sha256"],
            )
        try:
            panels = panels_in(text, self.document["pool"])
        except ValueError as error:
            self.say(name, f"regel {error} is geen panel zoals dit programma het schrijft")
            return
        if len(panels.panels) != self.document["panels"]:
            self.say(name, "het aantal panels is anders dan vastligt", len(panels.panels), self.document["panels"])
        wrong = next((n for n, panel in enumerate(panels.panels, 1) if len(panel) != self.document["seats"]), None)
        if wrong is not None:
            self.say(name, f"panel {wrong} heeft niet evenveel leden als er plaatsen zijn")
        self.panels = panels

    def _bound(self) -> None:
        ours, told = self.report.hashes["commitment"], self.outcome["commitment"]
        if ours != told:
            self.say(names.DOCUMENT, "wat vastlag, is veranderd nadat het was vastgelegd", ours, told)

    def _number(self) -> None:
        source, number = NumberSource(self.document["source"]), self.outcome["number"]
        if plain_number(source, number) != number:
            self.say(names.OUTCOME, f"zo ziet een getal van {source.value} er niet uit", number)
        due, entered = moment_in(self.document["due_at"]), moment_in(self.outcome["entered_at"])
        if entered < due:
            self.say(
                names.OUTCOME,
                "het getal is ingevoerd voor het moment waarop het er kon zijn",
                self.outcome["entered_at"],
                self.document["due_at"],
            )
        if is_late(due, entered, entered):
            self.report.notes.append(
                f"het getal is laat ingevoerd ({self.outcome['entered_at']}); de uitkomst stond vanaf het moment zelf vast."
            )
        self.report.hashes["seed"] = expected = seed_of(self.outcome["commitment"], number)
        if self.outcome["seed"] == expected:
            return
        # Either of them was changed; the panel still tells which of the two it came from.
        if self.outcome["members"] == self._members_by(expected):
            self.say(
                names.OUTCOME, "het zaad is veranderd: het volgt niet uit het getal", self.outcome["seed"], expected
            )
        else:
            self.say(names.OUTCOME, "het getal is veranderd: het zaad en de uitkomst volgen er niet uit", number)

    def _members_by(self, seed: str) -> list[str]:
        if self.document["kind"] == LotKind.INVITATION:
            return invited(self.addresses, self.document["seats"], seed, self.document["weights"])
        if self.panels is None:
            return []
        return [self.leaves[place] for place in self.panels.panels[index_of(seed, len(self.panels.panels))]]

    def _chosen(self) -> None:
        seed, members, reserves = self.outcome["seed"], self.outcome["members"], self.outcome["reserves"]
        # With another number or seed than belongs to it, what follows from that says nothing more.
        if seed != seed_of(self.outcome["commitment"], self.outcome["number"]):
            return
        if self.document["kind"] == LotKind.INVITATION:
            if members != self._members_by(seed):
                self.say(names.OUTCOME, "dit zijn niet de adressen die het getal aanwijst")
            return
        if self.panels is not None:
            index = index_of(seed, len(self.panels.panels))
            if self.outcome["panel"] != index:
                self.say(
                    names.OUTCOME,
                    "dit is niet het nummer van het panel dat het getal aanwijst",
                    self.outcome["panel"],
                    index,
                )
            if members != self._members_by(seed):
                self.say(names.OUTCOME, "dit zijn niet de leden van het panel dat het getal aanwijst")
        last = self.outcome["reserves_of_one_household_with_a_member"]
        first = len(reserves) - last
        usual = in_reserve_order(seed, reserves[:first]) + in_reserve_order(seed, reserves[first:])
        if not 0 <= last <= len(reserves) or reserves != usual:
            self.say(names.OUTCOME, "de reserves staan niet in de volgorde van de loting")
        if sorted([*members, *reserves]) != list(self.leaves):
            self.say(names.OUTCOME, "leden en reserves samen zijn niet de lijst waaruit is geloot")

    def _chances(self) -> None:
        if self.panels is None:
            return
        counts = self.panels.counts()
        for name, expected in (("lowest_chance", min(counts)), ("highest_chance", max(counts))):
            if self.outcome[name] != expected:
                which = "laagste" if name == "lowest_chance" else "hoogste"
                self.say(names.OUTCOME, f"de {which} kans is anders dan de panels geven", self.outcome[name], expected)

    def _changes(self) -> None:
        wrong = first_wrong_change(self.outcome)
        if wrong is not None:
            self.say(names.OUTCOME, *wrong)
