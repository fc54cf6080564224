"""What does pabutools give for a file and a rule? Outcomes as lists of plans in the order in which they were funded.

`python -m tests.allocation.pabutools_oracle` (`make oracle`) counts every real election by every rule that both
know and writes digests to `pabutools_outcomes.json`, with that of the file; it takes some minutes and two gigabytes.

Ties are broken by name on both sides. Without caps, minimum or leftover policy, which pabutools does not know.
Where voters give points, a plan is worth its points (greedy), or its points times its cost (equal shares);
rankings give Borda points. Phragmen's method there knows approvals only and gives no order: its plans stand sorted.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pabutools.election import (
    AbstractCardinalProfile,
    Additive_Cardinal_Sat,
    AdditiveSatisfaction,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    OrdinalProfile,
    Profile,
    Project,
    parse_pabulib,
)
from pabutools.rules import (
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

from participatie.allocation import Rule, Utility

OUTCOMES = Path(__file__).with_name("pabutools_outcomes.json")
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "pabulib"


class PointsTimesCost(AdditiveSatisfaction):
    """What a plan is worth to a voter who gave it points: as many times its cost."""

    def __init__(self, instance: Instance, profile: Profile, ballot: Any) -> None:
        """Hand the reckoning to the library."""
        super().__init__(
            instance, profile, ballot, lambda _i, _p, given, project, _values: given.get(project, 0) * project.cost
        )


def election_of(path: Path) -> tuple[Instance, Any, bool]:
    """Read a file by pabutools: the plans, the ballots with rankings as points, and whether voters gave points."""
    instance, profile = parse_pabulib(str(path))
    if isinstance(profile, OrdinalProfile):
        profile = CardinalProfile(
            [CardinalBallot({plan: len(ballot) - place for place, plan in enumerate(ballot)}) for ballot in profile],
            instance=instance,
        )
    return instance, profile, isinstance(profile, AbstractCardinalProfile)


def rules_for(instance: Instance, profile: Any, *, points: bool) -> dict[str, Callable[[], list[Project]]]:
    """Return how pabutools counts by each of our rules; the names are `key_of` ours."""
    worth, each = (PointsTimesCost, Additive_Cardinal_Sat) if points else (Cost_Sat, Cardinality_Sat)

    def shares(sat: type, **options: Any) -> list[Project]:
        return list(method_of_equal_shares(instance, profile, sat, **options))

    def then_greedy(**options: Any) -> list[Project]:
        return list(
            completion_by_rule_combination(
                instance,
                profile,
                [method_of_equal_shares, greedy_utilitarian_welfare],
                [{"sat_class": worth, **options}, {"sat_class": worth}],
            )
        )

    rules: dict[str, Callable[[], list[Project]]] = {
        key_of(Rule.GREEDY): lambda: list(greedy_utilitarian_welfare(instance, profile, worth)),
        key_of(Rule.GREEDY_PER_EURO): lambda: list(greedy_utilitarian_welfare(instance, profile, each)),
        key_of(Rule.EQUAL_SHARES): lambda: shares(worth),
        key_of(Rule.EQUAL_SHARES, Utility.CARDINALITY): lambda: shares(each),
        key_of(Rule.EQUAL_SHARES_GREEDY): then_greedy,
        key_of(Rule.EQUAL_SHARES_ADD1): lambda: shares(worth, voter_budget_increment=1),
        key_of(Rule.EQUAL_SHARES_ADD1, Utility.CARDINALITY): lambda: shares(each, voter_budget_increment=1),
        key_of(Rule.EQUAL_SHARES_ADD1U): lambda: then_greedy(voter_budget_increment=1),
    }
    if not points:
        # It gives no order, and takes plans that nobody voted for when no other is left.
        rules[key_of(Rule.PHRAGMEN)] = lambda: sorted(
            (plan for plan in sequential_phragmen(instance, profile) if profile.approval_score(plan)),
            key=lambda plan: plan.name,
        )
    return rules


def key_of(rule: Rule, utility: Utility = Utility.COST) -> str:
    """Return under which name an outcome is kept."""
    return rule.value if utility is Utility.COST else f"{rule.value} ({utility.value})"


def digest(raw: bytes) -> str:
    """Return the first twelve signs of the SHA-256."""
    return sha256(raw).hexdigest()[:12]


def digest_of(plans: list[str]) -> str:
    """Return the digest of the ids of plans in their order."""
    return digest(",".join(plans).encode())


def main() -> None:
    """Count what is not written down yet, and write it down after each file."""
    sys.setrecursionlimit(10_000)
    known: dict[str, dict[str, str]] = json.loads(OUTCOMES.read_text(encoding="utf-8")) if OUTCOMES.exists() else {}
    for path in sorted(FOLDER.glob("*.pb"), key=lambda each: each.stat().st_size):
        file = digest(path.read_bytes())
        found = known.get(path.stem, {})
        if found.get("file") != file:
            found = {"file": file}
        _count(path, found)
        known[path.stem] = found
        OUTCOMES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _count(path: Path, found: dict[str, str]) -> None:
    instance, profile, points = election_of(path)
    profile = profile.as_multiprofile()
    rules: Mapping[str, Callable[[], list[Project]]] = rules_for(instance, profile, points=points)
    for name, count in rules.items():
        if name not in found:
            began = time.perf_counter()
            found[name] = digest_of([plan.name for plan in count()])
            print(f"{path.stem}  {name}  {time.perf_counter() - began:.1f} s", flush=True)  # noqa: T201 - it tells how far it is


if __name__ == "__main__":
    main()
