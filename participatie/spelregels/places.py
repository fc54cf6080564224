"""Who may say where an idea comes, and where can that be?"""

from participatie.spelregels.ideas import IdeaFacts, is_alive, is_waiting
from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, first_refusal, refused


def may_move(idea: IdeaFacts, *, by_gemeente: bool) -> Verdict:
    """Refuse an author whose idea was answered: it is weighed, and voted on, at the place where it was.

    The gemeente may still put an idea on the map, or mend its place; that stands in the log.
    """
    return is_alive(idea) if by_gemeente else is_waiting(idea)


def may_lie(*, has_map: bool, inside: bool) -> Verdict:
    """Refuse a place where there is no map to choose it on, and one outside the area of the traject."""
    if not has_map:
        return refused(Refusal.NO_MAP_HERE)
    return Allowed() if inside else refused(Refusal.PLACE_OUTSIDE)


def may_place(idea: IdeaFacts, *, by_gemeente: bool, has_map: bool, inside: bool) -> Verdict:
    """Refuse to move an idea, or to put it where it cannot be."""
    return first_refusal(may_move(idea, by_gemeente=by_gemeente), may_lie(has_map=has_map, inside=inside))
