"""Which files are in the bundle of a lot, and what stands in each? Who writes one and who checks one ask the same functions."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from typing import Any

from participatie.spelregels.buurtpanels.drand import round_at
from participatie.spelregels.buurtpanels.leaves import leaf_of
from participatie.spelregels.buurtpanels.lots import LotKind, NumberSource
from participatie.verification.contents import written
from participatie.verification.lots.readme import README

#: Raised when a bundle of a lot gets another form; a program reads the forms up to its own.
FORMAT = 1

DOCUMENT, LEAVES, QUOTAS, OUTCOME, READ_ME = "lot.json", "leaves.txt", "quotas.csv", "outcome.json", "README.txt"
#: What a number chooses from: the panels, or of an invitation the addresses with the buurt of each.
PANELS, ADDRESSES = "panels.txt", "addresses.csv"
SEALED_HEAD, ADDRESSES_HEAD, QUOTAS_HEAD = "leaf,salt,household,features", "leaf,buurt", "feature,value,min,max"


@dataclass(frozen=True, slots=True)
class LotTerms:
    """What is bound beforehand. `quotas` holds feature, value, fewest and most; `weights` of an invitation is by buurt."""

    kind: LotKind
    panel: str
    number: int
    rules_sha256: str
    seats: int
    source: NumberSource
    source_text: str
    due_at: datetime
    engine: str
    quotas: Sequence[tuple[str, str, int, int]] = ()
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A seat that came free and who came in place, by their leaves; `joined` and `replaced_at` None while it is open."""

    left: str
    reason: str
    at: datetime
    joined: str | None = None
    replaced_at: datetime | None = None
    breaks: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class LotOutcome:
    """What the number gave. `last` counts the reserves at the end who share a household with somebody drawn.

    `gone` are reserves who took their registration back since, `otherwise` seats that went to people outside this pool.
    """

    number: str
    entered_at: datetime
    seed: str
    members: Sequence[str]
    panel: int | None = None
    reserves: Sequence[str] = ()
    last: int = 0
    lowest: int | None = None
    highest: int | None = None
    changes: Sequence[SeatChange] = ()
    gone: Sequence[str] = ()
    otherwise: int = 0


def document_text(terms: LotTerms, leaves: str, choice: str, sealed: str | None, committed_at: datetime) -> str:
    """Return the one text whose SHA-256 is the commitment: sorted keys, no spaces, UTF-8.

    `leaves`, `choice` and `sealed` are the files as texts; of each its hash is in it. None where nothing is sealed.
    """
    drawn_from = PANELS if terms.kind is LotKind.SELECTION else ADDRESSES
    document = {
        "format": FORMAT,
        "kind": terms.kind.value,
        "panel": terms.panel,
        "number": terms.number,
        "rules_sha256": terms.rules_sha256,
        "seats": terms.seats,
        "quotas": [list(quota) for quota in terms.quotas],
        "weights": dict(terms.weights),
        "pool": leaves.count("\n"),
        "leaves_sha256": hash_of(leaves),
        "drawn_from": drawn_from,
        "drawn_from_sha256": hash_of(choice),
        "panels": max(choice.count("\n") - 2, 0) if drawn_from == PANELS else None,
        "sealed_sha256": hash_of(sealed) if sealed is not None else None,
        "engine": terms.engine,
        "source": terms.source.value,
        "source_text": terms.source_text,
        "due_at": stamp(terms.due_at),
        "drand_round": round_at(terms.due_at) if terms.source is NumberSource.DRAND else None,
        "committed_at": stamp(committed_at),
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def lot_files(document: str, leaves: str, choice: str, outcome: LotOutcome | None) -> dict[str, bytes]:
    """Return the files of a bundle by name; the same facts give the same bytes. Before the number there is no outcome."""
    said = json.loads(document)
    texts = {
        READ_ME: README,
        DOCUMENT: document,
        LEAVES: leaves,
        said["drawn_from"]: choice,
        QUOTAS: quotas_text(said["quotas"]),
    }
    if outcome is not None:
        texts[OUTCOME] = outcome_text(outcome, hash_of(document))
    return {name: text.encode() for name, text in texts.items()}


def outcome_text(outcome: LotOutcome, commitment: str) -> str:
    """Return what the number gave, and what became of the seats since."""
    return written(
        {
            "commitment": commitment,
            "number": outcome.number,
            "entered_at": stamp(outcome.entered_at),
            "seed": outcome.seed,
            "panel": outcome.panel,
            "members": list(outcome.members),
            "reserves": list(outcome.reserves),
            "reserves_of_one_household_with_a_member": outcome.last,
            "lowest_chance": outcome.lowest,
            "highest_chance": outcome.highest,
            "changes": [_change(each) for each in outcome.changes],
            "reserves_gone": sorted(outcome.gone),
            "seats_filled_otherwise": outcome.otherwise,
        }
    )


def leaves_text(leaves: Iterable[str]) -> str:
    """Write leaves sorted, one a line."""
    return "".join(f"{leaf}\n" for leaf in sorted(leaves))


def quotas_text(quotas: Iterable[Sequence[Any]]) -> str:
    """Write quotas as the file that `participatie draw` reads too."""
    return csv_text(QUOTAS_HEAD, quotas)


def addresses_text(addresses: Iterable[tuple[str, str]]) -> str:
    """Write the leaf and the buurt of addresses, in the order of the leaves."""
    return csv_text(ADDRESSES_HEAD, sorted(addresses))


def sealed_text(people: Iterable[tuple[str, Mapping[str, str], str | None]]) -> str:
    """Write the private list behind the leaves: of each the salt, features and household. It holds no name and no address."""
    rows = sorted(
        (leaf_of(salt, features, household), salt, household or "", _features(features))
        for salt, features, household in people
    )
    return csv_text(SEALED_HEAD, rows)


def csv_text(head: str, rows: Iterable[Sequence[Any]]) -> str:
    """Write a table with a heading; lines end with a newline alone."""
    target = StringIO()
    target.write(f"{head}\n")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def rows_in(text: str, head: str) -> list[list[str]]:
    """Read a table that `csv_text` wrote, without its heading. Raises ValueError for anything else, down to a space."""
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    if not rows or ",".join(rows[0]) != head or csv_text(head, rows[1:]) != text:
        raise ValueError(head)
    if any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(head)
    return rows[1:]


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """Write a moment in UTC, in microseconds: what came first must stay first."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def moment_in(text: str) -> datetime:
    """Read a moment that `stamp` wrote. Raises ValueError for anything else."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if stamp(moment) != text:
        raise ValueError(text)
    return moment


def _features(features: Mapping[str, str]) -> str:
    return json.dumps(dict(features), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _change(change: SeatChange) -> dict[str, Any]:
    return {
        "left": change.left,
        "reason": change.reason,
        "at": stamp(change.at),
        "joined": change.joined,
        "replaced_at": stamp(change.replaced_at) if change.replaced_at is not None else None,
        "breaks": [list(each) for each in change.breaks],
    }
