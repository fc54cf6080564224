"""How much say do residents have? The four levels of participation, from low to high (seed 004, from line 1272)."""

from enum import StrEnum

from participatie.spelregels.verdicts import Allowed, Refusal, Verdict, refused


class Level(StrEnum):
    """Participatieniveau. Each level adds to the one before it, so the order counts."""

    MEEWETEN = "meeweten"
    MEEDENKEN = "meedenken"
    MEEDOEN = "meedoen"
    MEEBESLISSEN = "meebeslissen"

    @property
    def rank(self) -> int:
        """Return 0 for meeweten up to 3 for meebeslissen."""
        return list(Level).index(self)

    def reaches(self, other: "Level") -> bool:
        """Tell whether this level gives at least the say of `other`."""
        return self.rank >= other.rank


def may_change_level(
    now: Level, wanted: Level, reason: str, *, is_over: bool, vote_opened: bool, has_room: bool
) -> Verdict:
    """Say whether the level of a phase of an open traject may change: up at once, down only with a public reason.

    Never after the phase is over, and never once the vote opened: then the level is what
    people vote under. Up needs something that is open (spelregel 4).
    """
    if is_over:
        return refused(Refusal.PHASE_OVER)
    if vote_opened:
        return refused(Refusal.LEVEL_FIXED_BY_VOTE)
    if wanted is now:
        return refused(Refusal.SAME_LEVEL, level=now)
    if wanted.rank > now.rank and not has_room:
        return refused(Refusal.LEVEL_WITHOUT_ROOM)
    if wanted.rank < now.rank and not reason.strip():
        return refused(Refusal.LEVEL_LOWER_UNEXPLAINED)
    return Allowed()
