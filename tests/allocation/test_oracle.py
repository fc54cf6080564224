"""Do we fund what pabutools funds, in the same order? For every real election, by every rule that both know.

`pytest -s` prints the table of this run, and `make oracle` the whole one, with all of add1. What pabutools gave for
the large files was written down before; the small ones are counted by it here and now.
"""

from pathlib import Path

import pytest

from participatie.allocation import Rule, Utility
from participatie.allocation.pabulib import BallotKind
from tests.allocation.agreement import (
    ADD1,
    FILES,
    FOLDER,
    RULES,
    Verdict,
    compared,
    key_of,
    ours,
    outcomes,
    read,
    table,
)
from tests.allocation.pabutools_oracle import election_of, rules_for

#: Files with which add1 is done in a moment; with the others it is compared by `make oracle`.
SOON = {
    "Netherlands_Amsterdam_287",
    "Netherlands_Amsterdam_289",
    "Netherlands_Amsterdam_491",
    "Netherlands_Amsterdam_515",
    "Netherlands_Amsterdam_522",
    "Netherlands_Amsterdam_524",
    "Netherlands_Amsterdam_525",
    "Netherlands_Amsterdam_647",
    "Poland_Wroclaw_2018_Rejon_nr_1_750",
    "US_Stanford_Dataset_Saratoga_NY_2022_vote_rankings",
}
SMALL = [path for path in FILES if path.stat().st_size <= 60_000]
KNOWN = outcomes()

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real elections in {FOLDER}")


@pytest.mark.slow
def test_pabutools_funds_the_same_plans_in_the_same_order() -> None:
    rows = {
        path.stem: compared(path, KNOWN[path.stem], run=lambda name, rule: rule not in ADD1 or name in SOON)
        for path in FILES
    }
    print("\n" + table(rows))  # noqa: T201 - `pytest -s` is to show it
    assert not [(name, rule) for name, row in rows.items() for rule, cell in row.items() if cell is Verdict.DIFFERS]
    # Nothing but add1 was ever left out.
    for name, row in rows.items():
        not_run = {RULES[column][0] for column, cell in row.items() if cell is Verdict.NOT_RUN}
        assert not_run <= set(ADD1), name


@pytest.mark.parametrize("path", SMALL or [FOLDER], ids=lambda path: path.stem)
def test_pabutools_gives_the_same_when_it_is_asked_now(path: Path) -> None:
    instance, profile, points = election_of(path)
    theirs = rules_for(instance, profile.as_multiprofile(), points=points)
    election = read(path.stem)
    by = [(Rule.GREEDY, Utility.COST), (Rule.GREEDY_PER_EURO, Utility.COST)]
    by += [(Rule.EQUAL_SHARES, utility) for utility in Utility]
    if election.kind in (BallotKind.APPROVAL, BallotKind.CHOOSE_1):
        by.append((Rule.PHRAGMEN, Utility.COST))
    for rule, utility in by:
        assert ours(election, rule, utility) == [plan.name for plan in theirs[key_of(rule, utility)]()], rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Netherlands_Assen_2024", Rule.EQUAL_SHARES_ADD1),
        ("Poland_Swiecie_2023", Rule.EQUAL_SHARES_ADD1),
        ("Poland_Wieliczka_2023_Green_Budget", Rule.EQUAL_SHARES_ADD1_COMPARISON),
    ],
)
def test_three_places_that_used_equal_shares_get_their_real_outcome_by_the_rule_they_state(
    name: str, rule: Rule
) -> None:
    # That they also get it is in test_real_elections, where every file with an outcome does.
    election = read(name)
    assert election.rule is rule
    assert election.selected
