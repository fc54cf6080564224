"""How does a counted round go out as an open data file, for whoever wants to count it again?"""

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from participatie.allocation.pabulib import Election, write_pabulib
from participatie.models.votes import grouped_ballots
from participatie.models.wijkbudget import Round, allocation_lines
from participatie.verification.rulebook import election_from


def election_of(budget_round: Round, grouped: Iterable[tuple[str, int]], funded: Collection[str]) -> Election:
    """Return a round as an election: its frozen rules and its ballots (choices and how many cast them so).

    `funded` are the references of the plans that got money.
    """
    unit = budget_round.traject.area.name
    return election_from(budget_round.slug, unit, budget_round.frozen_rulebook(), grouped, funded)


def pabulib_text_of(session: Session, budget_round: Round) -> str:
    """Return a counted round as the text of its .pb file, the same wherever it is asked for. This reads only."""
    grouped = [(choices, count) for choices, count in session.execute(grouped_ballots(budget_round.id))]
    lines = session.scalars(allocation_lines(budget_round.id))
    return write_pabulib(
        election_of(budget_round, grouped, {line.plan.reference for line in lines if line.step is not None})
    )
