"""On which files and rules do pabutools and our engine agree? `python -m tests.allocation.agreement` prints a table.

Ours are counted afresh, those of pabutools come from `pabutools_outcomes.json`; ties are broken by name.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from participatie.allocation import AllocationRules, Rule, Utility, allocate
from participatie.allocation.pabulib import BallotKind, Election, read_pabulib

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "pabulib"
FILES = sorted(FOLDER.glob("*.pb"))
OUTCOMES = Path(__file__).with_name("pabutools_outcomes.json")
ADD1 = (Rule.EQUAL_SHARES_ADD1, Rule.EQUAL_SHARES_ADD1U)
#: The rules that both know, by what stands above their column.
RULES = {
    "greedy": (Rule.GREEDY, Utility.COST),
    "per euro": (Rule.GREEDY_PER_EURO, Utility.COST),
    "shares": (Rule.EQUAL_SHARES, Utility.COST),
    "shares, card.": (Rule.EQUAL_SHARES, Utility.CARDINALITY),
    "shares+greedy": (Rule.EQUAL_SHARES_GREEDY, Utility.COST),
    "add1": (Rule.EQUAL_SHARES_ADD1, Utility.COST),
    "add1, card.": (Rule.EQUAL_SHARES_ADD1, Utility.CARDINALITY),
    "add1u": (Rule.EQUAL_SHARES_ADD1U, Utility.COST),
    "phragmen": (Rule.PHRAGMEN, Utility.COST),
}


class Verdict(StrEnum):
    """What a cell of the table says."""

    AGREES = "agree"
    DIFFERS = "DIFFERS"
    #: Ours was not counted now; `make oracle` does.
    LATER = "oracle"
    #: pabutools gave no outcome within reasonable time.
    NOT_RUN = "not run"
    UNKNOWN = "-"


def key_of(rule: Rule, utility: Utility = Utility.COST) -> str:
    """Return under which name an outcome is kept."""
    return rule.value if utility is Utility.COST else f"{rule.value} ({utility.value})"


def digest(raw: bytes) -> str:
    """Return the first twelve signs of the SHA-256."""
    return sha256(raw).hexdigest()[:12]


def digest_of(plans: Iterable[str]) -> str:
    """Return the digest of the ids of plans in their order."""
    return digest(",".join(plans).encode())


@cache
def read(name: str) -> Election:
    """Read one of the real elections, once."""
    return read_pabulib((FOLDER / f"{name}.pb").read_bytes(), name)


def ours(election: Election, rule: Rule, utility: Utility) -> list[str]:
    """Return the plans that we fund without caps and minimum; in order, but for Phragmen's, which there are sorted."""
    rules = AllocationRules(election.pot_cents, rule, utility=utility)
    funded = allocate(election.plans, election.ballots, rules, sorted(plan.id for plan in election.plans)).funded
    return sorted(funded) if rule is Rule.PHRAGMEN else list(funded)


def compared(path: Path, known: Mapping[str, str], *, run: Callable[[str, Rule], bool]) -> dict[str, Verdict]:
    """Return a row of the table; `run` says by the file's name and the rule whether ours is counted now."""
    if digest(path.read_bytes()) != known.get("file"):
        return dict.fromkeys(RULES, Verdict.NOT_RUN)
    election = read(path.stem)
    row = {}
    for column, (rule, utility) in RULES.items():
        theirs = known.get(key_of(rule, utility))
        if rule is Rule.PHRAGMEN and election.kind not in (BallotKind.APPROVAL, BallotKind.CHOOSE_1):
            row[column] = Verdict.UNKNOWN
        elif theirs is None:
            row[column] = Verdict.NOT_RUN
        elif not run(path.stem, rule):
            row[column] = Verdict.LATER
        else:
            same = digest_of(ours(election, rule, utility)) == theirs
            row[column] = Verdict.AGREES if same else Verdict.DIFFERS
    return row


def table(rows: Mapping[str, Mapping[str, Verdict]]) -> str:
    """Return files x rules as text, with a legend."""
    wide = max(map(len, rows), default=0)
    lines = [" ".join([" " * wide, *(f"{column:>13}" for column in RULES)])]
    lines += [" ".join([f"{name:<{wide}}", *(f"{row[column]:>13}" for column in RULES)]) for name, row in rows.items()]
    found = [verdict for row in rows.values() for verdict in row.values()]
    counts = ", ".join(f"{found.count(verdict)} {verdict}" for verdict in Verdict)
    legend = (
        f"{counts}. Not run: pabutools was given up after a quarter of an hour, or not asked yet; "
        "oracle: compared by `make oracle` only; a dash: pabutools has no Phragmen for points and rankings."
    )
    return "\n".join([*lines, legend])


def outcomes() -> dict[str, dict[str, str]]:
    """Return what pabutools gave: per file the digests of its outcomes by rule."""
    known: dict[str, dict[str, str]] = json.loads(OUTCOMES.read_text(encoding="utf-8"))
    return known


def main() -> None:
    """Print the whole table; the exit code is 1 when an outcome differs."""
    known = outcomes()
    rows = {path.stem: compared(path, known.get(path.stem, {}), run=lambda _name, _rule: True) for path in FILES}
    print(table(rows))  # noqa: T201 - that is what it is for
    sys.exit(any(verdict is Verdict.DIFFERS for row in rows.values() for verdict in row.values()))


if __name__ == "__main__":
    main()
