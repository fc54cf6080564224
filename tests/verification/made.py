"""Bundles made without a database, of a small vote."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from participatie.allocation import allocate, canonical_json, tie_order, trace_of
from participatie.commands import main
from participatie.spelregels.rulebooks import Rulebook, RulebookPlan
from participatie.spelregels.votes import BallotKind, Choices
from participatie.spelregels.wijkbudget import sha256_of, tie_seed
from participatie.verification import (
    BundleFacts,
    FormerCount,
    Seal,
    SetAside,
    ballots_sha256,
    files_of,
    pack,
    receipts_sha256,
    sealed_sha256,
    unpack,
)
from participatie.verification.contents import MANIFEST, hash_of, written
from participatie.verification.hashes import Groups, in_order
from participatie.verification.rulebook import ballots_for_count, plans_of, references_of, rules_of

PLANS = (
    ('Bankjes; langs "de" vaart', 1_200_000, "groen"),
    ("Schoolplein", 4_500_000, "spelen"),
    ("Moestuin", 850_000, "groen"),
)
GROUPS: Groups = [("[1,2,3]", 2), ("[1,3]", 3), ("[1]", 6), ("[2,3]", 1)]
RULES = Rulebook(
    title="Wijkbudget Café Noord", currency="EUR", pot_cents=5_000_000, ballot_kind=BallotKind.APPROVAL, min_choices=1,
    max_choices=3, max_sum_cents=None, max_per_category=None, category_sums_cents={}, rule="greedy", leftover="none",
    category_caps_cents={}, minimum_votes=0, assurance="", assurance_reason="",
    opens_at=datetime(2026, 5, 1, tzinfo=UTC), closes_at=datetime(2026, 5, 15, tzinfo=UTC),
    plans=tuple(
        RulebookPlan(number, f"p{number}", name, cost, category)
        for number, (name, cost, category) in enumerate(PLANS, start=1)
    ),
    rules={"name": "eigen"}, opening=1,
)  # fmt: skip


def written_ballots(cast: list[Choices], *, keep_order: bool = False) -> Groups:
    """Ballots as they are stored, grouped."""
    kept = [json.dumps(list(each) if keep_order else sorted(each), separators=(",", ":")) for each in cast]
    return in_order((each, kept.count(each)) for each in set(kept))


def some_facts(groups: Groups = GROUPS, online: Groups | None = None, **rules: Any) -> BundleFacts:
    """What a bundle holds of a vote with these ballots; `online` are those that were sealed, if others too."""
    rulebook = replace(RULES, **rules).canonical_json()
    document = json.loads(rulebook)
    hashed, plans = ballots_sha256(groups), plans_of(document)
    seed = tie_seed(sha256_of(rulebook), hashed)
    kind, references = document["ballot_kind"], references_of(document)
    counted = [ballots_for_count(BallotKind(kind), choices, count, references) for choices, count in groups]
    outcome = allocate(plans, counted, rules_of(document), tie_order([plan.id for plan in plans], seed))
    receipts = receipts_of(groups)
    sealed = groups if online is None else online
    return BundleFacts(
        slug="plein",
        area="Noord",
        rulebook=rulebook,
        groups=groups,
        receipts=receipts,
        seal=Seal(
            opening=1, ballots=number_in(sealed), ballots_sha256=sealed_sha256(sealed, "zout"),
            receipts_sha256=receipts_sha256(receipts if online is None else receipts_of(sealed)), salt="zout",
        ),
        trace=json.loads(canonical_json(trace_of(outcome))),
        seed=seed,
    )  # fmt: skip


def a_package(groups: Groups = GROUPS, **rules: Any) -> bytes:
    """The bundle of a vote with these ballots."""
    return pack(files_of(some_facts(groups, **rules)))


def receipts_of(groups: Groups, first: int = 0) -> list[str]:
    """As many receipts as there are ballots."""
    return [f"{number:016}" for number in range(first, first + number_in(groups))]


def number_in(groups: Groups) -> int:
    """How many ballots there are."""
    return sum(count for _, count in groups)


def said_of(file: Path, *words: str, exit_code: int) -> str:
    """What the command says of a file."""
    result = CliRunner().invoke(main, ["verify", str(file), *words])
    assert result.exit_code == exit_code, result.output
    return result.output


def with_change(package: bytes, name: str, place: int, *, hash_too: bool) -> bytes:
    """A bundle in which one byte of one file is another one, and with `hash_too` its hash in the list as well."""
    content = bytearray(unpack(package)[name])
    at = place % len(content)
    content[at] = content[at] ^ 1 if chr(content[at]).isalnum() else ord("7")
    return with_file(package, name, bytes(content), hash_too=hash_too)


def with_file(package: bytes, name: str, content: bytes, *, hash_too: bool = True) -> bytes:
    """A bundle in which a file is replaced, with its hash in the list unless said otherwise."""
    files = {**unpack(package), name: content}
    if hash_too and name != MANIFEST:
        manifest = json.loads(files[MANIFEST])
        manifest["files"][name] = {"bytes": len(content), "sha256": hash_of(content)}
        files[MANIFEST] = written(manifest).encode()
    return pack(files)


PACKAGE = a_package()
TWO_WAYS = some_facts([("[1]", 24)], online=[("[1]", 12), ("[2]", 11)])
ASIDE = receipts_of([("", 11)], first=100)
#: A bundle with every file that there can be.
FULL = pack(
    files_of(
        replace(
            TWO_WAYS,
            seal=replace(TWO_WAYS.seal, receipts_sha256=receipts_sha256([*TWO_WAYS.receipts[:12], *ASIDE])),
            paper_groups=[("[1]", 12)],
            paper_receipts=receipts_of([("", 12)], first=12),
            set_aside=SetAside(11, ["Een doos brieven was weg."], [("[2]", 11)], ASIDE),
            former=[FormerCount(1, 35, ["p2"], "Er waren stemcodes ingetrokken.")],
            besluit={"title": "Besluit", "motivation": "Wij volgen de uitslag."},
        )
    )
)
