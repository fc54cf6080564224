"""Which files are in a bundle, and what stands in each? Who writes one and who checks one ask the same functions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from participatie.allocation.pabulib import write_pabulib
from participatie.verification.hashes import (
    Groups,
    ballots_sha256,
    ballots_text,
    receipts_sha256,
    receipts_text,
    sealed_sha256,
)
from participatie.verification.readme import README
from participatie.verification.rulebook import election_from

#: Raised when a bundle gets another form; a program reads the forms up to its own.
FORMAT = 1
#: Choices of fewer ballots than this are shown only together with others, wherever they came from.
SMALLEST_GROUP = 10

MANIFEST, ALLOCATION, RULEBOOK, ROUND = "manifest.json", "allocation.json", "rulebook.json", "round.pb"
BALLOTS, RECEIPTS, SEAL, READ_ME = "ballots.csv", "receipts.txt", "seal.json", "README.txt"
BESLUIT, ASIDE, WITHDRAWN, FORMER = "besluit.json", "set-aside.json", "withdrawn.json", "former-counts.json"
PAPER_RECEIPTS, ASIDE_RECEIPTS = "receipts-paper.txt", "receipts-set-aside.txt"
PAPER_BALLOTS, ASIDE_BALLOTS = "ballots-paper.csv", "ballots-set-aside.csv"
ALWAYS = frozenset({MANIFEST, ALLOCATION, RULEBOOK, ROUND, BALLOTS, RECEIPTS, SEAL, READ_ME})


@dataclass(frozen=True, slots=True)
class Seal:
    """What was fixed when the vote closed, about the ballots that came in online."""

    opening: int
    ballots: int
    ballots_sha256: str
    receipts_sha256: str
    salt: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Ballots that do not count because their codes were revoked: those that came in online, and why in public.

    `total` counts those on paper too. How many belong to which reason is not told: of a batch of a few codes that
    would say who voted.
    """

    total: int = 0
    reasons: Sequence[str] = ()
    groups: Groups = ()
    receipts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnRules:
    """A vote that was done over: its rulebook byte for byte, how many ballots became void, and why."""

    opening: int
    rulebook: str
    ballots: int
    reason: str


@dataclass(frozen=True, slots=True)
class FormerCount:
    """A count that another one took the place of. Votes for each plan are left out: the difference would tell too much."""

    number: int
    ballots: int
    funded: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """Everything a bundle is made of. Nothing here says who voted, when, or with a code of which batch."""

    slug: str
    area: str
    rulebook: str
    groups: Groups
    receipts: Sequence[str]
    seal: Seal
    trace: Mapping[str, Any]
    seed: str
    paper_groups: Groups = ()
    paper_receipts: Sequence[str] = ()
    set_aside: SetAside = field(default_factory=SetAside)
    withdrawn: Sequence[WithdrawnRules] = ()
    former: Sequence[FormerCount] = ()
    besluit: Mapping[str, Any] | None = None


def files_of(facts: BundleFacts) -> dict[str, bytes]:
    """Return the files of a bundle by name; the same facts give the same bytes."""
    rulebook = json.loads(facts.rulebook)
    texts = {
        READ_ME: README,
        RULEBOOK: facts.rulebook,
        BALLOTS: ballots_text(facts.groups),
        RECEIPTS: receipts_text(facts.receipts),
        ROUND: round_text(facts.slug, facts.area, rulebook, facts.groups, facts.trace["funded"]),
        **_parts(facts),
        **_history(facts),
    }
    files = {name: text.encode() for name, text in texts.items()}
    hashes = hashes_of(facts.rulebook, facts.groups, facts.receipts)
    named = {"round": facts.slug, "area": facts.area}
    files[ALLOCATION] = allocation_text(facts.trace, named | {"seed": facts.seed, **hashes}, files).encode()
    files[MANIFEST] = manifest_text(facts.slug, facts.area, files).encode()
    return files


def may_be_split(*parts: int) -> bool:
    """Tell whether the ballots may be shown part by part: no part is so small that it tells what a few people chose."""
    return not any(0 < part < SMALLEST_GROUP for part in parts)


def written(value: object) -> str:
    """Write JSON for people and programs: sorted keys, a line for each value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return sha256(content).hexdigest()


def hashes_of(rulebook: str, groups: Groups, receipts: Sequence[str]) -> dict[str, str]:
    """Return the three hashes that stand on the page of the result."""
    return {
        "rulebook_sha256": hash_of(rulebook.encode()),
        "ballots_sha256": ballots_sha256(groups),
        "receipts_sha256": receipts_sha256(receipts),
    }


def round_text(slug: str, area: str, rulebook: Mapping[str, Any], groups: Groups, funded: Sequence[str]) -> str:
    """Return the round as a Pabulib file."""
    return write_pabulib(election_from(slug, area, rulebook, groups, set(funded)))


def allocation_text(trace: Mapping[str, Any], of: Mapping[str, str], files: Mapping[str, bytes]) -> str:
    """Return the outcome with what it is `of`: round, area, seed and hashes; and those of all other files once more."""
    others = {name: hash_of(content) for name, content in files.items() if name not in (ALLOCATION, MANIFEST)}
    return written({"trace": trace, **of, "files": others})


def manifest_text(slug: str, area: str, files: Mapping[str, bytes]) -> str:
    """Return the list of all files with their sizes and hashes."""
    listed = {
        name: {"bytes": len(content), "sha256": hash_of(content)} for name, content in files.items() if name != MANIFEST
    }
    return written({"format": FORMAT, "round": slug, "area": area, "files": listed})


def seal_text(seal: Seal, *, with_salt: bool) -> str:
    """Return the seal; without its salt, nobody can find out by trying which ballots it was made of."""
    return written(asdict(seal) | {"salt": seal.salt if with_salt else None})


def is_sealed_by(seal: Seal, groups: Groups) -> bool:
    """Tell whether these are the ballots that were sealed."""
    return sum(count for _, count in groups) == seal.ballots and sealed_sha256(groups, seal.salt) == seal.ballots_sha256


def _parts(facts: BundleFacts) -> dict[str, str]:
    """Return the seal, and what one needs to find the sealed ballots among all others, as far as secrecy allows."""
    paper, aside = len(facts.paper_receipts), len(facts.set_aside.receipts)
    online = len(facts.receipts) - paper
    split = may_be_split(paper, aside) and (not paper or may_be_split(online))
    files = {SEAL: seal_text(facts.seal, with_salt=split)}
    if paper:
        files[PAPER_RECEIPTS] = receipts_text(facts.paper_receipts)
    if aside:
        files[ASIDE_RECEIPTS] = receipts_text(facts.set_aside.receipts)
    if split and paper:
        files[PAPER_BALLOTS] = ballots_text(facts.paper_groups)
    if split and aside:
        files[ASIDE_BALLOTS] = ballots_text(facts.set_aside.groups)
    return files


def _history(facts: BundleFacts) -> dict[str, str]:
    """Return what happened besides: a vote done over, ballots set aside, an earlier count, and the besluit."""
    files = {f"withdrawn-rulebook-{each.opening}.json": each.rulebook for each in facts.withdrawn}
    if facts.withdrawn:
        files[WITHDRAWN] = written(
            [
                {
                    "opening": each.opening,
                    "ballots": each.ballots,
                    "reason": each.reason,
                    "rulebook_sha256": hash_of(each.rulebook.encode()),
                }
                for each in facts.withdrawn
            ]
        )
    if facts.set_aside.total:
        files[ASIDE] = written({"ballots": facts.set_aside.total, "reasons": list(facts.set_aside.reasons)})
    if facts.former:
        files[FORMER] = written([asdict(each) | {"funded": list(each.funded)} for each in facts.former])
    if facts.besluit is not None:
        files[BESLUIT] = written(facts.besluit)
    return files
