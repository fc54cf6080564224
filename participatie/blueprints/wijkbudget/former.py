"""Which counts came before the one that holds, and did they give the same outcome?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participatie.actions.wijkbudget import is_same
from participatie.models.wijkbudget import Allocation, Round, WithdrawnCount, withdrawn_counts
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class FormerCount:
    """A count that holds no more, with the names of the plans that it gave money to.

    No votes for each plan: the difference with the count that holds would tell what a few people chose.
    """

    row: WithdrawnCount
    same: bool
    funded: Sequence[str]


def former_counts(budget_round: Round, allocation: Allocation, names: Mapping[str, str]) -> list[FormerCount]:
    """Return the former counts of a round, oldest first, beside the one that holds."""
    return [
        FormerCount(
            row,
            is_same(row.trace, allocation.trace),
            [names.get(reference, reference) for reference in row.trace["funded"]],
        )
        for row in db().scalars(withdrawn_counts(budget_round.id))
    ]
