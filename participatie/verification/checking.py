"""Is everything in a bundle as it should be? If not: in which file, on which line, is the first difference?

What is checked is what was downloaded alone. That it is what the gemeente published, people see by comparing the
fingerprints in the report with those on the page of the result.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participatie.allocation import allocate, tie_order, trace_of
from participatie.spelregels.votes import BallotKind
from participatie.spelregels.wijkbudget import tie_seed
from participatie.verification import contents as names
from participatie.verification.archive import check_archive, is_archive
from participatie.verification.contents import Seal
from participatie.verification.hashes import in_order, receipts_sha256
from participatie.verification.locating import Locator
from participatie.verification.packing import NotABundleError, pack, unpack
from participatie.verification.reading import ballots_in, check_ballots, json_in, receipts_in, text_in
from participatie.verification.report import Difference, Report, first_difference
from participatie.verification.rulebook import ballots_for_count, plans_of, references_of, rules_of

#: More ballots than any vote here has; who says more wants to keep us busy.
MOST_BALLOTS = 2_000_000
_WITHDRAWN = re.compile(r"withdrawn-rulebook-[1-9][0-9]{0,3}\.json", re.ASCII)
_SOMETIMES = frozenset({
    names.BESLUIT, names.ASIDE, names.WITHDRAWN, names.FORMER, names.PAPER_RECEIPTS, names.ASIDE_RECEIPTS,
    names.PAPER_BALLOTS, names.ASIDE_BALLOTS,
})  # fmt: skip
#: What a file of another shape than ours can make of our own steps.
_OTHER_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def verify(package: bytes) -> Report:
    """Check a bundle: its list, every hash, every ballot, the seal and the seed; and count again.

    Raises NotABundleError for what is no bundle, and for one of a newer form than this program reads.
    """
    files = unpack(package)
    if names.MANIFEST not in files:
        raise NotABundleError("er zit geen manifest.json in")
    if is_archive(files):
        return check_archive(package, files)
    report = Report()
    manifest = json_in(files, names.MANIFEST, report)
    form = manifest.get("format") if isinstance(manifest, dict) else None
    if isinstance(form, int) and form > names.FORMAT:
        raise NotABundleError(
            "de bundel is van een nieuwere vorm ({form}) dan dit programma leest ({ours}); haal een nieuwere versie",
            form=form,
            ours=names.FORMAT,
        )
    _Check(files, manifest if isinstance(manifest, dict) else {}, report).run()
    if report.is_right:
        again = pack(files)
        if again != package:
            at = next(
                (at for at, (one, other) in enumerate(zip(package, again, strict=False)) if one != other), len(again)
            )
            report.say(Difference("het ZIP-bestand zelf", f"byte {at} is anders dan dit programma haar schrijft"))
    return report


def receipts_set_aside(package: bytes) -> frozenset[str]:
    """Return the receipts in a bundle of our own whose ballots do not count."""
    return frozenset(unpack(package).get(names.ASIDE_RECEIPTS, b"").decode().split())


CANNOT_COUNT = f"de stemmen zijn niet opnieuw geteld: eerst moet {names.BALLOTS} kloppen."


@dataclass(slots=True)
class _Check:
    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    report: Report
    rulebook: Any = None
    groups: list[tuple[str, int]] | None = None
    receipts: Sequence[str] | None = None
    allocation: Any = None

    def run(self) -> None:
        self.report.round = str(self.manifest.get("round", ""))
        self.rulebook = json_in(self.files, names.RULEBOOK, self.report)
        self.allocation = json_in(self.files, names.ALLOCATION, self.report)
        self.groups = ballots_in(self.files, names.BALLOTS, self.report)
        self.receipts = receipts_in(self.files, names.RECEIPTS, self.report)
        for file, step in (
            (names.MANIFEST, self._every_file),
            (names.BALLOTS, self._ballots),
            (names.ALLOCATION, self._count_again),
            (names.SEAL, self._seal),
            (names.WITHDRAWN, self._history),
            (names.ROUND, self._written_again),
        ):
            self._carefully(file, step)

    def _carefully(self, file: str, step: Callable[[], None]) -> None:
        try:
            step()
        except _OTHER_SHAPE as error:
            if file in (names.ALLOCATION, names.ROUND) and self._has_wrong_ballots():
                # These files may well be right: it is the ballots that cannot be counted.
                if CANNOT_COUNT not in self.report.notes:
                    self.report.notes.append(CANNOT_COUNT)
                return
            self.report.say(
                Difference(file, f"de inhoud heeft een andere vorm dan in een bundel ({type(error).__name__})")
            )

    def _has_wrong_ballots(self) -> bool:
        return any(difference.file == names.BALLOTS for difference in self.report.differences)

    def _every_file(self) -> None:
        listed, listed_again = self.manifest.get("files", {}), (self.allocation or {}).get("files", {})
        for name in sorted({*names.ALWAYS, *listed} - self.files.keys()):
            self.report.say(Difference(name, "dit bestand ontbreekt"))
        for name in sorted(self.files):
            known = name in names.ALWAYS | _SOMETIMES or _WITHDRAWN.fullmatch(name)
            if not known or (listed and name not in listed and name != names.MANIFEST):
                self.report.say(Difference(name, "dit bestand hoort er niet bij"))
        locator = Locator(self.files, self.manifest, self.rulebook, self.groups, self.allocation)
        for name, content in sorted(self.files.items()):
            found = names.hash_of(content)
            for list_name, expected in (
                (names.MANIFEST, listed.get(name, {}).get("sha256", found)),
                (names.ALLOCATION, listed_again.get(name, found)),
            ):
                if found != expected and name not in (names.MANIFEST, list_name):
                    self._changed(locator, name, list_name, found, expected)

    def _changed(self, locator: Locator, name: str, list_name: str, found: str, expected: str) -> None:
        try:
            place = locator.place_in(name)
        except _OTHER_SHAPE:
            place = None
        if place is not None:
            self.report.say(place)
        self.report.say(Difference(name, f"de vingerafdruk is anders dan in {list_name}", None, found, expected))

    def _ballots(self) -> None:
        if self.groups is None or self.receipts is None or self.rulebook is None:
            return
        self.report.ballots = sum(count for _, count in self.groups)
        check_ballots(self.groups, self.rulebook, self.report)
        if self.report.ballots != len(self.receipts):
            what = "er zijn niet evenveel bewijzen als stembiljetten"
            found, expected = str(len(self.receipts)), str(self.report.ballots)
            self.report.say(Difference(names.RECEIPTS, what, None, found, expected))

    def _count_again(self) -> None:
        if self.groups is None or self.receipts is None or self.rulebook is None:
            return
        rulebook = self.rulebook
        hashes = names.hashes_of(self.files[names.RULEBOOK].decode(), self.groups, self.receipts)
        seed = tie_seed(hashes["rulebook_sha256"], hashes["ballots_sha256"])
        self.report.hashes.update({**hashes, "seed": seed})
        references, kind = references_of(rulebook), BallotKind(rulebook["ballot_kind"])
        plans = plans_of(rulebook)
        ballots = [ballots_for_count(kind, choices, count, references) for choices, count in self.groups]
        again = trace_of(allocate(plans, ballots, rules_of(rulebook), tie_order([plan.id for plan in plans], seed)))
        if self.allocation is None:
            return
        self._compare_plans(self.allocation["trace"], again, {plan.id: plan.name for plan in plans})
        named = {name: str(self.manifest.get(name)) for name in ("round", "area")}
        for name, expected in named.items():
            self._same(names.MANIFEST, name, expected, self.allocation[name])
        text = text_in(self.files, names.ALLOCATION, self.report) or ""
        others = {name: content for name, content in self.files.items() if name != names.MANIFEST}
        what = "de uitslag is anders dan wat opnieuw tellen geeft"
        expected = names.allocation_text(again, named | {"seed": seed, **hashes}, others)
        difference = first_difference(names.ALLOCATION, what, text, expected)
        if difference is not None:
            self.report.say(difference)

    def _compare_plans(self, trace: Mapping[str, Any], again: Mapping[str, Any], titles: Mapping[str, str]) -> None:
        told = {plan["id"]: plan for plan in trace["plans"]}
        for plan in again["plans"]:
            said = told.get(plan["id"], {})
            for key in ("votes", "score", "reason", "fundedCents", "step", "balanceAfterCents"):
                if said.get(key) != plan[key]:
                    what = f"plan {plan['id']} ({titles[plan['id']]}) komt anders uit: {key}"
                    self.report.say(Difference(names.ALLOCATION, what, None, str(said.get(key)), str(plan[key])))
                    return

    def _seal(self) -> None:
        document = json_in(self.files, names.SEAL, self.report)
        if document is None or self.receipts is None:
            return
        salt = document["salt"]
        seal = Seal(**document | {"salt": salt or ""})
        self.report.hashes["seal"] = seal.ballots_sha256
        counted, paper = set(self.receipts), receipts_in(self.files, names.PAPER_RECEIPTS, self.report) or []
        aside = receipts_in(self.files, names.ASIDE_RECEIPTS, self.report) or []
        for name, wrong in (
            (names.PAPER_RECEIPTS, set(paper) - counted),
            (names.ASIDE_RECEIPTS, set(aside) & counted),
        ):
            if wrong:
                self.report.say(Difference(name, "dit bewijs hoort niet op deze lijst", None, min(wrong)))
        online = [*counted.difference(paper), *aside]
        self._same(names.SEAL, "opening", seal.opening, self.rulebook.get("opening", seal.opening))
        self._same(names.SEAL, "ballots", seal.ballots, len(online))
        self._same(names.SEAL, "receipts_sha256", seal.receipts_sha256, receipts_sha256(online))
        self._sealed_choices(seal, salt, len(counted) - len(paper), len(paper), len(aside))

    def _sealed_choices(self, seal: Seal, salt: str | None, online: int, paper: int, aside: int) -> None:
        split = names.may_be_split(paper, aside) and (not paper or names.may_be_split(online))
        apart = [name for name in (names.PAPER_BALLOTS, names.ASIDE_BALLOTS) if name in self.files]
        if not split:
            for name in (*apart, *([names.SEAL] if salt is not None else [])):
                self.report.say(Difference(name, "dit laat lezen wat een paar mensen stemden en hoort er niet in"))
            self.report.notes.append(
                f"minder dan {names.SMALLEST_GROUP} stembiljetten kwamen op papier of online binnen of tellen niet mee. "
                "Daarom is het zegel over de keuzes hier niet na te rekenen; dat over de bewijzen wel."
            )
            return
        if salt is None:
            self.report.say(Difference(names.SEAL, "het zout van het zegel ontbreekt"))
        if self.groups is None or salt is None:
            return
        sealed = Counter(dict(self.groups))
        sealed.subtract(dict(ballots_in(self.files, names.PAPER_BALLOTS, self.report) or []))
        sealed.update(dict(ballots_in(self.files, names.ASIDE_BALLOTS, self.report) or []))
        if not names.is_sealed_by(seal, in_order((each, count) for each, count in sealed.items() if count)):
            what = "de online stemmen zijn niet die welke bij het sluiten zijn verzegeld"
            self.report.say(Difference(names.SEAL, what, None, None, seal.ballots_sha256))

    def _history(self) -> None:
        withdrawn = json_in(self.files, names.WITHDRAWN, self.report) or []
        openings = [each["opening"] for each in withdrawn]
        first = (self.rulebook or {}).get("opening", len(openings) + 1)
        self._same(names.WITHDRAWN, "opening", str(openings), str(list(range(1, first))))
        for each in withdrawn:
            name = f"withdrawn-rulebook-{each['opening']}.json"
            self._same(name, "sha256", names.hash_of(self.files[name]), each["rulebook_sha256"])
        for name in (names.BESLUIT, names.FORMER):
            json_in(self.files, name, self.report)
        aside = json_in(self.files, names.ASIDE, self.report)
        apart = receipts_in(self.files, names.ASIDE_RECEIPTS, self.report) or []
        if (aside or {"ballots": 0})["ballots"] < len(apart):
            self.report.say(
                Difference(names.ASIDE, "er staat niet bij hoeveel stembiljetten niet meetellen, en waarom")
            )
        if aside is not None:
            reasons = "; ".join(str(reason) for reason in aside["reasons"])
            self.report.notes.append(f"{aside['ballots']} stembiljetten tellen niet mee. Waarom: {reasons}")

    def _written_again(self) -> None:
        """Write the files that follow from the others, and compare them to the letter."""
        locator = Locator(self.files, self.manifest, self.rulebook, self.groups, self.allocation)
        usual = self.receipts is not None and self.report.ballots == len(self.receipts) <= MOST_BALLOTS
        for name in (names.READ_ME, *([names.ROUND] if usual else []), names.MANIFEST):
            place = locator.place_in(name)
            if place is not None:
                self.report.say(place)

    def _same(self, file: str, what: str, found: object, expected: object) -> None:
        if found != expected:
            self.report.say(Difference(file, f"{what} klopt niet", None, str(found), str(expected)))
