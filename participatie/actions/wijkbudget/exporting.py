"""How does a counted round go out as an open data file, for whoever wants to count it again?"""

from collections.abc import Collection, Iterable

from participatie.allocation.pabulib import Election
from participatie.models.wijkbudget import Round
from participatie.verification.rulebook import election_from


def election_of(budget_round: Round, grouped: Iterable[tuple[str, int]], funded: Collection[str]) -> Election:
    """Return a round as an election: its frozen rules and its ballots (choices and how many cast them so).

    `funded` are the references of the plans that got money.
    """
    unit = budget_round.traject.area.name
    return election_from(budget_round.slug, unit, budget_round.frozen_rulebook(), grouped, funded)
