"""How much say do residents have? The four levels of participation, from low to high (seed 004, from line 1272)."""

from enum import StrEnum


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
