"""Do more voters prefer the plans of greedy to those of equal shares?"""

from collections.abc import Collection, Sequence

from participatie.allocation.terms import BallotGroup


def preferences(groups: Sequence[BallotGroup], ours: Collection[str], theirs: Collection[str]) -> tuple[int, int]:
    """Return how many voters have more of their choices in `ours`, and how many in `theirs`.

    Counted in plans, not in money, as the comparison step of Pabulib's checker
    and of equalshares.net ('satisfaction') does. Each voter counts once, whatever
    the weight of the ballot.
    """
    prefer_ours = prefer_theirs = 0
    for group in groups:
        difference = sum(choice in ours for choice in group.choices) - sum(choice in theirs for choice in group.choices)
        if difference > 0:
            prefer_ours += group.count
        elif difference < 0:
            prefer_theirs += group.count
    return prefer_ours, prefer_theirs
