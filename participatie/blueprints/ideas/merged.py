"""Which ideas are one with this one, and what can this visitor do about that?"""

from dataclasses import dataclass

from participatie.models.ideas import Idea
from participatie.models.merging import Merge, merges_of, open_merges_of, supported_sources
from participatie.spelregels.ideas import IdeaStatus
from participatie.web.login import actor
from participatie.web.transaction import db


@dataclass(frozen=True, slots=True)
class Merged:
    """`into` where it went on, `came_in` what went on in it, `left_behind` of which of those this visitor's support stayed.

    `into` stays while that one is hidden, without a link. `open` are proposals that wait for an answer; only an author
    sees those.
    """

    into: Merge | None
    came_in: list[Merge]
    left_behind: frozenset[int]
    open: list[Merge]


def merged_of(idea: Idea) -> Merged:
    """Return what a page tells about merging."""
    who = actor().account_id
    found = db().scalars(merges_of(idea.id)).all()
    came_in = [each for each in found if each.target_id == idea.id and each.source.hidden_at is None]
    into = next((each for each in found if each.source_id == idea.id), None)
    is_open = idea.status is IdeaStatus.PUBLISHED and idea.hidden_at is None
    backed = (
        set(db().scalars(supported_sources(who, [each.source_id for each in came_in])))
        if came_in and who is not None and is_open
        else set()
    )
    waiting = db().scalars(open_merges_of([idea.id])).all() if is_open and who == idea.author_id else ()
    return Merged(into, came_in, frozenset(each.id for each in came_in if each.source_id in backed), list(waiting))
