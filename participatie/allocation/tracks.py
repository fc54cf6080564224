"""How is money divided in tracks, each with a pot of its own, such as one for every buurt and one for the whole wijk?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from participatie.allocation.counting import allocate
from participatie.allocation.terms import AllocationRules, BallotGroup, Outcome, Plan


@dataclass(frozen=True, slots=True)
class Track:
    """A pot in cents for the plans of one category, or one area, or both; None is any."""

    name: str
    pot_cents: int
    category: str | None = None
    area: str | None = None

    def holds(self, plan: Plan) -> bool:
        """Say whether a plan competes in this track."""
        return self.category in (None, plan.category) and self.area in (None, plan.area)


def allocate_tracks(
    plans: Sequence[Plan],
    ballots: Sequence[BallotGroup],
    tracks: Sequence[Track],
    rules: AllocationRules,
    tie_order: Sequence[str],
) -> Mapping[str, Outcome]:
    """Count every track apart by the same rules, and return the outcomes by the names of the tracks.

    The pot of `rules` is that of each track in turn. In a track the ballots take part that name a plan of it, with those
    plans alone; points stay what the voter gave. Money that a track leaves does not go to another one. Raises ValueError
    for a name that occurs twice, a plan in no track or in two, and plans of two tracks that exclude each other.
    """
    if len({track.name for track in tracks}) != len(tracks):
        raise ValueError("a track occurs twice")
    track_of: dict[str, str] = {}
    for plan in plans:
        found = [track.name for track in tracks if track.holds(plan)]
        if len(found) != 1:
            message = f"plan {plan.id} is in {len(found)} tracks"
            raise ValueError(message)
        track_of[plan.id] = found[0]
    if any(len({track_of[plan_id] for plan_id in group}) > 1 for group in rules.incompatible):
        raise ValueError("plans of two tracks exclude each other, and tracks are counted apart")
    outcomes = {}
    for track in tracks:
        own = [plan for plan in plans if track_of[plan.id] == track.name]
        ids = {plan.id for plan in own}
        outcomes[track.name] = allocate(
            own,
            [part for ballot in ballots if (part := _part_of(ballot, ids)).choices],
            replace(
                rules,
                pot_cents=track.pot_cents,
                incompatible=tuple(group for group in rules.incompatible if ids.issuperset(group)),
            ),
            [plan_id for plan_id in tie_order if plan_id in ids],
        )
    return outcomes


def _part_of(ballot: BallotGroup, ids: set[str]) -> BallotGroup:
    kept = [at for at, choice in enumerate(ballot.choices) if choice in ids]
    points = None if ballot.points is None else tuple(ballot.points[at] for at in kept)
    return replace(ballot, choices=tuple(ballot.choices[at] for at in kept), points=points)
