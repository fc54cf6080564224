"""What does pabutools give for a file and a rule? Outcomes as lists of plans in the order in which they were funded.

`python -m tests.allocation.pabutools_oracle` (`make oracle`) counts every real election by every rule that both
know and writes digests to `pabutools_outcomes.json`, with that of the file; it takes an hour and two gigabytes.
What is written down already is not counted again. What takes pabutools longer than a while (add1 on some large
files) is given up and left out, never guessed; `agreement` shows those as not run.

Ties are broken by name on both sides. Without caps, minimum or leftover policy, which pabutools does not know.
Where voters give points, a plan is worth its points (greedy), or its points times its cost (equal shares);
rankings give Borda points. Phragmen's method there knows approvals only and gives no order: its plans stand sorted.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
from tests.allocation.agreement import FOLDER, OUTCOMES, digest, digest_of, key_of

#: Seconds of processor time after which pabutools is given up on a file by a rule.
PATIENCE = 900


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


def main() -> None:
    """Count what is not written down yet, and write it down after each rule: add1 last, and the smallest file first.

    Names of files may be given as arguments.
    """
    sys.setrecursionlimit(10_000)
    asked = set(sys.argv[1:])
    known: dict[str, dict[str, str]] = json.loads(OUTCOMES.read_text(encoding="utf-8")) if OUTCOMES.exists() else {}
    for add1 in (False, True):
        for path in sorted(FOLDER.glob("*.pb"), key=lambda each: each.stat().st_size):
            if asked and path.stem not in asked:
                continue
            file = digest(path.read_bytes())
            found = known.get(path.stem, {})
            if found.get("file") != file:
                found = {"file": file}
            for name, outcome in _counted(path, found, add1=add1):
                known[path.stem] = found = {**found, name: outcome}
                OUTCOMES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _counted(path: Path, found: Mapping[str, str], *, add1: bool) -> Iterator[tuple[str, str]]:
    instance, profile, points = election_of(path)
    for name, count in rules_for(instance, profile.as_multiprofile(), points=points).items():
        if name in found or ("add1" in name) is not add1:
            continue
        began = time.process_time()
        try:
            with _patience():
                outcome = digest_of([plan.name for plan in count()])
        except TimeoutError:
            print(f"{path.stem}  {name}  given up after {PATIENCE} s", flush=True)  # noqa: T201 - it tells how far it is
            continue
        print(f"{path.stem}  {name}  {time.process_time() - began:.1f} s", flush=True)  # noqa: T201 - it tells how far it is
        yield name, outcome


@contextmanager
def _patience() -> Iterator[None]:
    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
