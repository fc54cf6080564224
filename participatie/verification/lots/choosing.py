"""What does a number give? Written here once more, apart from the engine, so that checking needs Python alone.

Two programs that were written apart and give the same are a better proof than one that agrees with itself; a test
holds them together.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from participatie.verification.lots.contents import hash_of

_HEAD = "buurtpanel portfolio 1"
_ALL = 1 << 256
_POSITIONS = re.compile(r"(?:0|[1-9][0-9]{0,8})(?: (?:0|[1-9][0-9]{0,8}))*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels that were bound: of each the places of its members on the list of leaves, from 0."""

    panels: tuple[tuple[int, ...], ...]
    people: int

    def counts(self) -> list[int]:
        """Return of everybody on how many panels they sit."""
        seats = Counter(place for panel in self.panels for place in panel)
        return [seats[place] for place in range(self.people)]


def panels_in(text: str, people: int) -> Panels:
    """Read panels as the engine writes them, for a list of so many people. Raises ValueError with the line."""
    head, _, rest = text.partition("\n")
    chances, _, body = rest.partition("\n")
    *lines, last = body.split("\n")
    if head != _HEAD or last or not lines:
        raise ValueError(1)
    if len(chances.split(" ")) != people:
        raise ValueError(2)
    panels = []
    for number, line in enumerate(lines, start=3):
        panel = tuple(map(int, line.split(" "))) if _POSITIONS.fullmatch(line) else ()
        if not panel or panel[-1] >= people or any(one >= other for one, other in pairwise(panel)):
            raise ValueError(number)
        panels.append(panel)
    return Panels(tuple(panels), people)


def seed_of(commitment: str, number: str) -> str:
    """Return the SHA-256 of the commitment, a newline and the number."""
    return hash_of(f"{commitment}\n{number}")


def index_of(seed: str, panels: int) -> int:
    """Return which panel a seed chooses, from 0, each exactly as likely.

    The few highest hashes, which would make the first panels a little more likely, are passed over.
    """
    fair, count = _ALL - _ALL % panels, 0
    while (drawn := int(hash_of(f"{seed}\npanel\n{count}"), 16)) >= fair:
        count += 1
    return drawn % panels


def in_reserve_order(seed: str, leaves: Sequence[str]) -> list[str]:
    """Return leaves in the order in which the lot asks them."""
    return sorted(leaves, key=lambda leaf: hash_of(f"{seed}\nreserve\n{leaf}"))


def invited(addresses: Sequence[tuple[str, str]], number: int, seed: str, weights: Mapping[str, int]) -> list[str]:
    """Return so many addresses (leaf and buurt) by lot: each buurt its share by its addresses times its weight."""
    buurten: dict[str, list[str]] = {}
    for leaf, buurt in addresses:
        buurten.setdefault(buurt, []).append(leaf)
    shares = _shares(
        {buurt: (len(own), len(own) * weights.get(buurt, 1)) for buurt, own in buurten.items()}, number, seed
    )
    chosen = [
        leaf
        for buurt, own in buurten.items()
        for leaf in sorted(own, key=lambda leaf: hash_of(f"{seed}\n{leaf}"))[: shares[buurt]]
    ]
    return sorted(chosen, key=lambda leaf: hash_of(f"{seed}\n{leaf}"))


def _shares(buurten: Mapping[str, tuple[int, int]], number: int, seed: str) -> dict[str, int]:
    """Return how many addresses of each buurt, given its size and its claim: whole shares, then the largest remainders.

    A buurt that gets all its addresses stands aside, and the others divide what is left.
    """
    shares = dict.fromkeys(buurten, 0)
    rest = {buurt for buurt, (_size, claim) in buurten.items() if claim}
    while rest:
        total = sum(buurten[buurt][1] for buurt in rest)
        full = {buurt for buurt in rest if number * buurten[buurt][1] >= buurten[buurt][0] * total}
        if not full:
            break
        for buurt in full:
            shares[buurt] = buurten[buurt][0]
            number -= shares[buurt]
        rest -= full
    if not rest:
        return shares
    total = sum(buurten[buurt][1] for buurt in rest)
    parts = {buurt: divmod(number * buurten[buurt][1], total) for buurt in rest}
    over = number - sum(whole for whole, _remainder in parts.values())
    order = sorted(rest, key=lambda buurt: (-parts[buurt][1], hash_of(f"{seed}\nbuurt\n{buurt}")))
    for place, buurt in enumerate(order):
        shares[buurt] = parts[buurt][0] + (place < over)
    return shares
