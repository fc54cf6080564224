"""How do invented voters vote? With a taste: a theme they care for, and a liking for some plans more than others."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

#: How much dearer a plan of a voter's own theme is to them.
OWN_THEME = 2.5


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan as a voter sees it; `likes` is its chance beside the others."""

    number: int
    theme: str
    cost_cents: int
    likes: float


def ballots(
    offers: Sequence[Offer], count: int, rng: Random, *, max_choices: int | None, max_sum_cents: int | None
) -> list[list[int]]:
    """Return `count` ballots of plan numbers, each within the limits, from one to as many as a voter cares to choose."""
    themes = sorted({offer.theme for offer in offers})
    return [_ballot(offers, rng.choice(themes), rng, max_choices, max_sum_cents) for _ in range(count)]


def _ballot(
    offers: Sequence[Offer], theme: str, rng: Random, max_choices: int | None, max_sum_cents: int | None
) -> list[int]:
    wanted = min(rng.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7)), max_choices or len(offers))
    left = list(offers)
    chosen: list[int] = []
    money = max_sum_cents
    while left and len(chosen) < wanted:
        weights = [offer.likes * (OWN_THEME if offer.theme == theme else 1) for offer in left]
        pick = rng.choices(left, weights)[0]
        left.remove(pick)
        if money is not None:
            if pick.cost_cents > money:
                continue
            money -= pick.cost_cents
        chosen.append(pick.number)
    return sorted(chosen)
