"""Does the checker of Pabulib pass the files that we export? For every kind of ballot, and every rule that it knows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pabulib.checker import Checker
from sqlalchemy.orm import Session

from participatie.actions.wijkbudget import election_of
from participatie.allocation import Rule
from participatie.allocation.pabulib import write_pabulib
from participatie.models.votes import grouped_ballots
from participatie.models.wijkbudget import allocation_lines
from participatie.spelregels.phases import PhaseKind
from participatie.spelregels.votes import BallotKind, Choices
from tests.factories import a_round, ballots, count_it

# A small pot, so that a raise of one euro goes far.
PLANS = [("Bankjes", 12_00), ("Groen schoolplein", 45_00), ("Buurtmoestuin", 8_50)]
APPROVALS: list[Choices] = [(1, 2), (1,), (3, 1), (2,)]
KINDS: dict[BallotKind, tuple[dict[str, Any], list[Choices]]] = {
    BallotKind.APPROVAL: ({"max_choices": 2}, APPROVALS),
    BallotKind.KNAPSACK: ({}, [(1, 3), (1,), (3,), (2,)]),
    BallotKind.CHOOSE_ONE: ({"max_choices": 1}, [(1,), (1,), (3,), (2,)]),
    BallotKind.POINTS: ({"points_total": 10, "points_per_plan": 6}, [((1, 6), (3, 4)), ((1, 5),), ((2, 3), (3, 2))]),
    BallotKind.RANKING: ({"max_choices": 3}, [(1, 3), (1, 2, 3), (3,)]),
}
#: Rules for which the format has no name: the files that we write have ours.
WITHOUT_NAME = {Rule.GREEDY_PER_EURO, Rule.EQUAL_SHARES_GREEDY, Rule.EQUAL_SHARES_ADD1U, Rule.PHRAGMEN}


def found_by_checker(
    session: Session, kind: BallotKind, cast: Sequence[Choices], **terms: Any
) -> Mapping[str, Mapping[str, Any]]:
    """The errors and warnings about the file of a counted round."""
    budget_round = a_round(session, ballot_kind=kind, phase=PhaseKind.DECIDE, pot=5_000, plans=PLANS, **terms)
    ballots(session, budget_round, cast)
    count_it(session, budget_round)
    grouped = [(choices, count) for choices, count in session.execute(grouped_ballots(budget_round.id))]
    lines = session.scalars(allocation_lines(budget_round.id))
    funded = {line.plan.reference for line in lines if line.step is not None}
    results = Checker().process_files([write_pabulib(election_of(budget_round, grouped, funded))])
    found: Mapping[str, Mapping[str, Any]] = results[1]["results"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_of_each_kind_of_ballot_passes_without_a_warning(session: Session, kind: BallotKind) -> None:
    terms, cast = KINDS[kind]
    assert found_by_checker(session, kind, cast, **terms) == {"errors": {}, "warnings": {}}


@pytest.mark.parametrize("rule", [Rule.GREEDY_STOP, Rule.EQUAL_SHARES, Rule.EQUAL_SHARES_ADD1, *sorted(WITHOUT_NAME)])
def test_the_checker_counts_the_same_winners_by_the_rules_it_knows(session: Session, rule: Rule) -> None:
    found = found_by_checker(session, BallotKind.APPROVAL, APPROVALS, rule=rule.value)
    assert list(found["errors"]) == (["unknown rule value"] if rule in WITHOUT_NAME else [])


def test_a_minimum_of_votes_passes_under_the_name_that_the_format_has_for_it(session: Session) -> None:
    found = found_by_checker(session, BallotKind.APPROVAL, APPROVALS, minimum_votes=2)
    assert found == {"errors": {}, "warnings": {}}
